"""What every picture says of its result: scenario, span, events, design, and how to make it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.axes import Axes

from triangle_sim.montecarlo.tables import ALL
from triangle_sim.names import counted, did_you_mean
from triangle_sim.plots.placing import inches, wrap
from triangle_sim.plots.style import BODY
from triangle_sim.plots.words import TIMES, plain
from triangle_sim.plots.words import theory as words_of_theory
from triangle_sim.quarters import Quarter

if TYPE_CHECKING:
    import pandas as pd

    from triangle_sim.montecarlo.result import Result

DISCLAIMER = "a model, not a forecast"


class NotInResultError(ValueError):
    """The result does not hold what the picture shows: a name it does not have, or nothing under that name."""


def scenario_title(result: Result) -> str:
    """The scenario's title, or its name where it has none."""
    return result.scenario.title or result.scenario.name


def caption(results: Sequence[Result]) -> str:
    """Scenario, design, seed, version and the disclaimer, for the foot of a picture.

    Results of one design share one statement of it; where designs differ, each scenario carries its own.
    """

    def design(result: Result) -> str:
        size = f"{counted(result.draws, 'draw')} {TIMES} {counted(result.replicates, 'replicate')}"
        return f"{size}, seed {result.seed}"

    designs = {design(result) for result in results}
    if len(designs) == 1:
        scenarios = ", ".join(dict.fromkeys(result.scenario.name for result in results)) + " · " + designs.pop()
    else:
        scenarios = "; ".join(f"{result.scenario.name} ({design(result)})" for result in results)
    versions = ", ".join(dict.fromkeys(str(result.manifest.get("triangle_sim", "unknown")) for result in results))
    label = "scenario" if len(results) == 1 else "scenarios"
    return f"{label} {scenarios} · triangle_sim {versions} · {DISCLAIMER}"


def quarters_of(result: Result) -> list[str]:
    """The quarters at whose start the world is known, in order: those of the run, and the one after its last."""
    return sorted(result.quarters["quarter"].astype(str).unique())


def moment(result: Result, quarter: str) -> str:
    """When a state is: "start of 2024Q3"; the last one, 2029Q3 in the tables, is the "end of 2029Q2"."""
    last = quarter == quarters_of(result)[-1]
    return f"end of {Quarter.parse(quarter) - 1}" if last else f"start of {quarter}"


def span(result: Result) -> str:
    """From the first state to the last, "start of 2024Q3 to end of 2029Q2"."""
    known = quarters_of(result)
    return f"{moment(result, known[0])} to {moment(result, known[-1])}"


def dated_events(result: Result) -> dict[str, str]:
    """Title and quarter of the scenario's events that have a date (``when``) and can happen, earliest first."""
    dated = {
        event.title or plain(name): str(event.when)
        for name, event in result.scenario.events.items()
        if event.when is not None and event.probability > 0
    }
    return dict(sorted(dated.items(), key=lambda item: (item[1], item[0])))


def theories_of(result: Result) -> list[str]:
    """The theories that draws were taken from, in alphabetical order."""
    return sorted(set(result.quarters["theory"].astype(str)) - {ALL})


def views_of(result: Result, theory: str | None) -> list[str]:
    """What a picture shows side by side: the theory that is asked for (``all`` for their average), else each of them.

    Raises
    ------
    NotInResultError
        if the result has no draws of that theory.
    """
    known = theories_of(result)
    if theory is None:
        return known
    known_theory(known, theory)
    return [theory]


def known_theory(known: Sequence[str], theory: str) -> None:
    """Raises NotInResultError unless it is among the theories, or ``all``."""
    if theory not in (ALL, *known):
        near = did_you_mean(theory, [ALL, *known])
        raise NotInResultError(f"this result has no draws of the theory {theory!r}; {near}")


def titled(ax: Axes, title: str, theory: str = "") -> Axes:
    """The axes with a title, as wide as they are, that says whose worlds they show."""
    whose = f" {view(theory)}" if theory else ""
    ax.set_title(wrap(f"{title}{whose}", inches(ax)[0], BODY, bold=True, lines=3))
    return ax


def view(theory: str) -> str:
    """Whose worlds are shown, in words."""
    return "All worlds" if theory == ALL else words_of_theory(theory)


def pick(frame: pd.DataFrame, column: str, value: str, what: str) -> pd.DataFrame:
    """Rows of ``frame`` where ``column`` is ``value``.

    Raises
    ------
    NotInResultError
        if there are none; the message names near misses and what exists.
    """
    rows = frame[frame[column].astype(str) == value]
    if rows.empty:
        known = did_you_mean(value, frame[column].astype(str).unique()) or "it has none"
        raise NotInResultError(f"this result has no {what} {value!r}; {known}")
    return rows
