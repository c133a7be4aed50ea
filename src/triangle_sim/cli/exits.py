"""How a command ends: 0 done, 1 failed while running, 2 bad command line or scenario, 130 interrupted, 143 told to end.

A batch system, `timeout` and a container's end tell a process to end with SIGTERM: it then ends as after ctrl-C.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

DONE, FAILED, USAGE, INTERRUPTED, TERMINATED = 0, 1, 2, 130, 143

ONCE = 5.0
"""Seconds within which another SIGTERM is the same one: `timeout` sends it to the process and to its group."""

_kept = ["interrupted; nothing was saved"]
_told: list[float] = []  # when SIGTERM came


@contextmanager
def ending_when_told() -> Iterator[None]:
    """Let SIGTERM interrupt this process as ctrl-C does, where it would otherwise kill it."""
    _told.clear()
    here = threading.current_thread() is threading.main_thread()
    if not here or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _interrupt(number: int, frame: FrameType | None) -> None:
    now = time.monotonic()
    if not _told or now - _told[-1] > ONCE:
        _told.append(now)
        raise KeyboardInterrupt


def say_if_interrupted(text: str) -> None:
    """What ctrl-C says from now on."""
    _kept[0] = text


@contextmanager
def told_if_interrupted() -> Iterator[None]:
    """What ctrl-C says at the end is what it meets here: Typer keeps no more of it than that it came."""
    try:
        yield
    except KeyboardInterrupt as interruption:
        if interruption.args:
            say_if_interrupted(str(interruption))
        raise


def leave(error: BaseException) -> int:
    """Say what went wrong on stderr, without a traceback, and return the exit code.

    ``TRIANGLE_SIM_DEBUG=1`` shows the traceback of an unexpected error.
    """
    import typer

    from triangle_sim.errors import ScenarioError, UsageError

    match error:
        case typer.Exit():
            return int(error.exit_code)
        case typer.Abort() | KeyboardInterrupt():
            return _interrupted()
        case ScenarioError() | UsageError():
            print(f"error: {error}" if isinstance(error, UsageError) else error, file=sys.stderr)
            return USAGE
        case BrokenPipeError():
            # The reader has gone (`| head`); Python would complain again when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return DONE
        case OSError():
            print(f"error: {error.filename or 'input or output'}: {error.strerror or error}", file=sys.stderr)
            return FAILED
        case MemoryError():
            print("error: out of memory\n  = help: ask for fewer runs", file=sys.stderr)
            return FAILED
    # Older Typers raise Click's errors, newer ones those of a copy of their own: both can show themselves.
    show = getattr(error, "show", None)
    if callable(show):
        show()
        return USAGE
    if os.environ.get("TRIANGLE_SIM_DEBUG"):
        raise error
    if hasattr(error, "exit_code"):
        print(f"error: {error}", file=sys.stderr)
        return int(error.exit_code)
    if _told:  # some library made another error of the interruption
        return _interrupted()
    first = (str(error).splitlines() or [""])[0]
    print(
        f"error: {type(error).__name__}: {first}\n"
        "  = help: this is a fault of triangle-sim; TRIANGLE_SIM_DEBUG=1 shows where it arose, please report it",
        file=sys.stderr,
    )
    return FAILED


def _interrupted() -> int:
    print(f"\n{_kept[0]}", file=sys.stderr)
    return TERMINATED if _told else INTERRUPTED
