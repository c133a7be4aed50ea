"""How may it go? Quantile fans by quarter: the middle half of the futures, nine in ten of them, and the median."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from triangle_sim.names import canonical_name
from triangle_sim.plots import words
from triangle_sim.plots.bands import KEY_TEXT, NARROW, WIDE, draw_bands, example, key_line, label_bands
from triangle_sim.plots.base import caption, pick, scenario_title, span
from triangle_sim.plots.calendar import calendar_axis, clusters, named, position
from triangle_sim.plots.placing import EDGE, Canvas, ax_inches, balanced, line_height, page, place, text_width, wrap
from triangle_sim.plots.style import BLUE, BODY, INK, LABEL, QUIET, RULE, SMALL, country_colour, styled

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


@styled
def fan(result: Result, variable: str, *, ax: Axes | None = None,
        events: Mapping[str, str] | None = None) -> Axes:  # fmt: skip
    """One variable's fan over the quarters.

    Without ``ax`` a figure of its own is made, with heading, labels at the bands and a footer. ``events`` maps a dated
    event's name to its quarter (see :func:`.base.dated_events`); each gets a numbered mark, named under the axis.

    Raises
    ------
    NotInResultError
        if the result has no such variable.
    """
    name = canonical_name(variable)
    rows = _rows(result, name)
    marks = named(events, rows["quarter"].tolist())
    if ax is not None:
        _panel(ax, rows, name, events, key=False)
        title = "\n".join(balanced(words.question(name), ax_inches(ax)[0], BODY, bold=True, lines=2))
        ax.set_title(title, fontsize=BODY, fontweight="bold", loc="left", pad=18 if marks else 6)
        notes = "; ".join(["line: median; dark: half of the futures; light: 9 in 10", *marks])
        ax.set_xlabel("\n".join(wrap(notes, ax_inches(ax)[0], SMALL, lines=4)), fontsize=SMALL, loc="left")
        return ax
    sheet = page(None, (8, 5), words.question(name), f"{scenario_title(result)}, {span(result)}", "; ".join(marks),
                 _scale_note([name]), caption([result]))  # fmt: skip
    left, right = EDGE + 0.75, EDGE + text_width(KEY_TEXT[0], LABEL) + 0.12
    bottom = sheet.foot + 0.35
    ax = place(sheet.figure, left, bottom, sheet.wide - left - right, sheet.top - bottom - 0.3)
    _panel(ax, rows, name, events, key=True)
    return ax


@styled
def fan_sheet(result: Result, variables: Sequence[str] | None = None, *, figure: Canvas | None = None,
              events: Mapping[str, str] | None = None) -> Canvas:  # fmt: skip
    """Small multiples: one fan a variable, on full scales, so that heights compare.

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
    tables = {name: _rows(result, name) for name in names}
    marks = named(events, tables[names[0]]["quarter"].tolist())
    sheet = page(figure, (10, max(7.0, 2.2 * math.ceil((len(names) + 1) / 3))), "How may it go?",
                 f"{scenario_title(result)}, {span(result)}", "; ".join(marks), _scale_note(names),
                 caption([result]))  # fmt: skip
    top = sheet.top - 0.08
    columns = _columns(len(names), sheet.wide, top - sheet.foot)
    rows = math.ceil(len(names) / columns)
    key_cell = rows * columns > len(names)  # a spare cell holds the key; otherwise it gets a line under the heading
    if not key_cell:
        key_line(sheet.figure, top - 0.1)
        top -= 0.28
    cell = (sheet.wide - 2 * EDGE) / columns
    indent, size = (0.78, BODY) if cell > 2.6 else (0.32, SMALL)
    titles = {name: balanced(words.question(name), cell - 0.1, size, bold=True, lines=3) for name in names}
    above = 0.19 if events else 0.10
    tops = [max(len(titles[name]) for name in names[row * columns : (row + 1) * columns]) * line_height(size) + above
            for row in range(rows)]  # fmt: skip
    height = (top - sheet.foot - sum(tops) - 0.30 - 0.22 * (rows - 1)) / rows
    for number, name in enumerate(names + [""] * key_cell):
        row, column = divmod(number, columns)
        left = EDGE + column * cell
        bottom = top - sum(tops[: row + 1]) - (row + 1) * height - row * 0.22
        ax = place(sheet.figure, left + (indent if name else 0.2), bottom, cell - indent - 0.22, height)
        if not name:
            example(ax)
            continue
        _panel(ax, tables[name], name, events, key=False, years=number + columns >= len(names))
        # In points from the panel, so that the title starts at the cell's edge, above the tick labels.
        ax.annotate("\n".join(titles[name]), (0, 1), (-(indent - 0.02) * 72, above * 72), fontsize=size,
                    xycoords="axes fraction", textcoords="offset points", fontweight="bold", va="bottom")  # fmt: skip
    return sheet.figure


