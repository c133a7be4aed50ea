"""Where do the futures fall? Twenty dots, each one future in twenty (a quantile dotplot), for a numeric outcome.

Kay, M., Kola, T., Hullman, J. & Munson, S. (2016) "When (ish) is My Bus?", CHI 2016, doi 10.1145/2858036.2858558:
people read a chance off countable dots better than off a density.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import EllipseCollection
from matplotlib.figure import Figure

from triangle_sim.analysis.by_draw import by_draw
from triangle_sim.analysis.quantiles import Search, search
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.plots import words
from triangle_sim.plots.base import ResultLike, caption, scenario_title, unknown
from triangle_sim.plots.placing import EDGE, Canvas, ax_inches, balanced, footer, heading, place, size_of, write
from triangle_sim.plots.shares import DOTS, in_twenty, words_in_twenty
from triangle_sim.plots.style import BLUE, BODY, INK, LABEL, QUIET, SMALL, Look, look, styled

THEORY_LOOK = {"chung-2024": Look("#D55E00"), "lowy-2023": Look(BLUE)}
Floats = npt.NDArray[np.float64]


@styled
def dots(result: ResultLike, outcome: str, *, theory: str | None = None, span: tuple[float, float] | None = None,
         ax: Axes) -> Axes:  # fmt: skip
    """Twenty dots of a numeric (or yes/no) outcome in axes of yours; of one theory's runs if ``theory`` is given.

    ``span`` is the range of the axis, by default that of the values drawn.

    Raises
    ------
    ValueError
        if there is no such outcome or theory, or the outcome is not a number.
    """
    falls = _falls(result, outcome, "theory" if theory else None)
    if theory is not None and theory not in falls:
        raise ValueError(unknown(theory, sorted(falls), "theory"))
    _draw(ax, falls[theory or "all"], span, look(THEORY_LOOK, theory).colour if theory else QUIET)
    question, unit = words.outcome(outcome)
    ax.set_title(
        "\n".join(balanced(question, ax_inches(ax)[0], BODY, bold=True, lines=2)),
        fontsize=BODY,
        fontweight="bold",
        loc="left",
    )
    ax.set_xlabel(unit, fontsize=SMALL, loc="right")
    return ax


@styled
def dotplot(result: ResultLike, outcome: str, *, by_theory: bool = True, figure: Canvas | None = None) -> Canvas:
    """Twenty dots of all worlds and, by default, twenty of each theory below, on one axis.

    Raises
    ------
    ValueError
        as :func:`dots`.
    """
    groups = [("All worlds", _falls(result, outcome)["all"], QUIET)]
    theories = _falls(result, outcome, "theory") if by_theory else {}
    if len(theories) > 1:
        groups += [(words.theory(name), theories[name], look(THEORY_LOOK, name).colour) for name in sorted(theories)]
    figure = Figure(figsize=(8, 2.6 + 1.3 * (len(groups) - 1))) if figure is None else figure
    wide, high = size_of(figure)
    question, unit = words.outcome(outcome)
    used = heading(figure, question, scenario_title(result)) + 0.1
    scale = f" Scale: {unit}." if unit else ""
    note = f"Each dot is one future in twenty; a dashed line is the median.{scale}"
    foot = footer(figure, note, caption([result])) + 0.32
    step = (high - used - foot) / len(groups)
    label_wide = 1.75 if len(groups) > 1 else 0.1
    drawn = np.concatenate([fall.points(DOTS) for _, fall, _ in groups])
    span = (float(drawn.min()), float(drawn.max())) if len(drawn) else None
    for number, (label, fall, colour) in enumerate(groups):
        bottom = high - used - (number + 1) * step
        ax = place(figure, EDGE + label_wide, bottom, wide - 2 * EDGE - label_wide - 0.1, step - 0.12)
        _draw(ax, fall, span, colour)
        ax.tick_params(labelbottom=number == len(groups) - 1)
        if len(groups) > 1:
            lines = balanced(label, label_wide - 0.1, LABEL, number == 0, lines=2)
            write(figure, EDGE, bottom + step / 2, "\n".join(lines), LABEL, bold=number == 0, va="center")
    return figure


@dataclass(frozen=True)
class Fall:
    """Where the futures fall on an outcome: enough of it to draw any number of dots up to twenty."""

    found: Search
    truth: bool

    @property
    def total(self) -> int:
        """Runs, those included in which it never happened."""
        return self.found.known + self.found.missing

    def points(self, count: int) -> Floats:
        """The middles of ``count`` equal shares of the runs: quantiles at 1/40, 3/40, ... for twenty; none of none."""
        shares = middles(count) if self.found.known else ()
        return np.asarray([self.found.quantile(share) for share in shares], float)


def middles(count: int) -> list[float]:
    """The middles of ``count`` equal parts of 0..1."""
    return [(number + 0.5) / count for number in range(count)]


def _falls(result: ResultLike, outcome: str, by: str | None = None) -> dict[str, Fall]:
    """Where the futures fall, of all runs or by theory. A first pass tells how many never come to it."""
    try:
        sums = by_draw(result, [outcome])
    except (KeyError, ValueError):
        if outcome in OUTCOMES:
            raise
        raise ValueError(unknown(outcome, sorted(OUTCOMES), "outcome")) from None
    if outcome not in sums.numbers:
        raise ValueError(f"outcome {outcome!r} is not a number, so it has no dots; see endings")
    # The median, twenty dots, and as many as there are left beside those for which it never happens.
    wanted = {0.5, *middles(DOTS)}
    for theory in sums.theories if by else [None]:
        known, runs = (int(part[sums.of(theory)].sum()) for part in (sums.numbers[outcome].count, sums.runs))
        wanted |= {*middles(in_twenty([known, runs - known])[0])}
    found = search(result, [outcome], sorted(wanted), by)
    return {theory: Fall(each, outcome in sums.truths) for (_, theory), each in found.items()}


def stack(values: Floats, width: float) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Columns for sorted values: each takes those within ``width`` of its first (Wilkinson 1999), centred on them.

    Returns the column's position and the height (0, 1, ...) of every dot.
    """
    xs, heights = np.empty(len(values)), np.empty(len(values), dtype=np.int64)
    start = 0
    while start < len(values):
        stop = start + int(np.searchsorted(values[start:], values[start] + width, side="left"))
        stop = max(stop, start + 1)
        xs[start:stop] = (values[start] + values[stop - 1]) / 2
        heights[start:stop] = np.arange(stop - start)
        start = stop
    return xs, heights


