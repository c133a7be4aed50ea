"""Placing things so that nothing overlaps or is cut off: margins in inches, measured text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path

from triangle_sim.plots.style import BODY, INK, LABEL, QUIET, SMALL, TITLE, Look, ink_on

Canvas = Figure | SubFigure

EDGE = 0.15  # inches kept free at every edge of a figure
SWATCH = 0.36  # width of a legend's patch with the space after it
LEGEND_ROW = 0.26
LINE = 1.25  # height of a line of text in units of its size


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width of one line in inches, in the font of the style; 3 % too wide, for pixels that round up."""
    font = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return 1.03 * float(width) / 72


def line_height(size: float) -> float:
    """Height of a line of text in inches."""
    return size * LINE / 72


def wrap(text: str, inches: float, size: float, bold: bool = False, lines: int = 9) -> list[str]:
    """Break ``text`` at spaces into lines no wider than ``inches``; past ``lines`` it ends in an ellipsis.

    A single word wider than the line is cut.
    """
    done: list[str] = []
    rest = [word for word in text.replace("\n", " ").split(" ") if word]  # a no-break space does not break
    while rest:
        fit = max(1, _fitting([" ".join(rest[: end + 1]) for end in range(len(rest))], inches, size, bold))
        line, rest = " ".join(rest[:fit]), rest[fit:]
        if len(done) == lines - 1 and rest:
            return [*done, shorten(f"{line} {rest[0]}", inches, size, bold, cut=True)]
        done.append(shorten(line, inches, size, bold))
    return done


def _fitting(texts: Sequence[str], inches: float, size: float, bold: bool) -> int:
    """How many of ``texts``, each longer than the one before, are no wider than ``inches``; few are measured."""
    return bisect_right(texts, inches, key=lambda text: text_width(text, size, bold))


def balanced(text: str, inches: float, size: float, bold: bool = False, lines: int = 9) -> list[str]:
    """Like :func:`wrap`, with lines of about equal length: no single word is left on the last line."""
    best = wrap(text, inches, size, bold, lines)
    if len(best) == 1 or best[-1].endswith("…"):
        return best
    for share in np.arange(0.95, 0.4, -0.05):
        narrower = wrap(text, inches * float(share), size, bold, lines)
        if len(narrower) > len(best) or any(line.endswith("…") for line in narrower):
            break
        best = narrower
    return best


def shorten(text: str, inches: float, size: float, bold: bool = False, cut: bool = False) -> str:
    """``text`` if it fits into ``inches`` (and ``cut`` is not asked for), else its beginning and an ellipsis."""
    if not cut and text_width(text, size, bold) <= inches:
        return text
    fit = _fitting([f"{text[:end]}…" for end in range(1, len(text) + 1)], inches, size, bold)
    return text[:fit].rstrip(" ,;·") + "…"


def size_of(canvas: Canvas) -> tuple[float, float]:
    """Width and height in inches of a figure or subfigure."""
    box, dpi = canvas.bbox, canvas.figure.dpi
    return box.width / dpi, box.height / dpi


def ax_inches(ax: Axes) -> tuple[float, float]:
    """Width and height in inches of the plotting area."""
    box, dpi = ax.get_window_extent(), ax.figure.figure.dpi
    return box.width / dpi, box.height / dpi


