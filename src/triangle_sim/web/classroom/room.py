"""A room: seats, guesses and moves. It changes by events alone, so that a journal of them is the room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from triangle_sim.web.classroom.keys import same

Phase = Literal["guess", "play", "over"]
Event = Mapping[str, Any]
"""What happened: ``{"room": code, "what": kind, ...}``, of plain data."""

TIMED = frozenset({"started", "resolved", "undone", "timed"})
"""What gives the open turn its time; ``until`` is when that ends, by the clock on the wall (seconds of the epoch)."""


@dataclass
class Seat:
    """A country's place: whoever has the token holds it, nobody while there is none."""

    token: str = ""
    guess: str | None = None


@dataclass
class Room:
    """One class at one table.

    ``moves`` has one mapping a turn that is over: a country's move, None where its own rule played. ``sealed`` are the
    moves of the open turn. ``opening`` counts the turns that were ever opened, so that a move sealed for a turn that
    was taken back cannot come again; ``version`` counts changes. ``round`` counts games: each has luck of its own.
    ``until`` is when the open turn's time ends, None where nobody has said.
    """

    code: str
    countries: tuple[str, ...]
    turns: int
    timer: int = 0
    phase: Phase = "guess"
    seats: dict[str, Seat] = field(default_factory=dict)
    moves: list[dict[str, str | None]] = field(default_factory=list)
    sealed: dict[str, str] = field(default_factory=dict)
    opening: int = 0
    version: int = 0
    round: int = 0
    until: float | None = None

    def __post_init__(self) -> None:
        self.seats = {code: Seat() for code in self.countries}

    @property
    def turn(self) -> int:
        """The open turn, from 0; after the last one, how many there were."""
        return len(self.moves)

    @property
    def taken(self) -> list[str]:
        """Countries that a team holds."""
        return [code for code, seat in self.seats.items() if seat.token]

    @property
    def ready(self) -> bool:
        """Whether every team has sealed."""
        return self.phase == "play" and bool(self.taken) and all(code in self.sealed for code in self.taken)

    def held_by(self, token: str) -> str | None:
        """The country whose seat has this token. All seats are compared, whichever it is."""
        found = [code for code, seat in self.seats.items() if same(seat.token, token) and seat.token]
        return found[0] if found else None

    def apply(self, event: Event) -> None:
        """Let something happen that has been found to be in order."""
        _HAPPENS[event["what"]](self, event)
        if event["what"] in TIMED:
            self.until = event.get("until")
        self.version += 1

    def _open(self, phase: Phase) -> None:
        self.sealed = {}
        self.opening += 1
        self.phase = phase


def moves(room: Room) -> tuple[dict[str, str | None], ...]:
    """The turns that are over, as they are now: a room goes on while somebody computes with them."""
    return tuple(dict(each) for each in room.moves)


def replayed(room: Room, events: Iterable[Event]) -> Room:
    """The room after these events."""
    for event in events:
        room.apply(event)
    return room


def _taken(room: Room, event: Event) -> None:
    room.seats[event["country"]].token = event["token"]


def _freed(room: Room, event: Event) -> None:
    room.seats[event["country"]] = Seat(guess=room.seats[event["country"]].guess)
    room.sealed.pop(event["country"], None)


def _guessed(room: Room, event: Event) -> None:
    room.seats[event["country"]].guess = event["ending"]


def _started(room: Room, event: Event) -> None:
    room._open("play")


def _sealed(room: Room, event: Event) -> None:
    room.sealed[event["country"]] = event["move"]


def _unsealed(room: Room, event: Event) -> None:
    del room.sealed[event["country"]]


def _resolved(room: Room, event: Event) -> None:
    room.moves.append({code: event["moves"].get(code) for code in room.countries})
    room._open("over" if room.turn == room.turns else "play")


def _undone(room: Room, event: Event) -> None:
    room.moves.pop()
    room._open("play")


def _finished(room: Room, event: Event) -> None:
    room._open("over")


def _anew(room: Room, event: Event) -> None:
    room.moves.clear()
    room.round += 1
    for seat in room.seats.values():
        seat.guess = None
    room._open("guess")


def _timed(room: Room, event: Event) -> None:
    room.timer = event["seconds"]


_HAPPENS: dict[str, Callable[[Room, Event], None]] = {
    "taken": _taken,
    "freed": _freed,
    "guessed": _guessed,
    "started": _started,
    "sealed": _sealed,
    "unsealed": _unsealed,
    "resolved": _resolved,
    "undone": _undone,
    "finished": _finished,
    "anew": _anew,
    "timed": _timed,
}
