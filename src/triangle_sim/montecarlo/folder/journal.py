"""The journal: which blocks and tables of a folder are finished, and what their files must hold."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.folder.contents import JOURNAL, KINDS, temporary
from triangle_sim.montecarlo.folder.parquet import Seal, label_for, label_of
from triangle_sim.names import counted
from triangle_sim.regular_files import read_regular

Seals = dict[str, Seal]

LARGEST = 2**26
"""Bytes of the largest journal that is read: a line takes about 300."""

_Number = Annotated[int, Field(ge=0, lt=2**53)]


class _Line(BaseModel):
    model_config = ConfigDict(strict=True)
    origin: str
    files: dict[str, tuple[_Number, str]]
    table: str | None = None
    draws: tuple[_Number, _Number] | None = None
    replicates: tuple[_Number, _Number] = (0, 0)


class DamagedError(UsageError):
    """A file of a result folder that is not what was written; ``what`` says so without the folder."""

    def __init__(self, path: Path, what: str, first: str = "") -> None:
        folder = path.parent.parent if path.parent.name in KINDS else path.parent
        self.what = f"{path.relative_to(folder)} {what}"
        message = f"{folder} is not a complete result folder: {self.what}"
        super().__init__(message, f"{first}{resume_command(folder)} computes what is damaged again")


def resume_command(folder: Path) -> str:
    """The command that finishes or mends a folder."""
    return shlex.join(["triangle-sim", "resume", str(folder)])


@dataclass
class Journal:
    """One line a finished block or table: the run it belongs to, its address, size and SHA-256 of its files.

    A line is added once the files are in place. A line that cannot be read (the last one, where the machine stopped in
    the middle of it) counts as missing, and so does one of another run: its block is computed again. When all is done
    the lines are sorted, so that the file does not tell in what order blocks finished.
    """

    folder: Path
    origin: str
    blocks: dict[Cell, Seals] = field(default_factory=dict)
    tables: Seals = field(default_factory=dict)
    foreign: int = 0
    """Lines of other runs."""

    @classmethod
    def read(cls, folder: Path, origin: str) -> Journal:
        """The journal of a folder; empty where there is none. Raises DamagedError if it cannot be read."""
        journal = cls(folder, origin)
        try:
            lines = read_regular(folder / JOURNAL, LARGEST).splitlines()
        except FileNotFoundError:
            return journal
        except OSError as error:
            raise DamagedError(folder / JOURNAL, error.strerror or "cannot be read", "remove it; then ") from None
        for line in lines:
            with contextlib.suppress(ValidationError):
                journal._take(_Line.model_validate_json(line))
        return journal

    def _take(self, line: _Line) -> None:
        seals = {kind: Seal(*seal) for kind, seal in line.files.items()}
        if line.origin != self.origin:
            self.foreign += 1
        elif line.table is not None:
            self.tables |= seals
        elif line.draws is not None:
            cell = Cell(line.draws, line.replicates)
            if set(seals) == set(cell.kinds):
                self.blocks[cell] = seals

    def add(self, cell: Cell, seals: Seals) -> None:
        """Note a finished block, for good. Raises OSError, as on a full disk; the journal is then as it was."""
        line = self._line(cell, seals)
        with (self.folder / JOURNAL).open("ab+", buffering=0) as file:
            whole = file.tell()
            if whole:
                file.seek(-1, os.SEEK_END)
                line = line if file.read(1) == b"\n" else b"\n" + line
            try:
                while line:  # a disk that fills up takes a part first
                    line = line[file.write(line) :]
                os.fsync(file.fileno())
            except OSError:
                with contextlib.suppress(OSError):
                    file.truncate(whole)
                raise
        self.blocks[cell] = seals

    def finish(self, cells: list[Cell], tables: Seals) -> None:
        """Only these blocks and tables, in order."""
        self.blocks, self.tables = {cell: self.blocks[cell] for cell in sorted(cells)}, dict(sorted(tables.items()))
        lines = [self._line(cell, seals) for cell, seals in self.blocks.items()]
        lines += [self._dump({"table": name}, {name: seal}) for name, seal in self.tables.items()]
        write_whole(self.folder / JOURNAL, b"".join(lines))

    def _line(self, cell: Cell, seals: Seals) -> bytes:
        return self._dump({"draws": cell.draws} | ({"replicates": cell.replicates} if cell.runs else {}), seals)

    def _dump(self, where: Mapping[str, object], seals: Seals) -> bytes:
        entry = {**where, "origin": self.origin, "files": dict(sorted(seals.items()))}
        return json.dumps(entry, separators=(",", ":")).encode() + b"\n"

    def path(self, kind: str, cell: Cell | None = None) -> Path:
        """Where a file of a block is, or a table over quarters."""
        return self.folder / (f"{kind}.parquet" if cell is None else f"{kind}/{cell.name}.parquet")

    def check_sizes(self, cells: list[Cell]) -> None:
        """Raises DamagedError unless the files of these blocks and of all tables are there and of the right size, which
        costs little to know and finds most of what can happen."""
        files = [(self.path(name), seal) for name, seal in self.tables.items()]
        files += [(self.path(kind, cell), self.blocks[cell][kind]) for cell in cells for kind in cell.kinds]
        for path, seal in files:
            try:
                size = path.stat().st_size
            except OSError as error:
                raise DamagedError(path, error.strerror or "cannot be read") from None
            if size != seal.size:
                raise DamagedError(path, f"has {counted(size, 'byte')} in place of {seal.size:,}")

    def read_file(self, kind: str, cell: Cell | None = None) -> bytes:
        """The bytes of such a file. Raises DamagedError if it is not what was written, or belongs to another run."""
        path = self.path(kind, cell)
        if cell is None:
            return sealed(path, self.tables[kind])
        if cell not in self.blocks:
            raise DamagedError(self.folder / JOURNAL, f"does not list {cell}")
        data = sealed(path, self.blocks[cell][kind])
        if label_of(data) != label_for(self.origin, cell):
            raise DamagedError(path, "belongs to another run")
        return data


def sealed(path: Path, seal: Seal) -> bytes:
    """The bytes of a file. Raises DamagedError if they are not those that were written."""
    try:
        data = read_regular(path, seal.size)
    except OSError as error:
        raise DamagedError(path, error.strerror or "cannot be read") from None
    if Seal.of(data) != seal:
        raise DamagedError(path, "is not what was written")
    return data


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under another name, flush it to the disk, and only then rename it.

    Raises OSError, as on a full disk; the path is then as it was before.
    """
    part = temporary(path)
    file = part.open("xb")  # what lies there already is not the product's, or another process writes it
    try:
        with file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def sync_folder(folder: Path) -> None:
    """Flush new names in a folder to the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
