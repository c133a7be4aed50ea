"""Where do the futures fall? Twenty dots, each one future in twenty (a quantile dotplot), for a numeric outcome.

Kay, M., Kola, T., Hullman, J. & Munson, S. (2016) "When (ish) is My Bus?", CHI 2016, doi 10.1145/2858036.2858558:
people read a chance off countable dots better than off a density.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import EllipseCollection

from triangle_sim.analysis.counting import DOTS, in_twenty, words_in_twenty
from triangle_sim.analysis.quantiles import values_of
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.plots import words
from triangle_sim.plots.base import caption, scenario_title
from triangle_sim.plots.placing import Canvas, inches, page, wrap
from triangle_sim.plots.style import INK, LABEL, QUIET, SMALL, styled, theory_looks

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

Floats = npt.NDArray[np.float64]


@styled
def dotplot(result: Result, outcome: str, *, by_theory: bool = True, figure: Canvas | None = None) -> Canvas:
    """Twenty dots of all worlds and, by default, twenty of each theory below, on one axis.

    Raises
    ------
    ValueError
        if there is no such outcome, or it is not a number.
    """
    values = _values(result, outcome)
    groups = [("All worlds", np.concatenate([*values.values()]), QUIET)]
    if by_theory and len(values) > 1:
        looks = theory_looks(values)
        groups += [(words.theory(name), each, looks[name].colour) for name, each in values.items()]
    question, unit = words.outcome(outcome)
    note = f"Each dot is one future in twenty; a dashed line is the median.{f' Scale: {unit}.' if unit else ''}"
    sheet = page(figure, (8, 2.6 + 1.3 * (len(groups) - 1)), question, scenario_title(result), note, caption([result]))
    label_wide = 1.75 if len(groups) > 1 else 0.1
    drawn = np.concatenate([_quantiles(each, DOTS) for _, each, _ in groups])
    span = (float(drawn.min()), float(drawn.max())) if len(drawn) else None
    panels = sheet.axes(len(groups), left=label_wide, right=0.1, top=0.2, bottom=0.32, apart=(0, 0.12))
    for ax, (label, each, colour) in zip(panels, groups, strict=True):
        _draw(ax, outcome, each, span, colour)
        ax.tick_params(labelbottom=ax is panels[-1])
        if len(groups) > 1:
            whole = ax is panels[0]
            ax.text(-label_wide / inches(ax)[0], 0.5, wrap(label, label_wide - 0.1, LABEL, whole, lines=2),
                    fontsize=LABEL, fontweight="bold" if whole else "normal", va="center",
                    transform=ax.transAxes)  # fmt: skip
    return sheet.figure


def _values(result: Result, outcome: str) -> dict[str, Floats]:
    """An outcome's values by theory; missing where it never happened."""
    if outcome in OUTCOMES and OUTCOMES[outcome].kind == "category":
        raise ValueError(f"outcome {outcome!r} is not a number, so it has no dots; see endings")
    return {theory: values for (_, theory), values in values_of(result, [outcome], "theory").items()}


def _quantiles(values: Floats, count: int) -> Floats:
    """The middles of ``count`` equal shares of the known values: quantiles at 1/40, 3/40, ... for twenty."""
    known = values[~np.isnan(values)]
    return np.quantile(known, (np.arange(count) + 0.5) / count) if len(known) else known


def stack(values: Floats, width: float) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Columns for sorted values: each takes those within ``width`` of its first (Wilkinson 1999), centred on them.

    Returns the column's position and the height (0, 1, ...) of every dot.
    """
    xs, heights = np.empty(len(values)), np.empty(len(values), dtype=np.int64)
    start = 0
    while start < len(values):
        stop = max(start + 1, int(np.searchsorted(values, values[start] + width, side="left")))
        xs[start:stop] = (values[start] + values[stop - 1]) / 2
        heights[start:stop] = np.arange(stop - start)
        start = stop
    return xs, heights


def _in_fives(values: Floats, width: float) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Dots of values that are 0 or 1, in rows of five about each."""
    rank = np.concatenate([np.arange(int((values == end).sum())) for end in (0.0, 1.0)])
    return values + (rank % 5 - 2) * width, rank // 5


def _draw(ax: Axes, outcome: str, values: Floats, span: tuple[float, float] | None, colour: str) -> None:
    ax.set_yticks([])
    ax.spines[["left", "top", "right"]].set_visible(False)
    never = float(np.isnan(values).mean())
    count, missing = in_twenty([1 - never, never])
    points = _quantiles(values, count)
    if never:
        stated = f"never: {words_in_twenty(never, missing)}" if never < 1 else "never"
        ax.text(1, 0.96, stated, transform=ax.transAxes, ha="right", va="top", fontsize=LABEL)
    if not len(points):
        ax.set_xticks([])
        return
    low, high = span or (float(points[0]), float(points[-1]))
    yes_no = outcome in OUTCOMES and OUTCOMES[outcome].kind == "truth"
    if yes_no:
        low, high = -0.4, 1.4
    if high - low <= 1e-9 * max(abs(low), abs(high), 1.0):  # one value only: give it some room to stand in
        low, high = low - 0.5 * max(abs(low), 1.0), high + 0.5 * max(abs(high), 1.0)
    wide, tall = inches(ax)
    # A dot is as wide as it is high; the largest size at which the highest column fits.
    for columns in range(12, 400):
        width = (high - low) / columns
        reach = (high - low + 2 * width) * tall / wide / width  # height of the axes in dots
        xs, heights = _in_fives(points, width) if yes_no else stack(points, width)
        if heights.max() + 1.15 <= reach:
            break
    ax.set(xlim=(low - width, high + width), ylim=(0, reach))
    ax.add_collection(EllipseCollection(np.full(len(xs), 0.92 * width), np.full(len(xs), 0.92), np.zeros(len(xs)),
                                        units="xy", offsets=np.column_stack([xs, heights + 0.5]), facecolor=colour,
                                        offset_transform=ax.transData, linewidth=0))  # fmt: skip
    if yes_no:
        ax.set_xticks([0, 1], ["no", "yes"])
        return
    ax.axvline(float(np.nanmedian(values)), color=INK, linewidth=1, linestyle="--", zorder=0.5)
    ax.locator_params(axis="x", nbins=8)
    ax.tick_params(axis="x", labelsize=SMALL)
