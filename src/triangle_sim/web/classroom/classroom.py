"""The rooms of one server: what is wished is checked, written to the journal, and only then happens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any

from triangle_sim.web.classroom import rules
from triangle_sim.web.classroom.debrief import DRAWS, REPLICATES, Debrief
from triangle_sim.web.classroom.keys import LENGTH, LETTERS, new_code, new_token, same
from triangle_sim.web.classroom.playing import Playing, Told, frozen
from triangle_sim.web.classroom.room import TIMED, Event, Room
from triangle_sim.web.classroom.room import moves as moves_of
from triangle_sim.web.classroom.rules import RefusedError
from triangle_sim.web.classroom.store import Store

TICK = 0.25
"""Seconds between looks at the timers."""
GRACE = 30.0
"""Seconds that a turn has at least when the server comes back: pages must find it again, and teams look up."""
AGAIN = 5.0
"""Seconds until a turn that could not be written is tried again: a full disk may be helped."""


class Classroom:
    """All rooms, their journal, and the threads that play the model for them: one for news, one for debriefs.

    Parameters
    ----------
    store
        an open journal; a new one is begun with what ``playing`` plays.
    playing
        the scenario, and how a room's moves become a history.
    rooms, turns, timer
        what a new classroom has: how many rooms, turns a game, seconds a turn (0: no timer).
    futures
        draws and replicates of the debrief's futures.
    clock
        seconds that only grow: whoever sets the laptop's clock does not end a turn.
    wall
        seconds of the epoch, which the journal keeps for a later start.
    """

    def __init__(
        self,
        store: Store,
        playing: Playing,
        *,
        rooms: int = 1,
        turns: int = 6,
        timer: int = 0,
        futures: tuple[int, int] = (DRAWS, REPLICATES),
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self.store, self.playing, self.clock, self.wall = store, playing, clock, wall
        self.debrief = Debrief(playing, *futures)
        if store.head is None:
            codes: list[str] = []
            while len(codes) < rooms:
                codes.append(new_code(codes))
            store.head = {
                "what": "classroom", "format": 1, "teacher": new_token(), "rooms": codes, "turns": turns,
                "timer": timer, **playing.head(),
            }  # fmt: skip
            store.append(store.head)
        head = store.head
        self.teacher: str = head["teacher"]
        self.since = new_token()[:8]
        """Which start of the server this is: versions that pages know of an earlier one mean nothing."""
        self.teams: list[str] = []
        """Addresses that teams open, as the board shows them."""
        self.rooms = {c: Room(c, playing.countries, head["turns"], head["timer"]) for c in head["rooms"]}
        for event in store.events:
            self.rooms[event["room"]].apply(event)
        self.told: dict[str, tuple[object, Told]] = {}
        self.ends = {code: self._end(room, self._kept(room)) for code, room in self.rooms.items()}
        self._changes = asyncio.Lock()
        self._model, self._study = ThreadPoolExecutor(1, "model"), ThreadPoolExecutor(1, "study")
        self._tasks: set[asyncio.Task[Any]] = set()

    # What is there.

    def room(self, code: str) -> Room:
        """A room by its code, however it is typed. Raises RefusedError if there is none."""
        found = self.rooms.get(code.strip().upper()) if len(code) < 4 * LENGTH else None
        if found is None or not set(found.code) <= set(LETTERS):
            raise RefusedError(404, "unknown_room")
        return found

    def is_teacher(self, token: str) -> bool:
        """Whether this is the teacher's token."""
        return same(self.teacher, token)

    def left(self, room: Room) -> float | None:
        """Seconds until the open turn resolves by itself."""
        end = self.ends[room.code]
        return None if end is None else max(0.0, end - self.clock())

    def history(self, room: Room) -> Told | None:
        """What the room's moves have led to; None while it is worked out."""
        key, told = self.told.get(room.code, (None, None))
        return told if key == _key(room) else None

    # What happens.

    async def happen(self, room: Room, wish: Callable[[], Event]) -> Event:
        """Check a wish against the room as it is, write it down, let it happen; then what follows from it."""
        async with self._changes:
            event = wish()
            await self._write(room, event)
            if event["what"] == "sealed" and room.ready:
                try:
                    await self._write(room, rules.resolve(room, room.opening))
                except RefusedError:
                    self.ends[room.code] = self.clock() + AGAIN  # the move is sealed all the same
            self._tell(room)
        return event

    async def _write(self, room: Room, event: Event) -> None:
        timer = event.get("seconds", room.timer)
        if timer and event["what"] in TIMED:
            event = {**event, "until": round(self.wall() + timer, 1)}
        try:
            await asyncio.to_thread(self.store.append, event)
        except OSError:
            raise RefusedError(507, "not_saved") from None
        opening = room.opening
        room.apply(event)
        if event["what"] in TIMED or opening != room.opening:
            self.ends[room.code] = self._end(room, room.timer)

    def _end(self, room: Room, left: float) -> float | None:
        return self.clock() + left if room.timer and room.phase == "play" else None

    def _kept(self, room: Room) -> float:
        """Seconds that a turn has left which was open when the server last ended: as many as it had, a little more
        if that is next to none, and never more than a whole turn's."""
        left = room.timer if room.until is None else room.until - self.wall()
        return min(max(left, GRACE), room.timer)

    def _tell(self, room: Room) -> None:
        """Have the model play what is new, in its own thread."""
        key = _key(room)
        if self.told.get(room.code, (None, None))[0] == key:
            return

        loop, round_, moves = asyncio.get_running_loop(), room.round, moves_of(room)

        async def told() -> None:
            history = await loop.run_in_executor(self._model, self.playing.told, round_, moves)
            # Two asked while neither was there: to pages, the second is no change.
            if key == _key(room) and self.told.get(room.code, (None, None))[0] != key:
                self.told[room.code] = (key, history)
                room.version += 1
            if moves:
                await self.study(self.debrief.turn, round_, moves)

        self._in_the_background(told())
        if room.phase == "over":
            self._in_the_background(self.study(self.debrief.game, round_, moves))

    async def study(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Have something long computed, in a thread of its own: neither pages nor news wait for it."""
        return await asyncio.get_running_loop().run_in_executor(self._study, function, *arguments)

    def _in_the_background(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def tick(self) -> None:
        """Resolve the turns whose time is over."""
        for room in self.rooms.values():
            if self.left(room) == 0.0:
                try:
                    await self.happen(room, partial(rules.resolve, room, room.opening))
                except RefusedError as refused:
                    if refused.reason == "not_saved":
                        self.ends[room.code] = self.clock() + AGAIN

    async def run(self) -> None:
        """Watch the timers while the server runs."""
        for room in self.rooms.values():
            self._tell(room)
        while True:
            await self.tick()
            await asyncio.sleep(TICK)

    async def warm(self) -> None:
        """Work out the model's own futures, and compile what plays moves, before anybody asks for them."""
        for variable in self.playing.variables:
            await self.study(self.debrief.fan, variable)
        await self.study(self.debrief.game, 0, (dict.fromkeys(self.playing.countries, "hold"),))

    @contextmanager
    def closing(self) -> Iterator[None]:
        """End the thread and close the journal at the end."""
        try:
            yield
        finally:
            for each in (self._model, self._study):
                each.shutdown(wait=False, cancel_futures=True)
            self.store.close()


def _key(room: Room) -> object:
    return room.round, frozen(moves_of(room))
