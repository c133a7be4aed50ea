"""How far apart two scenarios are in one outcome: numbers of two samples, each with its plain meaning.

Means of draws are compared draw by draw where both played the same worlds. Spreads and distances are of futures, so
that they do not depend on how many replicates a draw was given.
"""

from __future__ import annotations

from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr
from scipy.stats import false_discovery_control, rankdata, ttest_ind, wasserstein_distance

from triangle_sim.analysis.intervals import LEVEL, Estimate, mean_of

Floats = NDArray[np.float64]


def apart(a: Floats, b: Floats) -> Floats:
    """``a - b``, zero where they differ by rounding alone: the same values added up in another order."""
    return np.where(np.isclose(a, b, rtol=1e-12, atol=1e-12), 0.0, a - b)


def paired(a: Floats, b: Floats) -> tuple[Estimate, float]:
    """Mean of ``a - b`` over draws ``(draws,)`` with its interval, and the p-value of no difference.

    It is that of the paired t-test; of the sign test where all draws differ by the same, of which t makes too much.
    """
    differences = apart(a, b)
    gap = mean_of(differences)
    if gap.draws < 2 or gap.value == 0:
        return gap, np.nan if gap.draws < 2 else 1.0
    if gap.high == gap.low:
        return gap, 2.0 ** (1 - gap.draws)
    t = gap.value / (differences.std(ddof=1) / np.sqrt(gap.draws))
    return gap, float(2 * stdtr(gap.draws - 1, -abs(t)))


def unpaired(a: Floats, b: Floats) -> tuple[Estimate, float]:
    """Difference of the means of two sets of draws with Welch's interval, and the p-value of no difference.

    Where neither varies, that is of the permutation test.
    """
    value, draws = float(a.mean() - b.mean()) if a.size and b.size else np.nan, min(a.size, b.size)
    if draws < 2:
        return Estimate(value, np.nan, np.nan, draws), np.nan
    if a.std() == 0 and b.std() == 0:
        return Estimate(value, value, value, draws), 2 / comb(a.size + b.size, a.size) if value else 1.0
    test = ttest_ind(a, b, equal_var=False)
    interval = test.confidence_interval(LEVEL)
    return Estimate(value, float(interval.low), float(interval.high), draws), float(test.pvalue)


def higher(a: Floats, b: Floats) -> float:
    """Share of draws in which ``a`` is higher than ``b`` in the same draw, ties counted half."""
    return _average(0.5 + 0.5 * np.sign(apart(a, b)))


def higher_unpaired(a: Floats, b: Floats) -> float:
    """Share of all pairs of a draw of ``a`` and one of ``b`` in which ``a`` is higher, ties counted half.

    That is Mann and Whitney's U over the number of pairs.
    """
    if not (a.size and b.size):
        return np.nan
    ranks = rankdata(np.concatenate([a, b]))[: a.size]
    return float((ranks.sum() - a.size * (a.size + 1) / 2) / (a.size * b.size))


def flips(a: Floats, b: Floats) -> float:
    """Share of draws in which the difference has the other sign than its mean; half of those that differ where the
    mean is zero."""
    differences = apart(a, b)
    if not differences.size:
        return np.nan
    sign = np.sign(differences.mean())
    return float(np.mean(np.sign(differences) == -sign) if sign else np.mean(differences != 0) / 2)


def spread(a: Floats, b: Floats) -> float:
    """Standard deviation of the futures, the variances of the two averaged; zero where values are equal but for
    rounding."""
    if not (np.isfinite(a).any() and np.isfinite(b).any()):
        return np.nan
    found = float(np.sqrt((np.nanvar(a) + np.nanvar(b)) / 2))
    return found if found > 1e-12 * max(1.0, abs(float(np.nanmean(a)))) else 0.0


def effect(difference: float, sd: float) -> float:
    """A difference in standard deviations (Cohen's d); zero where nothing differs, infinite where the two differ and
    neither varies.

    Cohen, J. (1988) *Statistical Power Analysis for the Behavioral Sciences*, 2nd ed., calls 0.2 small, 0.5 medium and
    0.8 large.
    """
    if difference == 0 or np.isnan(difference):
        return difference
    return difference / sd if sd else float(np.copysign(np.inf, difference))


def distance(a: Floats, b: Floats) -> float:
    """Wasserstein distance of two sets of futures, in the outcome's unit: how far futures must be moved, on average,
    to make one distribution the other. A mere shift gives the size of the difference; more says that the shape differs
    as well."""
    one, other = (values[~np.isnan(values)] for values in (a, b))
    return float(wasserstein_distance(one, other)) if one.size and other.size else np.nan


def total_variation(p: Any, q: Any) -> float:
    """Share of futures that would have to end otherwise to make one mix of endings the other."""
    return float(np.abs(np.asarray(p) - np.asarray(q)).sum() / 2)


def corrected(p: Floats) -> Floats:
    """p-values corrected for many looks (Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57:
    289-300); missing ones stay missing and are no look."""
    known = ~np.isnan(p)
    out = np.full(p.shape, np.nan)
    if known.any():
        out[known] = false_discovery_control(p[known], method="bh")
    return out


def _average(values: Floats) -> float:
    return float(values.mean()) if values.size else np.nan
