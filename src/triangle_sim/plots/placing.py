"""Placing things so that nothing overlaps or is cut off: a page with its heading and notes, measured text."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from triangle_sim.plots.style import BODY, INK, QUIET, SMALL, TITLE

Canvas = Figure | SubFigure

EDGE = 0.15  # inches kept free at every edge of a figure


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width of one line in inches, in the font of the style; 3 % too wide, for pixels that round up."""
    font = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return 1.03 * float(width) / 72


def line_height(size: float) -> float:
    """Height of a line of text in inches."""
    return size * 1.25 / 72


@lru_cache(maxsize=1024)
def wrap(text: str, inches: float, size: float, bold: bool = False, lines: int = 9) -> str:
    """``text`` in lines of about equal length, none wider than ``inches``; past ``lines`` it ends in an ellipsis."""
    rows = [text]
    guess = len(text) * inches / max(text_width(text, size, bold), 0.1)  # letters a line, if all were equally wide
    for letters in range(int(1.3 * guess) + 1, 0, -1):
        narrower = textwrap.wrap(text, letters, max_lines=lines, placeholder="…")
        fits = all(text_width(row, size, bold) <= inches for row in rows)
        if fits and (len(narrower) > len(rows) or "…" in "".join(narrower)):
            break
        rows = narrower
    return "\n".join(rows)


def first_that_fits(texts: Sequence[str], wide: float, high: float, size: float = SMALL) -> str:
    """The first of ``texts``, broken into lines or not, that fits into a box of so many inches; none if none does."""
    for text in texts:
        rows = text.split("\n")
        if len(rows) * line_height(size) <= high and all(text_width(row, size) + 0.08 <= wide for row in rows):
            return text
    return ""


def keep_apart(wanted: npt.ArrayLike, gap: float, low: float, high: float) -> list[float]:
    """Positions near the ``wanted`` ones that keep their order, are ``gap`` apart and stay in [low, high].

    Where they cannot all fit, they are set evenly over the range.
    """
    wanted = np.asarray(wanted, float)
    order = np.argsort(wanted, kind="stable")
    room = np.arange(len(order)) * min(gap, (high - low) / max(len(order) - 1, 1))
    free = wanted[order] - room
    # Half-way between pushing whatever is too near up, and pushing it down.
    middle = (np.maximum.accumulate(free) + np.minimum.accumulate(free[::-1])[::-1]) / 2
    places = np.empty(len(order))
    places[order] = np.clip(middle, low, high - room[-1:].sum()) + room
    return [float(place) for place in places]


def inches(area: Canvas | Axes) -> tuple[float, float]:
    """Width and height in inches of a figure, a subfigure or a plotting area."""
    box, dpi = area.get_window_extent(), area.figure.figure.dpi
    return box.width / dpi, box.height / dpi


@dataclass
class Page:
    """A figure whose heading and notes are written: what is between ``foot`` and ``top`` (inches) is free."""

    figure: Canvas
    wide: float
    high: float
    foot: float
    top: float

    def legend(self, handles: Sequence[Artist], at_top: bool = False, **options: Any) -> None:
        """A legend at the top or foot of what is free, in as few rows as the width allows; takes that room away."""
        room, corner = self.wide - 2 * EDGE, (EDGE / self.wide, (self.top if at_top else self.foot) / self.high)
        options = {
            "borderpad": 0.3,
            "handleheight": 1.2,
            "borderaxespad": 0,
            "columnspacing": 1.5,
            "handletextpad": 0.6,
        } | options
        for columns in range(len(handles), 0, -1):
            legend = self.figure.legend(handles=handles, loc="upper left" if at_top else "lower left", ncols=columns,
                                        bbox_to_anchor=corner, **options)  # fmt: skip
            box = legend.get_window_extent()
            if box.width <= room * self.figure.figure.dpi or columns == 1:
                break
            legend.remove()
        tall = box.height / self.figure.figure.dpi
        self.top, self.foot = self.top - tall * at_top, self.foot + tall * (not at_top)

    def axes(self, rows: int = 1, columns: int = 1, *, left: float = 0.0, right: float = 0.0, top: float = 0.0,
             bottom: float = 0.0, apart: tuple[float, float] = (0.0, 0.0), **options: Any) -> list[Axes]:  # fmt: skip
        """Axes in rows and columns, row by row, over what is free but for margins and gaps (across, down) in inches."""
        wide, high = self.wide - 2 * EDGE - left - right, self.top - self.foot - top - bottom
        grid = self.figure.add_gridspec(
            rows, columns, left=(EDGE + left) / self.wide, right=(EDGE + left + wide) / self.wide,
            bottom=(self.foot + bottom) / self.high, top=(self.top - top) / self.high,
            wspace=apart[0] * columns / (wide - apart[0] * (columns - 1)),
            hspace=apart[1] * rows / (high - apart[1] * (rows - 1)), **options)  # fmt: skip
        return [ax for row in grid.subplots(squeeze=False) for ax in row]


def page(figure: Canvas | None, size: tuple[float, float], title: str, subtitle: str, *notes: str) -> Page:
    """Write the title (a question) and what it is about at the top, and the notes at the foot, the last one lowest.

    ``figure`` is drawn into if given; otherwise one of ``size`` inches is made.
    """
    figure = Figure(figsize=size) if figure is None else figure
    wide, high = inches(figure)
    sheet = Page(figure, wide, high, EDGE, high - EDGE)
    for text, points, weight, colour in ((title, TITLE, "bold", INK), (subtitle, BODY, "normal", QUIET)):
        text = wrap(text, wide - 2 * EDGE, points, weight == "bold", lines=2)
        figure.text(EDGE / wide, sheet.top / high, text, fontsize=points, fontweight=weight, color=colour, va="top")
        sheet.top -= (text.count("\n") + 1) * line_height(points) + 0.03
    foot = "\n".join(wrap(note, wide - 2 * EDGE, SMALL, lines=3) for note in notes if note)
    figure.text(EDGE / wide, sheet.foot / high, foot, fontsize=SMALL, color=QUIET, va="bottom")
    sheet.foot += (foot.count("\n") + 1) * line_height(SMALL) + 0.05
    return sheet
