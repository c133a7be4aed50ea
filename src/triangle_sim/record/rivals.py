"""Naive rivals: what a prediction is worth that uses no model, only the record up to a year.

Each rival of ties is a normal distribution for each later year and dyad, the coder's error included, so that its
scores are exact. A model that does not beat them has learnt nothing that they do not know. What each knows:

persistence
    the coded value of the origin year, for ever, within the coder's error;
random_walk
    the same value, less and less sure: its yearly step is the root mean square of the yearly changes up to the origin,
    all dyads pooled. With fewer than :data:`FEWEST` years of changes in the episode, the changes of earlier episodes
    serve as well;
era_mean
    mean and spread of the dyad's values in the episode up to the origin. From an episode's first year, where there is
    one value only, mean and spread of the dyad over all earlier episodes.

The first episode has none before it. There the later ones stand in, which grants the rival a knowledge it could not
have had: it makes the rival harder to beat, never easier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.record.scores import chance, crps_normal

Floats = NDArray[np.float64]

FEWEST = 3
"""Years of changes that an episode must have before the origin to stand alone."""


@dataclass(frozen=True, eq=False)
class Rival:
    """A rival's predictions: mean and standard deviation ``(years, dyads)``, the coder's error included."""

    name: str
    says: str
    mean: Floats
    sd: Floats

    def crps(self, coded: Floats) -> Floats:
        """Its scores ``(years, dyads)``."""
        return crps_normal(coded, self.mean, self.sd)

    def held(self, coded: Floats, level: float) -> Floats:
        """1 where its central band holds the coded value, else 0; NaN where none is coded."""
        from scipy.special import ndtri

        inside = np.abs(coded - self.mean) <= ndtri((1 + level) / 2) * self.sd
        return np.where(np.isnan(coded), np.nan, inside)


def yearly_step(series: Sequence[Floats]) -> float:
    """Standard deviation of the yearly changes in series ``(years, dyads)``, pooled, about no change: a walk without
    drift."""
    changes = np.concatenate([np.diff(each, axis=0).ravel() for each in series])
    return float(np.sqrt(np.nanmean(changes**2)))


def persistence(last: Floats, ahead: NDArray[np.int64], error: float) -> Rival:
    """The last value for ever."""
    mean = np.broadcast_to(last, (ahead.size, last.size))
    return Rival("persistence", "the last coded value for ever", mean, np.full(mean.shape, error))


def random_walk(last: Floats, ahead: NDArray[np.int64], step: float, error: float) -> Rival:
    """The last value, less sure the further ahead: variance grows by the square of ``step`` a year."""
    mean = np.broadcast_to(last, (ahead.size, last.size))
    sd = np.sqrt(step**2 * ahead[:, None] + error**2) + 0 * mean
    return Rival("random_walk", f"a random walk with a yearly step of {step:.2f}", mean, sd)


def era_mean(values: Floats, ahead: NDArray[np.int64], error: float) -> Rival:
    """Mean and spread of each dyad's ``values`` ``(years, dyads)``, at least two years."""
    mean, spread = np.nanmean(values, axis=0), np.nanstd(values, axis=0, ddof=1)
    shape = (ahead.size, mean.size)
    sd = np.broadcast_to(np.sqrt(spread**2 + error**2), shape)
    return Rival("era_mean", "the mean of the years before", np.broadcast_to(mean, shape), sd)


def rivals_of(
    record: Mapping[str, tuple[Sequence[int], Floats]], episode: str, origin: int, years: Sequence[int], error: float
) -> tuple[Rival, ...]:
    """All rivals, for ``years`` of an episode, from its ``origin`` year.

    ``record`` has the years and coded ties ``(years, dyads)`` of every episode.
    """
    own_years, own = record[episode]
    known = own[[year <= origin for year in own_years]]
    others = {name: each for name, each in record.items() if name != episode}
    before = [values for when, values in others.values() if when[-1] < own_years[0]]
    before = before or [values for _, values in others.values()]
    ahead = np.asarray(years) - origin
    history = [known] if len(known) > FEWEST else [*before, known]
    era = known if len(known) > 1 else np.concatenate(before)
    return (
        persistence(known[-1], ahead, error),
        random_walk(known[-1], ahead, yearly_step(history), error),
        era_mean(era, ahead, error),
    )


def base_rates(seen: Sequence[Any]) -> Floats:
    """Chance of each event in a year, with Jeffreys' prior: what never was is not impossible.

    ``seen`` ``[(years, events), ...]`` has the years of which it is known: 1, 0, or NaN where nobody knows.
    """
    years = np.concatenate([np.asarray(each, float) for each in seen])
    return chance(np.nansum(years, axis=0), (~np.isnan(years)).sum(axis=0))
