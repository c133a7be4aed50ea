"""Shares in words for pictures; the counting itself is the analysis's."""

from __future__ import annotations

import math

from triangle_sim.analysis.counting import DOTS, category_shares, in_twenty, words_in_twenty
from triangle_sim.plots.words import DASH

__all__ = ["DOTS", "category_shares", "in_twenty", "percent", "words_in_twenty"]


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
