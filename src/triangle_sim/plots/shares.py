"""Counting futures: shares with an interval over draws, and "n in 20"."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from triangle_sim.plots.words import DASH

if TYPE_CHECKING:
    import pandas as pd

DOTS = 20
LEVEL = 0.90


def t_quantile(probability: float, degrees: int) -> float:
    """Quantile of Student's t by expansion around the normal.

    Abramowitz and Stegun (1964), 26.7.5, four terms: within 0.5 % from 4 degrees of freedom on, 12 % low at one.
    """
    z = NormalDist().inv_cdf(probability)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return float(z + sum(term / degrees**power for power, term in enumerate(terms, start=1)))


def category_shares(runs: pd.DataFrame, column: str, order: Sequence[str], level: float = LEVEL) -> pd.DataFrame:
    """Share of runs in each category of ``column``, with the interval of the mean over draws.

    ``order`` comes first and is complete even where a category did not occur; others follow in alphabetical order.
    Columns: share, low, high (all 0..1; low and high are NaN with fewer than two draws, or if the draws do not differ).
    The draws are the sample: replicates of a draw share its parameters, so pooling them would understate the width.
    """
    import pandas as pd

    values = runs[column].astype(str)
    names = [*order, *sorted(set(values) - set(order))]
    by_draw = pd.crosstab(runs["draw"], values, normalize="index").reindex(columns=names, fill_value=0.0)
    table = by_draw.to_numpy(dtype=float)
    count = len(table)
    share = table.mean(axis=0) if count else np.full(len(names), math.nan)
    half = np.full(len(names), math.nan)
    if count > 1:
        error = table.std(axis=0, ddof=1) / math.sqrt(count)
        half = np.where(error > 0, t_quantile((1 + level) / 2, count - 1) * error, math.nan)
    columns = {"share": share, "low": np.clip(share - half, 0, 1), "high": np.clip(share + half, 0, 1)}
    return pd.DataFrame(columns, index=pd.Index(names, name=column))


def in_twenty(shares: Iterable[float], total: int = DOTS) -> list[int]:
    """Whole numbers that sum to ``total`` and lie nearest the shares (largest remainder; ties to the earlier one).

    All zero where no share is positive.
    """
    weights: npt.NDArray[np.float64] = np.nan_to_num(np.asarray(list(shares), dtype=float))
    if weights.sum() <= 0:
        return [0] * len(weights)
    exact = weights / weights.sum() * total
    # Rounded first: 0.35 * 20 is a hair above or below 7, which must not decide who gets the last dot.
    exact = np.round(exact, 9)
    counts = np.floor(exact).astype(int)
    by_remainder = sorted(range(len(exact)), key=lambda place: (counts[place] - exact[place], place))
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


def percent(share: float, low: float = math.nan, high: float = math.nan) -> str:
    """A share as per cent with its interval, "35 % (32-38)"; ends are dropped where there is no interval."""
    if math.isnan(share):
        return "no data"
    text = f"{_round(share)} %"
    return text if math.isnan(low) or math.isnan(high) else f"{text} ({100 * low:.0f}{DASH}{100 * high:.0f})"


def _round(share: float) -> str:
    """Whole per cents, but "<1" and ">99" where rounding would claim never or always."""
    if 0 < share < 0.005:
        return "<1"
    return ">99" if 0.995 < share < 1 else f"{100 * share:.0f}"
