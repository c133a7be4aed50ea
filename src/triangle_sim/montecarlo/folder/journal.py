"""The journal: which blocks and tables of a folder are finished, and what their files must hold."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.folder.contents import JOURNAL, KINDS, SMALL, file_name, temporary
from triangle_sim.montecarlo.folder.parquet import Seal, label_for, label_of
from triangle_sim.names import counted
from triangle_sim.regular_files import read_regular

LARGEST = 2**26
"""Bytes of the largest journal that is read: a line takes about 300."""


class _Line(BaseModel):
    model_config = ConfigDict(strict=True)
    origin: str
    files: dict[str, tuple[Annotated[int, Field(ge=0, lt=2**53)], str]]


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
    """One line a finished block or table: the run it belongs to, and size and SHA-256 of its files.

    A line is added once the files are in place. A line that cannot be read (the last one, where the machine stopped in
    the middle of it) counts as missing, and so does one of another run: its block is computed again. When all is done
    the lines are sorted, so that the file does not tell in what order blocks finished.
    """

    folder: Path
    origin: str
    seals: dict[str, Seal] = field(default_factory=dict)
    """By the name of a file."""
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
            try:
                entry = _Line.model_validate_json(line)
            except ValidationError:
                continue
            if entry.origin == origin:
                journal.seals |= {name: Seal(*seal) for name, seal in entry.files.items()}
            else:
                journal.foreign += 1
        return journal

    def lists(self, cell: Cell) -> bool:
        """Whether a block is finished."""
        return all(file_name(kind, cell) in self.seals for kind in cell.kinds)

    def add(self, seals: dict[str, Seal]) -> None:
        """Note a finished block, for good. Raises OSError, as on a full disk; the journal is then as it was."""
        line = self._line(seals)
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
        self.seals |= seals

    def finish(self, cells: list[Cell], tables: Iterable[str]) -> None:
        """Only these blocks and tables, in order."""
        lines = [[file_name(kind, cell) for kind in cell.kinds] for cell in sorted(cells)]
        lines += [[file_name(table)] for table in sorted(tables)]
        self.seals = {name: self.seals[name] for names in lines for name in names}
        written = [self._line({name: self.seals[name] for name in names}) for names in lines]
        write_whole(self.folder / JOURNAL, b"".join(written))

    def _line(self, seals: dict[str, Seal]) -> bytes:
        entry = {"origin": self.origin, "files": dict(sorted(seals.items()))}
        return json.dumps(entry, separators=(",", ":")).encode() + b"\n"

    def check_sizes(self, cells: list[Cell]) -> None:
        """Raises DamagedError unless the files of these blocks and of all tables are there and of the right size, which
        costs little to know and finds most of what can happen."""
        names = [file_name(table) for table in SMALL]
        names += [file_name(kind, cell) for cell in cells for kind in cell.kinds]
        for name in names:
            seal, path = self._seal(name), self.folder / name
            try:
                size = path.stat().st_size
            except OSError as error:
                raise DamagedError(path, error.strerror or "cannot be read") from None
            if size != seal.size:
                raise DamagedError(path, f"has {counted(size, 'byte')} in place of {seal.size:,}")

    def read_file(self, kind: str, cell: Cell | None = None) -> bytes:
        """The bytes of a file of a block, or of a table over quarters. Raises DamagedError if it is not what was
        written, or belongs to another run."""
        name = file_name(kind, cell)
        seal, path = self._seal(name), self.folder / name
        try:
            data = read_regular(path, seal.size)
        except OSError as error:
            raise DamagedError(path, error.strerror or "cannot be read") from None
        if Seal.of(data) != seal:
            raise DamagedError(path, "is not what was written")
        if cell is not None and label_of(data) != label_for(self.origin, cell):
            raise DamagedError(path, "belongs to another run")
        return data

    def _seal(self, name: str) -> Seal:
        if name not in self.seals:
            raise DamagedError(self.folder / JOURNAL, f"does not list {name}")
        return self.seals[name]


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
