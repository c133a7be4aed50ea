"""Quarters on an axis: where they lie, how the axis is labelled, and numbered marks of dated events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.markers import TICKDOWN, MarkerStyle

from triangle_sim.plots.placing import ax_inches, text_width
from triangle_sim.plots.style import LABEL, SMALL
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
    return np.array(xs)


def dated(events: Mapping[str, str] | None, quarters: Sequence[str]) -> list[tuple[float, str, str]]:
    """Position, name and quarter of the events inside the picture's span, in order of time."""
    inside = [(position(quarter), name, quarter) for name, quarter in (events or {}).items()]
    first, last = position(quarters[0]), position(quarters[-1])
    return sorted(event for event in inside if first <= event[0] <= last)


def named(events: Mapping[str, str] | None, quarters: Sequence[str]) -> list[str]:
    """The key to the numbered marks: "1 US election (2024Q4)"."""
    return [
        f"{number} {name} ({quarter})" for number, (_, name, quarter) in enumerate(dated(events, quarters), start=1)
    ]


def clusters(events: Mapping[str, str] | None, quarters: Sequence[str], wide: float) -> list[tuple[float, str]]:
    """Marks as (position, number); numbers too near each other to be read share one label at the first of them."""
    inside = dated(events, quarters)
    scale = wide / max(position(quarters[-1]) - position(quarters[0]), 0.25)
    groups: list[list[tuple[float, int]]] = []
    for number, (x, _, _) in enumerate(inside, start=1):
        if groups and (x - groups[-1][0][0]) * scale < 0.24:
            groups[-1].append((x, number))
        else:
            groups.append([(x, number)])
    return [
        (x, "" if place_ else (str(group[0][1]) if len(group) == 1 else f"{group[0][1]}{DASH}{group[-1][1]}"))
        for group in groups
        for place_, (x, _) in enumerate(group)
    ]
