"""One outcome in two scenarios: the same worlds under both, subtracted draw by draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triangle_sim.analysis.by_future import Floats, Futures, draw_means, futures
from triangle_sim.analysis.compare import distances
from triangle_sim.analysis.intervals import Estimate
from triangle_sim.montecarlo.result import Result
from triangle_sim.outcomes import OUTCOMES


@dataclass(frozen=True)
class Contrast:
    """What scenario ``a`` changes against ``b`` in one outcome, under one theory or all.

    Attributes
    ----------
    level_a, level_b
        means over draws; of a time to an event, the restricted mean (:func:`.by_future.restricted`).
    difference
        a minus b over draws.
    sd, effect
        standard deviation of the futures, and the difference in such.
    higher
        share of draws in which a is higher, ties counted half; of all pairs of draws where they are not the same.
    flips
        share of draws in which the difference goes the other way; NaN where draws are not the same.
    distance
        of the two distributions of futures: Wasserstein for a number, in its unit; for a category, the total
        variation between the mixes of all its categories.
    p
        p-value of no difference in the mean over draws.
    ever_a, ever_b
        share of futures in which an event ever came; NaN for other outcomes.
    """

    a: str
    b: str
    outcome: str
    theory: str
    level_a: float
    level_b: float
    difference: Estimate
    sd: float
    effect: float
    higher: float
    flips: float
    distance: float
    p: float
    ever_a: float = np.nan
    ever_b: float = np.nan

    @property
    def verdict(self) -> str:
        """``more``, ``less``, or ``no clear difference`` where the interval holds zero or is unknown."""
        if self.difference.low > 0:
            return "more"
        return "less" if self.difference.high < 0 else "no clear difference"


def contrast(a: Result, b: Result, outcome: str, theory: str | None = None, category: str | None = None) -> Contrast:
    """Compare one outcome in two results of the same draws and seed.

    Raises
    ------
    ValueError
        if the two do not share seed and replicates (their worlds would not be the same), or the outcome is unknown.
    """
    if (a.seed, a.replicates) != (b.seed, b.replicates):
        raise ValueError("the two results are not the same worlds: seed and replicates must be equal")
    known = OUTCOMES.get(outcome)
    if known and known.kind == "category" and category not in known.categories:
        raise ValueError(f"{outcome!r} is no number: give one of its categories, {', '.join(known.categories)}")
    if known and known.kind != "category" and category is not None:
        raise ValueError(f"{outcome!r} is a number and has no categories")
    column = outcome if category is None else f"{outcome}={category}"
    return between(futures(a, [outcome]), futures(b, [outcome]), column, theory)


def same_worlds(a: Futures, b: Futures) -> bool:
    """Whether draw k of both is the same world with the same luck."""
    return (a.seed, a.replicates) == (b.seed, b.replicates)


def chosen(a: Futures, b: Futures, theory: str | None) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The draws of each that are compared: those of a theory, and where the worlds are the same, those both have."""
    masks = [np.ones(len(f.theory), bool) if theory is None else f.theory == theory for f in (a, b)]
    if same_worlds(a, b):
        common = min(map(len, masks))
        both = masks[0][:common] & masks[1][:common]
        masks = [np.concatenate([both, np.zeros(len(mask) - common, bool)]) for mask in masks]
    return masks[0], masks[1]


def between(a: Futures, b: Futures, column: str, theory: str | None = None) -> Contrast:
    """Compare an outcome, or ``outcome=category``, in two sets of futures; draw by draw if these are the same worlds.

    An outcome that has no meaning in one of the worlds has no numbers.
    """
    outcome, _, category = column.partition("=")
    horizon, same, masks = min(a.horizon, b.horizon), same_worlds(a, b), chosen(a, b, theory)
    there = outcome in a.values and outcome in b.values
    pair = list(zip((a, b), masks, strict=True))
    one, other = (f.of(column, horizon)[mask] if there else np.empty((0, 1)) for f, mask in pair)
    mean_a, mean_b = draw_means(one), draw_means(other)
    if same:
        known = ~np.isnan(mean_a) & ~np.isnan(mean_b)
        mean_a, mean_b = mean_a[known], mean_b[known]
    else:
        mean_a, mean_b = mean_a[~np.isnan(mean_a)], mean_b[~np.isnan(mean_b)]
    sd = distances.spread(one, other)
    gap, p = (distances.paired if same else distances.unpaired)(mean_a, mean_b)
    timed = there and OUTCOMES[outcome].kind == "quarter"
    ever = [_ever(f.values[outcome][mask], horizon) if timed else np.nan for f, mask in pair]
    return Contrast(
        a=a.name,
        b=b.name,
        outcome=column,
        theory=theory or "all",
        level_a=float(mean_a.mean()) if mean_a.size else np.nan,
        level_b=float(mean_b.mean()) if mean_b.size else np.nan,
        difference=gap,
        sd=sd,
        effect=distances.effect(gap.value, sd),
        higher=(distances.higher if same else distances.higher_unpaired)(mean_a, mean_b),
        flips=distances.flips(mean_a, mean_b) if same else np.nan,
        distance=_mixes_apart(a, b, outcome, masks) if category and there else distances.distance(one, other),
        p=p,
        ever_a=ever[0],
        ever_b=ever[1],
    )


def _ever(quarters: Floats, horizon: int) -> float:
    return float((quarters <= horizon).mean()) if quarters.size else np.nan


def _mixes_apart(a: Futures, b: Futures, outcome: str, masks: tuple[NDArray[np.bool_], NDArray[np.bool_]]) -> float:
    columns = [f"{outcome}={category}" for category in OUTCOMES[outcome].categories]
    if not (masks[0].any() and masks[1].any()):
        return np.nan
    mixes = [[f.of(column)[mask].mean() for column in columns] for f, mask in zip((a, b), masks, strict=True)]
    return distances.total_variation(*mixes)
