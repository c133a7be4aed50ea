"""A finished batch of runs: frozen tables and the manifest that can make them again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from triangle_sim.errors import UsageError
from triangle_sim.model.prepared import Prepared
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.design import folder_path
from triangle_sim.montecarlo.folder.contents import JOURNAL, LARGE, SMALL
from triangle_sim.montecarlo.folder.given import read_given
from triangle_sim.montecarlo.folder.journal import DamagedError, Journal, resume_command
from triangle_sim.montecarlo.folder.manifest import cells_in, origin, read_manifest, same_sizes, scenario_of
from triangle_sim.montecarlo.folder.parquet import table_of
from triangle_sim.montecarlo.folder.writing import copy
from triangle_sim.montecarlo.tables import Source
from triangle_sim.names import counted, extent
from triangle_sim.scenario.schema import Scenario
from triangle_sim.uncertainty import Table


def _above(module: str) -> Any:
    """A module of a layer above this one, where only the user's own words ask for it."""
    return import_module(f"triangle_sim.{module}")


def handed(table: Table | None) -> Table | None:
    """Parameters that are in memory."""
    return table


@dataclass(frozen=True, eq=False)
class Tables:
    """A result's tables, read from the files of its blocks when they are asked for."""

    source: Source
    cells: list[Cell]

    def table(self, name: str) -> pd.DataFrame:
        """One table, whole, in the order of draws and replicates."""
        if name not in LARGE:
            small: pd.DataFrame = table_of(self.source.read_file(name)).to_pandas()
            return small
        parts = list(self._parts(name, None))
        frame: pd.DataFrame = pa.concat_tables(parts).to_pandas()
        keys = ["draw", "replicate"] if name == "runs" else ["draw"]
        return frame.sort_values(keys, kind="stable", ignore_index=True) if len(parts) > 1 else frame

    def scan(self, name: str, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        """Some columns of a large table, a block at a time."""
        return (table.to_pandas() for table in self._parts(name, list(columns)))

    def _parts(self, name: str, columns: list[str] | None) -> Iterator[Any]:
        return (table_of(self.source.read_file(name, cell), columns) for cell in self.cells if name in cell.kinds)


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
    manifest
        what makes the result again: scenario, hash, seed, design, versions, platform.
    tables
        where the tables are.
    given
        reads the parameters that were given for the draws; None where all were drawn.
    """

    scenario: Scenario
    manifest: dict[str, Any] = field(repr=False)
    tables: Tables = field(repr=False)
    given: Callable[[], Table | None] = field(default=partial(handed, None), repr=False)

    def __repr__(self) -> str:
        version, short = self.manifest.get("triangle_sim", "?"), self.scenario.content_hash()[:12]
        return (
            f"Result({self.scenario.name!r}, {extent(self.draws, self.replicates)}, seed {self.seed}, "
            f"triangle_sim {version}, scenario {short})"
        )

    @property
    def draws(self) -> int:
        """How many draws of the parameters."""
        return int(self.manifest["draws"])

    @property
    def replicates(self) -> int:
        """How many runs of each draw."""
        return int(self.manifest["replicates"])

    @property
    def seed(self) -> int:
        """What all random numbers come from."""
        return int(self.manifest["seed"])

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

    def to_xarray(self) -> Any:
        """Outcomes ``(draw, replicate)`` and parameters ``(draw, parameter)`` as an ``xarray.Dataset``.

        ``theory`` is a coordinate of the draws, ``scenario`` one of the whole, so that results can be joined by
        ``xarray.concat([...], "scenario")``. Units, questions and claims stand in the attributes. Needs
        ``pip install 'triangle-sim[research]'``.
        """
        from triangle_sim.montecarlo.labelled import dataset

        return dataset(self)

    def paths(
        self, variables: Sequence[str], *, draws: Iterable[int] | None = None, replicates: Iterable[int] | None = None
    ) -> Any:
        """State variables and conditions quarter by quarter: ``xarray.DataArray (draw, replicate, quarter, variable)``.

        A result does not keep them: the runs are played again from the manifest, to the bit, so that only what is
        looked at takes memory.

        Parameters
        ----------
        variables
            names, as ``["goodwill[RUS,PRK]", "ukraine_war"]``.
        draws, replicates
            numbers of those to play; default: all.

        Raises
        ------
        UsageError
            for what there is not, for more values than fit in memory, if another version of the model or of the fitted
            sizes made the result, or xarray is not installed.
        """
        from triangle_sim.montecarlo.labelled import paths

        return paths(self, variables, draws, replicates)

    @property
    def plot(self) -> Any:
        """Its pictures: ``result.plot.fan("goodwill[RUS,PRK]")``, ``.endings()``, ``.triangle()``, ..."""
        return _above("plots.gallery").Gallery(self)

    def _repr_html_(self) -> str:
        """A card for notebooks."""
        return str(_above("analysis.card").card(self))

    def answer(self) -> Any:
        """The question of the scenario and its answer in words; ``.table`` has the numbers by theory.

        What it is compared with is played on the same worlds, once: the ``reference`` that the run was given, or else
        the one that the scenario names.
        """
        return _above("analysis.answer_words").told(self)

    def story(
        self, run: tuple[int, int] | None = None, *, where: str | Sequence[str] = (), typical: str | None = None
    ) -> Any:
        """One future, quarter by quarter, in words; ``triangle_sim.digest`` tells it in brief.

        Parameters
        ----------
        run
            its draw and replicate.
        where, typical
            instead, the first future in which something is so (``"us_prk_summit"``, ``["nuclear_test",
            "end_state=bloc"]``), and the most typical one of an ending.

        Raises
        ------
        UsageError
            for a condition or an ending that there is not, or if no future is so.
        """
        from triangle_sim.story.tell import tell

        same_sizes(self.scenario, self.manifest)
        if run is None:
            run = _above("analysis.futures").found(self, [where] if isinstance(where, str) else where, typical).run
        return tell(self.scenario, seed=self.seed, draw=run[0], replicate=run[1], parameters=self.given())

    def save(self, folder: Any) -> Path:
        """Write tables, manifest and scenario into a new folder; returns its path."""
        path, tables = folder_path(folder), self.tables
        small = {name: tables.source.read_file(name) for name in SMALL}
        copy(path, self.manifest, self.scenario, dict.fromkeys(tables.cells, tables.source), small, given=self.given())
        return path


def read(folder: Any) -> Result:
    """A saved result. Its tables are read, and their checksums verified, when they are first asked for.

    Raises
    ------
    UsageError
        if the folder is not a result folder, is not finished, lacks files, or was written in another format.
    """
    path = folder_path(folder)
    facts = read_manifest(path)
    scenario = scenario_of(facts, path)
    journal, cells = Journal.read(path, origin(facts)), cells_in(facts)
    if facts.get("part"):
        k, n = facts["part"]
        raise UsageError(f"{path} holds part {k} of {n} of a run", "join all parts: triangle-sim merge DIR... -o OUT")
    if facts["status"] != "complete":
        there = sum(map(journal.lists, cells))
        blocks = f"{there:,} of {counted(len(cells), 'block')} {'is' if there == 1 else 'are'} there"
        raise UsageError(f"{path} is an unfinished run: {blocks}", f"finish it: {resume_command(path)}")
    if journal.foreign:
        raise DamagedError(path / JOURNAL, f"lists {counted(journal.foreign, 'block or table')} of another run")
    journal.check_sizes(cells)
    return Result(scenario, facts, Tables(journal, cells), partial(read_given, path, facts))