def _draw(ax: Axes, fall: Fall, span: tuple[float, float] | None, colour: str) -> None:
    ax.set_yticks([])
    ax.spines[["left", "top", "right"]].set_visible(False)
    known, total = fall.found.known, fall.total
    count, missing = in_twenty([known, total - known])
    points = fall.points(count)
    if known < total:
        stated = words_in_twenty(1 - known / total, missing)
        ax.text(1, 0.96, f"never: {stated}" if known else "never", transform=ax.transAxes, ha="right", va="top",
                fontsize=LABEL)  # fmt: skip
    if not len(points):
        ax.set_xticks([])
        if not total:
            ax.text(0.5, 0.5, "no data", transform=ax.transAxes, ha="center", va="center", color=QUIET, fontsize=BODY)
        return
    low, high = span or (float(points[0]), float(points[-1]))
    yes_no = fall.truth and {low, high} <= {0.0, 1.0}
    low, high = (-0.4, 1.4) if yes_no else (low, high)
    if high - low <= 1e-9 * max(abs(low), abs(high), 1.0):  # one value only: give it some room to stand in
        low, high = low - 0.5 * max(abs(low), 1.0), high + 0.5 * max(abs(high), 1.0)
    wide, tall = ax_inches(ax)
    # A dot is as wide as it is high; the largest size at which the highest column fits. Yes and no have room for five
    # columns each.
    for columns in range(12, 400):
        width = (high - low) / columns
        reach = (high - low + 2 * width) * tall / wide / width  # height of the axes in dots
        xs, heights = _in_fives(points, width) if yes_no else stack(points, width)
        if heights.max() + 1.15 <= reach:
            break
    ax.set_xlim(low - width, high + width)
    ax.set_ylim(0, reach)
    ax.add_collection(EllipseCollection(np.full(len(xs), 0.92 * width), np.full(len(xs), 0.92), np.zeros(len(xs)),
                                        units="xy", offsets=np.column_stack([xs, heights + 0.5]), facecolor=colour,
                                        offset_transform=ax.transData, linewidth=0))  # fmt: skip
    if yes_no:
        ax.set_xticks([0, 1], ["no", "yes"], fontsize=LABEL)
        return
    ax.axvline(fall.found.quantile(0.5), color=INK, linewidth=1, linestyle="--", zorder=0.5)
    ax.locator_params(axis="x", nbins=8)
    ax.tick_params(axis="x", labelsize=SMALL)


def _in_fives(values: Floats, width: float) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Dots of values that are 0 or 1, in rows of five about each."""
    rank = np.concatenate([np.arange(int((values == end).sum())) for end in (0.0, 1.0)])
    return values + (rank % 5 - 2) * width, rank // 5
