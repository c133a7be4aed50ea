"""What differs between scenarios, and how much? Each outcome's level in each, joined by a line, under each theory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from triangle_sim.analysis.compare.compare import Comparison
from triangle_sim.analysis.compare.words import parts
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.plots import words
from triangle_sim.plots.base import NotInResultError, caption
from triangle_sim.plots.placing import Canvas, inches, page, wrap
from triangle_sim.plots.style import LABEL, QUIET, RULE, SMALL, styled, theory_colour

MARKERS = "osD^vP*X"
"""Of the scenarios, in their order; the reference, the last, is hollow."""
DASHES: tuple[Any, ...] = ("-", (0, (2, 0.7)), (0, (0.7, 0.7)))
"""Of the theories' lines, so that they stay apart in grey."""
ROW = 0.42
"""Inches an outcome takes."""
PANELS = {
    "endings": ("How the futures end", "% of futures"),
    "events": ("What happens, and how often", "% of futures, or of quarters"),
    "amounts": ("How much, and when", "standard deviations of the futures, from the reference"),
}
"""Panels by name: title, and what the axis counts."""
Rows = dict[str, list[Any]]
"""By label, the points of a row."""
NOTE = (
    "Line from the reference to each scenario; bar: 95 % interval of the difference over draws, around the scenario. "
    "Outcomes without a clear difference are left out."
)


class Point(NamedTuple):
    """A scenario in a row: where it is, from where the reference is, and the interval of the difference."""

    at: float
    reference: float
    low: float
    high: float
    theory: str
    marker: str


@styled
def dumbbell(comparison: Comparison, *, figure: Canvas | None = None) -> Canvas:
    """Endings and the outcomes that differ clearly, by size of effect.

    Shares lie on an axis of per cent, other outcomes on one of standard deviations from the reference.

    Raises
    ------
    NotInResultError
        if there is nothing to draw: no ending, and no outcome that differs clearly.
    """
    panels = _panels(comparison)
    if not panels:
        raise NotInResultError("nothing to draw: no outcome differs clearly")
    counts = [len(rows) for rows in panels.values()]
    subtitle = "; ".join(each.title for each in comparison.others) + f"; against: {comparison.reference.title}"
    high = 1.7 + ROW * sum(counts) + 0.75 * len(panels)
    sheet = page(figure, (8.5, high), "What differs, and how much?", subtitle, NOTE, caption(comparison.results))
    sheet.legend(key(comparison, sheet.wide - 1.0), at_top=True, columnspacing=1.2)
    wide = min(2.9, 0.36 * sheet.wide)
    axes = sheet.axes(len(panels), left=wide, right=0.15, top=0.35, bottom=0.45, apart=(0, 0.75),
                      height_ratios=counts)  # fmt: skip
    for ax, (name, rows) in zip(axes, panels.items(), strict=True):
        _draw(ax, name, rows, comparison.theories, wide - 0.15)
        ax.set_title(PANELS[name][0], loc="left", x=-wide / inches(ax)[0], fontsize=LABEL)
    return sheet.figure


@styled
def dumbbell_panel(comparison: Comparison, panel: str = "endings", *, ax: Axes, label_wide: float = 2.2) -> Axes:
    """One panel of :func:`dumbbell` in axes of your own: ``endings``, ``events`` or ``amounts``.

    Labels stand left of the axes and take ``label_wide`` inches. Raises NotInResultError if the panel is empty.
    """
    panels = _panels(comparison)
    if panel not in panels:
        raise NotInResultError(f"nothing to draw in a panel {panel!r}; there is {', '.join(panels) or 'none'}")
    _draw(ax, panel, panels[panel], comparison.theories, label_wide)
    ax.set_title(PANELS[panel][0], fontsize=LABEL)
    return ax


