"""Does the model meet the record? Ten ties as bands with the coded values on them, and a calendar of events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from triangle_sim.montecarlo.versions import version
from triangle_sim.names import counted
from triangle_sim.plots import words
from triangle_sim.plots.base import DISCLAIMER
from triangle_sim.plots.placing import Canvas, inches, page, text_width
from triangle_sim.plots.style import BLUE, INK, LABEL, ORANGE, QUIET, RULE, SMALL, VERMILLION, ink_on, mixed, styled
from triangle_sim.record.play import EVENTS
from triangle_sim.wording import capital

if TYPE_CHECKING:
    import pandas as pd

    from triangle_sim.record.comparison import Hindcast

BANDS = {("q05", "q95"): mixed(BLUE, 0.75), ("q25", "q75"): mixed(BLUE, 0.45)}
"""The quantiles of a band, and its colour."""

SHADES = LinearSegmentedColormap.from_list("chance", ["#FFFFFF", mixed(ORANGE, 0.45), ORANGE])
"""From never to always. Orange, so that no event is taken for a band of a tie."""

START: dict[str, Any] = {"color": QUIET, "linewidth": 1, "linestyle": (0, (1, 2)), "zorder": 1.5}
"""The line after which years are scored."""

COLUMNS = 5
ROW = 0.235  # inches of a row of the calendar


@styled
def hindcast(found: Hindcast, *, figure: Canvas | None = None) -> Canvas:
    """One picture of a hindcast; ``figure`` may be of any size from 9 x 8 inches."""
    table = found.predicted()
    years, events = found.played.years, found.played.events
    rows = -(-len(found.played.dyads) // COLUMNS)
    sheet = page(
        figure,
        (10, 4.9 + 1.05 * rows + ROW * len(events)),
        f"Does the model meet the record of {years[0]}{words.DASH}{years[-1]}?",
        found.scenario.title or words.plain(found.scenario.name),
        *_notes(found),
    )
    sheet.legend(_key(), at_top=True)
    calendar = ROW * len(events) + 0.62  # its rows, its title and its years
    indent = max(text_width(EVENTS[name], LABEL) for name in events) + 0.1
    panels = sheet.axes(rows, COLUMNS, left=0.55, right=0.08, top=0.42, bottom=calendar + 0.35, apart=(0.14, 0.5))
    for number, (ax, dyad) in enumerate(zip(panels, found.played.dyads, strict=False)):
        _panel(ax, table[table["dyad"] == dyad], dyad, found)
        ax.tick_params(axis="y", labelleft=number % COLUMNS == 0)
        ax.tick_params(axis="x", labelbottom=number + COLUMNS >= len(found.played.dyads))
    for ax in panels[len(found.played.dyads) :]:
        ax.set_axis_off()
    free = sheet.top - sheet.foot
    (below,) = sheet.axes(left=indent, right=0.08, top=free - calendar + 0.3, bottom=0.3)
    _calendar(below, found, indent)
    return sheet.figure


def recipe(found: Hindcast) -> dict[str, str]:
    """What is needed to make the picture again."""
    draws, replicates, seed = found.design
    stated = {"scenario": found.scenario.name, "scenario_sha256": found.scenario.content_hash(), "from": found.origin,
              "draws": draws, "replicates": replicates, "seed": seed, "version": version()}  # fmt: skip
    return {key: str(value) for key, value in stated.items()}


def _key() -> list[Patch | Line2D]:
    wide, half = BANDS.values()
    return [
        Patch(color=wide, label="9 in 10 futures, as a coder would code them"),
        Patch(color=half, label="half of them"),
        Line2D([], [], **_dot(True), label="coded, in the band"),
        Line2D([], [], **_dot(False), label="coded, outside it"),
    ]


def _dot(inside: bool) -> dict[str, Any]:
    look: dict[str, Any] = {"color": INK, "marker": "o", "markersize": 3.6} if inside else {
        "color": VERMILLION, "marker": "D", "markersize": 4.4, "markerfacecolor": "white", "markeredgewidth": 1.4,
    }  # fmt: skip
    return {"linestyle": "none", "zorder": 3, **look}


def _panel(ax: Axes, rows: pd.DataFrame, dyad: str, found: Hindcast) -> None:
    """Bands and coded values of one tie; those that are not scored are paler."""
    years = rows["year"].to_numpy()
    for (low, high), colour in BANDS.items():
        ax.fill_between(years, rows[low], rows[high], color=colour, linewidth=0)
    ax.axhline(0, color=RULE, linewidth=0.8, zorder=1.5)
    scored = years > found.origin
    if found.years[0] > years[0]:
        ax.axvline(found.origin + 0.5, **START)
    inside = rows["coded"].between(rows["q05"], rows["q95"]).to_numpy()
    for within in (True, False):
        for counts in (True, False):
            which = (inside == within) & (scored == counts) & rows["coded"].notna().to_numpy()
            ax.plot(years[which], rows["coded"][which], **_dot(within), alpha=1.0 if counts else 0.35)
    ax.set_xlim(years[0] - 0.5, years[-1] + 0.5)
    ax.set_ylim(-1.04, 1.04)
    ax.set_yticks([-0.9, 0, 0.9], ["hostile", "neutral", "allied"], fontsize=SMALL)
    # Labels at both ends of a panel would run into those of its neighbours.
    inner = found.played.years[1:-1]
    ax.set_xticks([year for year in inner if year % 5 == 0 or len(inner) < 6])
    ax.tick_params(axis="x", labelsize=SMALL)
    one, other = map(capital, dyad.split("-"))
    ax.set_title(f"{one} {words.DASH} {other}", fontsize=SMALL, pad=14)
    column = found.played.dyads.index(dyad)
    missed, walk = (float(np.nanmean(found.crps[name][:, column])) for name in ("model", "random_walk"))
    ax.annotate(f"missed by {missed:.2f} (walk: {walk:.2f})", (0, 1), (0, 3), "axes fraction", "offset points",
                fontsize=SMALL, color=QUIET)  # fmt: skip


def _calendar(ax: Axes, found: Hindcast, indent: float) -> None:
    """Probability of each event in each year as a shade and in per cent; framed where it was seen."""
    years, events, chances = found.played.years, found.played.events, found.probability
    ax.pcolormesh(np.arange(len(years) + 1), np.arange(len(events) + 1), chances.T, cmap=SHADES, vmin=0, vmax=1,
                  edgecolors="white", linewidth=1.5)  # fmt: skip
    for t in range(len(years)):
        for k in range(len(events)):
            share, seen = float(chances[t, k]), found.seen[t, k] == 1
            colour = ink_on(to_hex(SHADES(share)))
            ax.text(t + 0.5, k + 0.5, words.percent(share).removesuffix(" %"), ha="center", va="center",
                    fontsize=SMALL, color=colour if share >= 0.005 or seen else RULE,
                    fontweight="bold" if seen else "normal")  # fmt: skip
            if seen or np.isnan(found.seen[t, k]):
                look = {"edgecolor": INK, "linewidth": 1.8} if seen else {"edgecolor": QUIET, "linestyle": (0, (2, 2))}
                ax.add_patch(Rectangle((t + 0.04, k + 0.08), 0.92, 0.84, fill=False, **look))
    ax.set_xticks(np.arange(len(years)) + 0.5, [str(year) for year in years], fontsize=SMALL)
    ax.set_yticks(np.arange(len(events)) + 0.5, [words.plain(EVENTS[name]) for name in events], fontsize=LABEL)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.invert_yaxis()
    if found.years[0] > years[0]:
        ax.axvline(years.index(found.years[0]), **START)
    unknown = "; dashed: the record does not say" if np.isnan(found.seen).any() else ""
    ax.set_title(f"Chance in per cent that it happens in the year; framed: it did{unknown}", fontsize=SMALL,
                 x=-indent / inches(ax)[0], pad=5)  # fmt: skip


def _notes(found: Hindcast) -> tuple[str, ...]:
    draws, replicates, seed = found.design
    size = f"{counted(draws, 'draw')} {words.TIMES} {counted(replicates, 'replicate')}, seed {seed}"
    knows = f"The model knows the world of {found.scenario.start} and the outside events since, none of what the five "
    scored = f"countries chose; years to {found.origin} are shown and not scored. "
    scale = "Missed by: mean CRPS in units of the tie, 0.15 being half a coded point; walk: a random walk's miss."
    return (
        knows + scored + scale,
        f"scenario {found.scenario.name} · {size} · triangle_sim {version()} · {DISCLAIMER}",
    )
