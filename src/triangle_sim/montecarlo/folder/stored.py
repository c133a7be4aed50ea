"""Tables of a result folder: runs in many files, each verified by its checksum when it is read."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.folder.encode import Seal, frame_of, table_of
from triangle_sim.montecarlo.folder.writing import sealed
from triangle_sim.montecarlo.folder.journal import Journal, write_whole
from triangle_sim.montecarlo.result import LARGE
from triangle_sim.names import counted

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result


@dataclass(frozen=True, eq=False)
class Stored:
    """Tables of a result folder."""

    folder: Path
    journal: Journal
    cells: list[Cell]

    def look(self) -> None:
        """See that all files are there and of the right size, which costs little and finds most of what can happen."""
        for path, seal in self._files():
            try:
                size = path.stat().st_size
            except OSError as error:
                raise damaged(path, error.strerror or "cannot be read") from None
            if size != seal.size:
                raise damaged(path, f"has {counted(size, 'byte')} in place of {seal.size:,}")

    def _files(self) -> Iterator[tuple[Path, Seal]]:
        for name, seal in self.journal.tables.items():
            yield self.folder / f"{name}.parquet", seal
        for cell in self.cells:
            for kind in cell.kinds:
                yield self._path(kind, cell), self.journal.blocks[cell][kind]

    def _path(self, kind: str, cell: Cell) -> Path:
        return self.folder / kind / f"{cell.name}.parquet"

    def _bytes(self, path: Path, seal: Seal) -> bytes:
        data = sealed(path, seal)
        if data is None:
            raise damaged(path, "is not what was written")
        return data

    def table(self, name: str) -> pd.DataFrame:
        """One table, whole, in the order of draws and replicates."""
        if name not in LARGE:
            return frame_of(self._bytes(self.folder / f"{name}.parquet", self.journal.tables[name]))
        parts = list(self._tables(name, None))
        frame: pd.DataFrame = pa.concat_tables(parts).to_pandas()
        keys = ["draw", "replicate"] if name == "runs" else ["draw"]
        return frame.sort_values(keys, kind="stable", ignore_index=True) if len(parts) > 1 else frame

    def scan(self, name: str, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        """Some columns of a large table, a file at a time."""
        for table in self._tables(name, list(columns)):
            yield table.to_pandas()

    def _tables(self, name: str, columns: list[str] | None) -> Iterator[Any]:
        for cell in self.cells:
            if name in cell.kinds:
                yield table_of(self._bytes(self._path(name, cell), self.journal.blocks[cell][name]), columns)

    def save(self, result: Result, folder: Path) -> None:
        """Copy the folder's files as they are; a damaged one stops it."""
        for path, seal in self._files():
            write_whole(folder / path.relative_to(self.folder), self._bytes(path, seal))
        for name in (self.journal.path.name, "scenario.yaml", "manifest.json"):
            write_whole(folder / name, (self.folder / name).read_bytes())


def resume(folder: Path) -> str:
    """The command that finishes or mends a folder."""
    return shlex.join(["triangle-sim", "resume", str(folder)])


def damaged(path: Path, what: str) -> UsageError:
    """An error about one file, and what to do about it."""
    folder = path.parent.parent if path.parent.name in ("runs", "counts", "parameters") else path.parent
    return UsageError(
        f"{folder} is not a complete result folder: {path.relative_to(folder)} {what}",
        f"{resume(folder)} computes what is damaged again",
    )
