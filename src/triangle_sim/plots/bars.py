"""Stacked bars; and what is the variance made of: which theory is right, what we do not know, or luck?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from triangle_sim.plots import words
from triangle_sim.plots.base import caption, scenario_title, titled
from triangle_sim.plots.placing import Canvas, first_that_fits, inches, line_height, page, text_width, wrap
from triangle_sim.plots.style import LABEL, QUIET, SMALL, VARIANCE_LOOK, Look, ink_on, styled

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

PARTS = {"theory": "which theory is right", "parameters": "numbers nobody knows", "luck": "luck"}


@dataclass(frozen=True)
class Part:
    """A part of a stacked bar: its share of the whole axis, and the texts of which the first that fits is written."""

    name: str
    share: float
    look: Look
    texts: Sequence[str]


@dataclass(frozen=True)
class Bar:
    """A stacked bar: ``whole`` ones have bold labels and are thicker, and a group of bars begins with each."""

    label: str
    parts: Sequence[Part]
    whole: bool = False


def stacked_bars(ax: Axes, bars: Sequence[Bar], label_wide: float) -> None:
    """Bars from the top down, their labels left of the axes in ``label_wide`` inches."""
    wide, high = inches(ax)
    tops = [0.0]
    for bar, following in zip(bars, [*bars[1:], None], strict=True):
        gap = 0 if following is None else 0.22 if following.whole else 0.12
        tops.append(tops[-1] + (0.42 if bar.whole else 0.32) + gap)
    scale = min(high / tops[-1], 1.6)  # inches for a unit
    middles, spare = [], (high / scale - tops[-1]) / 2
    for bar, top in zip(bars, tops, strict=False):
        left, thick = 0.0, 0.42 if bar.whole else 0.32
        middles.append(top + thick / 2)
        for part in bar.parts:
            if not part.share > 0:
                continue
            ax.add_patch(Rectangle((left, top), part.share, thick, **part.look.fill, linewidth=0.8, label=part.name,
                                   clip_on=False))  # fmt: skip
            if text := first_that_fits(part.texts, part.share * wide, thick * scale):
                ax.text(left + part.share / 2, middles[-1], text, ha="center", va="center", fontsize=SMALL,
                        linespacing=1.15, color=ink_on(part.look.colour),
                        bbox={"facecolor": part.look.colour, "edgecolor": "none", "pad": 1.0})  # fmt: skip
            left += part.share
        if not left:
            ax.text(0, middles[-1], " does not vary", va="center", fontsize=SMALL, color=QUIET)
    lines = 2 if 0.44 * scale >= 2 * line_height(LABEL) else 1
    ax.set_yticks(middles, [wrap(bar.label, label_wide - 0.1, LABEL, bar.whole, lines) for bar in bars])
    for label, bar in zip(ax.get_yticklabels(), bars, strict=True):
        label.set_fontweight("bold" if bar.whole else "normal")
    ax.set(xlim=(0, 1), ylim=(tops[-1] + spare, -spare))
    ax.tick_params(axis="y", length=0, pad=6)
    ax.xaxis.set_visible(False)
    ax.spines[:].set_visible(False)


@styled
def variance_sheet(shares: pd.DataFrame, result: Result | None = None, *, figure: Canvas | None = None,
                   ax: Axes | None = None) -> Any:  # fmt: skip
    """Stacked bars of the parts of each outcome's variance.

    ``shares`` has columns outcome, theory, parameters, luck, the last three as shares 0..1 that sum to one or less
    (what is missing stays blank). A row of NaN is an outcome that does not vary. ``result`` names the scenario.
    With ``ax``, the bars are drawn there, and the axes returned.

    Raises
    ------
    ValueError
        if a column is missing or there are no rows.
    """
    bars = _bars(shares)
    if ax is not None:
        stacked_bars(ax, bars, 0.35 * inches(ax)[0])
        return titled(ax, "What is the spread made of?")
    sheet = page(figure, (8, 1.9 + 0.36 * len(bars)), "What is the spread made of?",
                 scenario_title(result) if result else "", "Share of each outcome's variance over all runs.",
                 caption([result]) if result else "")  # fmt: skip
    entries = [part if part == meaning else f"{part}: {meaning}" for part, meaning in PARTS.items()]
    sheet.legend([Patch(label=entry, **VARIANCE_LOOK[part].fill) for part, entry in zip(PARTS, entries, strict=True)],
                 at_top=True)  # fmt: skip
    label_wide = min(max(text_width(bar.label, LABEL) for bar in bars) + 0.15, 0.36 * sheet.wide)
    (panel,) = sheet.axes(left=label_wide, top=0.05, bottom=0.05)
    stacked_bars(panel, bars, label_wide)
    return sheet.figure


def _bars(shares: pd.DataFrame) -> list[Bar]:
    missing = [name for name in ("outcome", *PARTS) if name not in shares.columns]
    if missing:
        present = ", ".join(map(str, shares.columns))
        raise ValueError(f"the frame of shares lacks {', '.join(missing)}; it has {present}")
    if shares.empty:
        raise ValueError("no outcomes to draw: the frame is empty")
    return [
        Bar(words.plain(str(row["outcome"])),
            [Part(name, float(row[name]), VARIANCE_LOOK[name], [words.percent(float(row[name]))]) for name in PARTS])
        for row in shares.to_dict("records")
    ]  # fmt: skip
