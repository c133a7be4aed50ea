"""How do the futures end? Stacked bars with "n in 20", the theories side by side, and twenty futures to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Circle

from triangle_sim.analysis.by_draw import by_draw
from triangle_sim.analysis.counting import DOTS, category_shares, in_twenty, words_in_twenty
from triangle_sim.plots import words
from triangle_sim.plots.base import caption, scenario_title, span
from triangle_sim.plots.placing import (
    EDGE,
    LEGEND_ROW,
    SWATCH,
    Canvas,
    ax_inches,
    balanced,
    legend,
    legend_rows,
    line_height,
    page,
    place,
    segment,
    shorten,
    swatch,
    text_width,
    write,
)
from triangle_sim.plots.style import END_LOOK, LABEL, QUIET, SMALL, Look, look, styled

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

INTERVAL = "In brackets: 95 % interval of the share over draws."
THICK, THIN = 0.42, 0.32  # inches: the bar of all worlds, the bar of one theory
MOST_COLUMNS = 3  # bars whose numbers fit into the table beside the twenty dots


@dataclass(frozen=True)
class Bar:
    """One stacked bar: a scenario's runs, or those of one theory in it. ``table`` is from :func:`category_shares`."""

    label: str
    table: pd.DataFrame
    whole: bool

    @cached_property
    def twentieths(self) -> dict[str, int]:
        """Each end state's number of futures in twenty; they sum to twenty."""
        return dict(zip(self.numbers, in_twenty(self.table["share"]), strict=True))

    @cached_property
    def numbers(self) -> dict[str, tuple[float, float, float]]:
        """Each end state's share and the ends of its interval."""
        values = self.table[["share", "low", "high"]].to_numpy(dtype=float)
        return {str(state): (float(a), float(b), float(c)) for state, (a, b, c) in
                zip(self.table.index, values, strict=True)}  # fmt: skip


@styled
def endings(results: Result | Sequence[Result], *, by_theory: bool = True,
            figure: Canvas | None = None) -> Canvas:  # fmt: skip
    """How the futures end, one stacked bar a scenario, and by default one for each theory below it.

    One result also gets twenty dots and a table of "n in 20" and per cents with their intervals over draws. The
    theories are shown side by side because their average answers a question nobody asked.
    """
    group = list(results) if isinstance(results, Sequence) else [results]
    if not group:
        raise ValueError("no results to draw: the list is empty")
    bars = [bar for result in group for bar in bars_of(result, by_theory, alone=len(group) == 1)]
    states = _states(bars)
    spans = " and ".join(dict.fromkeys(span(result) for result in group))
    title = f"{scenario_title(group[0]) if len(group) == 1 else f'{len(group)} scenarios'}, {spans}"
    sheet = page(figure, (10, _height(bars, len(group))), "How do the futures end?", title, caption(group))
    has_interval = any(bar.table["low"].notna().any() for bar in bars)
    foot = sheet.foot + line_height(SMALL) * has_interval
    wide = sheet.wide
    table = len(group) == 1 and len(bars) <= MOST_COLUMNS
    below = _table_height(states) if table else LEGEND_ROW * len(legend_rows(list(_legend(states)), wide)) + 0.1
    label_wide = min(max(text_width(bar.label, LABEL, bar.whole) for bar in bars) + 0.15, wide * 0.3)
    room = sheet.top - 0.12 - foot - below - 0.15
    ax = place(sheet.figure, EDGE + label_wide, foot + below + 0.15, wide - 2 * EDGE - label_wide, room)
    _bars(ax, bars, label_wide, numbers=not table)
    if has_interval and (table or any("(" in text.get_text() for text in ax.texts)):
        write(sheet.figure, EDGE, sheet.foot - 0.05, INTERVAL, SMALL, colour=QUIET, va="bottom")
    if table:
        _table(sheet.figure, bars, states, foot + 0.05, below - 0.05, wide)
    else:
        legend(sheet.figure, _legend(states), foot + below)
    return sheet.figure


@styled
def endings_bars(results: Result | Sequence[Result], *, by_theory: bool = True, ax: Axes) -> Axes:
    """The stacked bars alone, in axes of yours; labels take a third of the width on the left."""
    group = list(results) if isinstance(results, Sequence) else [results]
    bars = [bar for result in group for bar in bars_of(result, by_theory, alone=len(group) == 1)]
    _bars(ax, bars, ax_inches(ax)[0] / 3, numbers=True, inside=True)
    return ax


@styled
def twenty(result: Result, *, ax: Axes) -> Axes:
    """Twenty futures as twenty dots, coloured and hatched by how they end."""
    _dots(ax, bars_of(result, by_theory=False, alone=True)[0])
    return ax


def bars_of(result: Result, by_theory: bool, alone: bool) -> list[Bar]:
    """The scenario's bar and, if there are several theories in it, theirs."""
    sums = by_draw(result, ["end_state"])
    table = category_shares(sums, "end_state", tuple(END_LOOK))
    bars = [Bar("All worlds" if alone else scenario_title(result), table, True)]
    if by_theory and len(sums.theories) > 1:
        for name in sums.theories:
            bars.append(Bar(words.theory(name), category_shares(sums, "end_state", tuple(END_LOOK), name), False))
    return bars


def _states(bars: Sequence[Bar]) -> list[str]:
    """End states in one order for the whole picture: the known ones always, others where they occur."""
    return list(dict.fromkeys(state for bar in bars for state in bar.numbers))


def _height(bars: Sequence[Bar], scenarios: int) -> float:
    if scenarios == 1:
        return 4.2 + 0.6 * len(bars)
    return 2.0 + sum(0.72 if bar.whole else 0.55 for bar in bars)


