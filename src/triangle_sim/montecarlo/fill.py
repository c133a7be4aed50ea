"""Filling a result folder: what is missing is computed, kept as it finishes, and reported if it fails."""

from __future__ import annotations

import re
import shutil
import threading
import warnings
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.design import Design, Job, computed, in_bytes
from triangle_sim.montecarlo.folder.writing import Folder
from triangle_sim.montecarlo.workers.interruption import put_off
from triangle_sim.montecarlo.folder.journal import write_whole
from triangle_sim.montecarlo.workers.pool import Processes, jobs_for
from triangle_sim.montecarlo.workers.schedule import carry_out, share_out
from triangle_sim.montecarlo.folder.reading import as_run, scenario_yaml
from triangle_sim.montecarlo.folder.stored import resume
from triangle_sim.names import counted
from triangle_sim.scenario.schema import Scenario

Progress = Callable[[int, int], None]
"""Called with runs done and runs in all, after every block."""

Tell = Callable[[str], None]
"""Called with a sentence the user should know; default: a Python warning."""

DESIGN_LINES = re.compile(rb"^(draws|replicates): .*$", re.MULTILINE)
"""What of a scenario file changes as a folder grows."""

SHOWN = 3
"""Failed blocks that a message names."""


def warn(text: str) -> None:
    """Tell it as a Python warning."""
    warnings.warn(text, stacklevel=3)


class Interrupted(KeyboardInterrupt):
    """Ctrl-C; says what was kept."""


class FailedBlocksError(RuntimeError):
    """Some blocks failed, each with an address and an exception; the others are kept. The exit code is 1."""

    exit_code = 1

    def __init__(self, failures: list[tuple[Cell, Exception]], kept: str) -> None:
        super().__init__(failures, kept)
        self.failures, self.kept = failures, kept

    def __str__(self) -> str:
        one = [f"{cell}: {type(e).__name__}: {(str(e).splitlines() or [''])[0]}" for cell, e in self.failures[:SHOWN]]
        more = [f"and {len(self.failures) - SHOWN} more"] if len(self.failures) > SHOWN else []
        head = f"{counted(len(self.failures), 'block')} failed"
        if any(isinstance(error, MemoryError) for _, error in self.failures):
            more.append("out of memory: use fewer processes (-j), or ask for fewer runs")
        return "\n".join([head, *(f"  {line}" for line in one + more), self.kept])


def design_of(facts: dict[str, Any]) -> Design:
    """The design a manifest holds."""
    return Design(facts["draws"], facts["replicates"], facts["seed"], facts["backend"], facts["precision"])


def ask_workers(executor: Executor | None, backend: str) -> None:
    """Let a cluster refuse workers that have other libraries for a backend than this machine."""
    ask = getattr(executor, "same_everywhere", None)
    if ask is not None:
        ask(backend)


def finished_blocks(
    scenario: Scenario,
    design: Design,
    cells: list[Cell],
    jobs: int | None,
    executor: Executor | None,
    *,
    encoded: bool,
) -> Generator[tuple[Cell, Any], None, None]:
    """Blocks as they finish, by an executor, processes of our own, or this process where that is quickest.

    Encoded, or as arrays; or the exception a block ended with. Closing it early stops what is under way. Only here,
    between blocks, an interruption is raised.
    """
    task: Callable[[Job, Cell], Any] = in_bytes if encoded else computed
    job = Job.of(scenario, design)
    workers = min(jobs_for(sum(cell.runs for cell in cells), jobs), len(cells))
    with ExitStack() as ends:
        interruptions = ends.enter_context(put_off())
        if executor is None and workers > 1:
            executor = ends.enter_context(Processes(workers))
        if executor is None:
            blocks = carry_out(lambda cell: task(job, cell), cells, interruptions)
        else:
            blocks = share_out(executor, task, job, cells, threading.Event(), interruptions)
        yield from ends.enter_context(closing(blocks))


def fill(
    path: Path,
    scenario: Scenario,
    facts: dict[str, Any],
    jobs: int | None,
    progress: Progress | None,
    executor: Executor | None,
    tell: Tell | None,
    *,
    new: bool = False,
    rewrite: bool = False,
) -> Path:
    """Compute what a folder lacks, and finish it.

    ``new``: it was made for this; ``rewrite``: its manifest and scenario are written anew first.

    Raises
    ------
    FailedBlocksError
        if some blocks failed.
    Interrupted
        after ctrl-C.
    OSError
        if the disk takes no more.
    """
    with Folder(path, facts, scenario) as folder, reported(folder, new):
        ask_workers(executor, facts["backend"])
        damaged = folder.take_stock()
        if damaged:
            (tell or warn)(f"damaged, computed again: {', '.join(damaged[:SHOWN])}" + " ..." * (len(damaged) > SHOWN))
        if rewrite:
            shutil.rmtree(path / "figures", ignore_errors=True)  # they show the smaller design
        _restore_scenario(path, scenario_yaml(as_run(scenario, facts)).encode(), tell or warn)
        if rewrite:
            folder.write_manifest()
        _compute(folder, jobs, progress, executor)
        folder.finish()
    return path


def _restore_scenario(path: Path, text: bytes, tell: Tell) -> None:
    """Let the folder's scenario file say what the manifest does; what a user has made of it is kept beside it."""
    file, other = path / "scenario.yaml", path / "scenario.found.yaml"
    found = file.read_bytes() if file.is_file() else b""
    if found == text:
        return
    if DESIGN_LINES.sub(b"", found) != DESIGN_LINES.sub(b"", text):  # not only stopped before it was made larger
        kept = ""
        if found:
            file.replace(other)
            kept = f"; what was there is now {other.name}"
        tell(f"{file} did not say what was run, written again{kept}")
    write_whole(file, text)


@contextmanager
def reported(folder: Folder, new: bool) -> Iterator[None]:
    """Whatever stops the work says what is kept, and how to go on; a new folder without a run is not kept."""
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted(f"interrupted; {_kept(folder, new)}") from None
    except FailedBlocksError as error:
        raise FailedBlocksError(error.failures, _kept(folder, new)) from error.failures[0][1]
    except BrokenProcessPool as error:  # of an executor that was given
        raise BrokenProcessPool(f"{error}; {_kept(folder, new)}") from None
    except OSError as error:
        raise OSError(error.errno, f"{error.strerror or error}; {_kept(folder, new)}", str(folder.path)) from None
    except BaseException:
        _kept(folder, new)
        raise


def _compute(folder: Folder, jobs: int | None, progress: Progress | None, executor: Executor | None) -> None:
    failures = []
    if progress is not None:
        progress(folder.done, folder.runs)
    blocks = finished_blocks(folder.scenario, design_of(folder.facts), folder.missing, jobs, executor, encoded=True)
    with closing(blocks) as finished:
        for cell, block in finished:
            if isinstance(block, Exception):
                failures.append((cell, block))
                continue
            folder.add(block)
            if progress is not None and cell.runs:
                progress(folder.done, folder.runs)
    if failures:
        raise FailedBlocksError(sorted(failures, key=lambda failure: failure[0]), "")


def _kept(folder: Folder, new: bool) -> str:
    """What is kept of an unfinished run, and how to go on."""
    runs = folder.kept()
    if new and not runs:
        folder.discard()
        return "nothing was saved"
    kept = f"{runs:,} of {counted(folder.runs, 'future')} {'is' if runs == 1 else 'are'} kept in {folder.path}"
    return f"{kept}; go on with: {resume(folder.path)}"
