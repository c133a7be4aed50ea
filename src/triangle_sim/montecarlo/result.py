"""A finished batch of runs: frozen tables and the manifest that can make them again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pandas as pd

from triangle_sim.montecarlo.folder.encode import known_columns
from triangle_sim.names import extent
from triangle_sim.scenario.schema import Scenario

if TYPE_CHECKING:  # a result is read, and drawn, without the model
    from triangle_sim.model.prepared import Prepared
    from triangle_sim.montecarlo.tally import Tally

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
LARGE = ("runs", "parameters")
"""Tables that grow with the design; a folder keeps them in many files."""

BATCH = 50_000
"""Rows at a time in a scan of runs that are in memory."""


class Tables(Protocol):
    """Where a result's tables are: in memory, or in a folder."""

    def table(self, name: str) -> pd.DataFrame:
        """One table, whole."""

    def scan(self, name: str, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        """Some columns of a large table, a few thousand rows at a time."""

    def save(self, result: Result, folder: Path) -> None:
        """Write them into a folder that is there and empty."""


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
    def plan(self) -> Prepared:
        """What all runs share: cast, variables, parameters, events."""
        from triangle_sim.model.prepared import Prepared

        return Prepared(self.scenario)

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run: ``draw``, ``replicate``, ``theory``, then one column an outcome."""
        return self.tables.table("runs")

    @cached_property
    def parameters(self) -> pd.DataFrame:
        """One row a draw: ``draw``, ``theory``, then one column a parameter."""
        return self.tables.table("parameters")

    @cached_property
    def quarters(self) -> pd.DataFrame:
        """Mean and quantiles of every variable by quarter."""
        return self.tables.table("quarters")

    @cached_property
    def moves(self) -> pd.DataFrame:
        """Share of runs in which a country plays a move, by quarter."""
        return self.tables.table("moves")

    @cached_property
    def triangles(self) -> pd.DataFrame:
        """Share of runs in which a triad is of a type, by quarter."""
        return self.tables.table("triangles")

    @cached_property
    def roles(self) -> pd.DataFrame:
        """Share of runs in which a country has a role in a triad, by quarter."""
        return self.tables.table("roles")

    @cached_property
    def transitions(self) -> pd.DataFrame:
        """How often a triad of one type is of another a quarter later."""
        return self.tables.table("transitions")

    @cached_property
    def dwell(self) -> pd.DataFrame:
        """Unbroken stretches of a type: how many, how long."""
        return self.tables.table("dwell")

    @cached_property
    def sensitivity(self) -> pd.DataFrame:
        """Share of quarters in each type under other neutral bands."""
        return self.tables.table("sensitivity")

    @cached_property
    def balance(self) -> pd.DataFrame:
        """Structural balance by quarter."""
        return self.tables.table("balance")

    @cached_property
    def happenings(self) -> pd.DataFrame:
        """Share of runs in which a joint effect or event happened, by quarter and ever."""
        return self.tables.table("happenings")

    @cached_property
    def bounds(self) -> pd.DataFrame:
        """Share of quarters that a variable is at an end of its range."""
        return self.tables.table("bounds")

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
        from triangle_sim.montecarlo.folder.reading import save

        return save(self, folder)


@dataclass(frozen=True, eq=False)
class InMemory:
    """Tables of a result that was not written to a folder; ``counts`` are what they were made from."""

    frames: Mapping[str, pd.DataFrame]
    counts: Tally

    def table(self, name: str) -> pd.DataFrame:
        """One table."""
        return self.frames[name]

    def scan(self, name: str, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        """Some columns of a table, ``BATCH`` rows at a time."""
        frame = self.frames[name]
        known_columns(columns, frame.columns)
        for first in range(0, len(frame), BATCH):
            yield frame.iloc[first : first + BATCH][list(columns)]

    def save(self, result: Result, folder: Path) -> None:
        """As one block, whatever its size."""
        from triangle_sim.montecarlo.folder.reading import save_in_memory

        save_in_memory(result, self, folder)
