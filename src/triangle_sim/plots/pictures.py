"""The pictures that every run saves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from triangle_sim.montecarlo.workers.interruption import Threads
from triangle_sim.plots.base import NotInResultError, ResultLike, dated_events, recipe
from triangle_sim.plots.endings import endings
from triangle_sim.plots.fan import fan_sheet
from triangle_sim.plots.png import drawn, write
from triangle_sim.plots.placing import Canvas
from triangle_sim.plots.network import network
from triangle_sim.plots.triangle import triangle

PICTURES: dict[str, Callable[[ResultLike], Canvas]] = {
    "fan": lambda result: fan_sheet(result, events=dated_events(result)),
    "endings": endings,
    "triangle": triangle,
    "network": network,
}


def save_pictures(result: ResultLike, folder: str | Path, command: str | None = None) -> list[Path]:
    """Draw the pictures of a run into ``folder`` (made if missing) and return their paths.

    ``command`` is the command line to state in each file; by default the one in the result's manifest. A picture whose
    question the result cannot answer (a scenario without China has no triangle with it) is left out.
    """
    made = []
    # Files are compressed and written in a thread while the next picture is drawn.
    with Threads(1) as writer:
        for name in PICTURES:
            png = _drawn(name, result, command)
            if png is not None:
                made.append(writer.submit(write, Path(folder) / f"{name}.png", png))
        return [each.result() for each in made]


def picture(name: str, result: ResultLike, command: str | None = None) -> bytes | None:
    """One of the pictures: the bytes of the file that :func:`save_pictures` makes; ``None`` where it is left out."""
    png = _drawn(name, result, command)
    return None if png is None else png()


def _drawn(name: str, result: ResultLike, command: str | None) -> Callable[[], bytes] | None:
    try:
        figure = PICTURES[name](result)
    except NotInResultError:
        return None
    return drawn(figure, recipe(result, command))
