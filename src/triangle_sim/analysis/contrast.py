"""Paired contrasts: the same worlds under two scenarios, draw by draw."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from triangle_sim.analysis.by_draw import by_draw
from triangle_sim.analysis.intervals import Estimate, mean_of
from triangle_sim.montecarlo.result import Result
from triangle_sim.outcomes import OUTCOMES

COLUMNS = ["a", "b", "outcome", "theory", "level_a", "level_b", "difference", "low", "high", "share_of_draws_higher",
           "verdict"]  # fmt: skip
"""Of the table of contrasts."""


@dataclass(frozen=True)
class Contrast:
    """What scenario ``a`` changes against ``b`` in one outcome, under one theory or all.

    ``difference`` is a minus b over draws; ``more`` the share of draws in which a's mean is higher than b's.
    """

    a: str
    b: str
    outcome: str
    theory: str
    level_a: float
    level_b: float
    difference: Estimate
    more: float

    @property
    def verdict(self) -> str:
        """``more``, ``less``, or ``no clear difference`` where the interval holds zero."""
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
    if category is None and outcome in OUTCOMES and OUTCOMES[outcome].kind == "category":
        raise ValueError(
            f"{outcome!r} is no number: give one of its categories, {', '.join(OUTCOMES[outcome].categories)}"
        )
    if category is not None and outcome in OUTCOMES and OUTCOMES[outcome].kind != "category":
        raise ValueError(f"{outcome!r} is a number and has no categories")
    both = [by_draw(result, [outcome]) for result in (a, b)]
    draws = min(a.draws, b.draws)
    means = [
        (sums.numbers[outcome] if category is None else sums.truth(outcome, category)).means()[:draws] for sums in both
    ]
    chosen = both[0].of(theory)[:draws] & both[1].of(theory)[:draws] & ~np.isnan(means).any(axis=0)
    level_a, level_b = means[0][chosen], means[1][chosen]
    # The same values in another order may have means that differ by rounding: that is no difference.
    difference = np.where(np.isclose(level_a, level_b, rtol=1e-12, atol=1e-12), 0.0, level_a - level_b)
    return Contrast(
        a.scenario.name,
        b.scenario.name,
        outcome if category is None else f"{outcome}={category}",
        theory or "all",
        _average(level_a),
        _average(level_b),
        mean_of(difference),
        _average(difference > 0),
    )


def _average(values: Any) -> float:
    return float(values.mean()) if len(values) else float("nan")


def contrasts(results: list[Result], outcomes: list[str] | None = None) -> pd.DataFrame:
    """Every result against the last one, every numeric outcome, every theory: one row each."""
    reference, names = results[-1], outcomes or [n for n, o in OUTCOMES.items() if o.kind != "category"]
    for result in results:
        by_draw(result, names)  # all outcomes in one pass
    rows = []
    for result, name, theory in product(results[:-1], sorted(names), by_draw(reference, names).views):
        c = contrast(result, reference, name, theory)
        gap = c.difference
        rows.append((c.a, c.b, name, c.theory, c.level_a, c.level_b, gap.value, gap.low, gap.high, c.more, c.verdict))
    return pd.DataFrame(rows, columns=COLUMNS)
