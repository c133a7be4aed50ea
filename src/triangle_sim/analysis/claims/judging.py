"""How one check is judged under one theory: the rules of a verdict, and what the design could have told.

The effect is a difference between two scenarios, or between a level and its threshold, counted in the claim's
direction. Rules, in this order:

- *too rare to say*: of two scenarios, neither departs from the one common value in as many as :data:`RARE` futures.
- *borne out*: the whole interval lies on the claim's side, and the effect is large enough to matter.
- *contradicted*: the whole interval lies on the other side, and the effect is large enough to matter.
- *depends*: on average there is no clear effect, and the design had the power to find one; but with luck taken out at
  least :data:`BOTH` of the draws have one that matters in each direction. What decides is a size that nobody knows.
- *makes no difference*: the whole interval lies within what matters. An empty result ends here, never as a pass.
- *not settled*: all else. More draws would tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from triangle_sim.analysis.intervals import LEVEL, Estimate, mean_of, share_of, share_true

RARE = 0.01
"""Share of futures below which something hardly ever happens. Judgement."""
POWER = 0.8
"""Chance to find an effect as small as the design is said to tell."""
BOTH = 0.1
"""Share of draws that an effect which matters must have on either side for its direction to depend. Judgement."""

VERDICTS = ("borne out", "contradicted", "depends", "makes no difference", "too rare to say", "not settled", "untested")


@dataclass(frozen=True)
class Finding:
    """What a check found under one theory.

    Attributes
    ----------
    level, reference
        means of the first scenario, and of the second or the threshold.
    difference
        the first less the second, with its interval over draws.
    matters
        the smallest difference that matters.
    could_tell
        the smallest difference that this design finds four times in five.
    spread
        standard deviation over draws of the difference, luck taken out; missing with one replicate.
    with_it, against_it
        shares of draws whose difference, luck taken out, matters in the claim's direction and in the other.
    seen
        the share of futures that depart from the one common value, in the scenario in which more do.
    p
        of no difference (two-sided), for corrections.
    """

    theory: str
    level: float
    reference: float
    difference: Estimate
    matters: float
    could_tell: float
    spread: float
    with_it: float
    against_it: float
    seen: float
    p: float
    verdict: str


def judge(theory: str, first: Any, against: Any, direction: str, matters: float, *, share: bool = False) -> Finding:
    """Judge a contrast or a level.

    Parameters
    ----------
    first
        ``(draws, replicates)``
    against
        the same worlds in the other scenario, or a threshold.
    direction
        the claim's: ``increase``, ``above``, or the contrary.
    share
        whether a level is a share of futures.
    """
    first = np.asarray(first, float)
    alone = np.ndim(against) == 0
    gaps = first - against
    # The same values added up in another order may differ by rounding: that is no difference.
    gaps = np.where(np.abs(gaps) <= 1e-12, 0.0, gaps)
    means = _means(gaps)
    known = means[~np.isnan(means)]
    if alone and share and known.size:
        chance = share_of(known + against, int((~np.isnan(first)).sum()))
        low, high = chance.low - against, chance.high - against
        difference = Estimate(chance.value - against, low, high, chance.draws)
    else:
        difference = mean_of(means)
    could_tell, seen = _could_tell(difference), float("nan") if alone else _departing(first, np.asarray(against, float))
    side = 1 if direction in ("increase", "above") else -1
    effects = side * without_luck(gaps)
    spread = float(effects.std(ddof=1)) if effects.size > 1 else float("nan")
    both = share_true(effects >= matters), share_true(effects <= -matters)
    return Finding(
        theory,
        _average(first),
        float(against) if alone else _average(against),
        difference,
        matters,
        could_tell,
        spread,
        *both,
        seen,
        _p(known, float(against) if alone and share else None),
        verdict(difference, side, matters, could_tell, spread, min(both), seen),
    )


def verdict(
    difference: Estimate, side: int, matters: float, could_tell: float, spread: float, both: float, seen: float
) -> str:
    """The rules above; ``side`` is 1 for a claim that says more and -1 for less, ``both`` the smaller of the shares of
    draws whose effect matters with the claim and against it, ``seen`` missing for a level."""
    if difference.draws == 0:
        return "untested"
    if seen < RARE:
        return "too rare to say"
    low, high = sorted((side * difference.low, side * difference.high))
    value = side * difference.value
    if low > 0 and value >= matters:
        return "borne out"
    if high < 0 and -value >= matters:
        return "contradicted"
    small = -matters < low and high < matters
    if (small or low <= 0 <= high) and both >= BOTH and could_tell <= spread:
        return "depends"
    return "makes no difference" if small else "not settled"


def together(verdicts: Sequence[str]) -> str:
    """One verdict of those under each theory: theirs where they agree; else it depends, unless one is not settled."""
    several = set(verdicts)
    if len(several) <= 1:
        return verdicts[0] if verdicts else "untested"
    return "not settled" if "not settled" in several else "depends"


def corrected(p: Sequence[float]) -> NDArray[np.float64]:
    """P-values corrected for as many looks, so that of those below 0.05 at most one in twenty is by chance, however
    they hang together (Benjamini & Yekutieli 2001, Annals of Statistics 29: 1165-1188)."""
    from scipy.stats import false_discovery_control

    given = np.asarray(p, float)
    out, known = np.full(given.shape, np.nan), ~np.isnan(given)
    if known.any():
        out[known] = false_discovery_control(given[known], method="by")
    return out


def _means(values: Any) -> NDArray[np.float64]:
    """Means of each draw's futures; missing ones left out."""
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    return np.where(count > 0, np.where(known, values, 0.0).sum(axis=1) / np.maximum(count, 1), np.nan)


