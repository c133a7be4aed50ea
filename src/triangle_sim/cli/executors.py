"""What computes: processes, threads or a cluster, as the options say."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from triangle_sim.errors import UsageError
from triangle_sim.names import did_you_mean

if TYPE_CHECKING:
    from triangle_sim.plots.studio import Studio

EXECUTORS = ("processes", "threads", "dask")

SHORT = 100_000
"""Runs up to which half a second saved over pictures is worth the memory of another process."""


@dataclass(frozen=True)
class Computing:
    """The options that say where futures are computed; the result does not depend on them."""

    jobs: str = "auto"
    executor: str = "processes"
    scheduler: str | None = None

    def __post_init__(self) -> None:
        if self.executor not in EXECUTORS:
            raise UsageError(
                f"--executor {self.executor}: no such executor", did_you_mean(self.executor, EXECUTORS, "executors")
            )
        if self.executor == "dask" and not self.scheduler:
            raise UsageError("--executor dask needs --scheduler", "e.g. --scheduler tcp://127.0.0.1:8786")
        if self.executor != "dask" and self.scheduler:
            raise UsageError("--scheduler is for --executor dask", "add --executor dask, or leave --scheduler out")
        self.number()

    def number(self) -> int | None:
        """``-j``: a number of processes or threads, ``None`` for auto.

        Raises
        ------
        UsageError
            for anything else.
        """
        from triangle_sim.montecarlo.workers.pool import MOST

        if self.jobs == "auto":
            return None
        if not self.jobs.isdecimal() or not 1 <= int(self.jobs) <= MOST:
            raise UsageError(f"-j {self.jobs}: not a number of processes", f"give a number from 1 to {MOST}, or auto")
        return int(self.jobs)

    def expect(self, runs: int | None) -> None:
        """Let what workers need be imported from now on, in another process, if so many runs (``None``: unknown) may
        want workers; it costs this process nothing."""
        from triangle_sim.montecarlo.workers.pool import WORTH_A_PROCESS, cores, preload

        many = runs is None or runs >= 2 * WORTH_A_PROCESS
        if self.executor == "processes" and (self.number() or cores()) > 1 and (many or self.number() is not None):
            preload()

    def studio(self, runs: int | None) -> Studio:
        """Where pictures of so many runs (``None``: unknown) are drawn: in another process where that saves time."""
        from triangle_sim.montecarlo.workers.pool import cores
        from triangle_sim.plots.studio import Studio

        pays = self.executor == "processes" and cores() > 2 and (runs is None or runs <= SHORT)
        return Studio(min(self.number() or cores(), cores()) if pays else 1)

    @contextmanager
    def started(self, runs: int) -> Iterator[Executor | None]:
        """An executor for about so many runs; ``None`` where this process had better do it alone."""
        from triangle_sim.montecarlo.workers.interruption import Threads
        from triangle_sim.montecarlo.workers.pool import Processes, jobs_for

        workers = jobs_for(runs, self.number())
        if self.executor == "dask":
            from triangle_sim.montecarlo.workers.cluster import connect

            assert self.scheduler is not None
            with connect(self.scheduler) as cluster:
                yield cluster
        elif self.executor == "threads":
            with Threads(workers) as threads:
                yield threads
        elif workers > 1:
            with Processes(workers) as processes:
                processes.start()
                yield processes
        else:
            yield None
