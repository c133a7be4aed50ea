"""A finished batch of runs: frozen tables and the manifest that can make them again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from triangle_sim.blueprint import Blueprint
from triangle_sim.model import blueprint_of
from triangle_sim.scenario.schema import Scenario

TABLES = (
    "runs",
    "quarters",
    "moves",
    "triangles",
    "roles",
    "transitions",
    "dwell",
    "sensitivity",
    "balance",
    "happenings",
    "bounds",
    "parameters",
)


@dataclass(frozen=True, eq=False)
class Result:
    """Runs of one scenario.

    Attributes
    ----------
    scenario
        the scenario as it was run.
    draws, replicates, seed
        the design: ``draws * replicates`` runs.
    manifest
        what makes the result again: scenario, hash, seed, design, versions, platform.
    runs
        one row a run: ``draw``, ``replicate``, ``theory``, then one column an outcome.
    quarters, moves, triangles, roles, transitions, dwell, sensitivity, balance, happenings, bounds
        tables over quarters; see the docs.
    parameters
        one row a draw: ``draw``, ``theory``, then one column a parameter.
    """

    scenario: Scenario
    draws: int
    replicates: int
    seed: int
    manifest: dict[str, Any] = field(repr=False)
    runs: pd.DataFrame = field(repr=False)
    quarters: pd.DataFrame = field(repr=False)
    moves: pd.DataFrame = field(repr=False)
    triangles: pd.DataFrame = field(repr=False)
    roles: pd.DataFrame = field(repr=False)
    transitions: pd.DataFrame = field(repr=False)
    dwell: pd.DataFrame = field(repr=False)
    sensitivity: pd.DataFrame = field(repr=False)
    balance: pd.DataFrame = field(repr=False)
    happenings: pd.DataFrame = field(repr=False)
    bounds: pd.DataFrame = field(repr=False)
    parameters: pd.DataFrame = field(repr=False)

    def __repr__(self) -> str:
        version, short = self.manifest.get("triangle_sim", "?"), self.scenario.content_hash()[:12]
        return (
            f"Result({self.scenario.name!r}, {self.draws} draws x {self.replicates} replicates, seed {self.seed}, "
            f"triangle_sim {version}, scenario {short})"
        )

    @cached_property
    def plan(self) -> Blueprint:
        """What all runs share: cast, variables, parameters, events."""
        return blueprint_of(self.scenario)

    def scan(self, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        """Some columns of the runs, a few thousand rows at a time, so that a million runs need not fit in memory."""
        for first in range(0, len(self.runs), 50_000):
            yield self.runs.iloc[first : first + 50_000][list(columns)]

    def to_frame(self) -> pd.DataFrame:
        """One row a run, with the scenario's name; a copy to do with as one likes."""
        return self.runs.assign(scenario=self.scenario.name)

    def story(self, run: tuple[int, int]) -> Any:
        """One future (draw, replicate), quarter by quarter, in words."""
        from triangle_sim.story import tell

        return tell(self.scenario, seed=self.seed, draw=run[0], replicate=run[1])

    def save(self, folder: Any) -> Any:
        """Write tables, manifest and scenario into a new folder; returns its path."""
        from triangle_sim.montecarlo.store import save

        return save(self, folder)
