"""The registry of generated tables, and how numbers and names are written in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from triangle_sim.claims import load_claims
from triangle_sim.countries import JOINT_EFFECTS, countries
from triangle_sim.model.prepared import parameter_table
from triangle_sim.uncertainty import ParameterTable, Prior
from triangle_sim.world import variables_of
from triangle_sim.world.start import Level, load_start

TABLES: dict[str, Callable[[], str]] = {}


def made(name: str) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """Register a function as the maker of a block."""

    def register(function: Callable[[], str]) -> Callable[[], str]:
        TABLES[name] = function
        return function

    return register


def code(text: object) -> str:
    return f"`{text}`"


def listed(names: Iterable[str]) -> str:
    return ", ".join(claim_link(name) for name in names)


def claim_link(name: str) -> str:
    """The id of a claim as a link to its words; anything else as it is."""
    return f"[{name}](claims.md#{name.lower()})" if name in load_claims() else name


def level_text(level: Level) -> str:
    rest = "" if level.rest is None else f", rests at {level.rest:g}"
    return f"{level.value:g} ± {level.sd:g}{rest}"


def prior_text(prior: Prior) -> str:
    arguments = dict(prior.arguments)
    if prior.dist == "fixed":
        return f"{arguments['value']:g}"
    return f"{prior.dist}({', '.join(f'{key} {value:g}' for key, value in arguments.items())})"


def parameters() -> ParameterTable:
    known = countries()
    return parameter_table(list(known.values()), variables_of(tuple(known)), list(JOINT_EFFECTS), load_start("2024Q3"))