def place(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> Axes:
    """Axes at a place given in inches from the lower left corner of the canvas."""
    wide, high = size_of(canvas)
    return canvas.add_axes((left / wide, bottom / high, max(width, 0.1) / wide, max(height, 0.1) / high))


def write(canvas: Canvas, x: float, y: float, text: str, size: float, *, colour: str = INK, bold: bool = False,
          ha: str = "left", va: str = "baseline") -> None:  # fmt: skip
    """Text at a place given in inches from the lower left corner of the canvas."""
    wide, high = size_of(canvas)
    weight = "bold" if bold else "normal"
    canvas.text(x / wide, y / high, text, fontsize=size, color=colour, fontweight=weight, ha=ha, va=va)


def swatch(canvas: Canvas, x: float, y: float, style: Look) -> None:
    """A legend's patch, its left edge at ``x`` and its middle at ``y`` (inches), SWATCH wide."""
    wide, high = size_of(canvas)
    corner, size = (x / wide, (y - 0.08) / high), ((SWATCH - 0.08) / wide, 0.16 / high)
    canvas.add_artist(Rectangle(corner, *size, **style.fill, linewidth=0.5, transform=canvas.transSubfigure))


def segment(ax: Axes, box: tuple[float, float, float, float], style: Look, name: str, lines: Sequence[str], *,
            edge: float = 0.8, spacing: float | None = 1.15) -> None:  # fmt: skip
    """A part of a stacked bar: ``box`` is left, bottom, width, height in data units; text hides the hatch under it."""
    left, bottom, width, height = box
    ax.add_patch(Rectangle((left, bottom), width, height, **style.fill, linewidth=edge, label=name, clip_on=False))
    if lines:
        ax.text(left + width / 2, bottom + height / 2, "\n".join(lines), ha="center", va="center", fontsize=SMALL,
                linespacing=spacing, color=ink_on(style.colour),
                bbox={"facecolor": style.colour, "edgecolor": "none", "pad": 1.0})  # fmt: skip


def legend_rows(names: Sequence[str], wide: float) -> list[list[tuple[float, int]]]:
    """Legend entries as (x in inches, index), broken into rows that fit the width."""
    rows: list[list[tuple[float, int]]] = [[]]
    x = EDGE
    for index, name in enumerate(names):
        entry = SWATCH + text_width(name, LABEL) + 0.25
        if rows[-1] and x + entry > wide - EDGE:
            rows.append([])
            x = EDGE
        rows[-1].append((x, index))
        x += entry
    return rows


def legend(canvas: Canvas, entries: Mapping[str, Look], top: float) -> None:
    """A legend in as many rows of LEGEND_ROW inches as it needs, from ``top`` (inches) down."""
    names = list(entries)
    for number, row in enumerate(legend_rows(names, size_of(canvas)[0])):
        y = top - (number + 0.5) * LEGEND_ROW
        for x, index in row:
            swatch(canvas, x, y, entries[names[index]])
            write(canvas, x + SWATCH, y, names[index], LABEL, va="center")


@dataclass(frozen=True)
class Page:
    """A figure whose heading and footer are written: what is between ``foot`` and ``top`` (inches) is free."""

    figure: Canvas
    wide: float
    foot: float
    top: float


def page(figure: Canvas | None, size: tuple[float, float], title: str, subtitle: str, *notes: str) -> Page:
    """Write the title (a question) and what it is about at the top, and the notes at the foot, the last one lowest.

    ``figure`` is drawn into if given; otherwise one of ``size`` inches is made.
    """
    figure = Figure(figsize=size) if figure is None else figure
    wide, high = size_of(figure)
    top, foot = high - EDGE, 0.7 * EDGE
    for text, points, bold, colour in ((title, TITLE, True, INK), (subtitle, BODY, False, QUIET)):
        for line in wrap(text, wide - 2 * EDGE, points, bold, lines=2):
            write(figure, EDGE, top, line, points, bold=bold, colour=colour, va="top")
            top -= line_height(points)
        top -= 0.03
    for text in reversed(notes):
        for line in reversed(wrap(text, wide - 2 * EDGE, SMALL, lines=3)):
            write(figure, EDGE, foot, line, SMALL, colour=QUIET, va="bottom")
            foot += line_height(SMALL)
    return Page(figure, wide, foot + 0.05, top)


def keep_apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions nearest the ``wanted`` ones (least squares) that keep order, ``gap`` apart, and stay in [low, high].

    Where they cannot all fit, they are set evenly over the range.
    """
    count = len(wanted)
    if count == 0:
        return []
    gap = min(gap, (high - low) / max(count - 1, 1))
    order = sorted(range(count), key=lambda index: (wanted[index], index))
    # Pool adjacent violators: blocks of touching labels sit about the mean of what their members want.
    blocks: list[tuple[float, int]] = []
    for place_, index in enumerate(order):
        mean, number = wanted[index] - place_ * gap, 1
        while blocks and blocks[-1][0] > mean:
            before, size = blocks.pop()
            mean, number = (before * size + mean * number) / (size + number), size + number
        blocks.append((mean, number))
    levels = [mean for mean, number in blocks for _ in range(number)]
    positions = [0.0] * count
    for place_, index in enumerate(order):
        positions[index] = min(max(levels[place_], low), high - (count - 1) * gap) + place_ * gap
    return positions
