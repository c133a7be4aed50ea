"""A classroom on a folder: a new one, or the one that is there as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.versions import version
from triangle_sim.web.classroom.classroom import Classroom
from triangle_sim.web.classroom.playing import Playing
from triangle_sim.web.classroom.store import Store

USUAL = {"rooms": 1, "turns": 6, "timer": 0}
MOST_ROOMS = 20


def begin(folder: Path, playing: Playing, asked: Mapping[str, int | None], tell: Callable[[str], None]) -> Classroom:
    """Open the folder's classroom, or begin one.

    Parameters
    ----------
    playing
        what is to be played.
    asked
        ``rooms``, ``turns`` and ``timer`` where the user gave them; None leaves what is there, or the usual.
    tell
        is told what the user should know.

    Raises
    ------
    UsageError
        if the folder holds another classroom than is asked for, or one that cannot be read.
    """
    sizes = {name: USUAL[name] if asked.get(name) is None else int(asked[name] or 0) for name in USUAL}
    _check(sizes, playing)
    store = Store.open(folder)
    try:
        if store.torn:
            tell(f"the last line of {store.path} was not finished and has been dropped ({store.torn} bytes)")
        if store.head is not None:
            _same(folder, store.head, playing, asked)
            if store.head["version"] != version():
                tell(f"{folder} was begun with triangle-sim {store.head['version']}: histories may differ")
            tell(f"{folder} goes on where it was; another --folder begins anew")
        return Classroom(store, playing, rooms=sizes["rooms"], turns=sizes["turns"], timer=sizes["timer"])
    except (LookupError, TypeError, ValueError) as error:
        store.close()
        raise UsageError(f"{store.path} is not a journal of a classroom ({error})", "give another --folder") from None
    except BaseException:
        store.close()
        raise


def _check(sizes: Mapping[str, int], playing: Playing) -> None:
    if not 1 <= sizes["rooms"] <= MOST_ROOMS:
        raise UsageError(f"--rooms {sizes['rooms']} is out of range", f"give 1 to {MOST_ROOMS}")
    if not 1 <= sizes["turns"] <= playing.scenario.quarters:
        last = playing.scenario.quarters
        help = f"give 1 to {last}: a turn is a quarter, and {playing.scenario.name} lasts {last}"
        raise UsageError(f"--turns {sizes['turns']} is out of range", help)
    if not 0 <= sizes["timer"] <= 3600:
        raise UsageError(f"--timer {sizes['timer']} is out of range", "give seconds, at most 3600; 0 for no timer")


def _same(folder: Path, head: Mapping[str, Any], playing: Playing, asked: Mapping[str, int | None]) -> None:
    """Raises UsageError where the folder's classroom is not the one that is asked for."""
    there = {**{name: head[name] for name in ("seed", "run", "turns", "timer")}, "rooms": len(head["rooms"])}
    wanted = {"seed": playing.seed, "run": [playing.draw, playing.replicate], **asked}
    if head["sha256"] != playing.scenario.content_hash():
        name = head["scenario"]["name"]
        raise UsageError(f"{folder} holds a classroom of another scenario ({name})", "give another --folder")
    for name, value in wanted.items():
        if value is not None and value != there[name]:
            shown = ".".join(map(str, there[name])) if name == "run" else there[name]
            message = f"{folder} holds a classroom of --{name} {shown}"
            raise UsageError(message, f"leave --{name} out, or give another --folder")
