"""What pages are shown: enough to play, and nothing that is still sealed."""

from __future__ import annotations

from typing import Any

from triangle_sim.web.classroom.classroom import Classroom
from triangle_sim.web.classroom.debrief import Ended
from triangle_sim.web.classroom.room import Room, moves


def version(classroom: Classroom, room: Room, country: str | None) -> str:
    """Changes with everything that a page shows of a room; the time that is left, pages count down themselves."""
    others = [each.opening for each in classroom.rooms.values() if each.phase == room.phase == "over"]
    return f"{classroom.since}-{room.version}-{country or ''}-{sum(others)}"


def short(classroom: Classroom, room: Room) -> dict[str, Any]:
    """A room in a line: who sits where, who has sealed, how far it is."""
    left = classroom.left(room)
    return {
        "code": room.code,
        "phase": room.phase,
        "turn": room.turn,
        "turns": room.turns,
        "opening": room.opening,
        "run": classroom.playing.address(room.round),
        "timer": room.timer,
        "left": None if left is None else round(left, 1),
        "seats": [
            {
                "country": code,
                "taken": bool(seat.token),
                "sealed": code in room.sealed,
                "guessed": seat.guess is not None,
            }
            for code, seat in room.seats.items()
        ],
    }


def full(classroom: Classroom, room: Room) -> dict[str, Any]:
    """A room with its news; ``now`` is null while the model still works them out."""
    told = classroom.history(room)
    return {
        **short(classroom, room),
        "others": [f"{each.code}.{each.opening}" for each in classroom.rooms.values() if each.phase == "over"],
        "news": told.turns if told else [],
        "now": told.now if told else None,
    }


def team(classroom: Classroom, room: Room, country: str | None) -> dict[str, Any]:
    """A room as a team sees it, with its own move and guess; without a seat, as one who looks for one."""
    if country is None:
        return {**short(classroom, room), "mine": None}
    mine = {"country": country, "sealed": room.sealed.get(country), "guess": room.seats[country].guess}
    return {**full(classroom, room), "mine": mine}


def board(classroom: Classroom, room: Room) -> dict[str, Any]:
    """All rooms in short, one in full: what may be thrown at a wall."""
    return {
        "teams": classroom.teams,
        "rooms": [short(classroom, each) for each in classroom.rooms.values()],
        "room": full(classroom, room),
    }


async def debrief(classroom: Classroom, room: Room, variable: str | None) -> dict[str, Any]:
    """What one room's page shows after the game; other rooms are in it once they are over."""
    over = [
        Ended(each.code, each.round, moves(each), {c: s.guess for c, s in each.seats.items() if s.guess is not None})
        for each in classroom.rooms.values()
        if each.phase == "over"
    ]
    return dict(await classroom.study(classroom.debrief.told, room.code, over, variable))
