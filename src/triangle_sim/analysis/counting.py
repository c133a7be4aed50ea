"""Counting futures: shares of categories with intervals over draws, and "n in 20" in whole numbers that add up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from triangle_sim.analysis.by_draw import ByDraw, add_up
from triangle_sim.analysis.intervals import share_of

if TYPE_CHECKING:
    import pandas as pd

DOTS = 20


def category_shares(
    runs: pd.DataFrame | ByDraw, column: str, order: Sequence[str], theory: str | None = None
) -> pd.DataFrame:
    """Share of runs in each category of ``column``, with its 95% interval over draws; of one theory's runs if given.

    ``runs`` is a table of runs, or what :func:`.by_draw.by_draw` made of them. ``order`` comes first and is complete
    even where a category did not occur; others follow in alphabetical order. Columns: share, low, high (all 0..1; low
    and high are NaN with fewer than two draws).
    """
    import pandas as pd

    sums = runs if isinstance(runs, ByDraw) else add_up([runs], [column])
    chosen = sums.of(theory)
    occur = {name for name, count in sums.counts[column].items() if count[chosen].any()}
    names = [*order, *sorted(occur - set(order))]
    total = int(sums.runs[chosen].sum())
    rows = [share_of(sums.truth(column, name).means()[chosen], total) for name in names]
    known = int(chosen.sum()) > 1
    columns = {
        "share": [row.value for row in rows],
        "low": [row.low if known else math.nan for row in rows],
        "high": [row.high if known else math.nan for row in rows],
    }
    return pd.DataFrame(columns, index=pd.Index(names, name=column))


def in_twenty(shares: Iterable[float], total: int = DOTS) -> list[int]:
    """Whole numbers that sum to ``total`` and lie nearest the shares (largest remainder; ties to the earlier one).

    All zero where no share is positive.
    """
    weights: npt.NDArray[np.float64] = np.nan_to_num(np.asarray(list(shares), dtype=float))
    if weights.sum() <= 0:
        return [0] * len(weights)
    # Rounded first: 0.35 * 20 is a hair above or below 7, which must not decide who gets the last dot.
    wanted = np.round(weights / weights.sum() * total, 9)
    counts = np.floor(wanted).astype(int)
    by_remainder = sorted(range(len(wanted)), key=lambda place: (counts[place] - wanted[place], place))
    for place in by_remainder[: total - int(counts.sum())]:
        counts[place] += 1
    return [int(count) for count in counts]


def words_in_twenty(share: float, count: int, total: int = DOTS) -> str:
    """A count of futures in words: "7 in 20", "under 1 in 20" where rare, "none" for what does not happen."""
    if not share > 0:
        return "none"
    if count == 0:
        return f"under 1 in {total}"
    if count == total and share < 1:
        return f"over {total - 1} in {total}"
    return f"{count} in {total}"
