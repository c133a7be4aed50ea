"""What differs in meaning between two scenarios."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from triangle_sim.scenario.read.compose import Merged
from triangle_sim.scenario.schema import DESCRIPTIVE, Scenario

Keys = tuple[str, ...]


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
    left, right = _leaves(a, b), _leaves(b, a)
    order = list(Scenario.model_fields)
    return [
        Row(".".join(path), left.get(path), right.get(path), _source(path, of_b) or _source(path, of_a))
        for path in sorted(left | right, key=lambda path: order.index(path[0]))
        if left.get(path) != right.get(path)
    ]


def _leaves(scenario: Scenario, other: Scenario) -> dict[Keys, Any]:
    """Values by path. An event or a decision rule that the other lacks is one value: what differs from defaults."""
    brief = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    leaves: dict[Keys, Any] = {}

    def walk(value: Any, path: Keys) -> None:
        if len(path) == 2 and path[0] in ("events", "decision") and path[1] not in getattr(other, path[0]):
            entry = brief.get(path[0], {}).get(path[1], value)
            leaves[path] = {key: item for key, item in entry.items() if key not in DESCRIPTIVE}
        elif not isinstance(value, dict) or (len(path) == 2 and path[0] == "priors"):
            leaves[path] = value
        elif len(path) == 4 and path[0] == "theories":
            leaves[path] = value["prior"]
        else:
            for key, item in value.items():
                described = (*DESCRIPTIVE, "article") if path[:1] == ("theories",) else DESCRIPTIVE
                if key not in described or len(path) not in (0, 2):
                    walk(item, (*path, key))

    walk({key: value for key, value in scenario.data().items() if key != "groups"}, ())
    return leaves


def _source(path: Keys, merged: Merged | None) -> str:
    if merged is None:
        return ""
    node = merged.root.value.get(path[0])
    return "default" if node is None or node.value is None else merged.root.place(path)
