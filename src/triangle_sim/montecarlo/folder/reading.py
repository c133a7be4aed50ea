"""Reading a result folder back: its manifest, its scenario, and its tables, each checked when it is read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from triangle_sim.errors import UsageError, quote
from triangle_sim.montecarlo.blocks import Cell, Region, cells_of
from triangle_sim.montecarlo.design import folder_path
from triangle_sim.montecarlo.folder.contents import FORMAT, JOURNAL, LARGE, MANIFEST, SMALL
from triangle_sim.montecarlo.folder.journal import DamagedError, Journal, resume_command, sealed, write_whole
from triangle_sim.montecarlo.folder.manifest import LARGEST, origin, parse
from triangle_sim.montecarlo.folder.parquet import table_of
from triangle_sim.montecarlo.folder.target import new_folder
from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.versions import model_hash
from triangle_sim.names import counted
from triangle_sim.regular_files import read_regular
from triangle_sim.scenario.schema import Scenario


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
    there = sum(cell in journal.blocks for cell in cells)
    if facts["status"] != "complete":
        blocks = f"{there:,} of {counted(len(cells), 'block')} {'is' if there == 1 else 'are'} there"
        raise UsageError(f"{path} is an unfinished run: {blocks}", f"finish it: {resume_command(path)}")
    if journal.foreign:
        raise DamagedError(path / JOURNAL, f"lists {counted(journal.foreign, 'block or table')} of another run")
    if there < len(cells) or not set(SMALL) <= set(journal.tables):
        raise DamagedError(path / JOURNAL, "does not list all blocks and tables")
    tables = Stored(journal, sorted(cells))
    tables.check_sizes()
    return Result(scenario, facts["draws"], facts["replicates"], facts["seed"], facts, tables)


def cells_in(facts: dict[str, Any]) -> list[Cell]:
    """The blocks that a manifest asks for."""
    return cells_of([Region.read(region) for region in facts["regions"]], facts.get("part"))


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a result folder. Raises UsageError if it cannot be read, or was written in another format."""
    try:
        data = read_regular(folder / MANIFEST, LARGEST)
        written = json.loads(data)["format"]
        if written == FORMAT:
            return parse(data)
    except (OSError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise _incomplete(folder, error) from None
    raise UsageError(
        f"{folder} has format {quote(written, 20)}, this version reads {FORMAT}", "run its scenario.yaml again"
    )


def scenario_of(facts: dict[str, Any], folder: Path) -> Scenario:
    """The scenario a manifest holds. Raises UsageError if it is not valid, or has been changed since."""
    try:
        scenario = Scenario.model_validate(facts["scenario"])
    except ValueError as error:
        raise _incomplete(folder, error) from None
    # Another version of the code may read the same scenario differently, and is told apart by its own hash.
    if facts["model_sha256"] == model_hash() and facts["scenario_sha256"] != scenario.content_hash():
        raise _incomplete(folder, ValueError("the scenario in its manifest is not the one that was run"))
    return scenario


def _incomplete(folder: Path, error: Exception) -> UsageError:
    """An error about a folder that cannot be mended."""
    first = (str(getattr(error, "strerror", None) or error).splitlines() or [""])[0]
    return UsageError(
        f"{folder} is not a complete result folder: its {MANIFEST} ({type(error).__name__}: {first})",
        "give a folder that `triangle-sim run ... -o FOLDER` wrote",
    )


@dataclass(frozen=True, eq=False)
class Stored:
    """Tables of a result folder."""

    journal: Journal
    cells: list[Cell]

    def check_sizes(self) -> None:
        """Raises DamagedError unless all files are there and of the right size, which costs little to know and finds
        most of what can happen."""
        for path, seal in self.journal.files(self.cells):
            try:
                size = path.stat().st_size
            except OSError as error:
                raise DamagedError(path, error.strerror or "cannot be read") from None
            if size != seal.size:
                raise DamagedError(path, f"has {counted(size, 'byte')} in place of {seal.size:,}")

    def table(self, name: str) -> pd.DataFrame:
        """One table, whole, in the order of draws and replicates."""
        if name not in LARGE:
            small: pd.DataFrame = table_of(self.journal.read_file(name)).to_pandas()
            return small
        parts = list(self._parts(name, None))
        frame: pd.DataFrame = pa.concat_tables(parts).to_pandas()
        keys = ["draw", "replicate"] if name == "runs" else ["draw"]
        return frame.sort_values(keys, kind="stable", ignore_index=True) if len(parts) > 1 else frame

    def scan(self, name: str, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        """Some columns of a large table, a file at a time."""
        return (table.to_pandas() for table in self._parts(name, list(columns)))

    def _parts(self, name: str, columns: list[str] | None) -> Iterator[Any]:
        for cell in self.cells:
            if name in cell.kinds:
                yield table_of(self.journal.read_file(name, cell), columns).replace_schema_metadata(None)

    def save(self, result: Result, folder: Path) -> None:
        """Copy the files as they are into a new folder; a damaged one stops it."""
        source = self.journal.folder
        with new_folder(folder, result.manifest, result.scenario):
            for path, seal in self.journal.files(self.cells):
                write_whole(folder / path.relative_to(source), sealed(path, seal))
            for name in (JOURNAL, MANIFEST):
                write_whole(folder / name, read_regular(source / name, LARGEST))
