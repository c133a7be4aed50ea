"""Files that are there whole or not at all, and the journal that says which are, and what they must hold."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.folder.encode import Seal

JOURNAL = "blocks.jsonl"
Seals = dict[str, Seal]


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under another name, see it to the disk, and only then give it its own.

    Raises
    ------
    OSError
        as on a full disk; the path is then as it was before.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def sync_folder(folder: Path) -> None:
    """See new names in a folder to the disk, where the system has a way to."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@dataclass
class Journal:
    """One line a finished block or table: where it belongs, size and SHA-256 of its files.

    A line is added once the files are in place. A line that cannot be read (the last one, where the machine stopped in
    the middle of it) is as if it were not there: its block is computed again. When all is done the lines are sorted, so
    that the file does not tell in what order blocks finished.
    """

    path: Path
    blocks: dict[Cell, Seals] = field(default_factory=dict)
    tables: Seals = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Journal:
        """The journal of a folder; empty where there is none."""
        journal = cls(folder / JOURNAL)
        with contextlib.suppress(FileNotFoundError):
            for line in journal.path.read_bytes().splitlines():
                with contextlib.suppress(ValueError, KeyError, TypeError):
                    journal._take(json.loads(line))
        return journal

    def _take(self, entry: Any) -> None:
        seals = {str(kind): Seal(int(size), str(sha256)) for kind, (size, sha256) in entry["files"].items()}
        if "table" in entry:
            self.tables |= seals
        else:
            (d0, d1), (r0, r1) = entry["draws"], entry.get("replicates", (0, 0))
            self.blocks[Cell((int(d0), int(d1)), (int(r0), int(r1)))] = seals

    def add(self, cell: Cell, seals: Seals) -> None:
        """Note a finished block, for good."""
        line = _line(cell, seals)
        with self.path.open("ab+", buffering=0) as file:
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
        lines = [_line(cell, seals) for cell, seals in self.blocks.items()]
        lines += [_dump({"table": name, "files": {name: seal}}) for name, seal in self.tables.items()]
        write_whole(self.path, b"".join(lines))


def _line(cell: Cell, seals: Seals) -> bytes:
    where: dict[str, object] = {"draws": cell.draws}
    if cell.runs:
        where["replicates"] = cell.replicates
    return _dump(where | {"files": dict(sorted(seals.items()))})


def _dump(entry: dict[str, object]) -> bytes:
    return json.dumps(entry, separators=(",", ":")).encode() + b"\n"
