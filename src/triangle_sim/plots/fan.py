"""How may it go? Quantile fans by quarter: the middle half of the futures, nine in ten of them, and the median."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import cycle
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from triangle_sim.montecarlo.tables import ALL, of_theory
from triangle_sim.names import canonical_name
from triangle_sim.plots import words
from triangle_sim.plots.base import caption, pick, scenario_title, span, view, views_of
from triangle_sim.plots.calendar import calendar_axis, dated, key_to, mark
from triangle_sim.plots.placing import EDGE, Canvas, inches, line_height, page, wrap
from triangle_sim.plots.style import (
    BLUE,
    BODY,
    LABEL,
    QUIET,
    RULE,
    SMALL,
    country_colour,
    mixed,
    styled,
    theory_colour,
)  # fmt: skip

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

DEFAULT = (
    "goodwill[RUS,PRK]", "goodwill[CHN,PRK]", "us_prk_dialogue", "russian_supply", "chinese_supply",
    "technology_to_prk", "rok_russia_cooperation", "sanctions_pressure",
)  # fmt: skip
"""The variables that carry the articles' disagreement: who is warm to Pyongyang, who feeds and arms it, who talks."""

SUBJECT = {
    "chinese_supply": "CHN", "chinese_commitment": "CHN", "sino_us_stake": "CHN", "sino_russian_rivalry": "CHN",
    "russian_supply": "RUS", "russian_commitment": "RUS", "technology_to_prk": "RUS", "russian_means": "RUS",
    "ukraine_war": "RUS", "us_prk_dialogue": "USA", "us_deal_appetite": "USA", "us_russia_opening": "USA",
    "trilateral_cohesion": "USA", "sanctions_pressure": "USA", "rok_russia_cooperation": "KOR", "seoul_market": "KOR",
    "nuclear_missile_capability": "PRK", "arms_to_russia": "PRK", "peninsula_tension": "PRK",
}  # fmt: skip
"""The country whose colour a variable wears; a tie wears that of the one who feels it."""

# The bands' quantiles, and how much white is in their colour.
WIDE, HALF = ("q05", "q95", 0.70), ("q25", "q75", 0.35)
_STROKES: tuple[Any, ...] = ("-", (0, (3, 1)), (0, (1, 1)))
_STROKE_WORDS = ("solid", "dashed", "dotted")
KEY = {"q95": "9 in 10 futures", "q75": "half of them"}


@styled
def fan(result: Result, variable: str, *, theory: str | None = None, ax: Axes | None = None,
        events: Mapping[str, str] | None = None) -> Any:  # fmt: skip
    """One variable's fan over the quarters: one for each theory, or that of the ``theory`` asked for (``all`` for
    the average of several).

    Without ``ax`` a figure of its own is made and returned, with heading, labels at the bands and a footer. ``events``
    maps a dated event's name to its quarter (see :func:`.base.dated_events`); each gets a numbered mark, named under
    the axis.

    Raises
    ------
    NotInResultError
        if the result has no such variable.
    """
    name = canonical_name(variable)
    rows = _rows(result, name, views_of(result, theory))
    marks = dated(events, _quarters(rows))
    if ax is not None:
        _panel(ax, rows, name, marks)
        title = wrap(words.question(name), inches(ax)[0], BODY, bold=True, lines=2)
        ax.set_title(title, pad=18 if marks else 6)
        whose = view(next(iter(rows)))
        if len(rows) > 1:
            whose = ", ".join(f"{word}: {view(each)}" for word, each in zip(cycle(_STROKE_WORDS), rows, strict=False))
        legend = "line: median; dark: half of the futures; light: 9 in 10"
        notes = "; ".join(filter(None, [whose, legend, key_to(marks)]))
        ax.set_xlabel(wrap(notes, inches(ax)[0], SMALL, lines=4), fontsize=SMALL, loc="left")
        return ax
    sheet = page(None, (8, 5), words.question(name), f"{scenario_title(result)}, {span(result)}", key_to(marks),
                 _scale_note([name]), caption([result]))  # fmt: skip
    sheet.legend(_key(rows), at_top=True)
    (ax,) = sheet.axes(left=0.75, right=0.15, top=0.3, bottom=0.35)
    _panel(ax, rows, name, marks)
    return sheet.figure


@styled
def fan_sheet(result: Result, variables: Sequence[str] | None = None, *, theory: str | None = None,
              figure: Canvas | None = None, events: Mapping[str, str] | None = None) -> Canvas:  # fmt: skip
    """Small multiples: a panel a variable, on full scales, so that heights compare; a fan in it for each theory, or
    that of the ``theory`` asked for.

    ``variables`` defaults to those of :data:`DEFAULT` that the result has (or, if none, its first eight). ``figure``
    may be a Figure or SubFigure of any size from 7 x 4.5 inches.

    Raises
    ------
    ValueError
        if a variable that was asked for is not in the result, or none was asked for.
    """
    names = [canonical_name(name) for name in variables] if variables is not None else _default(result)
    if not names:
        raise ValueError("no variables to draw: the list is empty")
    tables = {name: _rows(result, name, views_of(result, theory)) for name in names}
    marks = dated(events, _quarters(tables[names[0]]))
    sheet = page(figure, (10, max(7.0, 2.2 * math.ceil((len(names) + 1) / 3))), "How may it go?",
                 f"{scenario_title(result)}, {span(result)}", key_to(marks), _scale_note(names),
                 caption([result]))  # fmt: skip
    sheet.legend(_key(tables[names[0]]), at_top=True)
    # Panels about 1.6 times as wide as high.
    rows = max(1, round(math.sqrt(1.6 * len(names) * (sheet.top - sheet.foot) / sheet.wide)))
    columns = math.ceil(len(names) / rows)
    rows = math.ceil(len(names) / columns)
    cell = (sheet.wide - 2 * EDGE + 0.05) / columns
    indent, size = (0.75, BODY) if cell > 2.6 else (0.30, SMALL)
    titles = [wrap(words.question(name), cell - 0.2, size, bold=True, lines=3) for name in names]
    pad = 0.19 if marks else 0.08  # the numbers of events stand between panel and title
    above = (max(title.count("\n") for title in titles) + 1) * line_height(size) + pad
    panels = sheet.axes(
        rows, columns, left=indent, right=0.15, top=above + 0.06, bottom=0.3, apart=(indent + 0.2, above + 0.2)
    )
    for number, (ax, name, title) in enumerate(zip(panels, names, titles, strict=False)):
        _panel(ax, tables[name], name, marks, years=number + columns >= len(names))
        # The title starts at the cell's edge, above the labels of the ticks.
        ax.set_title(title, fontsize=size, x=-(indent - 0.02) / inches(ax)[0], pad=72 * pad)
    for ax in panels[len(names) :]:
        ax.set_axis_off()
    return sheet.figure


