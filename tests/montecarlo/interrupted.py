"""A program that interrupts runs at one line after another: ``python interrupted.py threads|alone FOLDER LINES``.

It takes about ``LINES`` of all lines that a run meets in the modules where locks are taken, evenly spread. It ends with
an error if an interruption does harm, and with every thread's traceback if a lock is waited for for ever.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from triangle_sim import load, read, resume, run
from triangle_sim.montecarlo import blocks as cells
from triangle_sim.montecarlo.workers.interruption import Threads

SHORT = load("baseline").with_(quarters=1)
DESIGN: dict[str, Any] = {"draws": 3, "replicates": 4}
TOO_LONG = 300
WATCHED = ("schedule.py", "fill.py", "_base.py", "thread.py", "threading.py")


@contextmanager
def interrupted_at(n: int) -> Iterator[list[int]]:
    """Interrupt this thread at the n-th line that it meets in the modules where locks are taken; counts them."""
    met = [0]

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        if os.path.basename(frame.f_code.co_filename) not in WATCHED:
            return None
        if event == "line":
            met[0] += 1
            if met[0] == n:
                signal.raise_signal(signal.SIGINT)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield met
    finally:
        sys.settrace(before)


def once(folder: Path, n: int, *, threads: bool) -> int:
    """A run that is interrupted at the n-th line; how many lines it met."""
    with interrupted_at(n) as met:
        if threads:
            with Threads(2) as executor:
                run(SHORT, folder=folder, executor=executor, **DESIGN)
        else:
            run(SHORT, folder=folder, jobs=1, **DESIGN)
    return met[0]


def main(threads: bool, folder: Path, lines: int) -> None:
    faulthandler.dump_traceback_later(TOO_LONG, exit=True)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    cells.block_size = lambda runs: 2  # type: ignore[assignment]
    whole = run(SHORT, **DESIGN).runs
    met = once(folder / "undisturbed", 0, threads=threads)
    assert met > 100, met
    chosen, interrupted = range(1, met, max(met // lines, 1)), 0
    for n in chosen:
        path = folder / str(n)
        try:
            once(path, n, threads=threads)
        except KeyboardInterrupt:
            interrupted += 1
        if (path / "manifest.json").exists():
            resume(path, jobs=1)
            assert read(path).runs.equals(whole), n
    assert interrupted > len(chosen) / 2, (interrupted, chosen)  # what is done earlier this time is not interrupted


if __name__ == "__main__":
    main(sys.argv[1] == "threads", Path(sys.argv[2]), int(sys.argv[3]))
