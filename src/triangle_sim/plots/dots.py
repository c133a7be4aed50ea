"""Where do the futures fall? Twenty dots, each one future in twenty (a quantile dotplot), for a numeric outcome.

Kay, M., Kola, T., Hullman, J. & Munson, S. (2016) "When (ish) is My Bus?", CHI 2016, doi 10.1145/2858036.2858558:
people read a chance off countable dots better than off a density.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import EllipseCollection

from triangle_sim.analysis.counting import DOTS, in_twenty, words_in_twenty
from triangle_sim.analysis.quantiles import values_of
from triangle_sim.names import did_you_mean
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.plots import words
from triangle_sim.plots.base import caption, scenario_title
from triangle_sim.plots.placing import EDGE, Canvas, ax_inches, balanced, page, place, write
from triangle_sim.plots.style import BLUE, BODY, INK, LABEL, QUIET, SMALL, Look, look, styled

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

THEORY_LOOK = {"chung-2024": Look("#D55E00"), "lowy-2023": Look(BLUE)}
Floats = npt.NDArray[np.float64]


@styled
def dots(result: Result, outcome: str, *, theory: str | None = None, span: tuple[float, float] | None = None,
         ax: Axes) -> Axes:  # fmt: skip
    """Twenty dots of a numeric (or yes/no) outcome in axes of yours; of one theory's runs if ``theory`` is given.

    ``span`` is the range of the axis, by default that of the values drawn.

    Raises
    ------
    ValueError
        if there is no such outcome or theory, or the outcome is not a number.
    """
    falls = _falls(result, outcome)
    if theory is not None and theory not in falls:
        raise ValueError(f"this result has no theory {theory!r}; {did_you_mean(theory, falls)}")
    fall = falls[theory] if theory else _together(falls)
    _draw(ax, fall, span, look(THEORY_LOOK, theory).colour if theory else QUIET)
    question, unit = words.outcome(outcome)
    title = "\n".join(balanced(question, ax_inches(ax)[0], BODY, bold=True, lines=2))
    ax.set_title(title, fontsize=BODY, fontweight="bold", loc="left")
    ax.set_xlabel(unit, fontsize=SMALL, loc="right")
    return ax


@styled
def dotplot(result: Result, outcome: str, *, by_theory: bool = True, figure: Canvas | None = None) -> Canvas:
    """Twenty dots of all worlds and, by default, twenty of each theory below, on one axis.

    Raises
    ------
    ValueError
        as :func:`dots`.
    """
    falls = _falls(result, outcome)
    groups = [("All worlds", _together(falls), QUIET)]
    if by_theory and len(falls) > 1:
        groups += [(words.theory(name), fall, look(THEORY_LOOK, name).colour) for name, fall in falls.items()]
    question, unit = words.outcome(outcome)
    note = f"Each dot is one future in twenty; a dashed line is the median.{f' Scale: {unit}.' if unit else ''}"
    sheet = page(figure, (8, 2.6 + 1.3 * (len(groups) - 1)), question, scenario_title(result), note, caption([result]))
    top = sheet.top - 0.1
    step = (top - sheet.foot - 0.32) / len(groups)
    label_wide = 1.75 if len(groups) > 1 else 0.1
    drawn = np.concatenate([fall.points(DOTS) for _, fall, _ in groups])
    span = (float(drawn.min()), float(drawn.max())) if len(drawn) else None
    for number, (label, fall, colour) in enumerate(groups):
        bottom = top - (number + 1) * step
        ax = place(sheet.figure, EDGE + label_wide, bottom, sheet.wide - 2 * EDGE - label_wide - 0.1, step - 0.12)
        _draw(ax, fall, span, colour)
        ax.tick_params(labelbottom=number == len(groups) - 1)
        if len(groups) > 1:
            lines = balanced(label, label_wide - 0.1, LABEL, number == 0, lines=2)
            write(sheet.figure, EDGE, bottom + step / 2, "\n".join(lines), LABEL, bold=number == 0, va="center")
    return sheet.figure


@dataclass(frozen=True)
class Fall:
    """Where the futures fall on an outcome: the values of those in which it happened, and how many there are in all."""

    known: Floats
    total: int
    truth: bool

    def points(self, count: int) -> Floats:
        """The middles of ``count`` equal shares of the values: quantiles at 1/40, 3/40, ... for twenty."""
        return np.quantile(self.known, middles(count)) if len(self.known) else self.known


def middles(count: int) -> Floats:
    """The middles of ``count`` equal parts of 0..1."""
    return (np.arange(count) + 0.5) / count


def _falls(result: Result, outcome: str) -> dict[str, Fall]:
    """Where the futures fall, by theory."""
    kind = OUTCOMES[outcome].kind if outcome in OUTCOMES else "number"
    if kind == "category":
        raise ValueError(f"outcome {outcome!r} is not a number, so it has no dots; see endings")
    found = values_of(result, [outcome], "theory").items()
    return {theory: Fall(each[~np.isnan(each)], len(each), kind == "truth") for (_, theory), each in found}


def _together(falls: dict[str, Fall]) -> Fall:
    """Where the futures of all theories fall."""
    known, totals, truths = zip(*((fall.known, fall.total, fall.truth) for fall in falls.values()), strict=True)
    return Fall(np.concatenate(known), sum(totals), all(truths))


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
    known, total = len(fall.known), fall.total
    count, missing = in_twenty([known, total - known])
    points = fall.points(count)
    if known < total:
        stated = words_in_twenty(1 - known / total, missing)
        ax.text(1, 0.96, f"never: {stated}" if known else "never", transform=ax.transAxes, ha="right", va="top",
                fontsize=LABEL)  # fmt: skip
    if not len(points):
        ax.set_xticks([])
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
    ax.axvline(float(np.quantile(fall.known, 0.5)), color=INK, linewidth=1, linestyle="--", zorder=0.5)
    ax.locator_params(axis="x", nbins=8)
    ax.tick_params(axis="x", labelsize=SMALL)


def _in_fives(values: Floats, width: float) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Dots of values that are 0 or 1, in rows of five about each."""
    rank = np.concatenate([np.arange(int((values == end).sum())) for end in (0.0, 1.0)])
    return values + (rank % 5 - 2) * width, rank // 5
