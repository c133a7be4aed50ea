"""A demonstration: all seats of all rooms are played, turn by turn, to show a class on the board without students.

In the first room, and every other one after it, each country draws its moves as its own rule would; in the rooms
between, every move of the menu is as likely as any other: side by side they show what the rule makes of a world.
"""

from __future__ import annotations

import asyncio
import random
from functools import partial
from typing import Any

from triangle_sim.web.classroom import rules
from triangle_sim.web.classroom.classroom import Classroom
from triangle_sim.web.classroom.playing import Moves, Playing
from triangle_sim.web.classroom.room import Room
from triangle_sim.web.classroom.rules import RefusedError

PACE = 1.5
"""Seconds between two seals."""


async def demonstrate(classroom: Classroom, seed: int, pace: float = PACE) -> None:
    """Play every room to its end; a room whose game is over begins anew."""
    rooms = classroom.rooms.values()
    await asyncio.gather(*(_play(classroom, room, number, seed, pace) for number, room in enumerate(rooms)))


async def _play(classroom: Classroom, room: Room, number: int, seed: int, pace: float) -> None:
    luck = random.Random(f"{seed}:{number}")
    if room.phase == "over":
        await classroom.happen(room, lambda: rules.anew(room))
    for code in room.countries:
        if not room.seats[code].token:
            await classroom.happen(room, partial(rules.take, room, code))
    mine = {code: room.seats[code].token for code in room.countries}
    if room.phase == "guess":
        endings = classroom.playing.endings
        for code in room.countries:
            await classroom.happen(room, partial(rules.guess, room, code, luck.choice(endings), endings))
        await asyncio.sleep(2 * pace)
        await classroom.happen(room, lambda: rules.start(room))
    while room.phase == "play":
        opening, moves = room.opening, tuple(dict(each) for each in room.moves)
        by_rule = number % 2 == 0
        chances = await classroom.study(_chances, classroom.playing, room.round, moves) if by_rule else {}
        for code in luck.sample(room.countries, len(room.countries)):
            menu = classroom.playing.menus[code]
            move = luck.choices(menu, [chances[code].get(each, 0.0) for each in menu] if by_rule else None)[0]
            await asyncio.sleep(pace)
            await _seal(classroom, room, code, mine[code], opening, move)
        while room.phase == "play" and room.opening == opening:  # a seat that was freed and taken by people
            await asyncio.sleep(pace)


async def _seal(classroom: Classroom, room: Room, code: str, token: str, opening: int, move: str) -> None:
    """Seal, unless the teacher has resolved the turn meanwhile or somebody else has the seat."""
    if room.seats[code].token != token:
        return
    try:
        await classroom.happen(room, lambda: rules.seal(room, code, opening, move, classroom.playing.menus))
    except RefusedError as refused:
        if refused.status != 409:
            raise


def _chances(playing: Playing, round_: int, moves: Moves) -> dict[str, dict[str, Any]]:
    """How likely each country's own rule plays each move of the open turn."""
    game = playing.game(round_, moves)
    return {code: {each.move: each.chance for each in game.options(code)} for code in playing.countries}
