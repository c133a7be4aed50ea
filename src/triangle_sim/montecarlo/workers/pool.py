"""Worker processes: started for one run, and killed if it does not end well."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import types
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, resource_tracker
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from typing import Any

SETTINGS = dict.fromkeys(("PYTHONSAFEPATH", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Environment of every process that is started, workers and Python's own tracker of shared resources: no module comes
from the working folder, and each has one thread, whose cores others need."""


@contextmanager
def started(workers: int) -> Iterator[Pool]:
    """A pool of so many processes. If what is done with it fails or is interrupted, they are killed: they hold nothing
    that matters, and nobody waits for them."""
    pool = Pool(workers)
    try:
        yield pool
        pool.shutdown()
    except BaseException:
        pool.kill()
        raise


class _Worker(SpawnProcess):
    """A worker that ends when the pool says so. It ignores SIGTERM, by which a pool ends the others when one has died.

    The pool then waits for them, from Python 3.12 on with a lock that keeps everybody out.
    """

    def terminate(self) -> None:
        self.kill()


class _Spawn(SpawnContext):
    Process = _Worker


class Pool(ProcessPoolExecutor):
    """A process pool that can be killed."""

    def __init__(self, workers: int) -> None:
        with _settings():  # its locks start the tracker
            super().__init__(workers, _Spawn(), _begin)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand out a call, which starts a worker where none is idle."""
        with _starting():
            return super().submit(fn, *args, **kwargs)

    def check(self) -> None:
        """Raises BrokenProcessPool if a worker died. The pool alone does not notice it while a block is handed over."""
        if connection.wait([process.sentinel for process in self._workers()], timeout=0):
            raise BrokenProcessPool

    def kill(self) -> None:
        """End the workers at once."""
        for process in self._workers():
            process.kill()
        # Of a block that was being handed over, half is in this pipe. Without anybody left who could write the other
        # half, the pool's own thread does not wait for it.
        results: Any = self._result_queue
        with contextlib.suppress(AttributeError, OSError):
            results._writer.close()
        self.shutdown(wait=False, cancel_futures=True)

    def _workers(self) -> list[BaseProcess]:
        """Those that were started; none once the pool is broken or shut down."""
        return list((self._processes or {}).values())


@contextmanager
def _settings() -> Iterator[None]:
    """While processes may be started that inherit the environment."""
    wanted = {name: value for name, value in SETTINGS.items() if name not in os.environ}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name in wanted:
            os.environ.pop(name, None)


@contextmanager
def _starting() -> Iterator[None]:
    """While workers may be started.

    A new process imports ``__main__`` anew, under another name, to find what it defines: a script without a guard would
    run itself again in each. Nothing that workers are given is defined there, so they see an empty one. Ctrl-C and
    SIGTERM, which a terminal and ``timeout`` send to all processes, do not reach them: they inherit the mask set here.
    """
    with _settings():
        resource_tracker.ensure_running()  # it would lift the mask
        signals = {signal.SIGINT, signal.SIGTERM} if hasattr(signal, "pthread_sigmask") else set()
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, signals) if signals else None
        main, sys.modules["__main__"] = sys.modules["__main__"], types.ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main
            if mask is not None:
                signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _begin() -> None:
    """First thing in a worker: leave ctrl-C and SIGTERM to the parent process, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    """A parent that was killed can tell nobody, but its end of a pipe closes."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