def _average(values: Any) -> float:
    means = _means(np.asarray(values, float))
    return float(np.nanmean(means)) if (~np.isnan(means)).any() else float("nan")


def _could_tell(estimate: Estimate) -> float:
    """From the interval's half: an effect so large leaves zero out of its interval with chance :data:`POWER`."""
    if estimate.draws < 2:
        return float("nan")
    of_interval, of_power = (stdtrit(estimate.draws - 1, q) for q in (0.5 + LEVEL / 2, POWER))
    return float((estimate.high - estimate.low) / 2 * (1 + of_power / of_interval))


def without_luck(gaps: Any) -> NDArray[np.float64]:
    """Each draw's difference without what luck adds to a mean of so many futures: drawn in to the mean of all until the
    variance left is that between draws. Empty where a draw has one future, which cannot tell luck."""
    whole = gaps[~np.isnan(gaps).any(axis=1)]
    if whole.shape[0] < 2 or whole.shape[1] < 2:
        return np.empty(0)
    means = whole.mean(axis=1)
    found, luck = means.var(ddof=1), whole.var(axis=1, ddof=1).mean() / whole.shape[1]
    kept = np.sqrt(max(0.0, 1 - luck / found)) if found > 0 else 0.0
    return np.asarray(means.mean() + kept * (means - means.mean()))


def _departing(*scenarios: Any) -> float:
    """The share of futures that depart from the commonest value of all, where more do."""
    values, counts = np.unique(np.concatenate([each[~np.isnan(each)] for each in scenarios]), return_counts=True)
    if not values.size:
        return float("nan")
    common = values[counts.argmax()]
    return max(float(np.mean(each[~np.isnan(each)] != common)) for each in scenarios)


def _p(gaps: Any, threshold: float | None) -> float:
    """Two-sided, by t over draws. Where all draws agree on a share each counts once: the chance that all would."""
    if gaps.size < 2:
        return float("nan")
    mean, error = gaps.mean(), gaps.std(ddof=1) / np.sqrt(gaps.size)
    if error > 0:
        return float(2 * stdtr(gaps.size - 1, -abs(mean) / error))
    if threshold is None:
        return float(mean == 0)
    return float((1 - threshold if mean < 0 else threshold) ** gaps.size)
