"""The pictures that every run saves."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from triangle_sim.plots.base import NotInResultError, ResultLike, dated_events, recipe
from triangle_sim.plots.endings import endings
from triangle_sim.plots.fan import fan_sheet
from triangle_sim.plots.files import drawn
from triangle_sim.plots.layout import Canvas
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
    with ThreadPoolExecutor(1) as writer:
        for name, draw in PICTURES.items():
            try:
                figure = draw(result)
            except NotInResultError:
                continue
            made.append(writer.submit(drawn(figure, Path(folder) / f"{name}.png", recipe(result, command))))
        return [each.result() for each in made]
