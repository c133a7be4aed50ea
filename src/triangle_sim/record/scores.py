"""How well predictions met the record: scores of ties, of events by year, and what separates two sets of predictions.

Scores are those of the library ``scoringrules``. Lower is better everywhere. The CRPS of an ensemble is its fair
version (probability weighted moments), which does not favour the larger of two ensembles. What is not coded (NaN) has
no score and is left out of every mean.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import scoringrules
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SEED = 20240813
"""Of the coder's noise and of resampling: the same predictions always get the same scores."""

RESAMPLES, BLOCK = 2000, 3
"""How often intervals resample, and how many years in a row stay together where years are resampled."""

BINS = (0.0, 0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)
"""Edges of the bins of probabilities: finer where most are, since most things do not happen in most years."""


def with_error(ties: Floats, error: float) -> Floats:
    """Predicted ties as a coder would code them: normal noise of the coder's error added, from a fixed seed."""
    return ties + np.random.default_rng(SEED).normal(0.0, error, ties.shape)


def crps(coded: Floats, ensemble: Floats) -> Floats:
    """Continuous ranked probability score of an ensemble ``(..., runs)``, in units of the tie.

    It is the distance between prediction and record that a sure prediction would have: 0.15 is half a point missed.
    """
    if ensemble.shape[-1] == 1:
        return np.asarray(np.abs(coded - ensemble[..., 0]))
    score = scoringrules.crps_ensemble(coded, ensemble, estimator="pwm", backend="numpy")
    return np.asarray(score, float)


def crps_normal(coded: Floats, mean: Floats, sd: Floats) -> Floats:
    """The same of a normal distribution, exactly."""
    return np.asarray(scoringrules.crps_normal(coded, mean, sd, backend="numpy"), float)


def held(coded: Floats, ensemble: Floats, level: float) -> Floats:
    """1 where the central band of an ensemble ``(..., runs)`` holds the coded value, else 0; NaN where none is."""
    low, high = np.quantile(ensemble, [(1 - level) / 2, (1 + level) / 2], axis=-1)
    return np.where(np.isnan(coded), np.nan, (low <= coded) & (coded <= high))


def chance(count: Any, runs: Any) -> Floats:
    """A probability from a count of runs, never 0 or 1 (Jeffreys' prior): ``(count + 1/2) / (runs + 1)``."""
    return np.asarray((np.asarray(count, float) + 0.5) / (np.asarray(runs) + 1))


def brier(seen: Any, predicted: Floats) -> Floats:
    """Brier score: the square of what a probability misses; 0.25 for saying one half always."""
    return _of_known(scoringrules.brier_score, seen, predicted)


def log_score(seen: Any, predicted: Floats) -> Floats:
    """Logarithmic score (surprise, natural logarithm): 0.69 for saying one half always."""
    return _of_known(scoringrules.log_score, seen, predicted)


def _of_known(score: Callable[..., Any], seen: Any, predicted: Floats) -> Floats:
    happened = np.asarray(seen, float)
    known, out = ~np.isnan(happened), np.full(happened.shape, np.nan)
    out[known] = score(happened[known], predicted[known], backend="numpy")
    return out


@dataclass(frozen=True)
class Bin:
    """Events that were given about the same probability: how many, how probable on average, and the share seen."""

    low: float
    high: float
    count: int
    predicted: float
    seen: float


def calibration(seen: Any, predicted: Floats, edges: tuple[float, ...] = BINS) -> list[Bin]:
    """Probabilities in bins, each beside the share that was seen; bins without any are left out."""
    known = ~np.isnan(np.asarray(seen, float))
    flat, happened = predicted[known], np.asarray(seen, float)[known]
    where = np.clip(np.digitize(flat, edges) - 1, 0, len(edges) - 2)
    bins = []
    for number, (low, high) in enumerate(pairwise(edges)):
        inside = where == number
        if inside.any():
            bins.append(Bin(low, high, int(inside.sum()), float(flat[inside].mean()), float(happened[inside].mean())))
    return bins


@dataclass(frozen=True)
class Between:
    """What separates two sets of scores, with the 95 % interval of a bootstrap."""

    value: float
    low: float
    high: float


def ratio(scores: Floats, others: Floats) -> Between:
    """Mean score over the mean of others ``(years, dyads)``; below 1 is better. Whole dyads are resampled, since the
    years of one are not independent."""
    return _over_dyads(scores, others, lambda one, other: one / other)


def difference(scores: Floats, others: Floats) -> Between:
    """Mean score less the mean of others ``(years, dyads)``; below 0 is better. Whole dyads are resampled."""
    return _over_dyads(scores, others, lambda one, other: one - other)


def difference_of_one(scores: Floats, others: Floats) -> Between:
    """The same for a single dyad ``(years,)``: blocks of :data:`BLOCK` years in a row are resampled, the last year
    followed by the first."""
    apart = (scores - others)[~np.isnan(scores - others)]
    if apart.size == 0:
        return Between(np.nan, np.nan, np.nan)
    random = np.random.default_rng(SEED)
    starts = random.integers(0, apart.size, (RESAMPLES, -(-apart.size // BLOCK)))
    years = (starts[..., None] + np.arange(BLOCK)).reshape(RESAMPLES, -1)[:, : apart.size] % apart.size
    return _between(float(apart.mean()), apart[years].mean(axis=1))


def _over_dyads(scores: Floats, others: Floats, of: Callable[[Any, Any], Any]) -> Between:
    both = ~np.isnan(scores + others)
    counts = both.sum(axis=0)
    one, other = (np.where(both, each, 0.0).sum(axis=0) for each in (scores, others))
    if not counts.any():
        return Between(np.nan, np.nan, np.nan)
    chosen = np.random.default_rng(SEED).integers(0, counts.size, (RESAMPLES, counts.size))
    chosen = chosen[counts[chosen].any(axis=1)]  # a sample of dyads that are all uncoded has no mean
    many = counts[chosen].sum(axis=1)
    values = of(one[chosen].sum(axis=1) / many, other[chosen].sum(axis=1) / many)
    return _between(float(of(one.sum() / counts.sum(), other.sum() / counts.sum())), values)


def _between(value: float, values: Floats) -> Between:
    low, high = np.quantile(values, [0.025, 0.975])
    return Between(value, float(low), float(high))
