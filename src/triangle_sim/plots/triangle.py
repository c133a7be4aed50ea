"""Which triangle are the three in, and which role has North Korea? Stacked shares of the futures by quarter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.axes import Axes

from triangle_sim.plots import words
from triangle_sim.plots.base import caption, pick, scenario_title, span
from triangle_sim.plots.calendar import calendar_axis
from triangle_sim.plots.placing import Canvas, inches, keep_apart, line_height, page
from triangle_sim.plots.style import LABEL, QUIET, ROLE_LOOK, SMALL, TRIANGLE_LOOK, Look, look, ordered, styled

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

DEFAULT_TRIAD = "CHN-PRK-RUS"
ROLE_ORDER = ("pivot", "friend", "partner", "wing", "foe", "outcast", "none")
"""From the most to the least wanted role (Wu 1996), so that the strip reads as good at the bottom, bad at the top."""


@styled
def triangle(result: Result, triad: str = DEFAULT_TRIAD, *, country: str = "PRK",
             figure: Canvas | None = None) -> Canvas:  # fmt: skip
    """Types of the triad as stacked areas, and below them the roles of ``country`` in it.

    Raises
    ------
    NotInResultError
        if the result has no such triad, or the country has no role in it.
    """
    types, roles = type_shares(result, triad), role_shares(result, triad, country)
    members = [words.country(code) for code in sorted(triad.split("-"))]
    sheet = page(figure, (9, 6), f"Which triangle are {', '.join(members[:-1])} and {members[-1]} in?",
                 f"{scenario_title(result)}, {span(result)}",
                 "Share of futures in each quarter; per cents at the right are those of the last quarter.",
                 caption([result]))  # fmt: skip
    # Seven roles need seven lines of label; the rest of the height is the types'.
    upper, lower = sheet.axes(2, left=0.5, right=2.25, top=0.1, bottom=0.3, apart=(0, 0.4), height_ratios=(1.2, 1))
    _areas(upper, types, TRIANGLE_LOOK, years=False)
    _areas(lower, roles, ROLE_LOOK)
    lower.set_title(f"{words.country(country)}'s role in it")
    return sheet.figure


def type_shares(result: Result, triad: str) -> pd.DataFrame:
    """Shares of the triad's types ``(types, quarters)``; its countries may be named in any order."""
    return _shares(pick(result.triangles, "triad", "-".join(sorted(triad.split("-"))), "triad"), "type", TRIANGLE_LOOK)


def role_shares(result: Result, triad: str, country: str) -> pd.DataFrame:
    """Shares of the country's roles in the triad ``(roles, quarters)``."""
    rows = pick(result.roles, "triad", "-".join(sorted(triad.split("-"))), "triad")
    return _shares(pick(rows, "country", country, f"role in {triad} for"), "role", ROLE_ORDER)


def _shares(rows: pd.DataFrame, column: str, order: Iterable[str]) -> pd.DataFrame:
    rows = rows.astype({column: str, "quarter": str})
    table = rows.pivot(index=column, columns="quarter", values="share")
    return table.reindex(ordered(rows[column], order)).fillna(0.0)


def _areas(ax: Axes, shares: pd.DataFrame, looks: Mapping[str, Look], years: bool = True) -> None:
    """Stacked areas; those that ever show are named at their right-hand ends, with a line to where each belongs."""
    xs = calendar_axis(ax, list(shares.columns), labelled=years)
    ax.set_ylim(0, 1)
    ax.set_yticks([0, 0.5, 1], ["0", "50 %", "100 %"], fontsize=SMALL)
    upper = shares.cumsum()
    lower = upper - shares
    for name in shares.index:
        ax.fill_between(xs, lower.loc[name], upper.loc[name], **look(looks, name).fill, linewidth=0.6, label=name)
    ever = shares.index[shares.max(axis=1) > 0]
    if ever.empty:
        ax.text(0.5, 0.5, "no data", transform=ax.transAxes, ha="center", va="center", color=QUIET)
        return
    (wide, tall), middles = inches(ax), ((lower + upper) / 2).loc[ever].iloc[:, -1]
    glossed = any(name in words.GLOSS for name in ever) and tall / len(ever) >= line_height(LABEL) + line_height(SMALL)
    gap = (line_height(LABEL) + glossed * line_height(SMALL)) / tall
    for name, y in zip(ever, keep_apart(middles, gap, gap / 2, 1 - gap / 2), strict=True):
        ax.annotate("    ", (1, middles[name]), (1 + 16 / 72 / wide, y), "axes fraction", fontsize=4, va="center",
                    bbox={**look(looks, name).fill, "linewidth": 0.4, "pad": 2.5},
                    arrowprops={"arrowstyle": "-", "color": QUIET, "linewidth": 0.6})  # fmt: skip
        ax.annotate(f"{words.plain(name)} {words.percent(float(shares.loc[name].iloc[-1]))}", (1, y), (32, 0),
                    "axes fraction", "offset points", fontsize=LABEL, va="bottom" if glossed else "center")  # fmt: skip
        if glossed:
            ax.annotate(words.GLOSS.get(name, ""), (1, y), (32, 0), "axes fraction", "offset points", fontsize=SMALL,
                        va="top", color=QUIET)  # fmt: skip
