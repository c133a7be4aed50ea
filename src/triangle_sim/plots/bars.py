"""What is the variance made of: which theory is right, what we do not know, or luck? One bar an outcome."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.axes import Axes

from triangle_sim.plots import words
from triangle_sim.plots.base import caption, scenario_title
from triangle_sim.plots.placing import (
    EDGE,
    LEGEND_ROW,
    Canvas,
    ax_inches,
    balanced,
    legend,
    legend_rows,
    line_height,
    page,
    place,
    segment,
    text_width,
)
from triangle_sim.plots.style import LABEL, QUIET, SMALL, VARIANCE_LOOK, styled

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

PARTS = {"theory": "which theory is right", "parameters": "numbers nobody knows", "luck": "luck"}


@styled
def variance_bars(shares: pd.DataFrame, *, ax: Axes) -> Axes:
    """One bar an outcome in axes of yours; ``shares`` as in :func:`variance_sheet`. Labels stand left of the axes."""
    _draw(ax, _checked(shares), 2.0)
    return ax


@styled
def variance_sheet(shares: pd.DataFrame, result: Result | None = None, *, figure: Canvas | None = None) -> Canvas:
    """Stacked bars of the parts of each outcome's variance.

    ``shares`` has columns outcome, theory, parameters, luck, the last three as shares 0..1 that sum to one or less
    (what is missing stays blank). A row of NaN is an outcome that does not vary. ``result`` names the scenario.

    Raises
    ------
    ValueError
        if a column is missing or there are no rows.
    """
    rows = _checked(shares)
    sheet = page(figure, (8, 1.9 + 0.36 * len(rows)), "What is the spread made of?",
                 scenario_title(result) if result else "", "Share of each outcome's variance over all runs.",
                 caption([result]) if result else "")  # fmt: skip
    entries = [part if part == meaning else f"{part}: {meaning}" for part, meaning in PARTS.items()]
    legend(sheet.figure, dict(zip(entries, VARIANCE_LOOK.values(), strict=True)), sheet.top)
    room = sheet.top - sheet.foot - LEGEND_ROW * len(legend_rows(entries, sheet.wide)) - 0.1
    widest = max(text_width(words.plain(str(name)), LABEL) for name in rows["outcome"])
    label_wide = min(widest + 0.15, 0.36 * sheet.wide)
    left = EDGE + label_wide
    _draw(place(sheet.figure, left, sheet.foot + 0.05, sheet.wide - left - EDGE, room), rows, label_wide)
    return sheet.figure


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
    for number, row in enumerate(rows.to_dict("records")):
        middle, left = number + 0.5, 0.0
        for part in PARTS:
            share = float(row[part])
            if not share > 0:
                continue
            text = words.percent(share)
            fits = text_width(text, SMALL) + 0.1 <= share * wide and step >= line_height(LABEL)
            lines = [text] if fits else []
            box = (left, middle - 0.38, share, 0.76)
            segment(ax, box, VARIANCE_LOOK[part], part, lines, edge=0.6, spacing=None)
            left += share
        if all(math.isnan(float(row[part])) for part in PARTS):
            ax.text(0, middle, " does not vary", va="center", fontsize=SMALL, color=QUIET)
        lines = balanced(words.plain(str(row["outcome"])), label_wide - 0.1, LABEL,
                         lines=2 if step >= 2 * line_height(LABEL) else 1)  # fmt: skip
        ax.annotate("\n".join(lines), (0, middle), (-6, 0), textcoords="offset points", ha="right", va="center",
                    fontsize=LABEL, annotation_clip=False, linespacing=1.05)  # fmt: skip
