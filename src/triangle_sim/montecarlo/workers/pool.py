"""Worker processes: started for one run, and killed if it does not end well."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import types
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, resource_tracker
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any

SETTINGS = dict.fromkeys(("PYTHONSAFEPATH", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Environment of workers: no module comes from the working folder, and each has one thread, whose cores others need."""


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


class Pool(ProcessPoolExecutor):
    """A process pool that can be killed."""

    def __init__(self, workers: int) -> None:
        self._context = _Context()
        super().__init__(workers, self._context, _begin)

    def check(self) -> None:
        """Raises BrokenProcessPool if a worker died. The pool alone does not notice it while a block is handed over."""
        if connection.wait([process.sentinel for process in self._context.there()], timeout=0):
            raise BrokenProcessPool

    def kill(self) -> None:
        """End the workers at once."""
        for process in self._context.there():
            process.kill()
        # Of a block that was being handed over, half is in this pipe. Without anybody left who could write the other
        # half, the pool's own thread does not wait for it.
        results: Any = self._result_queue
        with contextlib.suppress(AttributeError, OSError):
            results._writer.close()
        self.shutdown(wait=False, cancel_futures=True)


class _Worker(SpawnProcess):
    def start(self) -> None:
        with _starting():
            super().start()


class _Context(SpawnContext):
    """Starts workers, and notes them."""

    def __init__(self) -> None:
        super().__init__()
        self._processes: list[SpawnProcess] = []

    def Process(self, *args: Any, **kwargs: Any) -> SpawnProcess:  # type: ignore[override]  # noqa: N802
        """A worker that is not yet started."""
        self._processes.append(_Worker(*args, **kwargs))
        return self._processes[-1]

    def there(self) -> list[SpawnProcess]:
        """All that could be started."""
        return [process for process in self._processes if process.pid is not None]


@contextmanager
def _starting() -> Iterator[None]:
    """While a process is started.

    A new process imports ``__main__`` anew, under another name, to find what it defines: a script without a guard would
    run itself again in each. Nothing that workers are given is defined there, so they see an empty one. Ctrl-C and
    SIGTERM, which a terminal and ``timeout`` send to all processes, do not reach them: they inherit the mask set here.
    """
    resource_tracker.ensure_running()  # it would lift the mask
    signals = {signal.SIGINT, signal.SIGTERM} if hasattr(signal, "pthread_sigmask") else set()
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, signals) if signals else None
    main, sys.modules["__main__"] = sys.modules["__main__"], types.ModuleType("__main__")
    wanted = {name: value for name, value in SETTINGS.items() if name not in os.environ}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name in wanted:
            os.environ.pop(name, None)
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
