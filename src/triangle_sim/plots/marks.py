"""Marks of dated events on a calendar axis: numbered on the picture, named in its key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from triangle_sim.plots.placing import position
from triangle_sim.plots.words import DASH


def dated(events: Mapping[str, str] | None, quarters: Sequence[str]) -> list[tuple[float, str, str]]:
    """Position, name and quarter of the events inside the picture's span, in order of time."""
    inside = [(position(quarter), name, quarter) for name, quarter in (events or {}).items()]
    first, last = position(quarters[0]), position(quarters[-1])
    return sorted(event for event in inside if first <= event[0] <= last)


def named(events: Mapping[str, str] | None, quarters: Sequence[str]) -> list[str]:
    """The key to the numbered marks: "1 US election (2024Q4)"."""
    return [
        f"{number} {name} ({quarter})" for number, (_, name, quarter) in enumerate(dated(events, quarters), start=1)
    ]


def clusters(events: Mapping[str, str] | None, quarters: Sequence[str], wide: float) -> list[tuple[float, str]]:
    """Marks as (position, number); numbers too near each other to be read share one label at the first of them."""
    inside = dated(events, quarters)
    scale = wide / max(position(quarters[-1]) - position(quarters[0]), 0.25)
    groups: list[list[tuple[float, int]]] = []
    for number, (x, _, _) in enumerate(inside, start=1):
        if groups and (x - groups[-1][0][0]) * scale < 0.24:
            groups[-1].append((x, number))
        else:
            groups.append([(x, number)])
    return [
        (x, "" if place_ else (str(group[0][1]) if len(group) == 1 else f"{group[0][1]}{DASH}{group[-1][1]}"))
        for group in groups
        for place_, (x, _) in enumerate(group)
    ]
