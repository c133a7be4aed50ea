"""What teams and teachers may do, and when: each function checks a wish and says what then happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from triangle_sim.web.classroom.keys import new_token
from triangle_sim.web.classroom.room import Event, Room

LONGEST_TIMER = 3600


class RefusedError(Exception):
    """A request that is not granted: an HTTP status, and why, as a key of the words of the pages."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status} {reason}")
        self.status, self.reason = status, reason


def take(room: Room, country: str) -> Event:
    """A team takes a free seat, and with the token keeps it."""
    if country not in room.seats:
        raise RefusedError(400, "no_such_country")
    if room.seats[country].token:
        raise RefusedError(409, "seat_taken")
    return {"room": room.code, "what": "taken", "country": country, "token": new_token()}


def free(room: Room, country: str) -> Event:
    """A seat is given back, by its team or the teacher."""
    if country not in room.seats:
        raise RefusedError(400, "no_such_country")
    if not room.seats[country].token:
        raise RefusedError(409, "seat_free")
    return {"room": room.code, "what": "freed", "country": country}


def guess(room: Room, country: str, ending: str, endings: Sequence[str]) -> Event:
    """A team says how it will end; it may think again until the first turn."""
    if room.phase != "guess":
        raise RefusedError(409, "too_late_to_guess")
    _held(room, country)
    if ending not in endings:
        raise RefusedError(400, "no_such_ending")
    return {"room": room.code, "what": "guessed", "country": country, "ending": ending}


def start(room: Room) -> Event:
    """The first turn opens."""
    if room.phase != "guess":
        raise RefusedError(409, "already_started")
    return {"room": room.code, "what": "started"}


def seal(room: Room, country: str, opening: int, move: str, menus: Mapping[str, Sequence[str]]) -> Event:
    """A team seals its move for the open turn, and no other turn."""
    _open(room, opening)
    _held(room, country)
    if country in room.sealed:
        raise RefusedError(409, "already_sealed")
    if move not in menus[country]:
        raise RefusedError(400, "not_on_the_menu")
    return {"room": room.code, "what": "sealed", "country": country, "move": move}


def unseal(room: Room, country: str, opening: int) -> Event:
    """A team takes its sealed move back while others still think."""
    _open(room, opening)
    if country not in room.sealed:
        raise RefusedError(409, "not_sealed")
    return {"room": room.code, "what": "unsealed", "country": country}


def resolve(room: Room, opening: int) -> Event:
    """The open turn is played: a country without a sealed move follows its own rule."""
    _open(room, opening)
    return {"room": room.code, "what": "resolved", "moves": dict(room.sealed)}


def undo(room: Room, opening: int) -> Event:
    """The last turn is taken back and opens again."""
    if room.phase == "guess" or opening != room.opening:
        raise RefusedError(409, "turn_not_open")
    if not room.moves:
        raise RefusedError(409, "nothing_to_undo")
    return {"room": room.code, "what": "undone"}


def finish(room: Room) -> Event:
    """No further turns: the debrief begins."""
    if room.phase != "play":
        raise RefusedError(409, "not_playing")
    return {"room": room.code, "what": "finished"}


def anew(room: Room) -> Event:
    """Another game for the same teams."""
    if room.phase == "guess":
        raise RefusedError(409, "not_started")
    return {"room": room.code, "what": "anew"}


def timed(room: Room, seconds: int) -> Event:
    """Seconds a turn, 0 for as long as it takes."""
    if not 0 <= seconds <= LONGEST_TIMER:
        raise RefusedError(400, "no_such_timer")
    return {"room": room.code, "what": "timed", "seconds": seconds}


def _open(room: Room, opening: int) -> None:
    if room.phase != "play" or opening != room.opening:
        raise RefusedError(409, "turn_not_open")


def _held(room: Room, country: str) -> None:
    if not room.seats[country].token:
        raise RefusedError(403, "not_your_seat")
