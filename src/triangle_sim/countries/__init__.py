"""The countries: one module each. A new country is a new module here; it joins only scenarios that list it."""

from __future__ import annotations

import importlib
import pkgutil

from triangle_sim.countries.base import Country
from triangle_sim.countries.interest import Interest, interest, number
from triangle_sim.countries.joint import JOINT_EFFECTS, JointEffect
from triangle_sim.countries.move import Effect, Move, because

__all__ = [
    "JOINT_EFFECTS",
    "Country",
    "Effect",
    "Interest",
    "JointEffect",
    "Move",
    "because",
    "countries",
    "interest",
    "number",
]


def countries() -> dict[str, type[Country]]:
    """All known countries by code, in alphabetical order: every subclass found in this folder's modules."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    found = {each.code: each for each in Country.__subclasses__() if hasattr(each, "code")}
    return dict(sorted(found.items()))
