"""The pictures that every run saves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from triangle_sim.plots.base import NotInResultError, dated_events, recipe
from triangle_sim.plots.endings import endings
from triangle_sim.plots.fan import fan_sheet
from triangle_sim.plots.network import network
from triangle_sim.plots.placing import Canvas
from triangle_sim.plots.png import save
from triangle_sim.plots.triangle import triangle

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

PICTURES: dict[str, Callable[[Result], Canvas]] = {
    "fan": lambda result: fan_sheet(result, events=dated_events(result)),
    "endings": endings,
    "triangle": triangle,
    "network": network,
}


def save_pictures(result: Result, folder: str | Path, command: str | None = None) -> list[Path]:
    """Draw the pictures of a run into ``folder`` (made if missing) and return their paths.

    ``command`` is the command line to state in each file; by default the one in the result's manifest. A picture whose
    question the result cannot answer (a scenario without China has no triangle with it) is left out.
    """
    made = []
    for name, draw in PICTURES.items():
        try:
            figure = draw(result)
        except NotInResultError:
            continue
        made.append(save(figure, Path(folder) / f"{name}.png", recipe(result, command)))
    return made
