"""How do the futures end? Stacked bars with "n in 20", the theories side by side, and twenty futures to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Patch, Rectangle

from triangle_sim.analysis.by_draw import by_draw
from triangle_sim.analysis.counting import category_shares, in_twenty, words_in_twenty
from triangle_sim.plots import words
from triangle_sim.plots.bars import Bar, Part, stacked_bars
from triangle_sim.plots.base import caption, scenario_title, span, titled
from triangle_sim.plots.placing import Canvas, inches, page, text_width, wrap
from triangle_sim.plots.style import END_LOOK, INK, LABEL, QUIET, SMALL, look, styled

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

INTERVAL = "In brackets: 95 % interval of the share over draws."
MOST_COLUMNS = 3  # bars whose numbers fit into the table beside the twenty dots


class Shares(NamedTuple):
    """Shares of the end states in a scenario's runs, or in those of one theory in it.

    ``table`` has a row an end state: its share (``value``) with the interval (``low``, ``high``), and its number of
    futures in twenty (``dots``).
    """

    label: str
    table: pd.DataFrame
    whole: bool


@styled
def endings(results: Result | Sequence[Result], *, by_theory: bool = True,
            figure: Canvas | None = None, ax: Axes | None = None) -> Any:  # fmt: skip
    """How the futures end, one stacked bar a scenario, and by default one for each theory below it.

    One result also gets twenty dots and a table of "n in 20" and per cents with their intervals over draws. The
    theories are shown side by side because their average answers a question nobody asked. With ``ax``, the bars are
    drawn there, named beside them where there is room, and the axes returned.
    """
    group = list(results) if isinstance(results, Sequence) else [results]
    if not group:
        raise ValueError("no results to draw: the list is empty")
    views = _views(group, by_theory)
    if ax is not None:
        stacked_bars(ax, [_bar(each, numbers=False) for each in views], 0.35 * inches(ax)[0])
        return titled(ax, "How do the futures end?")
    states = list(dict.fromkeys(state for view in views for state in view.table.index))
    title = scenario_title(group[0]) if len(group) == 1 else f"{len(group)} scenarios"
    spans = " and ".join(dict.fromkeys(span(result) for result in group))
    high = 4.2 + 0.6 * len(views) if len(group) == 1 else 2.0 + sum(0.72 if view.whole else 0.55 for view in views)
    note = INTERVAL if any(view.table["low"].notna().any() for view in views) else ""
    sheet = page(figure, (10, high), "How do the futures end?", f"{title}, {spans}", note, caption(group))
    tabled = len(group) == 1 and len(views) <= MOST_COLUMNS
    if tabled:
        free = sheet.top - sheet.foot
        tall, dots_wide = min(0.27 * len(states), 0.55 * free), min(1.55, 0.17 * sheet.wide)
        key, dots = sheet.axes(1, 2, bottom=0.05, top=free - tall - 0.05, apart=(0.15, 0),
                               width_ratios=(sheet.wide - dots_wide, dots_wide))  # fmt: skip
        _table(key, views, states)
        _dots(dots, views[0])
        dots.set_title("Twenty futures", fontsize=SMALL)
        sheet.foot += tall + 0.45  # with the heads of the columns
    else:
        sheet.legend([Patch(label=words.plain(state), **look(END_LOOK, state).fill) for state in states])
    label_wide = min(max(text_width(view.label, LABEL, view.whole) for view in views) + 0.15, 0.3 * sheet.wide)
    (bars,) = sheet.axes(left=label_wide, top=0.12, bottom=0.15)
    stacked_bars(bars, [_bar(view, numbers=not tabled) for view in views], label_wide)
    return sheet.figure


def _views(group: Sequence[Result], by_theory: bool) -> list[Shares]:
    """Each scenario's shares and, if there are several theories in it, theirs."""
    views = []
    for result in group:
        sums = by_draw(result, ["end_state"])
        for theory in sums.views if by_theory and len(sums.theories) > 1 else [None]:
            shares = category_shares(sums, "end_state", tuple(END_LOOK), theory)
            table = pd.DataFrame(list(shares.values()), index=list(shares))
            label = words.theory(theory) if theory else "All worlds" if len(group) == 1 else scenario_title(result)
            views.append(Shares(label, table.assign(dots=in_twenty(table["value"])), theory is None))
    return views


def _bar(view: Shares, numbers: bool) -> Bar:
    """Its stacked bar, with per cents or, where a table gives them, with names."""
    parts = []
    row: Any
    for row in view.table.itertuples():
        count = words_in_twenty(row.value, row.dots)
        if numbers:
            texts = [f"{count}\n{words.percent(row.value, row.low, row.high)}", f"{count}\n{words.percent(row.value)}"]
        else:
            texts = [f"{words.plain(row.Index)}\n{count}"]
        parts.append(Part(row.Index, row.value, look(END_LOOK, row.Index), [*texts, count, str(row.dots or "")]))
    return Bar(view.label, parts, view.whole)


def _table(ax: Axes, views: Sequence[Shares], states: Sequence[str]) -> None:
    """The key: a row an end state with its swatch, a column a bar with its numbers."""
    each: Any
    wide = inches(ax)[0]
    longest = min(max(text_width(words.plain(state), LABEL) for state in states), 0.4 * wide)
    names = 0.5 + longest
    step = min((wide - names) / len(views), 2.6)
    counts = 0.65 if step > 1.5 else 0.0  # where both do not fit, the per cents say more than the counts
    ax.set_axis_off()
    ax.set(xlim=(0, wide), ylim=(len(states) - 0.5, -0.5))
    for row, state in enumerate(states):
        ax.add_patch(Rectangle((0, row - 0.3), 0.28, 0.6, **look(END_LOOK, state).fill, linewidth=0.5))
        ax.text(0.36, row, wrap(words.plain(state), longest, LABEL, lines=1), fontsize=LABEL, va="center")
    for column, view in enumerate(views):
        x, weight = names + column * step, "bold" if view.whole else "normal"
        label = wrap(view.label, step - 0.1, SMALL, view.whole, lines=2)
        ax.text(x, -0.7, label, fontsize=SMALL, fontweight=weight, va="bottom")
        for row, each in enumerate(view.table.reindex(list(states), fill_value=0.0).itertuples()):
            count, happens = words_in_twenty(each.value, int(each.dots)), each.value > 0
            if counts or not happens:
                ax.text(x, row, count.replace("under ", "<").replace("over ", ">"), fontsize=SMALL, va="center",
                        fontweight=weight if happens else "normal", color=INK if happens else QUIET)  # fmt: skip
            if happens:
                ax.text(x + counts, row, words.percent(each.value, each.low, each.high), fontsize=SMALL, va="center",
                        color=QUIET)  # fmt: skip


def _dots(ax: Axes, view: Shares) -> None:
    """Five columns of four dots, filled row by row in the order of the bar."""
    ax.set_axis_off()
    ax.set_aspect("equal", anchor="NW")
    ax.set(xlim=(-0.5, 4.5), ylim=(3.5, -0.5))
    for number, state in enumerate(view.table.index.repeat(view.table["dots"])):
        row, column = divmod(number, 5)
        ax.add_patch(Circle((column, row), 0.42, **look(END_LOOK, state).fill, linewidth=0.5, label=state))
