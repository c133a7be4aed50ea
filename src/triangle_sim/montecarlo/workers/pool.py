"""Processes that compute blocks: started once, as early as one likes, and started again if one of them dies."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from operator import index
from typing import Any

from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.workers.interruption import deaf_children
from triangle_sim.montecarlo.workers.stop import Sign, at_work, listen, wait_for_all

NEEDED = "triangle_sim.montecarlo.compute"
"""What a worker imports before it can do anything."""

WORTH_A_PROCESS = 2500
"""Runs below which sending some to another process takes longer than it saves."""
WORTH_A_START = 4 * WORTH_A_PROCESS
"""The same where what it needs has yet to be imported, which takes about a second."""

MOST = 1024
"""Processes at the most."""

_begun = False


def cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def check_jobs(jobs: Any) -> None:
    """See that a number of processes is one: a whole number from 1 to 1024, or ``None`` for as many as pay.

    Raises
    ------
    UsageError
        if it is not.
    """
    try:
        fine = jobs is None or (not isinstance(jobs, bool) and 1 <= index(jobs) <= MOST)
    except TypeError:
        fine = False
    if not fine:
        raise UsageError(
            f"jobs={jobs!r}: not a number of processes",
            f"give a number from 1 to {MOST}, or None for as many as pay; nothing was run",
        )


def jobs_for(runs: int, jobs: int | None) -> int:
    """How many processes to use: what is asked for, else as many as pay, at most one a core this process may use."""
    if jobs is not None:
        return index(jobs)
    if runs < 2 * (WORTH_A_PROCESS if _begun else WORTH_A_START):
        return 1
    return min(cores(), runs // WORTH_A_PROCESS)


def preload() -> None:
    """Begin to import what workers need in a process that they are then copies of, where the system can do so.

    It returns at once. Where it is never needed, it ends with this process.
    """
    global _begun
    if "forkserver" in multiprocessing.get_all_start_methods():
        from multiprocessing import forkserver

        with for_children():
            forkserver.set_forkserver_preload([NEEDED])
            forkserver.ensure_running()
        _begun = True


class Processes(Executor):
    """A process pool that starts in the background and can be started again.

    Where the system can, one process imports what is needed and the workers are copies of it: imports are paid for
    once, on one core, while this process has its own to do.
    """

    def __init__(self, workers: int) -> None:
        self._max_workers = workers
        methods = multiprocessing.get_all_start_methods()
        self._context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        # A future and not the thread: a join that ctrl-C interrupts takes a running thread for one that has ended.
        self._starting: Future[ProcessPoolExecutor] | None = None
        self._stop: Sign | None = None

    def start(self) -> None:
        """Begin to start the workers, and return at once."""
        if self._starting is None:
            preload()
            with deaf_children():
                self._starting = Future()
                threading.Thread(target=self._start, args=(self._starting,), name="start workers").start()

    def _start(self, starting: Future[ProcessPoolExecutor]) -> None:
        try:
            with deaf_children():
                self._stop, all_there = Sign(self._context), Sign(self._context)
                pool = ProcessPoolExecutor(
                    self._max_workers, mp_context=self._context, initializer=listen, initargs=(self._stop, all_there)
                )
                # A pool starts a process when it is given something to do and no other is idle: so let none be idle.
                # One that starts later would do so in the main thread, where ctrl-C could make the pool forget it.
                try:
                    for _ in range(self._max_workers):
                        pool.submit(wait_for_all)
                finally:
                    all_there.set()
            starting.set_result(pool)
        except BaseException as error:
            starting.set_exception(error)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As any executor does."""
        self.start()
        assert self._starting is not None
        pool = self._starting.result()
        with deaf_children():
            return pool.submit(at_work, fn, *args, **kwargs)

    def restart(self) -> None:
        """Other processes, after one has died."""
        self.shutdown(cancel_futures=True)
        self._starting = None

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers. With ``cancel_futures`` they leave what they are at within a quarter's time, or a second."""
        if self._starting is None or self._starting.exception() is not None:
            return
        if cancel_futures and self._stop is not None:
            self._stop.set()
        self._starting.result().shutdown(wait=wait, cancel_futures=cancel_futures)

    def __exit__(self, kind: Any, error: Any, at: Any) -> None:
        self.shutdown(cancel_futures=error is not None)


@contextmanager
def for_children() -> Iterator[None]:
    """Start a process that never hears ctrl-C, finds modules where this one does, and leaves cores to others."""
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # first, since it hears ctrl-C no more, but lets this process hear it again
    with deaf_children(), _environment():
        yield


@contextmanager
def _environment() -> Iterator[None]:
    wanted = {"PYTHONPATH": os.pathsep.join(os.path.abspath(entry) for entry in sys.path), "PYTHONSAFEPATH": "1"}
    threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    wanted |= {name: "1" for name in threads if name not in os.environ}
    if "XLA_FLAGS" not in os.environ:
        wanted["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
