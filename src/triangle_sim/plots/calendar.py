"""Quarters on an axis: where they lie, how the axis is labelled, and numbered marks of dated events."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.markers import TICKDOWN, MarkerStyle
from matplotlib.ticker import MaxNLocator

from triangle_sim.plots.placing import inches, text_width
from triangle_sim.plots.style import INK, LABEL, QUIET, SMALL
from triangle_sim.plots.words import DASH
from triangle_sim.quarters import Quarter


def position(quarter: str) -> float:
    """A quarter as a calendar position in years: "2024Q3" is 2024.5.

    Raises
    ------
    ValueError
        if it is not of that form.
    """
    parsed = Quarter.parse(quarter)
    return parsed.year + (parsed.number - 1) / 4


def calendar_axis(ax: Axes, quarters: Sequence[str], labelled: bool = True) -> npt.NDArray[np.float64]:
    """Label the x axis of ``ax`` with quarters where there is room for each, else with years at their first quarter.

    Returns the quarters' positions ``(quarters,)``.
    """
    xs = np.array([position(quarter) for quarter in quarters])
    ax.set_xlim(xs[0], xs[-1])
    ax.spines[["top", "right"]].set_visible(False)
    wide = inches(ax)[0]
    room = int(wide / text_width("2024Q3 ", LABEL)) + 1
    if len(xs) <= room:
        ax.set_xticks(xs, quarters)
    elif xs[-1] - xs[0] < 2:
        every = math.ceil((len(xs) - 1) * text_width("2024Q3 ", LABEL) / wide)
        ax.set_xticks(xs[::every], quarters[::every])
    else:
        ax.xaxis.set_major_locator(
            MaxNLocator(int(wide / text_width("2024  ", LABEL)) or 1, steps=[1, 2, 5, 10], integer=True)
        )
    ax.tick_params(axis="x", labelbottom=labelled)
    if len(xs) <= 45:  # one line of marks for all quarters: a tick object each would take far longer to draw
        ax.plot(xs, 0 * xs, color=QUIET, linestyle="none", marker=MarkerStyle(TICKDOWN), markersize=2,
                markeredgewidth=0.6, transform=ax.get_xaxis_transform(), clip_on=False)  # fmt: skip
    return xs


def dated(events: Mapping[str, str] | None, quarters: Sequence[str]) -> list[tuple[float, str]]:
    """Position and name, "US election (2024Q4)", of the events inside the picture's span, in order of time."""
    inside = [(position(quarter), f"{name} ({quarter})") for name, quarter in (events or {}).items()]
    return sorted(event for event in inside if position(quarters[0]) <= event[0] <= position(quarters[-1]))


def key_to(events: Sequence[tuple[float, str]]) -> str:
    """The key to the numbered marks: "1 US election (2024Q4); 2 ..."."""
    return "; ".join(f"{number} {name}" for number, (_, name) in enumerate(events, start=1))


def mark(ax: Axes, events: Sequence[tuple[float, str]]) -> None:
    """A numbered line at each event; numbers too near each other to be read share one label at the first of them."""
    first, last = ax.get_xlim()
    near = (0.42 if len(events) > 9 else 0.24) * (last - first) / inches(ax)[0]
    shared: list[tuple[float, int, int]] = []  # position, first and last number
    for number, (x, _) in enumerate(events, start=1):
        ax.axvline(x, color=QUIET, linewidth=0.8, linestyle=(0, (1, 2)), zorder=1.5)
        if shared and x - shared[-1][0] < near:
            shared[-1] = (*shared[-1][:2], number)
        else:
            shared.append((x, number, number))
    for x, one, other in shared:
        ax.annotate(f"{one}" if one == other else f"{one}{DASH}{other}", (x, 1), (0, 3), ha="center", fontsize=SMALL,
                    xycoords=("data", "axes fraction"), textcoords="offset points", color=INK)  # fmt: skip