def _default(result: Result) -> list[str]:
    present = result.quarters["variable"].drop_duplicates().tolist()
    return [name for name in DEFAULT if name in present] or [str(name) for name in present[:8]]


def _rows(result: Result, name: str, views: Sequence[str]) -> dict[str, pd.DataFrame]:
    """A variable's quantiles by theory."""
    rows = pick(result.quarters, "variable", name, "variable")
    rows = rows.assign(quarter=rows["quarter"].astype(str)).sort_values("quarter")
    return {view: of_theory(rows, view) for view in views}


def _quarters(rows: Mapping[str, pd.DataFrame]) -> list[str]:
    return next(iter(rows.values()))["quarter"].tolist()


def _key(rows: Mapping[str, pd.DataFrame]) -> list[Patch | Line2D]:
    """Whose median a line is, and what the bands are."""
    grey = "#808080"
    lines = [
        Line2D([], [], color=mixed(_colour(each, rows, grey), 0.3, "black"), linewidth=2, linestyle=stroke,
               label=f"median, {view(each)[:1].lower()}{view(each)[1:]}" if len(rows) > 1 else "median")
        for each, stroke in zip(rows, cycle(_STROKES), strict=False)
    ]  # fmt: skip
    bands = [Patch(color=mixed(grey, white), label=KEY[upper]) for _, upper, white in (WIDE, HALF)]
    return [*bands, *lines] if len(rows) == 1 else [*lines, *bands]


def _colour(theory: str, among: Iterable[str], otherwise: str) -> str:
    return theory_colour(theory, among) if theory != ALL else otherwise


def _scale_note(names: Sequence[str]) -> str:
    ties = {words.tie_of(name) is not None for name in names}
    stocks = "from 0 none to 1 as much as there can be"
    if ties == {False}:
        return f"The scale runs {stocks}."
    return f"Ties run from {words.MINUS}1 hostile to +1 allied" + (f"; the rest {stocks}." if False in ties else ".")


def _panel(ax: Axes, rows: Mapping[str, pd.DataFrame], name: str, marks: Sequence[tuple[float, str]],
           years: bool = True) -> None:  # fmt: skip
    """Bands, medians, axes and marks of events in ``ax``; a variable alone wears its country's colour."""
    tie = words.tie_of(name)
    code = tie[0] if tie else SUBJECT.get(name)
    own = country_colour(code) if code else BLUE
    xs = calendar_axis(ax, _quarters(rows), labelled=years)
    alone, every = len(rows) == 1, pd.concat(rows.values())
    for (theory, part), stroke in zip(rows.items(), cycle(_STROKES), strict=False):
        colour = own if alone else _colour(theory, rows, own)
        for lower, upper, white in (WIDE, HALF):
            face = {"color": mixed(colour, white)} if alone else {"color": colour, "alpha": 0.55 * (1 - white)}
            label = f"{lower}-{upper}" if alone else f"{theory} {lower}-{upper}"
            ax.fill_between(xs, part[lower], part[upper], linewidth=0, label=label, **face)
        ax.plot(xs, part["q50"], color=mixed(colour, 0.45 if alone else 0.3, "black"), linewidth=2, linestyle=stroke,
                label="q50" if alone else f"{theory} q50", solid_capstyle="butt", zorder=2.5)  # fmt: skip
    if every["q50"].isna().all():
        ax.text(0.5, 0.5, "no data", transform=ax.transAxes, ha="center", va="center", color=QUIET)
    # The variable's whole scale, so that a flat line looks flat; beyond it only where the data are.
    low, high = (-1.0, 1.0) if tie else (0.0, 1.0)
    below, above = np.nanmin([low, *every["q05"]]), np.nanmax([high, *every["q95"]])
    ax.set_ylim(below - 0.02 * (above - below), above + 0.02 * (above - below))
    wide = inches(ax)[0] >= 2.0
    texts = ["hostile \N{MINUS SIGN}1", "0", "allied +1"] if tie else ["none 0", "0.5", "most 1"]
    texts = texts if wide else [text.split()[-1] for text in texts]
    ax.set_yticks([low, (low + high) / 2, high], texts, fontsize=LABEL if wide else SMALL)
    ax.axhline((low + high) / 2, color=RULE, linewidth=0.8, zorder=0.5)
    mark(ax, marks)
