"""All pictures by name: ``triangle_sim.plot.fan(result, ...)``, or ``result.plot.fan(...)``.

A picture that is one pair of axes takes ``ax=`` and returns it; else a figure is made and returned.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import Any

from triangle_sim.names import did_you_mean

PICTURES = {
    "fan": "fan.fan",
    "fans": "fan.fan_sheet",
    "endings": "endings.endings",
    "triangle": "triangle.triangle",
    "network": "network.network",
    "dots": "dots.dotplot",
}
"""Where each picture of a result is drawn; each takes a result first."""

OTHERS = {
    "dumbbell": "dumbbell.dumbbell",
    "ridgeline": "ridgeline.ridgeline",
    "sweep": "sweep.sweep_sheet",
    "hindcast": "hindcast.hindcast",
}
"""Pictures of comparisons, sweeps and hindcasts; each takes one of them first."""


class Gallery:
    """The pictures, of a result or of whatever result they are given."""

    def __init__(self, result: Any = None) -> None:
        self._result = result

    @property
    def _known(self) -> dict[str, str]:
        return PICTURES | OTHERS if self._result is None else PICTURES

    def __getattr__(self, name: str) -> Any:
        known = self._known
        if name.startswith("_") or name not in known:
            raise AttributeError(f"no picture {name!r}; {did_you_mean(name, known, 'there are')}")
        module, function = known[name].split(".")
        draw = getattr(import_module(f"triangle_sim.plots.{module}"), function)
        return draw if self._result is None else partial(draw, self._result)

    def __dir__(self) -> list[str]:
        return sorted(self._known)

    def __repr__(self) -> str:
        return f"pictures: {', '.join(self._known)}"


plot = Gallery()
