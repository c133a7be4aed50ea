"""Outcomes of a scenario's futures and nothing else, in memory: what questions that play many variants are asked of.

A result keeps every table and the counts of every quarter; a sample keeps one number a future and column. Samples of
the same design and seed are the same worlds, future by future.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.backends.backend import choose
from triangle_sim.errors import UsageError, quote
from triangle_sim.model.prepared import prepared_for
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.compute import futures
from triangle_sim.montecarlo.off import switched_off
from triangle_sim.montecarlo.workers.running import cores
from triangle_sim.names import did_you_mean
from triangle_sim.outcomes import OUTCOMES, Outcome
from triangle_sim.outcomes.registry import NOT_HERE, mean_over_quarters
from triangle_sim.scenario.schema import Scenario
from triangle_sim.uncertainty import Table

Floats = NDArray[np.float64]

MEASURES = ("mean", "final", "change")
"""Of a state variable over a future: over the horizon, at its end, from its start to its end."""
PIECE = 1024
"""Futures at once: whole groups of a compiled program, and few enough to be measured while they are in cache."""


@dataclass(frozen=True, eq=False)
class Sample:
    """Columns of some futures.

    Attributes
    ----------
    theory
        ``(draws,)`` the theory of each draw, by name.
    values
        by column, ``(draws, replicates)``; truth values are 0 and 1, NaN is missing.
    """

    scenario: Scenario
    seed: int
    theory: NDArray[Any]
    values: Mapping[str, Floats]

    def means(self, column: str) -> Floats:
        """Mean of each draw's futures ``(draws,)``; a draw in which every value is missing is missing."""
        values = self.values[column]
        known = ~np.isnan(values)
        count = known.sum(axis=1)
        return np.where(count > 0, np.where(known, values, 0.0).sum(axis=1) / np.maximum(count, 1), np.nan)


def sample(
    scenario: Scenario,
    columns: Iterable[str],
    *,
    draws: int,
    replicates: int,
    seed: int | None = None,
    off: Iterable[str] = (),
    table: Table | None = None,
    backend: str = "auto",
    jobs: int | None = None,
) -> Sample:
    """Play ``draws * replicates`` futures and keep some columns.

    Parameters
    ----------
    columns
        an outcome (``us_prk_summit``), a category of one (``end_state=bloc``), or a measure of a state variable
        (``mean goodwill[PRK,CHN]``; ``final`` and ``change`` as well).
    off
        what is switched off in every draw, all else as it was, see :func:`.off.switched_off`: parameters, and events
        as ``event.NAME``. A compiled program serves all of these.
    table
        parameters given for the draws.
    jobs
        threads; by default one a core. The futures do not depend on it, nor on the pieces they are played in.

    Raises
    ------
    UsageError
        for a column, a parameter or an event that there is not.
    """
    wanted = tuple(dict.fromkeys(columns))
    needed = [need for name in wanted if (need := _outcome(name, scenario)) is not None]
    seed = scenario.seed if seed is None else seed
    given, never = switched_off(scenario, off, table)
    prepared, backend = prepared_for(scenario, table, never), choose(backend)
    theory = np.empty(draws, object)
    values = {name: np.empty(draws * replicates) for name in wanted}

    def play(number: int, runs: tuple[NDArray[np.int64], NDArray[np.int64]]) -> None:
        t = futures(prepared, seed, *runs, backend, "double", given, needed)
        theory[runs[0]] = t.theory
        for name, column in measured(t, wanted).items():
            values[name][number * PIECE :][: t.runs] = column

    pieces = enumerate(Cell((0, draws), (0, replicates)).pieces(PIECE))
    play(*next(pieces))  # alone: a program that is new is compiled once, not by every thread
    with ThreadPoolExecutor(jobs or cores()) as threads:
        for _ in threads.map(lambda piece: play(*piece), pieces):
            pass
    shape = (draws, replicates)
    return Sample(scenario, seed, theory, {name: each.reshape(shape) for name, each in values.items()})


def measured(t: Trajectory, names: Iterable[str]) -> dict[str, Floats]:
    """Columns of some futures ``(futures,)``; an outcome that this world cannot have is missing."""
    known: dict[str, Any] = {}

    def column(name: str) -> Any:
        measure, _, variable = name.partition(" ")
        if measure in MEASURES and variable in t.prepared.variables:
            path = t[variable]
            if measure == "mean":
                return mean_over_quarters(path[1:])
            return path[-1] - path[0] if measure == "change" else path[-1]
        outcome, _, category = name.partition("=")
        if outcome not in known:
            known[outcome] = OUTCOMES[outcome].of(t)
        value = known[outcome]
        return np.where(value == NOT_HERE, np.nan, value == category) if category else value

    return {name: np.asarray(column(name), float) for name in names}


def _outcome(name: str, scenario: Scenario) -> Outcome | None:
    """The outcome that a column needs, if it needs one. Raises UsageError for a column that there is not."""
    variables = prepared_for(scenario).variables
    measure, _, variable = name.partition(" ")
    if measure in MEASURES and variable in variables:
        return None
    outcome, _, category = name.partition("=")
    if outcome not in OUTCOMES:
        raise UsageError(
            f"unknown outcome {quote(name)}", did_you_mean(variable or outcome, [*OUTCOMES, *variables], "known")
        )
    kind = OUTCOMES[outcome]
    if bool(kind.categories) != bool(category) or (category and category not in kind.categories):
        there = ", ".join(f"{outcome}={each}" for each in kind.categories) or f"{outcome}, which has no categories"
        raise UsageError(f"{quote(name)} is no column of numbers", f"there is {there}")
    return kind
