"""Counting futures: shares of categories with intervals over draws, and "n in 20" in whole numbers that add up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from triangle_sim.analysis.by_draw import ByDraw
from triangle_sim.analysis.intervals import Estimate, share_of

DOTS = 20


def category_shares(sums: ByDraw, column: str, order: Sequence[str], theory: str | None = None) -> dict[str, Estimate]:
    """Share of runs in each category of ``column``, with its 95% interval over draws; of one theory's runs if given.

    ``order`` comes first and is complete even where a category did not occur; others follow in alphabetical order. The
    interval is NaN with fewer than two draws.
    """
    chosen = sums.of(theory)
    occur = {name for name, count in sums.counts[column].items() if count[chosen].any()}
    total = int(sums.runs[chosen].sum())
    names = [*order, *sorted(occur - set(order))]
    shares = {name: share_of(sums.truth(column, name).means()[chosen], total) for name in names}
    if chosen.sum() < 2:
        return {name: replace(share, low=math.nan, high=math.nan) for name, share in shares.items()}
    return shares


def in_twenty(shares: Iterable[float]) -> list[int]:
    """Whole numbers that sum to 20 and lie nearest the shares (largest remainder; ties to the earlier one).

    All zero where no share is positive.
    """
    weights: npt.NDArray[np.float64] = np.nan_to_num(np.asarray(list(shares), dtype=float))
    if weights.sum() <= 0:
        return [0] * len(weights)
    # Rounded first: 0.35 * 20 is a hair above or below 7, which must not decide who gets the last dot.
    wanted = np.round(weights / weights.sum() * DOTS, 9)
    counts = np.floor(wanted).astype(int)
    by_remainder = sorted(range(len(wanted)), key=lambda place: (counts[place] - wanted[place], place))
    for place in by_remainder[: DOTS - int(counts.sum())]:
        counts[place] += 1
    return [int(count) for count in counts]


def words_in_twenty(share: float, count: int) -> str:
    """A count of futures in words: "7 in 20", "under 1 in 20" where rare, "none" for what does not happen."""
    if not share > 0:
        return "none"
    if count == 0:
        return f"under 1 in {DOTS}"
    if count == DOTS and share < 1:
        return f"over {DOTS - 1} in {DOTS}"
    return f"{count} in {DOTS}"
