"""A classroom over breakdowns and on its folder: what comes again, what happens once, what is refused at the start."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from triangle_sim.errors import UsageError
from triangle_sim.web.classroom import rules
from triangle_sim.web.classroom.begin import begin
from triangle_sim.web.classroom.classroom import Classroom
from triangle_sim.web.classroom.playing import Playing
from triangle_sim.web.classroom.room import Room


@pytest.mark.parametrize(("down", "left"), [(20, 100), (110, 30), (86_400, 30), (-3600, 120)])
def test_a_timer_goes_on_over_a_breakdown(opened: Callable[..., Classroom], down: int, left: int) -> None:
    """The time that is left is what it was, at least half a minute, and never more than a whole turn's, even where
    somebody has set the clock back."""

    def happen(classroom: Classroom, wish: Callable[[Room], Any]) -> Room:
        room = next(iter(classroom.rooms.values()))
        asyncio.run(classroom.happen(room, lambda: wish(room)))
        return room

    first = opened(timer=120, wall=lambda: 1e9)
    happen(first, rules.start)
    first.store.close()
    again = opened(wall=lambda: 1e9 + down)
    room = next(iter(again.rooms.values()))
    assert again.left(room) == pytest.approx(left, abs=2)
    happen(again, lambda room: rules.timed(room, 60))
    again.store.close()
    last = opened(wall=lambda: 1e9 + down + 10)
    assert last.left(room) == pytest.approx(50, abs=2)
    last.store.close()


def test_what_is_asked_at_once_happens_once(opened: Callable[..., Classroom]) -> None:
    """The teacher and the timer end a turn, a team seals in two tabs and another takes its move back, all at once."""
    classroom = opened(rooms=1, turns=3)
    (room,) = classroom.rooms.values()
    menus = classroom.playing.menus

    async def play() -> list[Any]:
        for wish in (lambda: rules.take(room, "PRK"), lambda: rules.take(room, "CHN"), lambda: rules.start(room)):
            await classroom.happen(room, wish)
        opening = room.opening
        wishes = (
            lambda: rules.seal(room, "PRK", opening, "hold", menus),
            lambda: rules.seal(room, "PRK", opening, "snub_beijing", menus),
            lambda: rules.resolve(room, opening),
            lambda: rules.resolve(room, opening),
            lambda: rules.unseal(room, "PRK", opening),
            lambda: rules.undo(room, opening),
            lambda: rules.take(room, "CHN"),
        )
        return await asyncio.gather(*(classroom.happen(room, wish) for wish in wishes), return_exceptions=True)

    done = [each["what"] if isinstance(each, dict) else each.reason for each in asyncio.run(play())]
    late = ["turn_not_open"] * 3
    assert done == ["sealed", "already_sealed", "resolved", *late, "seat_taken"]
    assert [turn["PRK"] for turn in room.moves] == ["hold"]
    classroom.store.close()
    again = opened()
    there = again.rooms[room.code]
    assert (there.moves, there.seats, there.opening) == (room.moves, room.seats, room.opening)
    again.store.close()


def test_a_classroom_is_as_it_was(opened: Callable[..., Classroom]) -> None:
    first = opened(timer=30)
    room = next(iter(first.rooms.values()))
    for event in (lambda: rules.take(room, "PRK"), lambda: rules.start(room),
                  lambda: rules.seal(room, "PRK", room.opening, "hold", first.playing.menus)):  # fmt: skip
        made = event()
        first.store.append(made)
        room.apply(made)
    first.store.close()
    again = opened(rooms=7, turns=1)
    assert again.rooms == first.rooms
    assert again.teacher == first.teacher
    assert again.left(again.rooms[room.code]) == pytest.approx(30, abs=5)
    again.store.close()


def test_a_folder_of_another_classroom_is_refused(tmp_path: Path, playing: Playing) -> None:
    told: list[str] = []
    begin(tmp_path, playing, {"rooms": 2}, told.append).store.close()
    assert told == []
    begin(tmp_path, playing, {}, told.append).store.close()
    assert "goes on where it was" in told[-1]
    with pytest.raises(UsageError, match="holds a classroom of --rooms 2"):
        begin(tmp_path, playing, {"rooms": 3}, told.append)
    with pytest.raises(UsageError, match=r"holds a classroom of --run 3\.2"):
        begin(tmp_path, Playing(playing.scenario, 1, 0, 0), {}, told.append)
    with pytest.raises(UsageError, match="another scenario"):
        begin(tmp_path, Playing(playing.scenario.with_(quarters=8), 1, 3, 2), {}, told.append)
    begin(tmp_path, playing, {}, told.append).store.close()  # a refusal has let go of the folder


@pytest.mark.parametrize(
    ("asked", "said"),
    [({"rooms": 0}, "--rooms 0"), ({"turns": 21}, "a turn is a quarter"), ({"timer": 9999}, "--timer")],
)
def test_sizes_out_of_range_are_refused(tmp_path: Path, playing: Playing, asked: dict[str, int], said: str) -> None:
    with pytest.raises(UsageError, match=said) as error:
        begin(tmp_path / "new", playing, asked, print)
    assert said in str(error.value)
    assert not (tmp_path / "new").exists()


def test_a_world_without_the_countries_that_endings_are_about_is_refused(playing: Playing) -> None:
    with pytest.raises(UsageError, match="lacks USA"):
        Playing(playing.scenario.with_(countries=["CHN", "KOR", "PRK", "RUS"]), 1)


def test_a_game_that_was_played_is_no_scenario_to_begin_with(playing: Playing) -> None:
    with pytest.raises(UsageError, match="has been played"):
        Playing(playing.scenario.with_(seats={"PRK": ["hold"]}), 1)
