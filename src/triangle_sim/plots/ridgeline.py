"""Where does an outcome lie, and how far is that from the other scenario? Its distribution over draws, side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from scipy.stats import gaussian_kde

from triangle_sim.analysis.by_future import draw_means
from triangle_sim.analysis.compare.compare import Comparison
from triangle_sim.analysis.compare.contrast import chosen
from triangle_sim.analysis.compare.words import once, parts
from triangle_sim.names import did_you_mean
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.plots import words
from triangle_sim.plots.base import NotInResultError, caption
from triangle_sim.plots.placing import Canvas, inches, page, text_width, wrap
from triangle_sim.plots.style import INK, LABEL, RULE, SMALL, mixed, styled, theory_colour

Floats = npt.NDArray[np.float64]
MOST = 3
"""Outcomes that are drawn unless some are asked for: those with the largest effects."""
TALL = 1.15
"""Height of a ridge in rows: neighbours overlap a little."""
HEAD = 0.4
"""Rows that the name of a theory takes."""
POINTS = 200
NOTE = (
    "A ridge: the means of a scenario's draws, that is, what we do not know; luck within a draw is averaged out. All "
    "are drawn equally high: compare their place and width. Tick: mean. The reference is pale."
)


@styled
def ridgeline(
    comparison: Comparison, outcomes: str | Sequence[str] | None = None, *, figure: Canvas | None = None
) -> Canvas:
    """Distributions over draws of one or a few outcomes, by theory and scenario; by default those that differ most.

    Raises
    ------
    NotInResultError
        if there is no such outcome in the comparison, it is a category, or there is none at all.
    """
    names = [outcomes] if isinstance(outcomes, str) else list(outcomes or _largest(comparison))
    if not names:
        raise NotInResultError("no number in this comparison to draw a ridge of")
    several = len(names) > 1
    title = "How far apart do the scenarios lie?" if several else OUTCOMES[_known(comparison, names[0])].question
    subtitle = "; ".join(each.title for each in comparison.others) + f"; against: {comparison.reference.title}"
    sheet = page(figure, (9, 2.0 + 0.42 * _height(comparison) + 0.3 * several), title, subtitle, NOTE,
                 caption(comparison.results))  # fmt: skip
    wide = min(max(text_width(text, LABEL, bold=True) for _, text, _ in _rows(comparison)) + 0.2, 0.28 * sheet.wide)
    panels = sheet.axes(1, len(names), left=wide, right=0.15, top=0.5 if several else 0.1, bottom=0.45,
                        apart=(0.3, 0))  # fmt: skip
    for ax, name in zip(panels, names, strict=True):
        ridges(comparison, name, ax=ax, label_wide=wide - 0.15)
        ax.set_title("" if not several else ax.get_title(loc="left"), fontsize=SMALL)
        ax.tick_params(axis="y", labelleft=ax is panels[0])
    return sheet.figure


@styled
def ridges(comparison: Comparison, outcome: str, *, ax: Axes, label_wide: float = 1.8) -> Axes:
    """One outcome's ridges in axes of your own, from the top down: by theory, then by scenario, the reference last.

    Labels stand left of the axes and take ``label_wide`` inches. Raises NotInResultError as :func:`ridgeline`.
    """
    _draw(ax, comparison, _known(comparison, outcome))
    rows = _rows(comparison)
    ax.set_yticks([y for y, _, _ in rows], [wrap(text, label_wide, SMALL, lines=2) for _, text, _ in rows])
    for tick, (_, _, theory) in zip(ax.get_yticklabels(), rows, strict=True):
        tick.set(fontsize=SMALL, va="bottom", color=theory_colour(theory, comparison.theories) if theory else INK,
                 fontweight="bold" if theory else "normal")  # fmt: skip
    ax.tick_params(axis="y", length=0)
    ax.set_title(wrap(OUTCOMES[outcome].question, inches(ax)[0], SMALL, bold=True, lines=3), fontsize=SMALL)
    return ax


def _known(comparison: Comparison, outcome: str) -> str:
    known = comparison.contrasts()["outcome"].unique()
    if outcome not in known:
        message = f"no number {outcome!r} in this comparison to draw a ridge of"
        raise NotInResultError("; ".join(filter(None, [message, did_you_mean(outcome, known)])))
    return outcome


def _rows(comparison: Comparison) -> list[tuple[float, str, str]]:
    """Position, text and, where it is the head of a group, theory of the labels, from the top down."""
    rows, y = [], 0.0
    for theory in comparison.theories:
        if theory != "all":
            rows.append((y, words.theory(theory), theory))
            y += HEAD
        for each in comparison.futures:
            y += 1
            rows.append((y, each.title, ""))
        y += 0.6
    return rows


def _height(comparison: Comparison) -> float:
    return _rows(comparison)[-1][0] + 0.6


def _draw(ax: Axes, comparison: Comparison, outcome: str) -> None:
    each = [(theory, number) for theory in comparison.theories for number in range(len(comparison.futures))]
    means = [_means(comparison, number, outcome, theory) for theory, number in each]
    bases = [y for y, _, head in _rows(comparison) if not head]
    drawn = np.concatenate(means)
    low, high = (float(drawn.min()), float(drawn.max())) if drawn.size else (0.0, 1.0)
    if high - low <= 1e-9 * max(abs(low), abs(high), 1.0):
        low, high = low - 0.5, high + 0.5
    grid = np.linspace(low, high, POINTS)
    for (theory, number), values, base in zip(each, means, bases, strict=True):
        density = _density(values, grid)
        ridge = base - TALL * density / (density.max() or 1.0)
        ax.axhline(base, color=RULE, linewidth=0.5, zorder=base)
        ax.fill_between(grid, ridge, base, facecolor=_colour(comparison, theory, number), alpha=0.85,
                        edgecolor="none", zorder=base + 0.1)  # fmt: skip
        ax.plot(grid, ridge, color=theory_colour(theory, comparison.theories), linewidth=0.9, zorder=base + 0.2)
        if values.size:
            ax.plot([values.mean()] * 2, [base, base - 0.4], color=INK, linewidth=1.6, zorder=len(bases) * 9)
    ax.set(xlim=(low, high), ylim=(_height(comparison) - 0.3, -0.4 if comparison.theories != ["all"] else -0.3))
    ax.spines[["left"]].set_visible(False)
    ax.locator_params(axis="x", nbins=5)
    ax.tick_params(axis="x", labelsize=SMALL)
    found = OUTCOMES[outcome]
    share = found.kind == "truth" or found.unit.startswith("share")
    unit = "% of futures" if found.kind == "truth" else "% of quarters" if share else found.unit
    if share:
        ax.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}")
    ax.set_xlabel("quarters; never counts as the last" if found.kind == "quarter" else unit, fontsize=SMALL)


def _means(comparison: Comparison, number: int, outcome: str, theory: str) -> Floats:
    """Means ``(draws,)`` of the draws that are compared; the reference's own where it stands for itself."""
    one, reference = comparison.futures[number], comparison.reference
    if outcome not in one.values:
        return np.empty(0)
    horizon = min(each.horizon for each in comparison.futures)
    mask, _ = chosen(one, reference, None if theory == "all" else theory)
    means = draw_means(one.of(outcome, horizon)[mask])
    return np.asarray(means[~np.isnan(means)], float)


def _density(values: Floats, grid: Floats) -> Floats:
    """A smoothed density over the grid, reflected at its ends so that nothing lies outside; a spike where all agree."""
    if not values.size:
        return np.zeros_like(grid)
    step = grid[1] - grid[0]
    if values.size < 2 or np.ptp(values) < step:
        return np.asarray(np.abs(grid - values.mean()) <= step / 2, float)
    smooth = gaussian_kde(values)
    return np.asarray(smooth(grid) + smooth(2 * grid[0] - grid) + smooth(2 * grid[-1] - grid), float)


def _largest(comparison: Comparison) -> list[str]:
    """The outcomes that differ most, clearly if any does."""
    told = [name for part in parts(comparison) for name, _ in part.outcomes]
    return once(dict.fromkeys(told or comparison.contrasts()["outcome"]))[:MOST]


def _colour(comparison: Comparison, theory: str, number: int) -> str:
    return mixed(theory_colour(theory, comparison.theories), 0.75 if number == len(comparison.futures) - 1 else 0.25)
