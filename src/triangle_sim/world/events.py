"""Events: what happens to the world from outside the five countries' moves.

An event happens at most once a run. Whether it happens and when are decided by random numbers addressed by the event's
own name (or its group's), so changing one event's odds leaves every other event, and its own timing, where they were.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.uncertainty import Streams

NEVER = np.int64(2**31)
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


class EventClock:
    """The events of a block of runs: which have begun, and when.

    ``begun`` is ``(events, runs)``: the quarter each event began, :data:`NEVER` while it has not.
    """

    def __init__(self, plans: Sequence[EventPlan], streams: Streams, runs: int, quarters: int) -> None:
        self.plans = tuple(sorted(plans, key=lambda plan: plan.name))
        self.begun = np.full((len(self.plans), runs), NEVER)
        self._possible = _possible(self.plans, streams, runs)
        self._held = [np.zeros((len(plan.thresholds), runs), np.int64) for plan in self.plans]
        self._due = np.full((len(self.plans), runs), NEVER)
        self._luck: dict[int, NDArray[np.float64]] = {}
        for index, plan in enumerate(self.plans):
            if plan.scheduled:
                u = streams.uniform([f"when:{plan.name}"], [0])[0, 0]
                self._due[index] = plan.first + np.floor(u * (plan.last - plan.first + 1)).astype(np.int64)
            else:
                self._luck[index] = streams.uniform([f"hazard:{plan.name}"], range(quarters))[0]

    def tick(self, quarter: int, level: Mapping[str, Any]) -> NDArray[np.bool_]:
        """Let a quarter begin; ``(events, runs)`` true where an event begins now.

        ``level`` maps names of state variables and conditions to their values ``(runs,)`` at the start of the quarter.
        """
        starts = np.zeros(self.begun.shape, bool)
        for index, plan in enumerate(self.plans):
            if plan.scheduled:
                starts[index] = self._possible[index] & (self._due[index] == quarter)
                continue
            ready = self._possible[index] & (self.begun[index] == NEVER)
            for row, threshold in enumerate(plan.thresholds):
                held = self._held[index]
                held[row] = np.where(_holds(threshold, level[threshold.variable]), held[row] + 1, 0)
                ready = ready & (held[row] >= threshold.quarters)
            if not plan.first <= quarter <= plan.last:
                continue
            if plan.hazard is not None:
                ready = ready & (self._luck[index][quarter] < plan.hazard)
            starts[index] = ready
        self.begun = np.where(starts, quarter, self.begun)
        return starts

    def active(self, quarter: int) -> NDArray[np.bool_]:
        """``(events, runs)`` true while an event's effects last."""
        ends = np.asarray([[plan.duration if plan.duration is not None else int(NEVER)] for plan in self.plans])
        if not self.plans:
            return np.zeros(self.begun.shape, bool)
        return (self.begun <= quarter) & (quarter - self.begun < ends)


def _holds(threshold: Threshold, value: Any) -> NDArray[np.bool_]:
    above = np.ones(np.shape(value), bool) if threshold.above is None else np.asarray(value) > threshold.above
    below = np.ones(np.shape(value), bool) if threshold.below is None else np.asarray(value) < threshold.below
    return above & below


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
