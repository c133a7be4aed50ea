"""Placing things so that nothing overlaps or is cut off: margins in inches, measured text, spread labels, calendars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.markers import TICKDOWN, MarkerStyle
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path

from triangle_sim.plots.style import BODY, INK, LABEL, QUIET, SMALL, TITLE, Look, line_on
from triangle_sim.quarters import Quarter

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


@lru_cache(maxsize=1024)
def _step(character: str, bold: bool) -> float:
    """How far a character moves the pen, in inches a point of size."""
    return (text_width(f"|{character}|", 100.0, bold) - text_width("||", 100.0, bold)) / 100.0


def fits(text: str, inches: float, size: float, bold: bool = False) -> bool:
    """Whether one line is no wider than ``inches``. Only what is near that is measured; a sum of steps tells the rest.

    The sum leaves out how letters are moved towards each other, a few per cent at the most.
    """
    about = size * sum(_step(character, bold) for character in text)
    return about < 0.93 * inches or (about < 1.2 * inches and text_width(text, size, bold) <= inches)


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
        line = rest.pop(0)
        while rest and fits(f"{line} {rest[0]}", inches, size, bold):
            line = f"{line} {rest.pop(0)}"
        if len(done) == lines - 1 and rest:
            return [*done, shorten(f"{line} {rest[0]}", inches, size, bold, cut=True)]
        done.append(shorten(line, inches, size, bold))
    return done


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
    if not cut and fits(text, inches, size, bold):
        return text
    while text and not fits(text + "…", inches, size, bold):
        text = text[:-1]
    return text.rstrip(" ,;·") + "…"


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
    canvas.add_artist(Rectangle(corner, *size, facecolor=style.colour, hatch=style.hatch, linewidth=0.5,
                                edgecolor=line_on(style.colour), transform=canvas.transSubfigure))  # fmt: skip


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


def heading(canvas: Canvas, title: str, subtitle: str = "") -> float:
    """Write the title (a question) and what it is about at the top; returns the height used, in inches."""
    wide, high = size_of(canvas)
    top = high - EDGE
    for text, size, bold, colour in ((title, TITLE, True, INK), (subtitle, BODY, False, QUIET)):
        for line in wrap(text, wide - 2 * EDGE, size, bold, lines=2):
            write(canvas, EDGE, top, line, size, bold=bold, colour=colour, va="top")
            top -= line_height(size)
        top -= 0.03
    return high - top


def footer(canvas: Canvas, *paragraphs: str) -> float:
    """Write paragraphs at the foot, the last one lowest; returns the height used, in inches."""
    wide, _ = size_of(canvas)
    bottom = EDGE * 0.7
    for text in reversed([text for text in paragraphs if text]):
        for line in reversed(wrap(text, wide - 2 * EDGE, SMALL, lines=3)):
            write(canvas, EDGE, bottom, line, SMALL, colour=QUIET, va="bottom")
            bottom += line_height(SMALL)
    return bottom + 0.05


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
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


def position(quarter: str) -> float:
    """A quarter as a calendar position in years: "2024Q3" is 2024.5.

    Raises
    ------
    ValueError
        if it is not of that form.
    """
    parsed = Quarter.parse(quarter)
    return parsed.year + (parsed.number - 1) / 4


def calendar_axis(ax: Axes, quarters: Sequence[str], labelled: bool = True) -> None:
    """Label the x axis of ``ax`` with quarters where there is room for each, else with years at their first quarter."""
    xs = [position(quarter) for quarter in quarters]
    first, last = min(xs), max(xs)
    ax.set_xlim((first, last) if last > first else (first - 0.25, first + 0.25))
    ax.spines[["top", "right"]].set_visible(False)
    wide = ax_inches(ax)[0]
    size = SMALL if wide < 2.6 else LABEL
    room = (wide + 0.25) / max(len(xs), 1)
    if text_width("2024Q3 ", size) <= room or last == first:
        ticks = [(x, quarter) for x, quarter in zip(xs, quarters, strict=True)]
    else:
        years = range(int(np.ceil(first)), int(np.floor(last)) + 1)
        every = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**6)
                     if len(years) / step * text_width("2024  ", size) <= wide)  # fmt: skip
        ticks = [(float(year), str(year)) for year in years if year % every == 0]
        if len(ticks) < 2:
            ticks = [(first, quarters[xs.index(first)]), (last, quarters[xs.index(last)])]
    ax.set_xticks([x for x, _ in ticks], [label if labelled else "" for _, label in ticks], fontsize=size)
    minor = xs if len(xs) <= 45 else [float(year) for year in range(int(np.ceil(first)), int(last) + 1)]
    # One line of marks for all of them: a tick object each would take a quarter of the time of a sheet of fans.
    between = sorted(set(minor) - {x for x, _ in ticks})
    colour, width = rcParams["xtick.color"], rcParams["xtick.minor.width"]
    ax.add_artist(Line2D(between, [0.0] * len(between), linestyle="none", marker=MarkerStyle(TICKDOWN), markersize=2,
                         color=colour, markeredgewidth=width, transform=ax.get_xaxis_transform(),
                         clip_on=False))  # fmt: skip
