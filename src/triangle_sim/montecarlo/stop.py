"""Stopping early: between two quarters a worker looks whether anybody still wants its block.

Killing it instead could cut its answer in half, for which the parent would then wait for ever.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event


class StoppedError(Exception):
    """The block is not wanted any more."""


_stop: Event | None = None


def listen(stop: Event) -> None:
    """First thing in a worker: look at ``stop``, and leave ctrl-C to the parent process."""
    global _stop
    _stop = stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def go_on() -> None:
    """Between two quarters.

    Raises
    ------
    StoppedError
        if the parent process has asked its workers to stop.
    """
    if _stop is not None and _stop.is_set():
        raise StoppedError


@contextmanager
def deaf_children() -> Iterator[None]:
    """Start processes that never hear ctrl-C, not even while they still import: they inherit the mask set here.

    A ctrl-C that comes meanwhile is kept until the end, lest it stop this process while it hands a child its orders.
    """
    heard: list[int] = []
    here = threading.current_thread() is threading.main_thread()
    before = signal.getsignal(signal.SIGINT) if here else None
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if hasattr(signal, "pthread_sigmask") else None
    if before is not None:
        # The mask is this thread's alone; libraries have threads in which the signal may still arrive.
        signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        yield
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)
        if mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if heard:
            signal.raise_signal(signal.SIGINT)
