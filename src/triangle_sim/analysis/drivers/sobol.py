"""Sobol indices of groups or single parameters, freed of luck, with bootstrap intervals and their convergence.

Design and estimators are SALib's (Saltelli et al. 2010, Comput. Phys. Commun. 181: 259-270): matrices A and B, and A
with one factor from B. What is explained is the variance of a draw's mean over all its futures; only some are played,
so the mean of the luck that is left is taken out. A's rows share their luck with the rows that differ in one factor,
B's do not; what the pairs' difference owes to luck is known from its replicates.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from triangle_sim.analysis.drivers.libraries import need

Floats = NDArray[np.float64]

Play = Callable[[Floats, int], Floats]
"""From points ``(factors, rows)`` and the number of the luck to the replicates of each row, ``(rows, replicates)``."""

RESAMPLES = 300


@dataclass(frozen=True, eq=False)
class Indices:
    """Of each factor, in the order of the design.

    ``table`` has the columns factor, first, first_low, first_high, total, total_low, total_high: shares of the
    variance between draws, the first by a factor alone, the total with all it does together with others. ``luck`` is
    the share of luck in the variance of one future. ``convergence`` has the same indices from the first rows alone:
    rows, factor, first, total. ``a`` and ``b`` are what was played of the two matrices, ``(rows, replicates)``.
    """

    table: pd.DataFrame
    convergence: pd.DataFrame
    variance: float
    luck: float
    a: Floats
    b: Floats


def sobol(names: Sequence[str], factors: Sequence[str], play: Play, *, rows: int, seed: int) -> Indices:
    """Indices of ``factors``, one for each of ``names`` (several of the same make a group), from ``rows`` base rows.

    Raises
    ------
    UsageError
        if SALib is not installed.
    """
    design = need("SALib.sample.sobol")
    problem = {
        "num_vars": len(names),
        "names": list(names),
        "groups": list(factors),
        "bounds": [[0.0, 1.0]] * len(names),
    }
    order = list(dict.fromkeys(factors))
    points = design.sample(problem, rows, calc_second_order=False, seed=seed).reshape(rows, len(order) + 2, len(names))
    played = [play(points[:, k].T, int(k > len(order))) for k in range(len(order) + 2)]
    a, mixed, b = played[0], np.stack(played[1:-1]), played[-1]
    rng = np.random.default_rng(seed)
    picks = [rng.integers(0, rows, rows) for _ in range(RESAMPLES)]
    resampled = np.stack([np.stack(estimate(a[k], mixed[:, k], b[k])[:2]) for k in picks])
    (first, total, variance, luck), ends = estimate(a, mixed, b), np.quantile(resampled, [0.025, 0.975], axis=0)
    table = pd.DataFrame({
        "factor": order,
        "first": first, "first_low": ends[0, 0], "first_high": ends[1, 0],
        "total": total, "total_low": ends[0, 1], "total_high": ends[1, 1],
    })  # fmt: skip
    steps = []
    for some in (rows // 4, rows // 2, rows):
        part = estimate(a[:some], mixed[:, :some], b[:some])
        steps.append(pd.DataFrame({"rows": some, "factor": order, "first": part[0], "total": part[1]}))
    return Indices(table, pd.concat(steps, ignore_index=True), variance, luck, a, b)


def estimate(a: Floats, mixed: Floats, b: Floats) -> tuple[Floats, Floats, float, float]:
    """First and total indices ``(factors,)``, the variance between draws, and luck's share in one future's variance.

    ``a`` and ``b`` are ``(rows, replicates)``, ``mixed`` ``(factors, rows, replicates)``. With one replicate the model
    is taken to have no luck.
    """
    analysis = need("SALib.analyze.sobol")
    replicates = a.shape[1]
    means_a, means_b, means_mixed = a.mean(axis=1), b.mean(axis=1), mixed.mean(axis=2)
    seen = float(np.var(np.r_[means_a, means_b]))
    one = float(np.mean(np.r_[a, b].var(axis=1, ddof=1))) if replicates > 1 else 0.0
    variance = seen - one / replicates
    if not variance > 1e-12:
        nothing = np.zeros(len(mixed))
        return nothing, nothing.copy(), 0.0, 1.0 if one > 0 else 0.0
    centre = np.r_[means_a, means_b].mean()
    first, total = np.empty(len(mixed)), np.empty(len(mixed))
    for k, each in enumerate(means_mixed):
        first[k] = analysis.first_order(means_a - centre, each - centre, means_b - centre)
        apart = (a - mixed[k]).var(axis=1, ddof=1).mean() / replicates if replicates > 1 else 0.0
        total[k] = analysis.total_order(means_a - centre, each - centre, means_b - centre) - 0.5 * apart / seen
    return first * seen / variance, total * seen / variance, variance, one / (one + variance)
