"""Events: what happens to the world from outside the five countries' moves.

An event happens at most once a run. Whether it happens and when are decided by random numbers addressed by the event's
own name (or its group's), so changing one event's odds leaves every other event, and its own timing, where they were.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from triangle_sim.arrays import Array
from triangle_sim.quarters import Quarter
from triangle_sim.uncertainty import Streams
from triangle_sim.world.event import Event

NEVER = np.int32(2**30)
"""Quarter number of what never happens."""


class EventLuck(NamedTuple):
    """What random numbers decide about events: before a run starts ``(events, runs)``, and quarter by quarter.

    ``possible``: whether the event can happen; ``due``: the quarter of a scheduled one; ``strikes``
    ``(quarters, events with a hazard, runs)``: whether its hazard strikes, in a quarter without the first axis.
    """

    possible: Array
    due: Array
    strikes: Array

    def of_quarter(self, quarter: int) -> EventLuck:
        """The same for one quarter."""
        return self._replace(strikes=self.strikes[quarter])


class Happened(NamedTuple):
    """What events have done so far: the quarter each began ``(events, runs)``, :data:`NEVER` while it has not, and for
    how many quarters each condition has held ``(conditions of events, runs)``."""

    begun: Array
    held: Array


class EventClock:
    """When the events of a scenario begin, how strong they are, and what they do: the same for all its runs.

    Quarters are counted from ``start``. An event whose condition reads what is not among the ``levels`` of this world,
    as a tie to a country that takes no part, can never happen, nor can those in ``never``; its share of its group stays
    its own. ``may`` says of each event whether it can happen.
    """

    def __init__(
        self,
        events: Mapping[str, Event],
        start: Quarter,
        quarters: int,
        levels: Container[str],
        never: Container[str] = (),
    ) -> None:
        self.names = tuple(sorted(events))
        self.events = tuple(events[name] for name in self.names)
        self.hazards = tuple(name for name in self.names if events[name].hazard is not None)
        self._spans = [event.span(start, quarters) for event in self.events]
        conditions = [event.condition or () for event in self.events]
        self._exists = [all(each.variable in levels for each in some) for some in conditions]
        self.may = [exists and name not in never for name, exists in zip(self.names, self._exists, strict=True)]
        self._rows = np.cumsum([0, *map(len, conditions)])

    def luck(self, streams: Streams, runs: int, quarters: int) -> EventLuck:
        """The random numbers of some runs."""
        due = np.full((len(self.events), runs), NEVER)
        for index, (name, event) in enumerate(zip(self.names, self.events, strict=True)):
            if event.scheduled:
                first, last = self._spans[index]
                u = streams.uniform([f"when:{name}"], [0])[0, 0]
                due[index] = first + np.floor(u * (last - first + 1)).astype(NEVER.dtype)
        u = streams.uniform([f"hazard:{name}" for name in self.hazards], range(quarters)).swapaxes(0, 1)
        chances = [event.hazard for event in self.events if event.hazard is not None]
        return EventLuck(self._possible(streams, runs), due, u < np.reshape(chances, (-1, 1)))

    def _possible(self, streams: Streams, runs: int) -> Array:
        """``(events, runs)``: whether each event can happen; members of a group share one uniform number."""
        out = np.zeros((len(self.events), runs), bool)
        taken: dict[str, float] = {}
        for index, (name, event) in enumerate(zip(self.names, self.events, strict=True)):
            if event.group is None:
                out[index] = streams.uniform([f"whether:{name}"], [0])[0, 0] < event.probability
            else:
                low = taken.get(event.group, 0.0)
                u = streams.uniform([f"group:{event.group}"], [0])[0, 0]
                taken[event.group] = low + event.probability
                out[index] = (u >= low) & (u < taken[event.group])
            out[index] &= self.may[index]
        return out

    def start(self, runs: int) -> Happened:
        """Before the first quarter: nothing has happened."""
        begun = np.full((len(self.events), runs), NEVER)
        return Happened(begun, np.zeros((int(self._rows[-1]), runs), NEVER.dtype))

    def tick(
        self, quarter: Any, level: Mapping[str, Array], luck: EventLuck, happened: Happened
    ) -> tuple[Array, Happened]:
        """Let a quarter begin; ``(events, runs)`` true where an event begins now, and what has happened since.

        ``level`` maps names of state variables and conditions to their values ``(runs,)`` at the start of the quarter,
        ``luck`` what strikes in this quarter.
        """
        begins, held = happened.begun == quarter, happened.held.copy()
        for index, (name, event) in enumerate(zip(self.names, self.events, strict=True)):
            if event.scheduled:
                begins[index] = luck.possible[index] & (luck.due[index] == quarter)
                continue
            if not self._exists[index]:
                continue
            first, last = self._spans[index]
            ready = luck.possible[index] & (happened.begun[index] == NEVER)
            for row, condition in enumerate(event.condition or (), start=int(self._rows[index])):
                held[row] = np.where(condition.holds(level[condition.variable]), held[row] + 1, 0)
                ready = ready & (held[row] >= condition.for_)
            if event.hazard is not None:
                ready = ready & luck.strikes[self.hazards.index(name)]
            begins[index] = ready & (first <= quarter) & (quarter <= last)
        begun = np.where(begins, quarter, happened.begun)
        return begins, Happened(begun, held)

    def strength(self, quarter: Any, happened: Happened) -> Array:
        """``(events, runs)``: how much of each event's effects there is, 0 before it begins and after it has ended."""
        age, out = quarter - happened.begun, 1.0 * (happened.begun < 0)
        for index, event in enumerate(self.events):
            out[index] = event.strength(age[index])
        return out

    def shifts(self, names: Sequence[str], strength: Array, like: Array) -> Array:
        """What events add to conditions or resting levels: ``(names, runs)``, as ``like`` is."""
        return _sum([event.effects for event in self.events], names, strength, like)

    def shocks(self, names: Sequence[str], begins: Array, like: Array) -> Array:
        """One-off pushes of events that begin: ``(names, runs)``, as ``like`` is."""
        return _sum([event.shock for event in self.events], names, begins, like)


def _sum(sizes: Sequence[Mapping[str, float]], names: Sequence[str], how_much: Array, like: Array) -> Array:
    total = np.zeros_like(like)
    for index, each in enumerate(sizes):
        for name, size in sorted(each.items()):
            if name in names:
                total[names.index(name)] += size * how_much[index]
    return total
