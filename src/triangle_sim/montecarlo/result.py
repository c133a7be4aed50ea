"""A finished batch of runs: frozen tables and the manifest that can make them again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from triangle_sim.model.prepared import Prepared
from triangle_sim.montecarlo.design import folder_path
from triangle_sim.names import extent
from triangle_sim.scenario.schema import Scenario


class Tables(Protocol):
    """Where a result's tables are: in memory, or in a folder."""

    def table(self, name: str) -> pd.DataFrame:
        """One table, whole."""

    def scan(self, name: str, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        """Some columns of a large table, a few thousand rows at a time."""

    def save(self, result: Result, folder: Path) -> None:
        """Write them into a new folder."""


def _table(name: str) -> cached_property[pd.DataFrame]:
    """A table of a result, read when it is first asked for."""
    return cached_property(lambda result: result.tables.table(name))


@dataclass(frozen=True, eq=False)
class Result:
    """Runs of one scenario.

    A result in a folder reads a table when it is first asked for. ``runs`` and ``parameters`` then are in memory as a
    whole; :meth:`scan` goes through the runs without that.

    Attributes
    ----------
    scenario
        the scenario as it was run.
    draws, replicates, seed
        the design: ``draws * replicates`` runs.
    manifest
        what makes the result again: scenario, hash, seed, design, versions, platform.
    tables
        where the tables are.
    """

    scenario: Scenario
    draws: int
    replicates: int
    seed: int
    manifest: dict[str, Any] = field(repr=False)
    tables: Tables = field(repr=False)

    def __repr__(self) -> str:
        version, short = self.manifest.get("triangle_sim", "?"), self.scenario.content_hash()[:12]
        return (
            f"Result({self.scenario.name!r}, {extent(self.draws, self.replicates)}, seed {self.seed}, "
            f"triangle_sim {version}, scenario {short})"
        )

    @cached_property
    def prepared(self) -> Prepared:
        """What all runs share: cast, variables, parameters, events."""
        return Prepared(self.scenario)

    runs = _table("runs")
    """One row a run: ``draw``, ``replicate``, ``theory``, then one column an outcome."""
    parameters = _table("parameters")
    """One row a draw: ``draw``, ``theory``, then one column a parameter."""
    quarters = _table("quarters")
    """Mean and quantiles of every variable by quarter."""
    moves = _table("moves")
    """Share of runs in which a country plays a move, by quarter."""
    triangles = _table("triangles")
    """Share of runs in which a triad is of a type, by quarter."""
    roles = _table("roles")
    """Share of runs in which a country has a role in a triad, by quarter."""
    transitions = _table("transitions")
    """How often a triad of one type is of another a quarter later."""
    dwell = _table("dwell")
    """Unbroken stretches of a type: how many, how long."""
    bands = _table("bands")
    """Share of quarters in each type under other neutral bands."""
    balance = _table("balance")
    """Structural balance by quarter."""
    happenings = _table("happenings")
    """Share of runs in which a joint effect or event happened, by quarter and ever."""
    bounds = _table("bounds")
    """Share of quarters that a variable is at an end of its range."""

    def scan(self, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        """Some columns of the runs, a few thousand rows at a time, so that a million runs need not fit in memory.

        The order is that of the stored blocks; a draw's replicates may lie in several of them. Raises a ValueError for
        a column that there is not.
        """
        if isinstance(columns, str):
            raise ValueError(f"columns come as a list, e.g. [{columns!r}]")
        return self.tables.scan("runs", columns)

    def to_frame(self) -> pd.DataFrame:
        """One row a run, with the scenario's name; a copy to do with as one likes."""
        return self.runs.assign(scenario=self.scenario.name)

    def story(self, run: tuple[int, int]) -> Any:
        """One future (draw, replicate), quarter by quarter, in words."""
        from triangle_sim.story.tell import tell

        return tell(self.scenario, seed=self.seed, draw=run[0], replicate=run[1])

    def save(self, folder: Any) -> Path:
        """Write tables, manifest and scenario into a new folder; returns its path."""
        path = folder_path(folder)
        self.tables.save(self, path)
        return path
