"""The table of what was switched off: differences draw by draw, with intervals, corrected for many looks, ranked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtr

from triangle_sim.analysis.intervals import mean_of
from triangle_sim.analysis.why.switches import KINDS, Switch
from triangle_sim.montecarlo.sample import Sample

COLUMNS = ["kind", "name", "words", "theory", "level", "without", "difference", "low", "high", "futures_changed", "p",
           "q", "payoff_of", "payoff_share", "verdict", "why_not"]  # fmt: skip
"""Of the table: a row a switch and theory, and one for all draws together."""
FALSE = 0.05
"""Share of the differences that are called clear which may be chance (Benjamini and Hochberg 1995)."""

Views = Mapping[str, NDArray[np.bool_]]
"""The draws of each theory ``(draws,)``, and all of them."""
Shares = Mapping[str, Mapping[str, float]]
"""Of interests in the payoff, by country and the name of the weight."""


class Without(NamedTuple):
    """The same worlds without something, by draw ``(draws,)``: the mean of a column, and the share of futures in which
    it is another."""

    means: NDArray[np.float64]
    changed: NDArray[np.float64]

    @classmethod
    def of(cls, column: str, played: Sample, base: Sample) -> Without:
        """From the futures with and without it."""
        same = np.isclose(played.values[column], base.values[column], rtol=1e-9, atol=1e-12, equal_nan=True)
        return cls(played.means(column), 1.0 - same.mean(axis=1))


def table_of(
    means: NDArray[np.float64], played: Iterable[tuple[Switch, Without | None]], views: Views, payoffs: Shares
) -> pd.DataFrame:
    """A row a switch and view, from ``means`` by draw with everything in place; None where nothing was switched off."""
    rows = [row for switch, without in played for row in _rows(means, without, switch, views, payoffs)]
    return _ranked(_corrected(pd.DataFrame(rows, columns=COLUMNS)))


def _rows(
    means: NDArray[np.float64],
    without: Without | None,
    switch: Switch,
    views: Views,
    payoffs: Shares,
) -> list[tuple[Any, ...]]:
    """A switch's rows of the table, one a view; nothing is corrected yet."""
    shares = {code: sum(own.get(name, 0.0) for name in switch.off) for code, own in payoffs.items()}
    code = max(shares, key=lambda name: shares[name])
    payoff = (code, shares[code]) if shares[code] > 0 else ("", np.nan)
    rows = []
    for theory, some in views.items():
        head = (switch.kind, switch.name, switch.words, theory)
        level = means[some]
        if without is None:
            nan = np.nan
            rows.append((*head, _mean(level), *[nan] * 7, *payoff, "nothing to switch off", switch.why_not))
            continue
        other = without.means[some]
        # The same values in another order may have means that differ by rounding: that is no difference.
        gaps = np.where(np.isclose(level, other, rtol=1e-12, atol=1e-12), 0.0, other - level)
        gap, changed = mean_of(gaps), float(without.changed[some].mean())
        sizes = (_mean(level), _mean(other), gap.value, gap.low, gap.high, changed, _chance(gaps), np.nan)
        rows.append((*head, *sizes, *payoff, "", ""))
    return rows


def _chance(gaps: Any) -> float:
    """Two-sided p of a mean over draws that is nothing, by Student's t; missing where nothing differs in any draw."""
    known = gaps[~np.isnan(gaps)]
    if known.size < 2 or not known.any():
        return np.nan
    spread = known.std(ddof=1) / np.sqrt(known.size)
    return float(2 * stdtr(known.size - 1, -abs(known.mean()) / spread)) if spread > 0 else 0.0


def _corrected(table: pd.DataFrame) -> pd.DataFrame:
    """With ``q`` and a verdict: all that was looked at under a theory is one family."""
    from scipy.stats import false_discovery_control

    for _, rows in table.groupby("theory"):
        looked = rows.index[rows["p"].notna()]
        if len(looked):
            table.loc[looked, "q"] = false_discovery_control(table.loc[looked, "p"])
    return table.assign(verdict=np.asarray([row.verdict or _verdict(row) for row in table.itertuples()], object))


def _verdict(row: Any) -> str:
    if row.futures_changed == 0:
        return "changes no future"
    if not row.q < FALSE:
        return "no clear difference"
    return "more without it" if row.difference > 0 else "less without it"


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    """Kinds in their order, what makes the largest difference under any theory first, its theories together."""
    size = table["difference"].abs().groupby([table["kind"], table["name"]]).transform("max").fillna(-1.0)
    order = np.lexsort((np.arange(len(table)), -size, table["kind"].map(KINDS.index)))
    return table.iloc[order].reset_index(drop=True)


def _mean(values: Any) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else np.nan
