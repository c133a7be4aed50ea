"""How does it go with a number that nobody knows? Outcomes as one number of a scenario varies, or two."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from triangle_sim.analysis.drivers.words import parameter
from triangle_sim.names import counted
from triangle_sim.plots import words
from triangle_sim.plots.base import DISCLAIMER
from triangle_sim.plots.placing import EDGE, Canvas, inches, line_height, page, wrap
from triangle_sim.plots.style import BODY, INK, LABEL, QUIET, SMALL, VERMILLION, mixed, styled, theory_looks
from triangle_sim.wording import in_words

if TYPE_CHECKING:
    from triangle_sim.analysis.drivers.sweep import Sweep
    from triangle_sim.analysis.drivers.target import Target


@styled
def sweep_sheet(found: Sweep, *, figure: Canvas | None = None) -> Canvas:
    """One panel an outcome, a line a theory with its 95 % band over draws; the threshold drawn, its crossing marked.

    Of two keys: one panel an outcome and theory, the level as a shade, the threshold as a line.
    """
    panels: list[tuple[Target, str | None]] = [(target, None) for target in found.targets]
    if len(found.values) == 2:
        panels = [(target, theory) for target in found.targets for theory in found.theories]
    columns = min(2, len(panels))
    rows = math.ceil(len(panels) / columns)
    keys = list(found.values)
    sheet = page(figure, (4.6 * columns + 0.8, 1.5 + 3.0 * rows), f"What if {' and '.join(map(_key, keys))} differed?",
                 found.scenario.title or found.scenario.name, _note(found), _caption(found))  # fmt: skip
    if len(keys) == 1:
        handles = [Line2D([], [], color=look.colour, linestyle=look.line, linewidth=2, label=words.theory(theory))
                   for theory, look in theory_looks(found.theories).items()]  # fmt: skip
        sheet.legend(handles, at_top=True)
    wide = (sheet.wide - 2 * EDGE) / columns - 0.3
    titles = [target.question + (f" {words.theory(theory)}" if theory else "") for target, theory in panels]
    titles = [wrap(title, wide, BODY, bold=True, lines=2) for title in titles]
    above = 2 * line_height(BODY) + 0.1
    right = 0.75 if len(keys) == 2 else 0.1
    axes = sheet.axes(rows, columns, left=0.6, right=right, top=above, bottom=0.45, apart=(0.85 + right, above + 0.55))
    for ax, title, (target, theory) in zip(axes, titles, panels, strict=False):
        if theory is None:
            _lines(ax, found, target)
        else:
            _shades(ax, found, target, theory)
        ax.set_title(title, x=-0.55 / inches(ax)[0])
        ax.set_xlabel(_key(keys[0]), fontsize=LABEL)
    for ax in axes[len(panels) :]:
        ax.set_axis_off()
    return sheet.figure


def _lines(ax: Axes, found: Sweep, target: Target) -> None:
    (key,) = found.values
    frame = found.frame()
    crossings = {each.theory: each for each in found.crossings() if each.outcome == target.column}
    top = 0.0
    spread = float(frame[frame.outcome == target.column].high.max()) / 60  # bars of several theories lie side by side
    for number, (theory, look) in enumerate(theory_looks(found.theories).items()):
        colour, dash = look.colour, look.line
        rows = frame[(frame.outcome == target.column) & (frame.theory == theory)]
        ax.fill_between(rows[key], rows.low, rows.high, color=mixed(colour, 0.75), linewidth=0, zorder=1)
        for edge in (rows.low, rows.high):
            ax.plot(rows[key], edge, color=mixed(colour, 0.4), linestyle=dash, linewidth=0.8, zorder=2)
        ax.plot(rows[key], rows.value, color=colour, linestyle=dash, linewidth=2, zorder=3)
        top = max(top, float(rows.high.max()))
        here = crossings.get(theory)
        if here is not None and here.at == here.at:
            beside = here.threshold + spread * (number - (len(found.theories) - 1) / 2)
            ax.plot([here.low, here.high], [beside] * 2, color=colour, linewidth=3, zorder=3,
                    solid_capstyle="butt")  # fmt: skip
            ax.plot([here.at], [here.threshold], "o", color="white", markeredgecolor=colour, markersize=7, zorder=4)
    level = found.threshold_of(target)
    if level is not None:
        ax.axhline(level, color=QUIET, linewidth=1, linestyle=":", zorder=2)
        text = f"{100 * level:g} %" if target.share else f"{level:g}"
        mine = frame[frame.outcome == target.column]
        apart = (mine.value - level).abs().groupby(mine[key]).min()
        right = bool(apart.iloc[-1] >= apart.iloc[0])  # the label lies where the lines are far from it
        side = "right" if right else "left"
        ax.annotate(text, (float(right), level), (-2 if right else 2, 3), xycoords=("axes fraction", "data"),
                    textcoords="offset points", ha=side, fontsize=SMALL, color=QUIET)  # fmt: skip
    if target.share:
        ax.set_ylim(0, min(1.0, 1.08 * max(top, level or 0.0)))
        ax.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol=" %"))
    xs = found.values[key]
    ax.set_xlim(xs[0], xs[-1])


def _shades(ax: Axes, found: Sweep, target: Target, theory: str) -> None:
    xs, ys = (np.asarray(each) for each in found.values.values())
    grid = np.nanmean(found.means[target.column][..., found.theory == theory], axis=2).T
    high = 1.0 if target.share else float(np.nanmax(grid))
    low = 0.0 if target.share else float(np.nanmin(grid))
    shade = ax.pcolormesh(xs, ys, grid, cmap="Blues", shading="nearest", vmin=low, vmax=high)
    for row, y in enumerate(ys):
        for column, x in enumerate(xs):
            value = grid[row, column]
            dark = value > low + 0.55 * (high - low)
            if grid.shape[1] <= 7:
                ax.text(x, y, f"{100 * value:.0f}" if target.share else f"{value:.2g}", ha="center", va="center",
                        fontsize=SMALL, color="white" if dark else INK)  # fmt: skip
    level = found.threshold_of(target)
    if level is not None and grid.min() < level < grid.max():
        ax.contour(xs, ys, grid, levels=[level], colors=[VERMILLION], linewidths=2)
    ax.set_ylabel(_key(list(found.values)[1]), fontsize=LABEL)
    bar = ax.figure.colorbar(shade, ax=ax, fraction=0.05, pad=0.03)
    bar.outline.set_visible(False)
    if target.share:
        bar.ax.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol=" %"))


def _key(key: str) -> str:
    """A key as a label: ``events.trump_elected.probability`` is "the odds of trump elected"."""
    head, *rest = key.split(".")
    if head == "events" and rest[-1] in ("probability", "hazard"):
        return f"the {'odds' if rest[-1] == 'probability' else 'hazard'} of '{rest[0].replace('_', ' ')}'"
    name = key.removeprefix("pin.").removeprefix("environment.").removeprefix("state.").removeprefix("parameters.")
    return parameter(name) if "." in name.partition("[")[0] else in_words(name)


def _note(found: Sweep) -> str:
    if len(found.values) == 2:
        levels = {level for target in found.targets if (level := found.threshold_of(target)) is not None}
        line = f" Orange line: {levels.pop():g}, where it lies within the range." if levels else ""
        return f"Shade and numbers: mean over draws, shares in per cent.{line}"
    marked = (
        "; ring and bar: where it crosses the dotted threshold, with its 95 % interval" if found.crossings() else ""
    )
    return f"Bands: 95 % over draws, the same worlds at every value{marked}."


def _caption(found: Sweep) -> str:
    from triangle_sim.montecarlo.versions import version

    size = f"{counted(found.theory.size, 'draw')} {words.TIMES} {counted(found.replicates, 'replicate')}"
    return f"scenario {found.scenario.name} · {size}, seed {found.seed} · triangle_sim {version()} · {DISCLAIMER}"
