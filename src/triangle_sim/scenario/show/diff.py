"""What differs in meaning between two scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from triangle_sim.scenario.read.compose import Merged
from triangle_sim.scenario.schema import DESCRIPTIVE, Scenario

_UNTOLD = ("title", "claims", "source", "note")


@dataclass(frozen=True)
class Row:
    """One difference: a dotted key, its value in each scenario (None if absent), and the file and line behind it."""

    key: str
    a: Any
    b: Any
    source: str = ""


def difference(a: Scenario, b: Scenario, *, of_a: Merged | None = None, of_b: Merged | None = None) -> list[Row]:
    """Rows in the order of a file; descriptions (title, question, note, ...) are left out, the design is not.

    With the merged data of the two, ``source`` is the ``file:line`` in which ``b`` says it; where ``b`` says nothing,
    that of ``a``.
    """
    left, right = dict(_leaves(a, b)), dict(_leaves(b, a))
    rows = []
    for path in {**left, **right}:
        one, two = left.get(path), right.get(path)
        if one != two:
            rows.append(Row(".".join(path), one, two, _source(path, of_b) or _source(path, of_a)))
    order = list(Scenario.model_fields)
    return sorted(rows, key=lambda row: order.index(row.key.split(".")[0]))


def _leaves(scenario: Scenario, other: Scenario) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Leaves by path. An event or a decision rule that the other lacks is one leaf with what differs from defaults."""
    brief = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    def walk(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
        if len(path) == 2 and path[0] in ("events", "decision") and path[1] not in getattr(other, path[0]):
            entry = brief.get(path[0], {}).get(path[1], value)
            yield path, {key: item for key, item in entry.items() if key not in _UNTOLD}
        elif not isinstance(value, dict) or (len(path) == 2 and path[0] == "priors"):
            yield path, value
        else:
            for key, item in value.items():
                if not (path[:1] == ("events",) and len(path) == 2 and key in _UNTOLD):
                    yield from walk(item, (*path, key))

    told = {key: value for key, value in scenario.data().items() if key not in (*DESCRIPTIVE, "groups")}
    yield from walk(told, ())


def _source(path: tuple[str, ...], merged: Merged | None) -> str:
    if merged is None:
        return ""
    return merged.root.place(path) if path[0] in merged.data else "default"
