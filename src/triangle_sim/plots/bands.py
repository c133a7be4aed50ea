"""The bands of a fan and the keys that explain them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from triangle_sim.plots.placing import EDGE, Canvas, ax_inches, keep_apart, line_height, size_of, text_width, write
from triangle_sim.plots.style import LABEL, QUIET, SMALL, shade, tint

Values = npt.NDArray[np.float64]

WIDE, NARROW = ("q05", "q95"), ("q25", "q75")
KEY_TEXT = ("9 in 10 futures", "half of them", "median")


def draw_bands(ax: Axes, xs: Values, bands: Mapping[str, Values], colour: str) -> None:
    """Fill the two bands and draw the median; ``bands`` maps q05, q25, q50, q75, q95 to their values at ``xs``."""
    for (low, high), strength in ((WIDE, 0.30), (NARROW, 0.65)):
        ax.fill_between(xs, bands[low], bands[high], color=tint(colour, strength), linewidth=0, label=f"{low}-{high}")
    ax.plot(xs, bands["q50"], color=shade(colour, 0.45), linewidth=2, label="q50", solid_capstyle="butt")


def label_bands(ax: Axes, bands: Mapping[str, Values]) -> None:
    """Name the bands at their right-hand ends, upper edges, moved apart where they would overlap."""
    bottom, top = ax.get_ylim()
    gap = line_height(LABEL) / ax_inches(ax)[1] * (top - bottom)
    wanted = [float(np.nan_to_num(bands[column][-1])) for column in ("q95", "q75", "q50")]
    for text, y in zip(KEY_TEXT, keep_apart([wanted[0], wanted[1], wanted[2]], gap, bottom, top), strict=True):
        ax.annotate(text, (1, y), (5, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
                    fontsize=LABEL, va="center", fontweight="bold" if text == "median" else "normal")  # fmt: skip


def example(ax: Axes) -> None:
    """A worked example of the bands, labelled, in place of a legend in every panel."""
    ax.set_axis_off()
    xs = np.linspace(0, 1, 30)
    width = np.sqrt(xs)
    bands = {column: 0.5 + offset * width for column, offset in
             (("q05", -0.45), ("q25", -0.2), ("q50", 0.0), ("q75", 0.2), ("q95", 0.45))}  # fmt: skip
    draw_bands(ax, xs, bands, "#808080")
    ax.set_xlim(0, ax_inches(ax)[0] / max(ax_inches(ax)[0] - text_width(KEY_TEXT[0], SMALL) - 0.1, 0.3))
    ax.set_ylim(0, 1)
    gap = line_height(SMALL) / ax_inches(ax)[1]
    for text, y in zip(KEY_TEXT, keep_apart([0.9, 0.68, 0.5], gap, 0, 1), strict=True):
        ax.annotate(text, (1, y), (4, 0), textcoords="offset points", fontsize=SMALL, va="center",
                    fontweight="bold" if text == "median" else "normal")  # fmt: skip
    ax.text(0, 1.0, "How to read", fontsize=SMALL, color=QUIET, va="bottom")


def key_line(canvas: Canvas, y: float) -> None:
    """The same key in one line at height ``y`` inches."""
    x = EDGE
    for text, strength, thick in zip(KEY_TEXT, (0.30, 0.65, 0.0), (0.13, 0.13, 0.03), strict=True):
        colour = tint("#808080", strength) if strength else shade("#808080", 0.45)
        wide, high = size_of(canvas)
        patch = Rectangle((x / wide, (y - thick / 2) / high), 0.28 / wide, thick / high, facecolor=colour, linewidth=0,
                          transform=canvas.transSubfigure)  # fmt: skip
        canvas.add_artist(patch)
        write(canvas, x + 0.34, y, text, SMALL, va="center")
        x += 0.34 + text_width(text, SMALL) + 0.25
