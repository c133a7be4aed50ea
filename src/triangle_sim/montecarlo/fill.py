"""Computing what is missing of a run: in a folder, where blocks are kept as they finish, or in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import BrokenExecutor
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.compute import compute
from triangle_sim.montecarlo.design import Design, Job
from triangle_sim.montecarlo.folder import contents
from triangle_sim.montecarlo.folder.journal import resume_command
from triangle_sim.montecarlo.folder.manifest import cells_in, origin, read_manifest, scenario_of
from triangle_sim.montecarlo.folder.scenario_file import restore, text_of
from triangle_sim.montecarlo.folder.writing import Folder, opened, put_given
from triangle_sim.montecarlo.result import Result, Tables, handed
from triangle_sim.montecarlo.tables import tables_from
from triangle_sim.montecarlo.workers.running import LostWorkersError, Running, finished_blocks, first_line
from triangle_sim.names import counted
from triangle_sim.scenario.schema import Scenario
from triangle_sim.uncertainty import Table

SHOWN = 3
"""Failed or damaged blocks that a message names."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C; says what is kept, and how to go on."""


class FailedBlocksError(RuntimeError):
    """Some blocks failed, each with an address and an exception; the others are kept. The exit code is 1."""

    exit_code = 1

    def __init__(self, failures: list[tuple[Cell, Exception]], kept: str) -> None:
        super().__init__(failures, kept)
        self.failures, self.kept = failures, kept

    def __str__(self) -> str:
        one = [f"{cell}: {type(e).__name__}: {first_line(e)}" for cell, e in self.failures[:SHOWN]]
        more = [f"and {len(self.failures) - SHOWN} more"] if len(self.failures) > SHOWN else []
        head = f"{counted(len(self.failures), 'block')} failed"
        if any(isinstance(error, MemoryError) for _, error in self.failures):
            more.append("out of memory: use fewer processes (-j), or ask for fewer runs")
        return "\n".join([head, *(f"  {line}" for line in one + more), self.kept])


class Memory:
    """A run without a folder: its files by kind and block, or by the name of a table."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.files: dict[tuple[str, Cell | None], bytes] = {}
        self.cells = self.missing = cells_in(facts)
        self.runs, self.done = facts["runs"], 0

    def add(self, cell: Cell, files: Mapping[str, bytes]) -> None:
        """Keep a block."""
        self.files |= {(kind, cell): data for kind, data in files.items()}
        self.done += cell.runs

    def read_file(self, kind: str, cell: Cell | None = None) -> bytes:
        """The bytes of such a file."""
        return self.files[kind, cell]


def in_memory(scenario: Scenario, facts: dict[str, Any], running: Running, table: Table | None = None) -> Result:
    """Compute all blocks; the first that fails ends it with its own exception."""
    memory = Memory(facts)
    _compute(memory, scenario, facts, running, table)
    memory.files |= {(name, None): data for name, data in tables_from(memory, memory.cells, scenario).items()}
    return Result(scenario, facts | {"status": "complete"}, Tables(memory, memory.cells), partial(handed, table))


def fill(
    path: Path,
    scenario: Scenario,
    facts: dict[str, Any],
    running: Running,
    new: bool = False,
    table: Table | None = None,
) -> Path:
    """Compute what a folder lacks of the run in a manifest, and finish it.

    If the folder holds another run, or a smaller one, its manifest, scenario and pictures are replaced. ``new``: the
    folder was made for this run. Raises FailedBlocksError, LostWorkersError, Interrupted or OSError, which say what is
    kept.
    """
    with opened(path, facts, scenario) as folder, _reported(folder, new):
        problems = folder.take_stock()
        there, written = _before(path)
        if there == facts and folder.journal.foreign:
            problems.insert(0, f"{folder.journal.foreign:,} lines of {contents.JOURNAL} belong to another run")
        if problems:
            more = " ..." * (len(problems) > SHOWN)
            running.say(f"damaged, computed again: {'; '.join(problems[:SHOWN])}{more}")
        restore(path, text_of(scenario, facts), written, running.say)
        if there != facts:
            contents.remove(path, [*contents.pictures(path), *contents.reports(path)])
            put_given(path, table)
            folder.write_manifest()
        _compute(folder, scenario, facts, running, table)
        folder.finish()
    return path


def _before(path: Path) -> tuple[dict[str, Any], bytes]:
    """The manifest that a folder holds and the scenario file that belongs to it; nothing for another version's."""
    try:
        facts = read_manifest(path)
        return facts, text_of(scenario_of(facts, path), facts)
    except UsageError:
        return {}, b""


def _compute(
    target: Folder | Memory, scenario: Scenario, facts: dict[str, Any], running: Running, table: Table | None
) -> None:
    failures, progress = [], running.progress or (lambda done, runs: None)
    if target.done:
        progress(target.done, target.runs)
    job = Job.of(scenario, design_of(facts), origin(facts), table)
    with closing(finished_blocks(compute, job, target.missing, running)) as finished:
        for cell, block in finished:
            if isinstance(block, Exception):
                if isinstance(target, Memory):
                    raise block
                failures.append((cell, block))
                continue
            target.add(cell, block)
            if cell.runs:
                progress(target.done, target.runs)
    if failures:
        raise FailedBlocksError(sorted(failures, key=lambda failure: failure[0]), "")


def design_of(facts: dict[str, Any]) -> Design:
    """The design a manifest holds."""
    return Design(facts["draws"], facts["replicates"], facts["seed"], facts["backend"], facts["precision"])


@contextmanager
def _reported(folder: Folder, new: bool) -> Iterator[None]:
    """Whatever stops the work says what is kept, and how to go on; a new folder without a run is not kept."""
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted(f"interrupted; {_kept(folder, new)}") from None
    except FailedBlocksError as error:
        raise FailedBlocksError(error.failures, _kept(folder, new)) from error.failures[0][1]
    except BrokenExecutor as error:
        raise LostWorkersError(f"{error}; {_kept(folder, new)}") from error
    except OSError as error:
        raise OSError(error.errno, f"{error.strerror or error}; {_kept(folder, new)}", str(folder.path)) from None
    except BaseException:
        _kept(folder, new)
        raise


def _kept(folder: Folder, new: bool) -> str:
    """What is kept of an unfinished run, and how to go on."""
    runs = folder.kept()
    if new and not runs:
        contents.remove_result(folder.path)
        return "nothing was saved"
    kept = f"{runs:,} of {counted(folder.runs, 'future')} {'is' if runs == 1 else 'are'} kept in {folder.path}"
    return f"{kept}; go on with: {resume_command(folder.path)}"