def _draw(ax: Axes, panel: str, rows: Rows, theories: Sequence[str], label_wide: float) -> None:
    """Rows of dumbbells from the top down, one line a theory."""
    step = 0.7 / max(len(theories), 1)
    for row, points in enumerate(rows.values()):
        ax.axhline(row + 0.5, color=RULE, linewidth=0.4, zorder=0)
        for point in points:
            place, colour = theories.index(point.theory), theory_colour(point.theory, theories)
            y = row + (place - (len(theories) - 1) / 2) * step
            ax.plot([point.reference, point.at], [y, y], color=colour, linewidth=2.2, zorder=2,
                    linestyle=DASHES[place % len(DASHES)], solid_capstyle="butt", dash_capstyle="butt")  # fmt: skip
            if point.low == point.low:
                ax.plot([point.low, point.high], [y, y], color=colour, linewidth=6, alpha=0.25,
                        solid_capstyle="butt", zorder=1)  # fmt: skip
            ax.plot(point.at, y, point.marker, color=colour, markersize=4.5, zorder=4)
            ax.plot(point.reference, y, "o", color=colour, markerfacecolor="white", markersize=7, zorder=3)
    ax.set_yticks(range(len(rows)), [wrap(name, label_wide, SMALL, lines=2) for name in rows], fontsize=SMALL)
    ax.set(ylim=(len(rows) - 0.5, -0.5))
    ax.tick_params(axis="y", length=0)
    ax.tick_params(axis="x", labelsize=SMALL)
    ax.margins(x=0.04)
    ax.spines[["left"]].set_visible(False)
    ax.set_xlabel(PANELS[panel][1], fontsize=SMALL)
    if panel == "amounts":
        ax.axvline(0, color=QUIET, linewidth=1, zorder=0)
    else:
        ax.set_xlim(left=min(0.0, ax.get_xlim()[0]))


def key(comparison: Comparison, wide: float) -> list[Artist]:
    """What colours and markers mean, in words no wider than so many inches."""
    theories = [
        Line2D([], [], color=theory_colour(name, comparison.theories), linewidth=2.2,
               linestyle=DASHES[place % len(DASHES)],
               label="All draws" if name == "all" else words.theory(name))
        for place, name in enumerate(comparison.theories)
    ]  # fmt: skip
    markers = zip(comparison.others, _markers(comparison), strict=True)
    scenarios = [
        Line2D([], [], color=QUIET, marker=marker, markersize=4.5, linestyle="", label=each.title)
        for each, marker in markers
    ]
    reference = Line2D([], [], color=QUIET, marker="o", markersize=7, markerfacecolor="white", linestyle="",
                       label=f"The reference: {comparison.reference.title}")  # fmt: skip
    handles = [*theories, *scenarios, reference]
    for handle in handles:
        handle.set_label(wrap(str(handle.get_label()), wide, LABEL, lines=1))
    return list(handles)


def _markers(comparison: Comparison) -> list[str]:
    return [MARKERS[number % len(MARKERS)] for number in range(len(comparison.others))]


def _panels(comparison: Comparison) -> dict[str, Rows]:
    """The rows of the panels that have any."""
    found: dict[str, Rows] = {name: {} for name in PANELS}
    for part, marker in zip(parts(comparison), _markers(comparison), strict=True):
        for name, rows in [*part.endings, *part.outcomes]:
            panel = "endings" if "=" in name else "events" if _is_share(name) else "amounts"
            found[panel].setdefault(_name(name), []).extend(_points(rows, panel != "amounts", marker))
    return {name: rows for name, rows in found.items() if rows}


def _points(rows: Sequence[Any], share: bool, marker: str) -> list[Point]:
    points = []
    for row in rows:
        if row.level_a != row.level_a or (not share and abs(row.effect) == float("inf")):
            continue
        if share:
            points.append(Point(100 * row.level_a, 100 * row.level_b, 100 * (row.level_b + row.low),
                                100 * (row.level_b + row.high), row.theory, marker))  # fmt: skip
        else:
            sd = row.sd or 1.0  # where neither varies, nothing differs either
            points.append(Point(row.effect, 0.0, row.low / sd, row.high / sd, row.theory, marker))
    return points


def _name(outcome: str) -> str:
    return words.plain(outcome.partition("=")[2]) if "=" in outcome else OUTCOMES[outcome].question


def _is_share(outcome: str) -> bool:
    return OUTCOMES[outcome].kind == "truth" or OUTCOMES[outcome].unit.startswith("share")
