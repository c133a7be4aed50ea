"""The figure: worlds a second by way, futures a second by processes, time and memory by futures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter

from triangle_sim.plots.style import BLUE, GREEN, INK, QUIET, RULE, SMALL, TITLE, styled

WAYS = (
    ("worlds, scalar oracle", "scalar oracle", BLUE),
    ("worlds, mesa.batch_run", "mesa.batch_run", BLUE),
    ("worlds, numpy", "numpy", BLUE),
    ("worlds, llvm double", "llvm, double", GREEN),
    ("worlds, llvm single", "llvm, single", GREEN),
)
"""What is shown of one core, its label and colour."""

PLAIN = FuncFormatter(lambda value, _: f"{value:,.0f}" if value >= 1 else f"{value:g}")


@styled
def draw(found: dict[str, Any], path: Path) -> None:
    """Four panels, or as many as have been measured."""
    figure = Figure(figsize=(10.6, 7.4), layout="constrained")
    axes = figure.subplots(2, 2)
    panels = ((_ways, None), (_processes, "allcores"), (_seconds, "growth"), (_memory, "growth"))
    for ax, (panel, needs) in zip(axes.flat, panels, strict=True):
        if needs is None or needs in found["parts"]:
            panel(ax, found["parts"])
        else:
            ax.set_axis_off()
    figure.suptitle("How fast, and how much memory?", x=0.01, ha="left", size=TITLE, weight="bold")
    facts = found["machine"]
    figure.supxlabel(
        f"{facts['processor']}, {facts['cores']} cores. Medians; bars from least to most.",
        x=0.01, ha="left", size=SMALL, color=QUIET,
    )  # fmt: skip
    figure.savefig(path, dpi=110)


def _plain(axis: Any) -> None:
    """Numbers as they are, on a logarithmic axis too."""
    axis.set_major_formatter(PLAIN)
    axis.set_minor_formatter(NullFormatter())


def _bars(each: dict[str, Any]) -> list[list[float]]:
    return [[each["median"] - each["min"]], [each["max"] - each["median"]]]


def _ways(ax: Axes, parts: dict[str, Any]) -> None:
    rates = parts.get("onecore", {}).get("rates", {})
    known = [(label, rates[name], colour) for name, label, colour in WAYS if name in rates]
    known.sort(key=lambda way: way[1]["median"])
    for row, (_, each, colour) in enumerate(known):
        ax.barh(row, each["median"], color=colour, height=0.6)
        ax.errorbar(each["median"], row, xerr=_bars(each), color=INK, linewidth=1, capsize=2)
        ax.annotate(
            f"{each['median']:,.0f}", (each["max"], row), (5, 0), textcoords="offset points", va="center", size=SMALL
        )
    ax.set_yticks(range(len(known)), [label for label, *_ in known])
    ax.set_xscale("log")
    _plain(ax.xaxis)
    ax.set_xlim(left=1, right=max((each["max"] for _, each, _ in known), default=1) * 6)
    ax.set_title("Worlds a second on one core")


def _processes(ax: Axes, parts: dict[str, Any]) -> None:
    own = parts["allcores"]["numpy"]
    numbers = [int(p) for p in own["rates"]]
    one = own["rates"]["1"]["median"]
    ax.plot(numbers, [p * one for p in numbers], color=RULE, linestyle="--")
    ax.annotate("in proportion", (numbers[-1], numbers[-1] * one), (-4, 4), textcoords="offset points", ha="right",
                size=SMALL, color=QUIET)  # fmt: skip
    for p in numbers:
        each = own["rates"][str(p)]
        ax.errorbar(p, each["median"], yerr=_bars(each), color=BLUE, marker="o", capsize=2)
        ax.annotate(f"{own['efficiency'][str(p)]['median']:.0%}", (p, each["median"]), (6, -11),
                    textcoords="offset points", size=SMALL)  # fmt: skip
    ax.plot(numbers, [own["rates"][str(p)]["median"] for p in numbers], color=BLUE)
    ax.set_xticks(numbers)
    ax.set_ylim(0, 1.1 * numbers[-1] * one)
    ax.set_xlabel(f"processes (numpy, {parts['allcores']['runs']:,} futures)")
    _plain(ax.yaxis)
    ax.set_title("Futures a second, and efficiency")


def _by_size(ax: Axes, growth: dict[str, Any], what: str, title: str) -> float:
    """The panel of both backends; the largest of their numbers."""
    most = 0.0
    for name, colour, above in (("numpy", BLUE, False), ("llvm", GREEN, True)):
        if name in growth:
            at, found = [int(size) for size in growth[name][what]], list(growth[name][what].values())
            for size, each in zip(at, found, strict=True):
                ax.errorbar(size, each["median"], yerr=_bars(each), color=colour, marker="o", capsize=2)
                most = max(most, each["max"])
            ax.plot(at, [each["median"] for each in found], color=colour)
            last = found[-1]["max" if above else "min"]
            ax.annotate(name, (at[-1], last), (0, 5) if above else (4, -14), textcoords="offset points",
                        ha="center" if above else "left", size=SMALL, color=colour)  # fmt: skip
    ax.set_xscale("log")
    _plain(ax.xaxis)
    ax.set_xlabel("futures")
    ax.set_title(title)
    return most


def _seconds(ax: Axes, parts: dict[str, Any]) -> None:
    most = _by_size(ax, parts["growth"], "seconds", "Seconds of the whole command")
    ax.set_yscale("log")
    ax.set_ylim(1, 3 * most)
    _plain(ax.yaxis)


def _memory(ax: Axes, parts: dict[str, Any]) -> None:
    most = _by_size(ax, parts["growth"], "peak_mb", "Peak memory of all its processes, MB")
    ax.set_ylim(0, 1.15 * most)
