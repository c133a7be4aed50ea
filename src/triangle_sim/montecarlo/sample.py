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
from triangle_sim.montecarlo.occurrences import is_occurrence, occurrence
from triangle_sim.montecarlo.off import switched_off
from triangle_sim.montecarlo.workers.running import cores
from triangle_sim.names import did_you_mean
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.outcomes.registry import mean_over_quarters
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import Scenario
from triangle_sim.scenario.schema.answer import MEASURES as MEASURES
from triangle_sim.uncertainty import Table

Floats = NDArray[np.float64]


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


PIECE = 1024
"""Futures at once: whole groups of a compiled program, and few enough to be measured while they are in cache."""


def sample(
    scenario: Scenario | str,
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
    scenario
        a scenario, or the name or path of one.
    columns
        an outcome (``us_prk_summit``), a category of one (``end_state=bloc``), or a measure of a state variable or
        condition (``mean goodwill[PRK,CHN]``; ``final`` and ``change`` as well); whether two moves ever met (``met
        us_prk_summit``), or first met after two others had (``met us_prk_summit after us_rus_deal``); whether the
        starting world looks like an ending (``start bloc``).
    off
        what is switched off in every draw, all else as it was, see :func:`.off.switched_off`: parameters, and events
        as ``event.NAME``. One compiled program serves all of these.
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
    scenario = load(scenario) if isinstance(scenario, str) else scenario
    seed = scenario.seed if seed is None else seed
    asked = [OUTCOMES[kind] for name in wanted if (kind := name.partition("=")[0]) in OUTCOMES]
    given, never = switched_off(scenario, off, table)
    prepared, backend = prepared_for(scenario, table, never), choose(backend)
    one = np.zeros(1, np.int64)
    blank = Trajectory.empty(prepared, one, one, one)
    for name in wanted:
        if name not in OUTCOMES or OUTCOMES[name].categories:
            column(blank, name)  # one that there is not is told before anything is compiled
    theory = np.empty(draws, object)
    values = {name: np.empty(draws * replicates) for name in wanted}

    def play(number: int, numbers: NDArray[np.int64], luck: NDArray[np.int64]) -> None:
        t = futures(prepared, seed, numbers, luck, backend, "double", given, asked)
        theory[numbers] = t.theory
        for name in wanted:
            values[name][number * PIECE :][: t.runs] = column(t, name)

    pieces = ((number, *runs) for number, runs in enumerate(Cell((0, draws), (0, replicates)).pieces(PIECE)))
    play(*next(pieces))  # alone: a program that is new is compiled once, and not by every thread
    threads = ThreadPoolExecutor(jobs or cores())
    try:
        for played in [threads.submit(play, *piece) for piece in pieces]:
            played.result()
    finally:
        threads.shutdown(cancel_futures=True)  # an interruption waits for what is being played, not for all
    shape = (draws, replicates)
    return Sample(scenario, seed, theory, {name: each.reshape(shape) for name, each in values.items()})


def column(t: Trajectory, name: str) -> Floats:
    """One column of some runs ``(runs,)``. Raises UsageError for one that there is not."""
    measure, _, variable = name.partition(" ")
    if measure in MEASURES and variable in (*t.prepared.variables, *t.prepared.conditions):
        path = t[variable]
        if measure == "mean":
            return np.asarray(mean_over_quarters(path[len(path) - t.prepared.scenario.quarters :]), float)
        return np.asarray(path[-1] - path[0] if measure == "change" else path[-1], float)
    if is_occurrence(name):
        return np.asarray(occurrence(t, name), float)
    outcome, _, category = name.partition("=")
    if outcome not in OUTCOMES:
        known = [*OUTCOMES, *t.prepared.variables]
        raise UsageError(f"unknown outcome {quote(name)}", did_you_mean(variable or outcome, known, "known"))
    kind = OUTCOMES[outcome]
    if bool(kind.categories) != bool(category) or (category and category not in kind.categories):
        there = ", ".join(f"{outcome}={each}" for each in kind.categories) or f"{outcome}, which has no categories"
        raise UsageError(f"{quote(name)} is no column of numbers", f"there is {there}")
    if not set(kind.needs) <= set(t.prepared.codes):
        return np.full(t.runs, np.nan)
    value = kind.of(t)
    return np.asarray(value == category if category else value, float)
