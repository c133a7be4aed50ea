"""A result folder while it is written: what is there, what is missing, what is added, and the end of it.

The order of steps makes it safe to stop anywhere. The folder appears with its manifest in it, as ``running``. A block's
files are put in place whole, then its line is added to the journal. When the last block is there, tables are made from
the counts of all, the journal is sorted, and the manifest says ``complete`` last of all.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.folder import contents
from triangle_sim.montecarlo.folder.given import encode
from triangle_sim.montecarlo.folder.journal import DamagedError, Journal, sync_folder, write_whole
from triangle_sim.montecarlo.folder.manifest import LARGEST, cells_in, dump, origin
from triangle_sim.montecarlo.folder.parquet import Seal
from triangle_sim.montecarlo.folder.scenario_file import text_of
from triangle_sim.montecarlo.tables import Source, tables_from
from triangle_sim.regular_files import read_regular
from triangle_sim.scenario.schema import Scenario
from triangle_sim.uncertainty import Table


def is_result(folder: Path) -> bool:
    """Whether a folder holds a result, of this version or another."""
    try:
        facts = json.loads(read_regular(folder / contents.MANIFEST, LARGEST))
        return isinstance(facts["format"], int) and isinstance(facts["triangle_sim"], str)
    except (OSError, KeyError, TypeError, ValueError, RecursionError):
        return False


def check_target(folder: Path, other: str = "remove it first") -> None:
    """Refuse a folder that is there already, with a UsageError."""
    if folder.is_dir():
        raise UsageError(f"{folder} exists already", f"choose another name with -o, or {other}; nothing was run")
    if folder.exists() or folder.is_symlink():
        raise UsageError(f"{folder} is a file, not a folder", "choose another name with -o; nothing was run")


def create(path: Path, facts: dict[str, Any], scenario: Scenario, table: Table | None = None) -> None:
    """Let a folder appear that holds its manifest and scenario already, and the parameters that were given.

    Raises UsageError if it cannot be made, or OSError if it cannot be filled; nothing is left behind.
    """
    parent = path.absolute().parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".triangle-sim-", dir=parent))
    except OSError as error:
        message = f"cannot write to {path}: {error.strerror}"
        raise UsageError(message, "choose another place with -o; nothing was run") from None
    with _all_or_nothing(path, work):
        for kind in contents.KINDS:
            (work / kind).mkdir()
        write_whole(work / contents.SCENARIO, text_of(scenario, facts))
        put_given(work, table)
        write_whole(work / contents.MANIFEST, dump(facts))
        work.chmod(0o755)
        os.rename(work, path)


def put_given(folder: Path, table: Table | None) -> None:
    """Let a folder hold the parameters that were given, or none."""
    if table is not None:
        write_whole(folder / contents.GIVEN, encode(table))
    elif (folder / contents.GIVEN).is_file():
        (folder / contents.GIVEN).unlink()


@contextmanager
def _all_or_nothing(path: Path, work: Path) -> Iterator[None]:
    """Whatever stops the work, nothing is left of it; an error of the system says what to do about it."""
    try:
        yield
    except BaseException as error:
        contents.remove_result(work)
        if not isinstance(error, OSError):
            raise
        if error.errno in (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR):
            message = f"{path} exists already: another process has just made it"
            raise UsageError(message, "choose another name; nothing was run") from None
        what = f"could not be saved: {error.strerror or error}; free some space or choose another place with -o"
        raise OSError(error.errno, what, str(path)) from None


@contextmanager
def opened(path: Path, facts: dict[str, Any], scenario: Scenario) -> Iterator[Folder]:
    """A result folder to write to; nobody else writes to it meanwhile.

    Raises UsageError if another process is writing to it, or its journal cannot be read.
    """
    with _locked(path):
        yield Folder(path, facts, scenario)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the folder for this process alone, where the system has such locks; they end with the process."""
    handle = None
    with contextlib.suppress(ImportError, OSError):  # no such locks here, or none on a network disk
        import fcntl

        handle = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise UsageError(f"another process is writing to {path}", "wait for it, or stop it first") from None
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


class Folder:
    """What is there of a run, what is missing, and the steps that complete it; see :func:`opened`."""

    def __init__(self, path: Path, facts: dict[str, Any], scenario: Scenario) -> None:
        self.path, self.facts, self.scenario = path, facts, scenario
        self.journal = Journal.read(path, origin(facts))
        self.cells = self.missing = cells_in(facts)
        self.runs, self.done = sum(cell.runs for cell in self.cells), 0

    def take_stock(self) -> list[str]:
        """Find out what is missing; returns what is damaged, and how."""
        contents.remove(self.path, contents.temporaries(self.path))
        for kind in contents.KINDS:
            (self.path / kind).mkdir(exist_ok=True)
        self.missing, problems = [], []
        for cell in self.cells:
            if not self.journal.lists(cell):
                self.missing.append(cell)
                continue
            try:
                for kind in cell.kinds:
                    self.journal.read_file(kind, cell)
                self.done += cell.runs
            except DamagedError as error:
                problems.append(error.what)
                self.missing.append(cell)
        return problems

    def add(self, cell: Cell, files: Mapping[str, bytes]) -> None:
        """Put a block in place and note it. Raises OSError, as on a full disk; the block is then not there."""
        for kind, data in files.items():
            write_whole(self.path / contents.file_name(kind, cell), data)
            sync_folder(self.path / kind)
        self.journal.add({contents.file_name(kind, cell): Seal.of(data) for kind, data in files.items()})
        self.done += cell.runs

    def finish(self, tables: Mapping[str, bytes] | None = None) -> None:
        """Tables over quarters, from the counts where none are given; the journal in order; the manifest that says so.
        Nothing is written twice."""
        if tables is None:
            tables = {} if self.facts.get("part") else tables_from(self.journal, self.cells, self.scenario)
        for table, data in tables.items():
            name = contents.file_name(table)
            self.journal.seals[name] = Seal.of(data)
            try:
                self.journal.read_file(table)
            except DamagedError:
                write_whole(self.path / name, data)
        self.journal.finish(self.cells, tables)
        # A reader that goes through all files of a folder must not meet a run twice.
        known = {self.path / name for name in self.journal.seals}
        contents.remove(self.path, (path for path in contents.block_files(self.path) if path not in known))
        self.facts = self.facts | {"status": "complete"}
        self.write_manifest()
        sync_folder(self.path)

    def write_manifest(self) -> None:
        """Write the manifest anew, as for more draws: what it asks for is missing until it is computed."""
        write_whole(self.path / contents.MANIFEST, dump(self.facts))

    def kept(self) -> int:
        """Runs that the journal on the disk vouches for, whatever moment the work was stopped at."""
        journal = Journal.read(self.path, self.journal.origin)
        return sum(cell.runs for cell in self.cells if journal.lists(cell))


def copy(
    path: Path,
    facts: dict[str, Any],
    scenario: Scenario,
    holders: Mapping[Cell, Source],
    tables: Mapping[str, bytes] | None = None,
    progress: Callable[[int, int], None] | None = None,
    given: Table | None = None,
) -> None:
    """A new folder of blocks that are there already. Raises as :func:`check_target` and :func:`create` do; whatever
    stops it, nothing is left of it."""
    check_target(path)
    create(path, facts | {"status": "running"}, scenario, given)
    with _all_or_nothing(path, path), opened(path, facts, scenario) as folder:
        for cell in folder.cells:
            folder.add(cell, {kind: holders[cell].read_file(kind, cell) for kind in cell.kinds})
            if progress is not None and cell.runs:
                progress(folder.done, folder.runs)
        folder.finish(tables)
