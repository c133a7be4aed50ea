"""Intervals over draws: how sure the model is of a number, given what it does not know.

Runs of one draw share their parameters, so they are not independent; an interval over pooled runs would be far too
narrow. Every interval here is over draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtri, stdtrit

from triangle_sim.analysis.moments import Moments

LEVEL = 0.95


@dataclass(frozen=True)
class Estimate:
    """A mean with its interval over draws."""

    value: float
    low: float
    high: float
    draws: int


def share_true(truth: Any) -> float:
    """The share of truth values that are true; missing of none."""
    return float(truth.mean()) if truth.size else float("nan")


def resamples(draws: int, seed: int, times: int) -> Any:
    """How often each draw stands in each bootstrap sample of all draws ``(times, draws)``."""
    return np.random.default_rng(seed).multinomial(draws, np.full(draws, 1 / draws), times)


def draw_means(values: Any, draws: Any) -> Any:
    """Mean of each draw's runs ``(draws,)``; missing values are left out, a draw without any is missing."""
    numbers, where = np.unique(np.asarray(draws), return_inverse=True)
    return Moments.of(values, where, numbers.size).means()


def mean(values: Any, draws: Any) -> Estimate:
    """Mean over draws with a t interval; with one draw the interval is unknown (NaN)."""
    return mean_of(draw_means(values, draws))


def mean_of(means: Any) -> Estimate:
    """:func:`mean` from the draws' means ``(draws,)``, missing ones left out."""
    means = means[~np.isnan(means)]
    n = means.size
    if n == 0:
        return Estimate(np.nan, np.nan, np.nan, 0)
    centre = float(means.mean())
    if n == 1:
        return Estimate(centre, np.nan, np.nan, 1)
    reach = float(stdtrit(n - 1, 0.5 + LEVEL / 2) * means.std(ddof=1) / np.sqrt(n))
    return Estimate(centre, centre - reach, centre + reach, n)


def share_of(means: Any, runs: int) -> Estimate:
    """A probability, from the means of all draws ``(draws,)`` and the number of runs in all.

    The interval is Wilson's with the effective number of independent runs: ``p (1 - p) / var(mean over draws)``, at
    most the number of runs, and less where few draws leave the variance itself unsure (Korn & Graubard 1998, Survey
    Methodology 24: 193-201). Where every run agrees nothing tells runs of a draw apart, and each draw counts once.
    """
    n = means.size
    p = float(means.mean())
    variance = float(means.var(ddof=1) / n) if n > 1 else 0.0
    z = float(ndtri(0.5 + LEVEL / 2))
    effective = float(n)
    if variance > 0:
        by_runs, by_draws = (float(stdtrit(size - 1, 0.5 + LEVEL / 2)) for size in (float(runs), n))
        effective = min(p * (1 - p) / variance, float(runs)) * (by_runs / by_draws) ** 2
    centre = (p + z * z / (2 * effective)) / (1 + z * z / effective)
    reach = z * np.sqrt(p * (1 - p) / effective + z * z / (4 * effective**2)) / (1 + z * z / effective)
    return Estimate(p, max(0.0, min(p, centre - reach)), min(1.0, max(p, centre + reach)), n)
