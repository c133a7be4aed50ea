"""Stopping early: between two quarters a worker looks whether anybody still wants its block.

Killing it instead could cut its answer in half, for which the parent would then wait for ever. What looks at
nothing for long, as a compiler, ends with its process, but only while that is at a block, with no answer to hand over.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import connection, parent_process
from multiprocessing.context import BaseContext
from typing import Any, Protocol

GRACE = 0.5
"""Seconds a worker has to hand over the answer it is at, once it is told to end (SIGTERM), or to look, once it is asked
to stop."""
PAUSE = 0.1
"""Seconds between two looks of a worker that does not look between quarters."""
MOMENT = 0.002
"""Seconds between two looks of a worker that waits for the others."""


class StoppedError(Exception):
    """The block is not wanted any more."""


class Flag(Protocol):
    """An event of threads or of processes, or an interruption."""

    def is_set(self) -> bool:
        """Whether it has happened."""


class Sign:
    """An event of processes without a lock, which a process that is killed could take along."""

    def __init__(self, context: BaseContext) -> None:
        self._up: Any = context.RawValue("b", 0)

    def set(self) -> None:
        """It has happened."""
        self._up.value = 1

    def is_set(self) -> bool:
        """Whether it has happened."""
        return bool(self._up.value)


_stop: Flag | None = None
_here = threading.local()
"""``stop`` of the block that a thread is at: runs in one process may have several executors of threads at once."""
_all_there: Flag | None = None
_gate = threading.Lock()
"""Held while a worker begins or ends a block, and while it is ended because it is at one."""
_at_work = False


def listen(stop: Flag | None = None, all_there: Flag | None = None) -> None:
    """First thing in a worker: look at ``stop``, leave ctrl-C to the parent process, and do not outlive it."""
    global _stop, _all_there
    _stop, _all_there = stop, all_there
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        threading.Thread(target=_end_when_told, daemon=True).start()
    if stop is not None:
        threading.Thread(target=_end_if_deaf, args=(stop,), daemon=True).start()
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def wait_for_all() -> None:
    """The first task of a worker: be busy until all workers are."""
    while _all_there is not None and not _all_there.is_set():
        time.sleep(MOMENT)


def at_work(work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Do a piece of work in a worker: until it is done, the worker may be ended."""
    global _at_work
    with _gate:
        _at_work = True
    try:
        return work(*args, **kwargs)
    finally:
        with _gate:
            _at_work = False


def _end_if_deaf(stop: Flag) -> None:
    """A compiler may take half a minute, and looks at nothing."""
    while not stop.is_set():
        time.sleep(PAUSE)
    time.sleep(GRACE)
    with _gate:
        if _at_work:
            os._exit(1)


def _end_when_told() -> None:
    """SIGTERM often goes to all processes at once; the parent, which ends the work then, must not wait for the other
    half of an answer. Blocked in all threads of a worker, it interrupts none."""
    signal.sigwait({signal.SIGTERM})
    time.sleep(GRACE)
    os._exit(1)


def _follow(parent: int) -> None:
    """A parent that was killed can tell nobody; its end of a pipe closes all the same."""
    connection.wait([parent])
    os._exit(1)


@contextmanager
def listening(stop: Flag) -> Iterator[None]:
    """Let what this thread computes look at ``stop``."""
    before, _here.stop = getattr(_here, "stop", None), stop
    try:
        yield
    finally:
        _here.stop = before


def heeding(stop: Flag, work: Callable[..., Any], *args: Any) -> Any:
    """Do a piece of work in a thread of an executor, looking at ``stop``."""
    with listening(stop):
        return work(*args)


def go_on() -> None:
    """Between two quarters.

    Raises
    ------
    StoppedError
        if whoever wants the block has been asked to stop.
    """
    stop = getattr(_here, "stop", None) or _stop
    if stop is not None and stop.is_set():
        raise StoppedError
