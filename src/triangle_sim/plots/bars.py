"""What is the spread made of: which theory is right, what we do not know, or luck? One bar an outcome."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from triangle_sim.plots import words
from triangle_sim.plots.base import ResultLike, caption, scenario_title
from triangle_sim.plots.placing import (
    EDGE,
    LEGEND_ROW,
    Canvas,
    ax_inches,
    balanced,
    footer,
    heading,
    legend,
    legend_rows,
    line_height,
    place,
    size_of,
    text_width,
)
from triangle_sim.plots.shares import percent
from triangle_sim.plots.style import LABEL, QUIET, SMALL, SPREAD_LOOK, ink_on, line_on, styled

PARTS = {"theory": "which theory is right", "parameters": "numbers nobody knows", "luck": "luck"}


@styled
def spread_bars(shares: pd.DataFrame, *, ax: Axes) -> Axes:
    """One bar an outcome in axes of yours; ``shares`` as in :func:`spread_sheet`. Labels stand left of the axes."""
    _draw(ax, _checked(shares), 2.0)
    return ax


@styled
def spread_sheet(shares: pd.DataFrame, result: ResultLike | None = None, *, figure: Canvas | None = None) -> Canvas:
    """Stacked bars of the parts of each outcome's variance.

    ``shares`` has columns outcome, theory, parameters, luck, the last three as shares 0..1 that sum to one or less
    (what is missing stays blank). A row of NaN is an outcome that does not vary. ``result`` names the scenario.

    Raises
    ------
    ValueError
        if a column is missing or there are no rows.
    """
    rows = _checked(shares)
    figure = Figure(figsize=(8, 1.9 + 0.36 * len(rows))) if figure is None else figure
    wide, high = size_of(figure)
    used = heading(figure, "What is the spread made of?", scenario_title(result) if result is not None else "")
    entries = [part if part == meaning else f"{part}: {meaning}" for part, meaning in PARTS.items()]
    legend(figure, dict(zip(entries, SPREAD_LOOK.values(), strict=True)), high - used)
    used += LEGEND_ROW * len(legend_rows(entries, wide)) + 0.05
    foot = footer(figure, "Share of each outcome's variance over all runs.", caption([result]) if result else "")
    label_wide = min(max(text_width(words.plain(str(name)), LABEL) for name in rows["outcome"]) + 0.15, 0.36 * wide)
    ax = place(figure, EDGE + label_wide, foot + 0.05, wide - 2 * EDGE - label_wide, high - used - foot - 0.05)
    _draw(ax, rows, label_wide)
    return figure


def _checked(shares: pd.DataFrame) -> pd.DataFrame:
    missing = [name for name in ("outcome", *PARTS) if name not in shares.columns]
    if missing:
        present = ", ".join(map(str, shares.columns))
        raise ValueError(f"the frame of shares lacks {', '.join(missing)}; it has {present}")
    if shares.empty:
        raise ValueError("no outcomes to draw: the frame is empty")
    return shares


def _draw(ax: Axes, rows: pd.DataFrame, label_wide: float) -> None:
    wide, high = ax_inches(ax)
    step = high / len(rows)
    ax.set_axis_off()
    ax.set_xlim(0, 1)
    ax.set_ylim(len(rows), 0)
    small = step < line_height(LABEL)
    for number, row in enumerate(rows.to_dict("records")):
        middle, left = number + 0.5, 0.0
        for part in PARTS:
            share = float(row[part])
            if not share > 0:
                continue
            style = SPREAD_LOOK[part]
            ax.add_patch(Rectangle((left, middle - 0.38), share, 0.76, facecolor=style.colour, hatch=style.hatch,
                                   edgecolor=line_on(style.colour), linewidth=0.6, clip_on=False,
                                   label=part))  # fmt: skip
            text = percent(share)
            if text_width(text, SMALL) + 0.1 <= share * wide and not small:
                ax.text(left + share / 2, middle, text, ha="center", va="center", fontsize=SMALL,
                        color=ink_on(style.colour),
                        bbox={"facecolor": style.colour, "edgecolor": "none", "pad": 1.0})  # fmt: skip
            left += share
        if all(math.isnan(float(row[part])) for part in PARTS):
            ax.text(0, middle, " does not vary", va="center", fontsize=SMALL, color=QUIET)
        lines = balanced(words.plain(str(row["outcome"])), label_wide - 0.1, LABEL,
                         lines=2 if step >= 2 * line_height(LABEL) else 1)  # fmt: skip
        ax.annotate("\n".join(lines), (0, middle), (-6, 0), textcoords="offset points", ha="right", va="center",
                    fontsize=LABEL, annotation_clip=False, linespacing=1.05)  # fmt: skip
