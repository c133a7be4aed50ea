"""What differs in meaning between two scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from triangle_sim.scenario.read.compose import Composition
from triangle_sim.scenario.schema import DESCRIPTIVE, Scenario
from triangle_sim.scenario.read.strict_yaml import Path

_UNTOLD = ("title", "claims", "source", "note")


@dataclass(frozen=True)
class Row:
    """One difference: a dotted key, its value in each scenario (None if absent), and the file and line behind it."""

    key: str
    a: Any
    b: Any
    source: str = ""


def difference(
    a: Scenario, b: Scenario, *, of_a: Composition | None = None, of_b: Composition | None = None
) -> list[Row]:
    """Rows in the order of a file; descriptions (title, question, note, ...) are left out, the design is not.

    With the compositions of the two, ``source`` is the ``file:line`` in which ``b`` says it; where ``b`` says nothing,
    that of ``a``.
    """
    left, right = _flat(a, b), _flat(b, a)
    rows = []
    for path in [*left, *(path for path in right if path not in left)]:
        one, two = left.get(path), right.get(path)
        if one != two:
            rows.append(Row(".".join(path), one, two, _source(path, of_b) or _source(path, of_a)))
    order = list(Scenario.model_fields)
    return sorted(rows, key=lambda row: order.index(row.key.split(".")[0]))


def _flat(scenario: Scenario, other: Scenario) -> dict[tuple[str, ...], Any]:
    """Leaves by path. An event or a decision rule that the other lacks is one leaf with what differs from defaults."""
    data = scenario.data()
    brief = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    out: dict[tuple[str, ...], Any] = {}
    for key, value in data.items():
        if key in DESCRIPTIVE or key == "groups":
            continue
        if key in ("events", "decision"):
            for name, entry in value.items():
                if name in getattr(other, key):
                    out |= _leaves(entry, (key, name), _UNTOLD if key == "events" else ())
                else:
                    short = brief.get(key, {}).get(name, entry)
                    out[key, name] = {k: v for k, v in short.items() if k not in _UNTOLD}
        else:
            out |= _leaves(value, (key,), whole=key == "priors")
    return out


def _leaves(
    value: Any, path: tuple[str, ...], without: Sequence[str] = (), whole: bool = False
) -> dict[tuple[str, ...], Any]:
    if not isinstance(value, dict) or (whole and len(path) == 2):
        return {path: value}
    out: dict[tuple[str, ...], Any] = {}
    for key, item in value.items():
        if key not in without:
            out |= _leaves(item, (*path, key), whole=whole)
    return out


def _source(path: tuple[str, ...], composition: Composition | None) -> str:
    if composition is None:
        return ""
    for cut in range(len(path), 0, -1):
        near: Path = path[:cut]
        if near in composition.origins:
            return composition.origins[near].place
    return "default"