def _bars(ax: Axes, bars: Sequence[Bar], label_wide: float, numbers: bool, inside: bool = False) -> None:
    """Draw the bars in ``ax``; x is the share, y counts down in inches. ``inside`` keeps the labels within the axes."""
    wide, high = ax_inches(ax)
    spacing = [(THICK if bar.whole else THIN) + (0.22 if bar.whole and number else 0.12) * (number > 0)
               for number, bar in enumerate(bars)]  # fmt: skip
    scale = min(high / sum(spacing), 1.6)
    ax.set_axis_off()
    ax.set_xlim(-label_wide / (wide - label_wide) if inside else 0, 1)
    ax.set_ylim(high, 0)
    inches = wide - label_wide if inside else wide
    y = max(0.0, (high - scale * sum(spacing)) / 2)
    for bar, step in zip(bars, spacing, strict=True):
        thick = (THICK if bar.whole else THIN) * scale
        y += step * scale
        _bar(ax, bar, y - thick, thick, inches, numbers)
        rows = 2 if 2 * line_height(LABEL) <= step * scale else 1
        lines = balanced(bar.label, label_wide - 0.1, LABEL, bar.whole, lines=rows)
        ax.annotate("\n".join(lines), (0, y - thick / 2), (-7, 0), textcoords="offset points", ha="right", va="center",
                    fontsize=LABEL, annotation_clip=False,
                    fontweight="bold" if bar.whole else "normal", linespacing=1.1)  # fmt: skip


def _bar(ax: Axes, bar: Bar, y: float, thick: float, inches: float, numbers: bool) -> None:
    left = 0.0
    for state, count in bar.twentieths.items():
        share, low, high = bar.numbers[state]
        if not share > 0:
            continue
        stated = words_in_twenty(share, count)
        choices = [[words.end_state(state), stated], [stated], [str(count)] if count else []]
        if numbers:
            choices = [[stated, words.percent(share, low, high)], [stated, words.percent(share)], *choices[1:]]
        lines = next((lines for lines in choices if _fits(lines, share * inches, thick)), [])
        segment(ax, (left, y, share, thick), look(END_LOOK, state), state, lines)
        left += share


def _fits(lines: Sequence[str], wide: float, high: float) -> bool:
    return len(lines) * line_height(SMALL) <= high and all(text_width(line, SMALL) + 0.08 <= wide for line in lines)


def _table_height(states: Sequence[str]) -> float:
    return 0.5 + len(states) * 0.27


def _table(canvas: Canvas, bars: Sequence[Bar], states: Sequence[str], bottom: float, high: float, wide: float) -> None:
    """The key: a row an end state with its swatch, a column a bar with its numbers; twenty dots at the right."""
    step = (high - 0.42) / len(states)
    dots_wide = min(1.15 * step * 5 + 0.1, wide * 0.2)
    name_wide = min(max(text_width(words.end_state(state), LABEL) for state in states) + SWATCH + 0.1, 0.28 * wide)
    column_wide = min((wide - 2 * EDGE - name_wide - dots_wide - 0.15) / len(bars), 2.6)
    top = bottom + high
    for place_, bar in enumerate(bars):
        x = EDGE + name_wide + place_ * column_wide
        lines = balanced(bar.label, column_wide - 0.1, SMALL, bar.whole, lines=2)
        for number, line in enumerate(reversed(lines)):
            write(canvas, x, top - 0.36 + number * line_height(SMALL), line, SMALL, bold=bar.whole)
    counts = [bar.twentieths for bar in bars]
    for row, state in enumerate(states):
        y = bottom + (len(states) - 0.5 - row) * step
        swatch(canvas, EDGE, y, look(END_LOOK, state))
        name = shorten(words.end_state(state), name_wide - SWATCH - 0.1, LABEL)
        write(canvas, EDGE + SWATCH, y, name, LABEL, va="center")
        for place_, bar in enumerate(bars):
            if state not in bar.numbers:
                continue
            share, low, up = bar.numbers[state]
            x = EDGE + name_wide + place_ * column_wide
            stated = words_in_twenty(share, counts[place_][state])
            if not share > 0:
                write(canvas, x, y, stated, SMALL, va="center", colour=QUIET)
                continue
            count_wide = text_width(f">{DOTS - 1} in {DOTS} ", SMALL, bar.whole)
            choices = [words.percent(share, low, up), words.percent(share)]
            if column_wide >= count_wide + text_width(choices[0], SMALL) + 0.1:
                short = stated.replace("under ", "<").replace("over ", ">")
                write(canvas, x, y, short, SMALL, bold=bar.whole, va="center")
                x += count_wide + 0.05
            fits = text_width(choices[0], SMALL) + 0.05 <= column_wide
            write(canvas, x, y, choices[0] if fits else choices[1], SMALL, va="center", colour=QUIET)
    x = EDGE + name_wide + len(bars) * column_wide + 0.15
    write(canvas, x, top - 0.36, "Twenty futures", SMALL, bold=True)
    _dots(place(canvas, x, bottom, dots_wide, high - 0.46), bars[0])


def _dots(ax: Axes, bar: Bar) -> None:
    """Five columns of four dots, filled row by row in the order of the bar."""
    ax.set_axis_off()
    ax.set_aspect("equal", anchor="NW")
    ax.set_xlim(-0.5, 4.5)
    ax.set_ylim(3.5, -0.5)
    ends = [state for state, count in bar.twentieths.items() for _ in range(count)]
    for number, state in enumerate(ends):
        row, column = divmod(number, 5)
        ax.add_patch(Circle((column, row), 0.42, **look(END_LOOK, state).fill, linewidth=0.5, label=state))


def _legend(states: Sequence[str]) -> dict[str, Look]:
    return {words.end_state(state): look(END_LOOK, state) for state in states}
