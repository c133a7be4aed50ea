"""When events begin and how long they last, for one world, written from docs/equations.md (step 1 of a quarter)."""

from collections.abc import Callable
from math import floor
from typing import Any


class Calendar:
    """The events of one run. ``u(stream, quarter)`` are the run's uniform numbers."""

    def __init__(self, scenario: Any, u: Callable[[str, int], float]) -> None:
        self.events = {name: scenario.events[name] for name in sorted(scenario.events)}
        self.u = u
        self.start, self.quarters = scenario.start, scenario.quarters
        self.possible = self._possible()
        self.begin: dict[str, int] = {}
        self.held = {name: [0] * len(event.condition or ()) for name, event in self.events.items()}
        for name, event in self.events.items():
            if (event.when or event.window) and self.possible[name]:
                first, last = self._span(event)
                self.begin[name] = first + floor(u(f"when:{name}", 0) * (last - first + 1))

    def _possible(self) -> dict[str, bool]:
        reached: dict[str, float] = {}
        possible = {}
        for name, event in self.events.items():
            if event.group is None:
                possible[name] = self.u(f"whether:{name}", 0) < event.probability
            else:
                low = reached.get(event.group, 0.0)
                reached[event.group] = low + event.probability
                possible[name] = low <= self.u(f"group:{event.group}", 0) < low + event.probability
        return possible

    def _span(self, event: Any) -> tuple[int, int]:
        def number(quarter: Any) -> int:
            return 4 * (quarter.year - self.start.year) + quarter.number - self.start.number

        if event.when:
            return number(event.when), number(event.when)
        if event.window:
            return number(event.window[0]), number(event.window[1])
        return (
            number(event.from_) if event.from_ else 0,
            number(event.until) if event.until else self.quarters - 1,
        )

    def advance(self, q: int, seen: dict[str, float]) -> None:
        """Let hazards and conditions bite; ``seen`` is what conditions look at."""
        for name, event in self.events.items():
            if event.when or event.window:
                continue
            ready = True
            for k, item in enumerate(event.condition or ()):
                if item.variable not in seen:  # a tie to a country that takes no part: it can never hold
                    ready = False
                    continue
                above = item.above is None or seen[item.variable] > item.above
                below = item.below is None or seen[item.variable] < item.below
                self.held[name][k] = self.held[name][k] + 1 if above and below else 0
                ready = ready and self.held[name][k] >= item.for_
            first, last = self._span(event)
            if name in self.begin or not self.possible[name] or not ready or not first <= q <= last:
                continue
            if event.hazard is None or self.u(f"hazard:{name}", q) < event.hazard:
                self.begin[name] = q

    def begun(self, q: int) -> set[str]:
        """Events that begin in this quarter."""
        return {name for name, begin in self.begin.items() if begin == q}

    def active(self, q: int) -> set[str]:
        """Events in force in this quarter."""
        return {
            name
            for name, begin in self.begin.items()
            if begin <= q and (self.events[name].duration is None or q < begin + self.events[name].duration)
        }
