"""What a fit to the record aims at: coded ties by year, and whether leaders met, treaties were signed, weapons tested.

A target's value is compared with what the model expects of it, a mean over luck. Its error is the coder's; errors of
one dyad hang together from year to year, since a coder holds a level until a dated fact moves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from triangle_sim.record.hindcast import DYADS, coded_ties, seen_events
from triangle_sim.record.observations import load_episode
from triangle_sim.record.play import Played, possible
from triangle_sim.scenario.schema import Scenario

Floats = NDArray[np.float64]

PERSISTENCE = 0.6
"""Correlation of a dyad's coding errors from one year to the next: a judgement."""
EVENT_ERROR = 0.1
"""Standard deviation of what a meeting or test that was or was not seen says of its chance: a judgement."""
LONGEST = 4
"""Years that a target of events spans at most."""


@dataclass(frozen=True)
class Target:
    """One number of the record: a dyad's tie in a year, or whether an event was seen in a span of years (1 or 0)."""

    episode: str
    what: str
    first: int
    last: int
    value: float
    error: float

    def expected(self, played: Played) -> Floats:
        """What each run says of it, ``(runs,)``."""
        years = slice(played.years.index(self.first), played.years.index(self.last) + 1)
        if self.what in played.dyads:
            return np.asarray(played.ties[years, played.dyads.index(self.what)].mean(axis=0))
        return np.asarray(played.happened[years, played.events.index(self.what)].any(axis=0), float)


def targets(episode: str, scenario: Scenario, until: int | None = None) -> list[Target]:
    """The targets of an episode that end in ``until`` or before: ties by dyad and year, then events.

    Years in a row in which an event was seen, or not seen, make one target, cut into spans of :data:`LONGEST` years.
    """
    found = load_episode(episode)
    last = min(scenario.end.year, found.years[-1] if until is None else until)
    years = [int(year) for year in found.years if year <= last]
    ties = coded_ties(found)
    out = [
        Target(episode, dyad, year, year, float(ties[row, column]), found.error)
        for column, dyad in enumerate(DYADS)
        for row, year in enumerate(years)
    ]
    events = possible(scenario)
    seen = seen_events(episode, events)
    for column, event in enumerate(events):
        known = [(year, seen[row, column]) for row, year in enumerate(years) if not np.isnan(seen[row, column])]
        for value, run in groupby(known, key=lambda each: each[1]):
            same = [year for year, _ in run]
            for start in range(0, len(same), LONGEST):
                span = same[start : start + LONGEST]
                out.append(Target(episode, event, span[0], span[-1], float(value), EVENT_ERROR))
    return out


def covariance(some: Sequence[Target]) -> Floats:
    """Covariance ``(targets, targets)`` of their errors."""
    same = np.array([[a.episode == b.episode and a.what == b.what for b in some] for a in some])
    apart = np.array([[abs(a.first - b.first) for b in some] for a in some])
    error = np.array([each.error for each in some])
    ties = np.array([each.what in DYADS for each in some])
    together = np.where(same & ties, PERSISTENCE**apart, np.eye(len(some)))
    return np.asarray(error[:, None] * error * together)
