"""Ctrl-C and SIGTERM, put off to a moment at which they can do no harm.

Python raises what a signal's handler raises between any two steps of the main thread. There it may leave a lock locked,
for which another thread then waits for ever, or fall into a callback of Python's own, where it is printed and lost.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from types import FrameType
from typing import Any

PATIENCE = 2.0
"""Seconds after which a signal that comes again is not put off any more: whoever sends it wants out."""

Handler = Callable[[int, FrameType | None], Any]


class Interruptions:
    """What came while it was put off."""

    def __init__(self, handlers: dict[int, Handler]) -> None:
        self.handlers = handlers
        self._came: dict[int, float] = {}

    def is_set(self) -> bool:
        """Whether anything came that has not been told."""
        return bool(self._came)

    def hear(self, number: int, frame: FrameType | None) -> None:
        """The handler meanwhile."""
        if time.monotonic() - self._came.setdefault(number, time.monotonic()) > PATIENCE:
            self.handlers[number](number, frame)

    def tell(self) -> None:
        """Hand over what came to those who would have heard it: here they may raise what they like."""
        while self._came:
            number, _ = self._came.popitem()
            self.handlers[number](number, None)


@contextmanager
def put_off() -> Iterator[Interruptions]:
    """Let ctrl-C and SIGTERM, where somebody handles them, wait until they are told, at the latest until the end.

    In other threads than the main one there is nothing to put off.
    """
    here = threading.current_thread() is threading.main_thread()
    found = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)} if here else {}
    came = Interruptions({number: handler for number, handler in found.items() if callable(handler)})
    try:
        for number in came.handlers:
            signal.signal(number, came.hear)
        yield came
    finally:
        for number, handler in came.handlers.items():
            signal.signal(number, handler)
        came.tell()


class Threads(ThreadPoolExecutor):
    """Threads that no interruption leaves waiting for a lock as they are given work, or as they end."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As any executor does."""
        with put_off():
            return super().submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As any executor does."""
        with put_off():
            super().shutdown(wait, cancel_futures=cancel_futures)


@contextmanager
def deaf_children() -> Iterator[None]:
    """Start processes that never hear ctrl-C, not even while they still import: they inherit the mask set here.

    What would interrupt this process meanwhile is put off, lest it stop it while it hands a child its orders.
    """
    with put_off():  # too, for a mask is this thread's alone: the signal may still arrive in a thread of a library
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if hasattr(signal, "pthread_sigmask") else None
        try:
            yield
        finally:
            if mask is not None:
                signal.pthread_sigmask(signal.SIG_SETMASK, mask)
