"""What a fit to the record aims at: coded ties by year, how much they move from year to year, and whether leaders met,
treaties were signed, weapons tested, arms sent.

A target's value is compared with what the model expects of it, a mean over luck. Its error is the coder's; errors of
one dyad hang together from year to year, since a coder holds a level until a dated fact moves it. Levels alone would
leave luck unfitted: what a mean over luck misses says nothing of how much luck there is. How far a tie moves in a year
does.
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
MOVED_ERROR = 0.03
"""Standard deviation of a dyad's mean yearly change as coded: a judgement, the coder's half point a year over the ten
to fifteen years of an episode, in which most years repeat a level."""


@dataclass(frozen=True)
class Target:
    """One number of the record: a dyad's tie in a year; its mean change from a year to the next, up or down, over a
    span of years (``moved``); or whether an event was seen in a span of years (1 or 0)."""

    episode: str
    what: str
    first: int
    last: int
    value: float
    error: float
    moved: bool = False

    def expected(self, played: Played) -> Floats:
        """What each run says of it, ``(runs,)``."""
        years = slice(played.years.index(self.first), played.years.index(self.last) + 1)
        if self.moved:
            ties = played.ties[years, played.dyads.index(self.what)]
            return np.asarray(np.abs(np.diff(ties, axis=0)).mean(axis=0))
        if self.what in played.dyads:
            return np.asarray(played.ties[years, played.dyads.index(self.what)].mean(axis=0))
        return np.asarray(played.happened[years, played.events.index(self.what)].any(axis=0), float)


def targets(episode: str, scenario: Scenario, until: int | None = None) -> list[Target]:
    """The targets of an episode that end in ``until`` or before: ties by dyad and year, how much each moves, events.

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
    if len(years) > 1:
        moved = np.abs(np.diff(ties[: len(years)], axis=0)).mean(axis=0)
        out += [
            Target(episode, dyad, years[0], years[-1], float(value), MOVED_ERROR, moved=True)
            for dyad, value in zip(DYADS, moved, strict=True)
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
    ties = np.array([each.what in DYADS and not each.moved for each in some])
    together = np.where(same & ties & ties[:, None], PERSISTENCE**apart, np.eye(len(some)))
    return np.asarray(error[:, None] * error * together)
