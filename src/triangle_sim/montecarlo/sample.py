"""Outcomes of a scenario's futures and nothing else, in memory: what questions that play many variants are asked of.

A result keeps every table and the counts of every quarter; a sample keeps one number a future and column. Samples of
the same design and seed are the same worlds, future by future.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.backends.backend import choose
from triangle_sim.errors import UsageError, quote
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.compute import BLOCK, simulate
from triangle_sim.names import did_you_mean
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.outcomes.registry import mean_over_quarters
from triangle_sim.scenario.schema import Scenario
from triangle_sim.uncertainty import Table

Floats = NDArray[np.float64]

MEASURES = ("mean", "final", "change")
"""Of a state variable or condition over a future: over the horizon, at its end, from its start to its end."""


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
) -> Sample:
    """Play ``draws * replicates`` futures and keep some columns.

    Parameters
    ----------
    columns
        an outcome (``us_prk_summit``), a category of one (``end_state=bloc``), or a measure of a state variable or
        condition (``mean goodwill[PRK,CHN]``; ``final`` and ``change`` as well).
    off
        parameters that are zero in every draw, all else as it was.
    table
        parameters given for the draws.

    Raises
    ------
    UsageError
        for a column that there is not.
    """
    wanted = tuple(dict.fromkeys(columns))
    seed = scenario.seed if seed is None else seed
    played = scenario.with_(parameters=dict.fromkeys(off, 0.0)) if (off := tuple(off)) else scenario
    parts: list[dict[str, Any]] = []
    theory = []
    for numbers, luck in Cell((0, draws), (0, replicates)).pieces(BLOCK):
        t = simulate(played, seed, numbers, luck, choose(backend), "double", table)
        parts.append({name: column(t, name) for name in wanted})
        theory.append(t.theory)
    values = {name: np.concatenate([part[name] for part in parts]).reshape(draws, replicates) for name in wanted}
    return Sample(scenario, seed, np.concatenate(theory).reshape(draws, replicates)[:, 0], values)


def column(t: Trajectory, name: str) -> Floats:
    """One column of some runs ``(runs,)``. Raises UsageError for one that there is not."""
    measure, _, variable = name.partition(" ")
    if measure in MEASURES and variable in (*t.prepared.variables, *t.prepared.conditions):
        path = t[variable]
        if measure == "mean":
            return np.asarray(mean_over_quarters(path[len(path) - t.prepared.scenario.quarters :]), float)
        return np.asarray(path[-1] - path[0] if measure == "change" else path[-1], float)
    outcome, _, category = name.partition("=")
    if outcome not in OUTCOMES:
        known = [*OUTCOMES, *t.prepared.variables]
        raise UsageError(f"unknown outcome {quote(name)}", did_you_mean(variable or outcome, known, "known"))
    kind = OUTCOMES[outcome]
    if bool(kind.categories) != bool(category) or (category and category not in kind.categories):
        there = ", ".join(f"{outcome}={each}" for each in kind.categories) or f"{outcome}, which has no categories"
        raise UsageError(f"{quote(name)} is no column of numbers", f"there is {there}")
    value = kind.of(t)
    return np.asarray(value == category if category else value, float)
