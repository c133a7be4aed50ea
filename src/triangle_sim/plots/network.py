"""Who is with whom? The mean ties among the countries at the start and at the end, as a pentagon."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle
from matplotlib.patheffects import withStroke

from triangle_sim.plots import words
from triangle_sim.plots.base import NotInResultError, caption, moment, quarters_of, scenario_title
from triangle_sim.plots.placing import EDGE, Canvas, ax_inches, line_height, page, place, size_of, text_width, write
from triangle_sim.plots.style import (
    BLUE,
    BODY,
    INK,
    LABEL,
    QUIET,
    SMALL,
    TITLE,
    VERMILLION,
    country_colour,
    ink_on,
    ordered,
    styled,
)

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

# Clockwise from the top: the triangle of the question on top, the allies in the south below it.
ORDER = ("PRK", "RUS", "USA", "KOR", "CHN")

SOLID: tuple[float, tuple[float, ...]] = (0, ())

NEUTRAL = 0.15
"""Ties nearer zero than this count as neither friendly nor hostile: half a point of the coding of the starting ties."""

MOVED = 0.10
"""Change of a mean tie, from the first panel to the second, that is set in bold."""

Dash = tuple[float, tuple[float, ...]]
Ties = Mapping[tuple[str, str], float]


@styled
def network(result: Result, *, quarters: tuple[str, str] | None = None, figure: Canvas | None = None) -> Canvas:
    """Mean mutual ties in two quarters, by default the first and the last.

    A mutual tie is the mean of its two directions, averaged over all runs: it can be near zero because nobody cares or
    because futures differ; the fans tell which.

    Raises
    ------
    NotInResultError
        if the result has no ties, or none in a quarter asked for.
    """
    known = quarters_of(result)
    first, last = quarters or (known[0], known[-1])
    before, after = ties_in(result, first), ties_in(result, last)
    sheet = page(figure, (9, 5.8), "Who is with whom, at the start and at the end?", scenario_title(result),
                 f"Mean over the futures of the mutual tie, from {words.MINUS}1 hostile to +1 allied; "
                 f"bold: moved by {MOVED:g} or more.", caption([result]))  # fmt: skip
    _key(sheet.figure, sheet.foot + 0.15, sheet.wide)
    half, top, bottom = (sheet.wide - 2 * EDGE) / 2, sheet.top - 0.1, sheet.foot + 0.3
    for number, (quarter, ties, reference) in enumerate(((first, before, None), (last, after, before))):
        left, (edge, title) = EDGE + number * half, moment(result, quarter)
        write(sheet.figure, left, top - 0.05, title, TITLE, bold=True, va="top")
        write(sheet.figure, left, top - 0.05 - line_height(TITLE), f"at its {edge}", BODY, va="top", colour=QUIET)
        _draw(place(sheet.figure, left, bottom, half, top - bottom), ties, reference)
    return sheet.figure


@styled
def pentagon(ties: Ties, *, ax: Axes, reference: Ties | None = None) -> Axes:
    """One network: ``ties`` maps pairs of country codes to a value in [-1, 1]; changes from ``reference`` go bold."""
    _draw(ax, ties, reference)
    return ax


def ties_in(result: Result, quarter: str) -> dict[tuple[str, str], float]:
    """Mean mutual tie of every pair of countries in a quarter; NaN where a direction is missing."""
    rows = result.quarters[result.quarters["quarter"].astype(str) == quarter]
    means = {
        tie: float(mean)
        for variable, mean in zip(rows["variable"].astype(str), rows["mean"], strict=True)
        if (tie := words.tie_of(variable)) is not None
    }
    if not means:
        raise NotInResultError(f"this result has no ties in quarter {quarter!r}")
    codes = sorted({code for tie in means for code in tie})
    return {
        (one, other): (means.get((one, other), math.nan) + means.get((other, one), math.nan)) / 2
        for one, other in combinations(codes, 2)
    }


def _draw(ax: Axes, ties: Ties, reference: Ties | None) -> None:
    codes = ordered({code for tie in ties for code in tie}, ORDER)
    wide, high = ax_inches(ax)
    turn = 2 * math.pi / len(codes)
    # Data units are inches: the radius is what the names above, below and beside the nodes leave.
    beside = [(wide / 2 - 0.1 - text_width(words.country(code), BODY, True) / 2) / abs(math.sin(turn * number))
              for number, code in enumerate(codes) if abs(math.sin(turn * number)) > 0.1]  # fmt: skip
    radius = max(min([*beside, (high - 0.98) / 1.81]), 0.4)
    node = min(0.24, 0.2 * radius)
    ax.set_axis_off()
    ax.set_xlim(-wide / 2, wide / 2)
    middle = radius * (1 - math.cos(math.pi / 5)) / 2
    ax.set_ylim(-high / 2 + middle, high / 2 + middle)
    at = {code: (radius * math.sin(turn * number), radius * math.cos(turn * number)) for number, code in
          enumerate(codes)}  # fmt: skip
    for (one, other), value in sorted(ties.items(), key=lambda item: abs(item[1])):
        if not math.isnan(value):
            moved = reference is not None and abs(value - reference.get((one, other), value)) >= MOVED - 1e-9
            _edge(ax, at[one], at[other], value, moved, across=_opposite(codes, one, other))
    for code, (x, y) in at.items():
        colour = country_colour(code)
        ax.add_patch(Circle((x, y), node, facecolor=colour, edgecolor="white", linewidth=1.5, zorder=4))
        ax.text(x, y, code, ha="center", va="center", fontsize=SMALL if node > 0.2 else 6.5, fontweight="bold",
                zorder=5, color=ink_on(colour))  # fmt: skip
        side = 0.0 if abs(x) < 0.1 * radius else math.copysign(1, x)
        above = y > -0.1 * radius
        ax.text(x + 0.2 * side * node, y + (node + 0.06) * (1 if above else -1), words.country(code), fontsize=BODY,
                ha="center", va="bottom" if above else "top", fontweight="bold", zorder=5,
                path_effects=[withStroke(linewidth=3, foreground="white")])  # fmt: skip


def _opposite(codes: Sequence[str], one: str, other: str) -> bool:
    """Whether the line between the two passes the centre, where others cross it."""
    return len(codes) % 2 == 0 and abs(codes.index(one) - codes.index(other)) == len(codes) // 2


def _edge(ax: Axes, start: tuple[float, float], stop: tuple[float, float], value: float, moved: bool,
          across: bool) -> None:  # fmt: skip
    colour, dash, width = edge_style(value)
    ax.plot([start[0], stop[0]], [start[1], stop[1]], color=colour, linewidth=width, linestyle=dash, zorder=2,
            solid_capstyle="butt", dash_capstyle="butt")  # fmt: skip
    # The middle of a pentagon's side or diagonal is crossed by no other line.
    share = 0.36 if across else 0.5
    x, y = (start[axis] + share * (stop[axis] - start[axis]) for axis in (0, 1))
    ax.text(x, y, signed(value), ha="center", va="center", fontsize=LABEL, zorder=3,
            color=INK, fontweight="bold" if moved else "normal",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2, "boxstyle": "round,pad=0.15"})  # fmt: skip


def signed(value: float) -> str:
    """A tie in one decimal with its sign; what rounds to zero has none."""
    rounded = round(value, 1)
    return "0.0" if rounded == 0 else f"{rounded:+.1f}".replace("-", words.MINUS)


def edge_style(value: float) -> tuple[str, Dash, float]:
    """Colour, dash and width (points) of a tie: solid blue friendly, dashed vermillion hostile, dotted grey neither."""
    width = 1.0 + 7.0 * min(abs(value), 1.0)
    if abs(value) < NEUTRAL:
        return QUIET, (0, (1, 2)), 1.2
    return (BLUE, SOLID, width) if value > 0 else (VERMILLION, (0, (1.6, 0.9)), width)


def _key(canvas: Canvas, y: float, wide: float) -> None:
    entries = [("allied, +0.8", 0.8), ("friendly, +0.3", 0.3), ("neutral", 0.0), (f"cool, {words.MINUS}0.3", -0.3),
               (f"hostile, {words.MINUS}0.8", -0.8)]  # fmt: skip
    total = sum(0.48 + text_width(text, SMALL) + 0.22 for text, _ in entries) - 0.22
    x = max(EDGE, (wide - total) / 2)
    across, high = size_of(canvas)
    for text, value in entries:
        colour, dash, width = edge_style(value)
        canvas.add_artist(Line2D([x / across, (x + 0.42) / across], [y / high, y / high], color=colour, linestyle=dash,
                                 linewidth=width, solid_capstyle="butt", dash_capstyle="butt",
                                 transform=canvas.transSubfigure))  # fmt: skip
        write(canvas, x + 0.48, y, text, SMALL, va="center")
        x += 0.48 + text_width(text, SMALL) + 0.22
