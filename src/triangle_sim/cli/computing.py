"""What computes: processes, threads or a cluster, as the options say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from triangle_sim.cli.output import note, progress
from triangle_sim.errors import UsageError
from triangle_sim.names import did_you_mean

EXECUTORS = ("processes", "threads", "dask")


@dataclass(frozen=True)
class Computing:
    """The options that say where futures are computed; the result does not depend on them."""

    jobs: str = "auto"
    executor: str = "processes"
    scheduler: str | None = None

    def __post_init__(self) -> None:
        if self.executor not in EXECUTORS:
            help = did_you_mean(self.executor, EXECUTORS, "executors")
            raise UsageError(f"--executor {self.executor}: no such executor", help)
        if self.executor == "dask" and not self.scheduler:
            raise UsageError("--executor dask needs --scheduler", "e.g. --scheduler tcp://127.0.0.1:8786")
        if self.executor != "dask" and self.scheduler:
            raise UsageError("--scheduler is for --executor dask", "add --executor dask, or leave --scheduler out")
        if self.jobs != "auto" and not (self.jobs.isdecimal() and 1 <= int(self.jobs[:9]) <= 1024):
            raise UsageError(f"-j {self.jobs}: not a number of processes", "give a number from 1 to 1024, or auto")

    @contextmanager
    def options(self, name: str, runs: int) -> Iterator[dict[str, Any]]:
        """How :func:`triangle_sim.montecarlo.run.run` is to compute, with a progress bar for so many runs."""
        from triangle_sim.montecarlo.workers.running import cores

        number = None if self.jobs == "auto" else int(self.jobs)
        with ExitStack() as ends:
            executor: Any = None
            if self.executor == "dask":
                from triangle_sim.montecarlo.workers.cluster import connect

                executor = ends.enter_context(connect(self.scheduler or ""))
            elif self.executor == "threads":
                from concurrent.futures import ThreadPoolExecutor

                executor = ThreadPoolExecutor(number or cores())
                ends.callback(executor.shutdown, wait=False, cancel_futures=True)  # an interruption waits for no block
            tick = ends.enter_context(progress(name, runs))
            yield {"jobs": number, "executor": executor, "progress": tick, "tell": note}
