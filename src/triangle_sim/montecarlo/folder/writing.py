"""A result folder while it is written: what is there, what is missing, what is added, and the end of it.

The order of things is what makes it safe to stop anywhere. The folder appears with its manifest in it, as ``running``.
A block's files are put in place whole, then its line is added to the journal. When the last block is there, tables are
made from the counts of all, the journal is sorted, and the manifest says ``complete`` last of all.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.blocks import Cell, Region, cells_of
from triangle_sim.montecarlo.folder.encode import Encoded, Seal, Totals, parquet_of
from triangle_sim.montecarlo.folder.journal import Journal, sync_folder, write_whole
from triangle_sim.scenario.schema import Scenario

KINDS = ("runs", "counts", "parameters")
NAME = re.compile(r"d\d{8,}-\d{8,}(\.r\d{8,}-\d{8,})?\.parquet")
"""Names of blocks' files: others are the user's."""


def dump_manifest(facts: dict[str, Any]) -> bytes:
    """The manifest as it is written."""
    return (json.dumps(facts, indent=2, ensure_ascii=False) + "\n").encode()


def cells_in(facts: dict[str, Any]) -> list[Cell]:
    """The stored blocks that a manifest asks for."""
    return cells_of([Region.read(region) for region in facts["regions"]], facts.get("part"))


def create(path: Path, facts: dict[str, Any], scenario_text: str) -> None:
    """Let a folder appear that holds its manifest and scenario already.

    Raises
    ------
    UsageError
        if it cannot be made.
    OSError
        if it cannot be filled, as on a full disk; nothing is left behind.
    """
    parent = path.absolute().parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".triangle-sim-", dir=parent))
    except OSError as error:
        raise UsageError(f"cannot write to {path}: {error.strerror}", "choose another place with -o") from None
    try:
        for kind in KINDS:
            (work / kind).mkdir()
        write_whole(work / "scenario.yaml", scenario_text.encode())
        write_whole(work / "manifest.json", dump_manifest(facts))
        work.chmod(0o755)
        os.rename(work, path)
    except BaseException as error:
        shutil.rmtree(work, ignore_errors=True)
        if not isinstance(error, OSError):
            raise
        if error.errno in (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR):
            raise UsageError(
                f"{path} exists already: another process has just made it", "choose another name; nothing was run"
            ) from None
        what = f"could not be saved: {error.strerror or error}; free some space or choose another place with -o"
        raise OSError(error.errno, what, str(path)) from None


class Folder:
    """A result folder opened for writing; nobody else writes to it meanwhile.

    Raises
    ------
    UsageError
        if another process is writing to it.
    """

    def __init__(self, path: Path, facts: dict[str, Any], scenario: Scenario) -> None:
        self.path, self.facts, self.scenario = path, facts, scenario
        self.cells = cells_in(facts)
        self.missing: list[Cell] = []
        self.runs = sum(cell.runs for cell in self.cells)
        self.done = 0
        self._totals = Totals()
        self._lock = _locked(path)
        self.journal = Journal.read(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._lock is not None:
            os.close(self._lock)

    @property
    def part(self) -> bool:
        """Whether it holds a part of a design, to be merged with others."""
        return self.facts.get("part") is not None

    def take_stock(self) -> list[str]:
        """Find out what is missing, and take the counts of what is there; returns names of damaged files."""
        for kind in KINDS:
            (self.path / kind).mkdir(exist_ok=True)
        for left in sorted(self.path.rglob(".*.part")):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        self.missing, damaged = [], []
        for cell in self.cells:
            seals = self.journal.blocks.get(cell)
            found = {kind: self.file(kind, cell) for kind in cell.kinds}
            if seals is None or set(seals) != set(cell.kinds):
                self.missing.append(cell)
                continue
            data = {kind: sealed(path, seals[kind]) for kind, path in found.items()}
            bad = [str(found[kind]) for kind, whole in data.items() if whole is None]
            if bad:
                damaged += bad
                self.missing.append(cell)
                continue
            self._count(cell, data)
        return damaged

    def file(self, kind: str, cell: Cell) -> Path:
        """Where a block's file is."""
        return self.path / kind / f"{cell.name}.parquet"

    def add(self, block: Encoded) -> None:
        """Put a block in place and note it.

        Raises
        ------
        OSError
            as on a full disk; the block is then not there.
        """
        for kind, data in block.files.items():
            write_whole(self.file(kind, block.cell), data)
            sync_folder(self.path / kind)
        self.journal.add(block.cell, block.seals)
        self._count(block.cell, block.files)

    def _count(self, cell: Cell, files: dict[str, Any]) -> None:
        if "counts" in files and not self.part:
            self._totals.add(files["counts"])
        self.done += cell.runs

    def finish(self) -> None:
        """Tables from the counts, the journal in order, and the manifest that says so. Nothing is written twice."""
        from triangle_sim.model.prepared import Prepared
        from triangle_sim.montecarlo.tables import frames

        tables: dict[str, Seal] = {}
        if not self.part:
            for name, frame in frames(Prepared(self.scenario), self._totals.tally()).items():
                data = parquet_of(frame)
                tables[name] = Seal.of(data)
                if sealed(self.path / f"{name}.parquet", tables[name]) is None:
                    write_whole(self.path / f"{name}.parquet", data)
        self.journal.finish(self.cells, tables)
        self._remove_strangers()
        self.facts = self.facts | {"status": "complete"}
        self.write_manifest()
        sync_folder(self.path)

    def _remove_strangers(self) -> None:
        """Block files of no block: a reader that goes through all files of a folder must not meet a run twice."""
        known = {self.file(kind, cell) for cell in self.cells for kind in cell.kinds}
        for kind in KINDS:
            for path in (self.path / kind).glob("*.parquet"):
                if path not in known and NAME.fullmatch(path.name):
                    path.unlink()

    def write_manifest(self) -> None:
        """Write the manifest anew, as for more draws: what it asks for is missing until it is computed."""
        write_whole(self.path / "manifest.json", dump_manifest(self.facts))

    def kept(self) -> int:
        """Runs that the journal on the disk vouches for: whatever moment the work was stopped at."""
        there = Journal.read(self.path).blocks
        return sum(cell.runs for cell in self.cells if cell in there)

    def discard(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.path, ignore_errors=True)


def sealed(path: Path, seal: Seal) -> bytes | None:
    """The bytes of a file, if they are those that were written."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data if len(data) == seal.size and Seal.of(data) == seal else None


def _locked(path: Path) -> int | None:
    """Hold the folder for this process alone, where the system has such locks; they end with the process."""
    try:
        import fcntl
    except ImportError:
        return None
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise UsageError(f"another process is writing to {path}", "wait for it, or stop it first") from None
    except OSError:  # a network disk without such locks
        with contextlib.suppress(OSError):
            os.close(handle)
        return None
    return handle