def _default(result: Result) -> list[str]:
    present = result.quarters["variable"].drop_duplicates().tolist()
    return [name for name in DEFAULT if name in present] or [str(name) for name in present[:8]]


def _rows(result: Result, name: str) -> pd.DataFrame:
    rows = pick(result.quarters, "variable", name, "variable")
    quarters = rows["quarter"].astype(str)
    return rows.assign(quarter=quarters).iloc[np.argsort([position(quarter) for quarter in quarters], kind="stable")]


def _columns(panels: int, wide: float, high: float) -> int:
    """Number of columns that brings cells nearest 1.4 times as wide as high, none under 1.5 inches, few left empty."""

    def badness(columns: int) -> float:
        rows = math.ceil(panels / columns)
        shape = wide / columns / (high / rows)
        return abs(math.log(shape / 1.4)) + 0.15 * max(rows * columns - panels - 1, 0)

    return min((columns for columns in range(1, panels + 1) if wide / columns >= 1.5 or columns == 1), key=badness)


def _scale_note(names: Sequence[str]) -> str:
    ties = {words.tie_of(name) is not None for name in names}
    stocks = "from 0 none to 1 as much as there can be"
    if ties == {False}:
        return f"The scale runs {stocks}."
    return f"Ties run from {words.MINUS}1 hostile to +1 allied" + (f"; the rest {stocks}." if False in ties else ".")


def _panel(ax: Axes, rows: pd.DataFrame, name: str, events: Mapping[str, str] | None, key: bool,
           years: bool = True) -> None:  # fmt: skip
    """Bands, median, axes and event marks in ``ax``."""
    quarters = rows["quarter"].tolist()
    bands = {column: rows[column].to_numpy(dtype=float) for column in (*WIDE, *NARROW, "q50")}
    tie = words.tie_of(name)
    code = tie[0] if tie else SUBJECT.get(name)
    colour = country_colour(code) if code else BLUE
    xs = calendar_axis(ax, quarters, labelled=years)
    _scale(ax, bands, tie is not None)
    if all(np.isnan(values).all() for values in bands.values()):
        ax.text(0.5, 0.5, "no data", transform=ax.transAxes, ha="center", va="center", color=QUIET)
        return
    if len(xs) == 1:  # a single quarter has no width of its own
        xs, bands = np.array([xs[0] - 0.1, xs[0] + 0.1]), {column: np.repeat(v, 2) for column, v in bands.items()}
    draw_bands(ax, xs, bands, colour)
    if key:
        label_bands(ax, bands)
    for x, label in clusters(events, quarters, ax_inches(ax)[0]):
        ax.axvline(x, color=QUIET, linewidth=0.8, linestyle=(0, (1, 2)), zorder=1.5)
        ax.annotate(label, (x, 1), (0, 3), xycoords=("data", "axes fraction"), textcoords="offset points",
                    ha="center", va="bottom", fontsize=SMALL, color=INK)  # fmt: skip


def _scale(ax: Axes, bands: Mapping[str, npt.NDArray[np.float64]], tie: bool) -> None:
    """The variable's whole scale, so that a flat line looks flat; beyond it only where the data are."""
    low, high = (-1.0, 1.0) if tie else (0.0, 1.0)
    seen = np.concatenate(list(bands.values()))
    seen = seen[np.isfinite(seen)]
    below, above = (min(low, float(seen.min())), max(high, float(seen.max()))) if len(seen) else (low, high)
    margin = 0.02 * (above - below)
    ax.set_ylim(below - margin, above + margin)
    if (below, above) != (low, high):
        return
    wide = ax_inches(ax)[0] >= 2.0
    numbers = [f"{words.MINUS}1", "0", "+1"] if tie else ["0", "0.5", "1"]
    meanings = ["hostile ", "", "allied "] if tie else ["none ", "", "most "]
    labels = [f"{meaning}{number}" if wide else number for meaning, number in zip(meanings, numbers, strict=True)]
    ax.set_yticks([low, (low + high) / 2, high], labels, fontsize=LABEL if wide else SMALL)
    ax.axhline((low + high) / 2, color=RULE, linewidth=0.8, zorder=0.5)
