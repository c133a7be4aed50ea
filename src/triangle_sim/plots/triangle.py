"""Which triangle are the three in, and which role has North Korea? Stacked shares of the futures by quarter."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.axes import Axes

from triangle_sim.montecarlo.tables import ALL, of_theory
from triangle_sim.plots import words
from triangle_sim.plots.base import caption, pick, scenario_title, span, titled, view, views_of
from triangle_sim.plots.calendar import calendar_axis
from triangle_sim.plots.placing import Canvas, inches, keep_apart, line_height, page, wrap
from triangle_sim.plots.style import (
    BODY,
    LABEL,
    QUIET,
    ROLE_LOOK,
    SMALL,
    TRIANGLE_LOOK,
    Look,
    look,
    ordered,
    styled,
)  # fmt: skip

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

DEFAULT_TRIAD = "CHN-PRK-RUS"
ROLE_ORDER = ("pivot", "friend", "partner", "wing", "foe", "outcast", "none")
"""From the most to the least wanted role (Wu 1996), so that the strip reads as good at the bottom, bad at the top."""


@styled
def triangle(result: Result, triad: str = DEFAULT_TRIAD, *, country: str = "PRK", theory: str | None = None,
             figure: Canvas | None = None, ax: Axes | None = None) -> Any:  # fmt: skip
    """Types of the triad as stacked areas, and below them the roles of ``country`` in it: a column for each theory, or
    for the ``theory`` asked for (``all`` for the average of several).

    With ``ax``, the types alone are drawn there, of all worlds unless a theory is asked for, and the axes returned.

    Raises
    ------
    NotInResultError
        if the result has no such triad, or the country has no role in it.
    """
    members = [words.country(code) for code in sorted(triad.split("-"))]
    question = f"Which triangle are {', '.join(members[:-1])} and {members[-1]} in?"
    if ax is not None:
        (chosen,) = views_of(result, theory or ALL)
        _areas(ax, type_shares(result, triad, chosen), TRIANGLE_LOOK)
        return titled(ax, question, chosen)
    views = views_of(result, theory)
    types = [type_shares(result, triad, each) for each in views]
    roles = [role_shares(result, triad, country, each) for each in views]
    sheet = page(figure, (9 + 2.4 * (len(views) - 1), 6), question, f"{scenario_title(result)}, {span(result)}",
                 "Share of futures in each quarter; per cents at the right are those of the last quarter.",
                 caption([result]))  # fmt: skip
    # Seven roles need seven lines of label; the rest of the height is the types'. Names stand at the right of the last.
    panels = sheet.axes(2, len(views), left=0.5, right=2.25, top=0.1 if len(views) == 1 else 0.28, bottom=0.3,
                        apart=(0.62, 0.4), height_ratios=(1.2, 1))  # fmt: skip
    for k, each in enumerate(views):
        upper, lower, last = panels[k], panels[k + len(views)], k == len(views) - 1
        ever = [{name for part in parts for name in part.index[part.max(axis=1) > 0]} for parts in (types, roles)]
        _areas(upper, types[k], TRIANGLE_LOOK, years=False, named=ever[0] if last else None)
        _areas(lower, roles[k], ROLE_LOOK, named=ever[1] if last else None)
        if k > 0:
            upper.tick_params(labelleft=False)
            lower.tick_params(labelleft=False)
        if len(views) > 1:
            upper.set_title(wrap(view(each), inches(upper)[0] + 0.5, BODY, True, lines=1))
        if k == 0:
            lower.set_title(f"{words.country(country)}'s role in it")
    return sheet.figure


def type_shares(result: Result, triad: str, theory: str = ALL) -> pd.DataFrame:
    """Shares of the triad's types ``(types, quarters)``; its countries may be named in any order."""
    rows = pick(of_theory(result.triangles, theory), "triad", "-".join(sorted(triad.split("-"))), "triad")
    return _shares(rows, "type", TRIANGLE_LOOK)


def role_shares(result: Result, triad: str, country: str, theory: str = ALL) -> pd.DataFrame:
    """Shares of the country's roles in the triad ``(roles, quarters)``."""
    rows = pick(of_theory(result.roles, theory), "triad", "-".join(sorted(triad.split("-"))), "triad")
    return _shares(pick(rows, "country", country, f"role in {triad} for"), "role", ROLE_ORDER)


def _shares(rows: pd.DataFrame, column: str, order: Iterable[str]) -> pd.DataFrame:
    rows = rows.astype({column: str, "quarter": str})
    table = rows.pivot(index=column, columns="quarter", values="share")
    return table.reindex(ordered(rows[column], order)).fillna(0.0)


def _areas(ax: Axes, shares: pd.DataFrame, looks: Mapping[str, Look], years: bool = True,
           named: Collection[str] | None = ()) -> None:  # fmt: skip
    """Stacked areas; at their right-hand ends, with a line to where each belongs, the per cents of those that ever
    show, and their names: theirs alone, or those of ``named`` too, or none (None)."""
    xs = calendar_axis(ax, list(shares.columns), labelled=years)
    ax.set_ylim(0, 1)
    ax.set_yticks([0, 0.5, 1], ["0", "50 %", "100 %"], fontsize=SMALL)
    upper = shares.cumsum()
    lower = upper - shares
    for name in shares.index:
        ax.fill_between(xs, lower.loc[name], upper.loc[name], **look(looks, name).fill, linewidth=0.6, label=name)
    shown = shares.index[(shares.max(axis=1) > 0) | shares.index.isin(list(named or ()))]
    if shares.to_numpy().max(initial=0) == 0:
        ax.text(0.5, 0.5, "no data", transform=ax.transAxes, ha="center", va="center", color=QUIET)
        return
    (wide, tall), middles = inches(ax), ((lower + upper) / 2).loc[shown].iloc[:, -1]
    tells, size = named is not None, LABEL if named is not None else SMALL
    glossed = tells and any(name in words.GLOSS for name in shown)
    glossed = glossed and tall / len(shown) >= line_height(LABEL) + line_height(SMALL)
    gap = (line_height(size) + glossed * line_height(SMALL)) / tall
    for name, y in zip(shown, keep_apart(middles, gap, gap / 2, 1 - gap / 2), strict=True):
        share, reach = words.percent(float(shares.loc[name].iloc[-1])), 16 if tells else 8
        ax.annotate("    " if tells else "", (1, middles[name]), (1 + reach / 72 / wide, y), "axes fraction",
                    fontsize=4, va="center",
                    bbox={**look(looks, name).fill, "linewidth": 0.4, "pad": 2.5} if tells else None,
                    arrowprops={"arrowstyle": "-", "color": QUIET, "linewidth": 0.6})  # fmt: skip
        ax.annotate(f"{words.plain(name)} {share}" if tells else share, (1, y), (2 * reach if tells else 10, 0),
                    "axes fraction", "offset points", fontsize=size, va="bottom" if glossed else "center")  # fmt: skip
        if glossed:
            ax.annotate(words.GLOSS.get(name, ""), (1, y), (32, 0), "axes fraction", "offset points", fontsize=SMALL,
                        va="top", color=QUIET)  # fmt: skip
