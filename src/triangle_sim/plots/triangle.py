"""Which triangle are the three in, and which role has North Korea? Stacked shares of the futures by quarter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from triangle_sim.plots import words
from triangle_sim.plots.base import caption, pick, scenario_title, span
from triangle_sim.plots.calendar import calendar_axis, position
from triangle_sim.plots.placing import EDGE, Canvas, ax_inches, keep_apart, line_height, page, place, text_width, write
from triangle_sim.plots.style import BODY, LABEL, QUIET, ROLE_LOOK, SMALL, TRIANGLE_LOOK, Look, look, ordered, styled

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

DEFAULT_TRIAD = "CHN-PRK-RUS"
ROLE_ORDER = ("pivot", "friend", "partner", "wing", "foe", "outcast", "none")
"""From the most to the least wanted role (Wu 1996), so that the strip reads as good at the bottom, bad at the top."""


@dataclass(frozen=True)
class Shares:
    """Shares of categories by quarter: ``values`` is (category, quarter), stacked in the order of ``names``."""

    quarters: list[str]
    names: list[str]
    values: npt.NDArray[np.float64]


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
    left, bottom = EDGE + 0.5, sheet.foot + 0.30
    wide, body = sheet.wide - left - right_margin(), sheet.top - 0.1 - bottom - 0.42
    # Seven roles need seven lines of label; the rest of the height is the types'.
    lower = min(max(0.36 * body, len(roles.names) * line_height(LABEL)), 0.5 * body)
    ax = place(sheet.figure, left, bottom + lower + 0.42, wide, body - lower)
    _areas(ax, types, TRIANGLE_LOOK, words.triangle_type, years=False)
    strip = place(sheet.figure, left, bottom, wide, lower)
    _areas(strip, roles, ROLE_LOOK, words.role)
    write(sheet.figure, EDGE, bottom + lower + 0.12, f"{words.country(country)}'s role in it", BODY, bold=True)
    return sheet.figure


@styled
def triangle_types(result: Result, triad: str = DEFAULT_TRIAD, *, ax: Axes) -> Axes:
    """The stacked areas of types alone, in axes of yours (labels need 2 inches free at the right)."""
    _areas(ax, type_shares(result, triad), TRIANGLE_LOOK, words.triangle_type)
    return ax


@styled
def triangle_roles(result: Result, triad: str = DEFAULT_TRIAD, *, country: str = "PRK", ax: Axes) -> Axes:
    """The stacked areas of one country's roles alone, in axes of yours (labels need 2 inches free at the right)."""
    _areas(ax, role_shares(result, triad, country), ROLE_LOOK, words.role)
    return ax


def type_shares(result: Result, triad: str) -> Shares:
    """Shares of the triad's types by quarter."""
    return _shares(_of_triad(result.triangles, triad), "type", tuple(TRIANGLE_LOOK))


def role_shares(result: Result, triad: str, country: str) -> Shares:
    """Shares of the country's roles in the triad by quarter."""
    rows = _of_triad(result.roles, triad)
    return _shares(pick(rows, "country", country, f"role in {triad} for"), "role", ROLE_ORDER)


def _of_triad(frame: pd.DataFrame, triad: str) -> pd.DataFrame:
    """Rows of a triad, whose countries may be named in any order."""
    return pick(frame, "triad", "-".join(sorted(triad.split("-"))), "triad")


def _shares(rows: pd.DataFrame, column: str, order: Sequence[str]) -> Shares:
    rows = rows.assign(**{column: rows[column].astype(str), "quarter": rows["quarter"].astype(str)})
    quarters = sorted(set(rows["quarter"]), key=position)
    names = ordered(rows[column], order)
    table = rows.pivot(index=column, columns="quarter", values="share")
    values = table.reindex(index=names, columns=quarters).to_numpy(dtype=float)
    return Shares(quarters, names, np.nan_to_num(values))


def _areas(ax: Axes, shares: Shares, looks: Mapping[str, Look], named: Callable[[str], tuple[str, str]],
           years: bool = True) -> None:  # fmt: skip
    """Stacked areas with their names at the right; ``named`` gives a category's name and what it means."""
    xs = calendar_axis(ax, shares.quarters, labelled=years)
    ax.set_ylim(0, 1)
    ax.set_yticks([0, 0.5, 1], ["0", "50 %", "100 %"], fontsize=SMALL)
    if shares.values.sum() <= 0:
        ax.text(0.5, 0.5, "no data", transform=ax.transAxes, ha="center", va="center", color=QUIET)
        return
    values = shares.values
    if len(xs) == 1:  # a single quarter has no width of its own
        xs, values = np.array([xs[0] - 0.1, xs[0] + 0.1]), np.repeat(values, 2, axis=1)
    edges = np.vstack([np.zeros(len(xs)), np.cumsum(values, axis=0)])
    for number, name in enumerate(shares.names):
        ax.fill_between(xs, edges[number], edges[number + 1], **look(looks, name).fill, linewidth=0.6, label=name)
    _label(ax, shares, looks, named)


def _label(ax: Axes, shares: Shares, looks: Mapping[str, Look], named: Callable[[str], tuple[str, str]]) -> None:
    """Name the areas that ever show at their right-hand ends, moved apart, with a line to where each belongs."""
    ever = [number for number in range(len(shares.names)) if shares.values[number].max(initial=0) > 0]
    if not ever:
        return
    tall = ax_inches(ax)[1]
    ends = np.concatenate([[0.0], np.cumsum(shares.values[:, -1])])
    texts = [named(shares.names[number]) for number in ever]
    glossed = any(gloss for _, gloss in texts) and tall / len(ever) >= line_height(LABEL) + line_height(SMALL)
    gap = (line_height(LABEL) + (line_height(SMALL) if glossed else 0)) / tall
    wanted = [float(ends[number] + ends[number + 1]) / 2 for number in ever]
    heights = keep_apart(wanted, gap, gap / 2, 1 - gap / 2)
    for number, (text, gloss), at, y in zip(ever, texts, wanted, heights, strict=True):
        share = words.percent(float(shares.values[number, -1]))
        line = [1 + points / 72 / ax_inches(ax)[0] for points in (3, 13)]  # thin, from the area's end to its label
        ax.plot(line, [at, y], transform=ax.transAxes, color=QUIET, linewidth=0.6, clip_on=False, scalex=False,
                scaley=False)  # fmt: skip
        swatch = {**look(looks, shares.names[number]).fill, "linewidth": 0.4, "pad": 2.5}
        ax.annotate("    ", (1, y), (16, 0), xycoords="axes fraction", textcoords="offset points", fontsize=4,
                    va="center", bbox=swatch)  # fmt: skip
        up = line_height(SMALL) * 36 if glossed else 0.0
        ax.annotate(f"{text} {share}", (1, y), (32, up), xycoords="axes fraction", textcoords="offset points",
                    fontsize=LABEL, va="center")  # fmt: skip
        if glossed:
            ax.annotate(gloss, (1, y), (32, up - line_height(SMALL) * 72), xycoords="axes fraction", fontsize=SMALL,
                        textcoords="offset points", va="center", color=QUIET)  # fmt: skip


def right_margin() -> float:
    """Inches that the labels need at the right of the areas."""
    named = [(text_width(f"{name} 100 %", LABEL), text_width(gloss, SMALL)) for name, gloss in words.TRIANGLE.values()]
    return max(map(max, named)) + 32 / 72 + EDGE
