"""How a command ends: 0 done, 1 failed while running, 2 bad command line or scenario, 130 interrupted, 143 told to end.

Ctrl-C and SIGTERM are caught here and nowhere else. A batch system, `timeout` and a container's end tell a process to
end with SIGTERM: it then ends as after ctrl-C.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from triangle_sim.cli.output import drop, say

DONE, FAILED = 0, 1

SAME = 1.0
"""Seconds within which another signal is the same one: `timeout` sends SIGTERM to the process and to its group."""
PATIENCE = 10
"""Seconds after which an interrupted command ends, whatever holds it up."""

_came: list[tuple[int, float]] = []  # the first signal, and when it came


@contextmanager
def interruptible() -> Iterator[None]:
    """Let the first ctrl-C or SIGTERM raise ``KeyboardInterrupt``, and a further one end the process at once.

    A signal that is ignored, as ctrl-C in the background, or that somebody else handles, is left alone.
    """
    _came.clear()
    here = threading.current_thread() is threading.main_thread()
    usual = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL} if here else {}
    caught = {number: handler for number, handler in usual.items() if signal.getsignal(number) is handler}
    for number in caught:
        signal.signal(number, _hear)
    try:
        yield
    finally:
        if not _came:  # else the process is about to end
            for number, handler in caught.items():
                signal.signal(number, handler)


def _hear(number: int, frame: FrameType | None) -> None:
    now = time.monotonic()
    if not _came:
        _came.append((number, now))
        if hasattr(signal, "alarm"):
            signal.signal(signal.SIGALRM, _hear)
            signal.alarm(PATIENCE)
        raise KeyboardInterrupt
    first, when = _came[0]
    if now - when > SAME:
        os._exit(128 + first)  # all that is finished is on the disk


def leave(error: BaseException) -> int:
    """Say what went wrong on stderr, without a traceback, and return the exit code.

    ``TRIANGLE_SIM_DEBUG=1`` shows the traceback of an unexpected error.
    """
    from triangle_sim.errors import ScenarioError, shortened

    if _came or isinstance(error, KeyboardInterrupt):
        said = str(error) if isinstance(error, KeyboardInterrupt) else ""
        say(f"\n{said or 'interrupted; nothing was saved'}")
        return 128 + (_came[0][0] if _came else signal.SIGINT)
    if isinstance(error, BrokenPipeError) or isinstance(error.__context__, BrokenPipeError):
        drop(sys.stdout)  # the reader has gone (`| head`), which is nobody's failure
        return DONE
    show, code = getattr(error, "show", None), getattr(error, "exit_code", None)
    match error:
        case ScenarioError():
            say(str(error))
        case OSError():
            say(f"error: {shortened(error.filename or 'input or output', 200)}: {error.strerror or error}")
        case MemoryError():
            say("error: out of memory\n  = help: ask for fewer runs")
        case _ if callable(show):  # a command line that cannot be read
            with suppress(OSError):
                show()
        case _ if type(error).__name__ == "Exit" or isinstance(error, SystemExit):
            pass  # as after `--help`: all is said
        case _ if code is not None:  # an error of ours
            say(f"error: {error}")
        case _ if os.environ.get("TRIANGLE_SIM_DEBUG"):
            raise error
        case _:
            first = shortened((str(error).splitlines() or [""])[0], 200)
            say(
                f"error: {type(error).__name__}: {first}\n"
                "  = help: this is a fault of triangle-sim; TRIANGLE_SIM_DEBUG=1 shows where it arose, please report it"
            )
    return FAILED if code is None else int(code)
