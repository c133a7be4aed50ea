"""Events: what happens to the world from outside the five countries' moves.

An event happens at most once a run. Whether it happens and when are decided by random numbers addressed by the event's
own name (or its group's), so changing one event's odds leaves every other event, and its own timing, where they were.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from triangle_sim.arrays import Array
from triangle_sim.uncertainty import Streams

NEVER = np.int32(2**30)
"""Quarter number of what never happens."""


@dataclass(frozen=True)
class Threshold:
    """``variable`` above or below a level for some quarters in a row (values at the start of a quarter)."""

    variable: str
    above: float | None = None
    below: float | None = None
    quarters: int = 1


@dataclass(frozen=True)
class EventPlan:
    """One possible event, in quarters from the start (0 is the first quarter simulated).

    ``first`` .. ``last`` (inclusive) bound when it can happen. With neither ``hazard`` nor ``thresholds`` it happens
    at a uniformly chosen quarter of that span; with a hazard, each quarter with that chance; with thresholds, only in
    quarters in which all of them hold. ``probability`` is the chance that it can happen at all. Of the members of one
    ``group`` at most one happens.
    """

    name: str
    first: int
    last: int
    probability: float = 1.0
    hazard: float | None = None
    thresholds: tuple[Threshold, ...] = ()
    duration: int | None = None
    group: str | None = None
    effects: Mapping[str, float] = field(default_factory=dict)
    shock: Mapping[str, float] = field(default_factory=dict)
    possible: bool = True
    """False where its condition speaks of a tie that this world lacks; its share of its group stays its own."""

    @property
    def scheduled(self) -> bool:
        """Whether its quarter is known before the run starts."""
        return self.hazard is None and not self.thresholds


class EventLuck(NamedTuple):
    """What random numbers decide about events: before a run starts ``(events, runs)``, and quarter by quarter.

    ``possible``: whether the event can happen; ``due``: the quarter of a scheduled one; ``hazard``
    ``(quarters, events with a hazard, runs)``: uniform numbers.
    """

    possible: Array
    due: Array
    hazard: Array


class Happened(NamedTuple):
    """What events have done so far: the quarter each began ``(events, runs)``, :data:`NEVER` while it has not, and for
    how many quarters each threshold has held ``(thresholds, runs)``."""

    begun: Array
    held: Array


class EventClock:
    """When the events of a scenario begin and end: the same for all its runs."""

    def __init__(self, plans: Sequence[EventPlan]) -> None:
        self.plans = tuple(sorted(plans, key=lambda plan: plan.name))
        self._hazards = [plan.name for plan in self.plans if plan.hazard is not None]
        self._first_threshold = np.cumsum([0, *(len(plan.thresholds) for plan in self.plans)])

    def luck(self, streams: Streams, runs: int, quarters: int) -> EventLuck:
        """The random numbers of some runs."""
        due = np.full((len(self.plans), runs), NEVER)
        for index, plan in enumerate(self.plans):
            if plan.scheduled:
                u = streams.uniform([f"when:{plan.name}"], [0])[0, 0]
                due[index] = plan.first + np.floor(u * (plan.last - plan.first + 1)).astype(NEVER.dtype)
        hazard = streams.uniform([f"hazard:{name}" for name in self._hazards], range(quarters)).swapaxes(0, 1)
        return EventLuck(_possible(self.plans, streams, runs), due, hazard)

    def start(self, runs: int) -> Happened:
        """Before the first quarter: nothing has happened."""
        begun = np.full((len(self.plans), runs), NEVER)
        return Happened(begun, np.zeros((int(self._first_threshold[-1]), runs), NEVER.dtype))

    def tick(
        self, quarter: Any, level: Mapping[str, Array], luck: EventLuck, hazard: Array, happened: Happened
    ) -> tuple[Array, Happened]:
        """Let a quarter begin; ``(events, runs)`` true where an event begins now, and what has happened since.

        ``level`` maps names of state variables and conditions to their values ``(runs,)`` at the start of the quarter,
        ``hazard`` has this quarter's uniform numbers ``(events with a hazard, runs)``.
        """
        begins, held = happened.begun == quarter, happened.held.copy()
        for index, plan in enumerate(self.plans):
            if plan.scheduled:
                begins[index] = luck.possible[index] & (luck.due[index] == quarter)
                continue
            ready = luck.possible[index] & (happened.begun[index] == NEVER)
            for row, threshold in enumerate(plan.thresholds, start=int(self._first_threshold[index])):
                held[row] = np.where(_holds(threshold, level[threshold.variable]), held[row] + 1, 0)
                ready = ready & (held[row] >= threshold.quarters)
            if plan.hazard is not None:
                ready = ready & (hazard[self._hazards.index(plan.name)] < plan.hazard)
            begins[index] = ready & (plan.first <= quarter) & (quarter <= plan.last)
        begun = np.where(begins, quarter, happened.begun)
        return begins, Happened(begun, held)

    def active(self, quarter: Any, happened: Happened) -> Array:
        """``(events, runs)`` true while an event's effects last."""
        ends = np.asarray([[plan.duration if plan.duration is not None else NEVER] for plan in self.plans], NEVER.dtype)
        return (happened.begun <= quarter) & (quarter - happened.begun < ends.reshape(-1, 1))

    def shifts(self, names: Sequence[str], active: Array, like: Array) -> Array:
        """What active events add to conditions or resting levels: ``(names, runs)``, as ``like`` is."""
        return self._sum([plan.effects for plan in self.plans], names, active, like)

    def shocks(self, names: Sequence[str], begins: Array, like: Array) -> Array:
        """One-off pushes of events that begin: ``(names, runs)``, as ``like`` is."""
        return self._sum([plan.shock for plan in self.plans], names, begins, like)

    def _sum(self, sizes: Sequence[Mapping[str, float]], names: Sequence[str], when: Array, like: Array) -> Array:
        total = np.zeros_like(like)
        for index, each in enumerate(sizes):
            for name, size in each.items():
                if name in names:
                    total[names.index(name)] += size * when[index]
        return total


def _holds(threshold: Threshold, value: Array) -> Array:
    holds = value == value  # not-a-number holds nowhere
    if threshold.above is not None:
        holds = holds & (value > threshold.above)
    if threshold.below is not None:
        holds = holds & (value < threshold.below)
    return holds


def _possible(plans: Sequence[EventPlan], streams: Streams, runs: int) -> NDArray[np.bool_]:
    """``(events, runs)``: whether each event can happen; members of a group share one uniform number."""
    out = np.zeros((len(plans), runs), bool)
    taken: dict[str, float] = {}
    for index, plan in enumerate(plans):
        if plan.group is None:
            out[index] = plan.possible & (streams.uniform([f"whether:{plan.name}"], [0])[0, 0] < plan.probability)
        else:
            low = taken.get(plan.group, 0.0)
            u = streams.uniform([f"group:{plan.group}"], [0])[0, 0]
            out[index] = plan.possible & (u >= low) & (u < low + plan.probability)
            taken[plan.group] = low + plan.probability
    return out
