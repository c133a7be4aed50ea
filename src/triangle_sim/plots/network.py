"""Who is with whom? The mean ties among the countries at the start and at the end, as a pentagon."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from triangle_sim.montecarlo.tables import ALL, of_theory
from triangle_sim.plots import words
from triangle_sim.plots.base import (
    NotInResultError,
    caption,
    moment,
    quarters_of,
    scenario_title,
    titled,
    view,
    views_of,
)
from triangle_sim.plots.placing import Canvas, inches, page, wrap
from triangle_sim.plots.style import (
    BLUE,
    BODY,
    INK,
    LABEL,
    QUIET,
    SMALL,
    VERMILLION,
    country_colour,
    ink_on,
    ordered,
    styled,
)  # fmt: skip

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

# Clockwise from the top: the triangle of the question on top, the allies in the south below it.
ORDER = ("PRK", "RUS", "USA", "KOR", "CHN")

NEUTRAL = 0.15
"""Ties nearer zero than this count as neither friendly nor hostile: half a point of the coding of the starting ties."""

MOVED = 0.10
"""Change of a mean tie, from the first panel to the second, that is set in bold."""

ROOMY = 3.3
"""Inches from which a panel has room for the names of countries beside their codes."""

Ties = Mapping[tuple[str, str], float]


@styled
def network(result: Result, *, quarters: tuple[str, str] | None = None, theory: str | None = None,
            figure: Canvas | None = None, ax: Axes | None = None) -> Any:  # fmt: skip
    """Mean mutual ties in two quarters, by default the first and the last: the last under each theory, or under the
    ``theory`` asked for (``all`` for the average of several).

    A mutual tie is the mean of its two directions, averaged over runs: it can be near zero because nobody cares or
    because futures differ; the fans tell which. With ``ax``, the second quarter alone is drawn there, of all worlds
    unless a theory is asked for, and the axes returned.

    Raises
    ------
    NotInResultError
        if the result has no ties, or none in a quarter asked for.
    """
    known = quarters_of(result)
    first, last = quarters or (known[0], known[-1])
    if ax is not None:
        (chosen,) = views_of(result, theory or ALL)
        _draw(ax, ties_in(result, last, chosen), None)
        return titled(ax, f"Who is with whom at the {moment(result, last)}?", chosen)
    views = views_of(result, theory)
    whole = views[0] if len(views) == 1 else ALL
    shown = [(first, whole), *((last, each) for each in views)]
    before = [ties_in(result, first, each) for _, each in shown]
    sheet = page(figure, (9 + 3.5 * (len(views) - 1), 5.8), "Who is with whom, at the start and at the end?",
                 scenario_title(result),
                 f"Mean over the futures of the mutual tie, from {words.MINUS}1 hostile to +1 allied; "
                 f"bold: moved by {MOVED:g} or more.", caption([result]))  # fmt: skip
    key = {"allied, +0.8": 0.8, "friendly, +0.3": 0.3, "neutral": 0.0, f"cool, {words.MINUS}0.3": -0.3,
           f"hostile, {words.MINUS}0.8": -0.8}  # fmt: skip
    sheet.legend([Line2D([], [], label=text, **edge_style(value)) for text, value in key.items()], fontsize=SMALL,
                 handlelength=3.8)  # fmt: skip
    panels = sheet.axes(1, len(shown), top=0.1, bottom=0.05)
    for panel, (quarter, each), reference in zip(panels, shown, before, strict=True):
        when = f"At the {moment(result, quarter)}".replace(" of ", "\nof ")
        if each != whole:
            name = wrap(view(each), inches(panel)[0] - 0.1, BODY, True, lines=1)
            when = f"{name}:\n{when[:1].lower()}{when[1:]}".replace("\nof", " of")
        panel.text(0, 1, when, transform=panel.transAxes, fontsize=BODY, fontweight="bold", va="top")
        _draw(panel, ties_in(result, quarter, each), None if panel is panels[0] else reference)
    return sheet.figure


def ties_in(result: Result, quarter: str, theory: str = ALL) -> dict[tuple[str, str], float]:
    """Mean mutual tie of every pair of countries in a quarter; NaN where a direction is missing."""
    rows = of_theory(result.quarters, theory)
    rows = rows[rows["quarter"].astype(str) == quarter]
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
    turn = 2 * math.pi / len(codes)
    at = {code: (math.sin(turn * number), math.cos(turn * number)) for number, code in enumerate(codes)}
    # Room for the names, in inches, above, below and beside a circle of nodes.
    wide, high = inches(ax)
    lowest = min(y for _, y in at.values())
    named = wide >= ROOMY
    radius = max(min((wide - (1.0 if named else 0.5)) / 2, (high - 0.98) / (1 - lowest)), 0.4)
    ax.set_axis_off()
    ax.set_xlim(-wide / 2 / radius, wide / 2 / radius)
    ax.set_ylim((1 + lowest) / 2 - high / 2 / radius, (1 + lowest) / 2 + high / 2 / radius)
    for (one, other), value in sorted(ties.items(), key=lambda item: abs(item[1])):
        if math.isnan(value):
            continue
        moved = reference is not None and abs(value - reference.get((one, other), value)) >= MOVED - 1e-9
        ax.plot(*zip(at[one], at[other], strict=True), zorder=2, **edge_style(value))
        # The middle of a pentagon's side or diagonal is crossed by no other line; that of a square's diagonal is.
        share = 0.5 if len(codes) % 2 else 0.36
        x, y = (start + share * (stop - start) for start, stop in zip(at[one], at[other], strict=True))
        ax.text(x, y, signed(value), ha="center", va="center", fontsize=LABEL if named else SMALL, zorder=3, color=INK,
                fontweight="bold" if moved else "normal",
                bbox={"facecolor": "white", "edgecolor": "none", "boxstyle": "round,pad=0.15"})  # fmt: skip
    for code, (x, y) in at.items():
        node, up, colour = 72 * min(0.24, 0.2 * radius), y > -0.1, country_colour(code)
        ax.plot(x, y, "o", markersize=2 * node, color=colour, markeredgecolor="white", markeredgewidth=1.5, zorder=4)
        ax.text(x, y, code, ha="center", va="center", fontsize=SMALL if node > 14 else 6.5, fontweight="bold", zorder=5,
                color=ink_on(colour))  # fmt: skip
        if not named:
            continue
        ax.annotate(words.country(code), (x, y), (0, (node + 4) * (1 if up else -1)), textcoords="offset points",
                    ha="center", va="bottom" if up else "top", fontsize=BODY, fontweight="bold", zorder=5,
                    path_effects=[withStroke(linewidth=3, foreground="white")])  # fmt: skip


def signed(value: float) -> str:
    """A tie in one decimal with its sign; what rounds to zero has none."""
    rounded = round(value, 1)
    return "0.0" if rounded == 0 else f"{rounded:+.1f}".replace("-", words.MINUS)


def edge_style(value: float) -> dict[str, Any]:
    """A tie's line: solid blue if friendly, dashed vermillion if hostile, dotted grey if neither; width is strength."""
    width, ends = 1.0 + 7.0 * min(abs(value), 1.0), {"solid_capstyle": "butt", "dash_capstyle": "butt"}
    if abs(value) < NEUTRAL:
        return {"color": QUIET, "linestyle": (0, (1, 2)), "linewidth": 1.2, **ends}
    if value > 0:
        return {"color": BLUE, "linestyle": "-", "linewidth": width, **ends}
    return {"color": VERMILLION, "linestyle": (0, (1.6, 0.9)), "linewidth": width, **ends}
