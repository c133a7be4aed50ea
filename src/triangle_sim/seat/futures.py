"""Thousands of futures with a game's moves in them and without, on the same worlds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from triangle_sim.analysis.intervals import Estimate
from triangle_sim.analysis.summary import endings
from triangle_sim.errors import UsageError, quote
from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.run import run
from triangle_sim.names import canonical_name, did_you_mean
from triangle_sim.scenario.schema import Scenario

DRAWS, REPLICATES = 100, 5
"""How many futures, where nobody says: few, so that a table of players need not wait."""

Shares = Mapping[str, Mapping[str, Estimate]]
"""Share of futures by ending, then by view: ``all``, and each theory."""


@dataclass(frozen=True)
class Endings:
    """How futures end with the game's moves played in all of them, and without; the same worlds in both."""

    with_you: Shares
    without: Shares
    draws: int
    replicates: int
    seed: int


def futures(scenario: Scenario, draws: int, replicates: int, seed: int) -> Result:
    """Futures of a scenario; the last few are kept, as those without a game's moves are asked for again and again."""
    return _futures(scenario.model_dump_json(by_alias=True), draws, replicates, seed)


@lru_cache(maxsize=8)
def _futures(text: str, draws: int, replicates: int, seed: int) -> Result:
    return played(Scenario.model_validate_json(text), draws, replicates, seed)


def played(scenario: Scenario, draws: int, replicates: int, seed: int) -> Result:
    """Futures of a scenario, played anew and not kept."""
    return run(scenario, draws=draws, replicates=replicates, seed=seed, jobs=1, tell=lambda said: None)


def fan_of(result: Result, variable: str) -> pd.DataFrame:
    """Mean and quantiles of a state variable or condition by quarter: of all runs (``all``) and under each theory."""
    table = result.quarters
    name = canonical_name(variable)
    rows = table[table["variable"] == name]
    if not len(rows):
        known = sorted(set(table["variable"]))
        raise UsageError(f"no variable {quote(variable)}", did_you_mean(name, known, "variables"))
    return rows.drop(columns="variable").reset_index(drop=True)


def shares(result: Result) -> Shares:
    """The share of each ending by view; empty in a world without the countries that endings are about."""
    return {name: by_view for name, _, by_view in endings(result)}
