"""How blocks are computed: by this process, by processes of its own, or by an executor that was given."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from operator import index
from typing import Any

from triangle_sim.errors import shortened
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.design import Job, Tell, need, warn
from triangle_sim.montecarlo.workers.pool import started

Progress = Callable[[int, int], None]
"""Called with runs done and runs in all, after every block."""

A_SECOND = {"numpy": 1_500, "llvm": 13_000}
"""About how many runs a core computes in a second, by backend."""
START = 2.0
"""Seconds of work for which another process pays: it takes nearly as long to start."""
MOST = 1024
"""Processes at the most."""
WINDOW = 2
"""Blocks handed out for each worker: one to compute, another so that it need not wait for the next."""
UNKNOWN = 32
"""Workers of an executor that does not say how many it has."""
PAUSE = 1.0
"""Seconds after which an executor is asked whether it still works, while nothing comes."""


class LostWorkersError(BrokenExecutor):
    """The processes or machines that compute are gone. The exit code is 1."""

    exit_code = 1


@dataclass(frozen=True)
class Running:
    """What says how blocks are computed and who is told; the result does not depend on it.

    Raises UsageError for what cannot be used as one of these.
    """

    jobs: int | None = None
    executor: Executor | None = None
    progress: Progress | None = None
    tell: Tell | None = None

    def __post_init__(self) -> None:
        jobs: Any = self.jobs
        number = index(jobs) if hasattr(jobs, "__index__") and not isinstance(jobs, bool) else 0
        help = f"give a number from 1 to {MOST}, or None for as many as pay; nothing was run"
        need(self.jobs is None or 1 <= number <= MOST, "jobs", self.jobs, "a number of processes", help)
        need(isinstance(self.executor, Executor | None), "executor", self.executor, "an executor")
        need(self.progress is None or callable(self.progress), "progress", self.progress, "a function")
        need(self.tell is None or callable(self.tell), "tell", self.tell, "a function")

    def say(self, text: str) -> None:
        """Tell the user something; by default, as a Python warning."""
        (self.tell or warn)(text)


def first_line(problem: object) -> str:
    """What an error says in its first line, shortened, or its kind where it says nothing."""
    return shortened(next(iter(str(problem).strip().splitlines()), "") or type(problem).__name__, 200)


def cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def workers_for(runs: int, backend: str, jobs: int | None) -> int:
    """How many processes to use: what is asked for, else as many as pay, at most one a core this process may use."""
    if jobs is not None:
        return index(jobs)
    return max(1, min(cores(), int(runs / (A_SECOND.get(backend, 1) * START))))


def finished_blocks(
    task: Callable[[Job, Cell], Any], job: Job, cells: list[Cell], running: Running
) -> Generator[tuple[Cell, Any], None, None]:
    """Blocks as they finish: (address, answer of the task or the exception it ended with).

    Closing it early gives up what is under way. Raises BrokenExecutor if a worker died or the executor cannot continue.
    """
    workers = min(workers_for(sum(cell.runs for cell in cells), job.design.backend, running.jobs), len(cells))
    if multiprocessing.current_process().daemon:  # which may have no children
        workers = 1
    if running.executor is not None:
        yield from _share_out(running.executor, task, job, cells)
    elif workers > 1:
        try:
            with started(workers) as pool:
                yield from _share_out(pool, task, job, cells)
        except BrokenProcessPool:
            raise LostWorkersError("a worker process died: was it killed, or did memory run out (see -j)?") from None
    else:
        for cell in cells:
            try:
                answer = task(job.of_block(cell), cell)
            except Exception as error:
                answer = error
            yield cell, answer


def _share_out(
    executor: Executor, task: Callable[[Job, Cell], Any], job: Job, cells: Iterable[Cell]
) -> Iterator[tuple[Cell, Any]]:
    """Blocks computed by an executor, a few handed out at a time; in the end none is left that was not begun."""
    todo, pending = iter(cells), dict[Future[Any], Cell]()
    check = getattr(executor, "check", lambda: None)
    most = WINDOW * (getattr(executor, "_max_workers", None) or UNKNOWN)
    try:
        while True:
            for cell in islice(todo, most - len(pending)):
                pending[executor.submit(task, job.of_block(cell), cell)] = cell
            if not pending:
                return
            done = wait(pending, timeout=PAUSE, return_when=FIRST_COMPLETED).done
            if not done:
                check()
            for future in done:
                yield pending.pop(future), _answer(future, check)
    finally:
        for future in pending:
            future.cancel()


def _answer(future: Future[Any], check: Callable[[], None]) -> Any:
    try:
        return future.result()
    except BrokenExecutor:
        raise
    except CancelledError:
        check()
        raise LostWorkersError("the executor cancelled its work") from None
    except Exception as error:
        return error
