"""An interruption is put off to where it does no harm, wherever it comes, and is heard."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from montecarlo.faults import SOURCE
from triangle_sim import load, run
from triangle_sim.montecarlo.workers import interruption
from triangle_sim.montecarlo.workers.interruption import put_off


@contextmanager
def handled(number: int, handler: Any) -> Iterator[None]:
    """A handler for a while."""
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)


def interrupt() -> None:
    signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("where", ["threads", "alone"])
def test_an_interruption_at_any_line(where: str, tmp_path: Path) -> None:
    """The run ends as interrupted, or has already; no thread waits for ever; what is kept can be gone on with."""
    program = Path(__file__).with_name("interrupted.py")
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    words = [sys.executable, program, where, tmp_path, "60"]
    ended = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


def test_it_waits_until_it_is_told() -> None:
    with handled(signal.SIGINT, signal.default_int_handler):
        with pytest.raises(KeyboardInterrupt), put_off() as came:
            interrupt()
            assert came.is_set()
            with pytest.raises(KeyboardInterrupt):
                came.tell()
            assert not came.is_set()
            came.tell()
            interrupt()  # raised at the end
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_the_impatient_are_heard_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interruption, "PATIENCE", 0.01)
    with handled(signal.SIGINT, signal.default_int_handler), pytest.raises(KeyboardInterrupt), put_off() as came:
        interrupt()
        time.sleep(0.05)
        with pytest.raises(KeyboardInterrupt):
            interrupt()
        assert came.is_set()


def test_one_inside_another_hands_on() -> None:
    with handled(signal.SIGINT, signal.default_int_handler), pytest.raises(KeyboardInterrupt), put_off() as outer:
        with put_off() as inner:
            interrupt()
            assert inner.is_set() and not outer.is_set()
        assert outer.is_set()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_handler_that_only_takes_note_stops_nothing(jobs: int) -> None:
    """A program's own handler is called, as often as it would be, and the run goes on."""
    noted: list[int] = []
    with handled(signal.SIGINT, lambda number, _: noted.append(number)):
        threading.Timer(0.05, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        result = run(load("baseline"), draws=10, replicates=300, jobs=jobs)
        assert noted == [signal.SIGINT]
    assert result.runs.equals(run(load("baseline"), draws=10, replicates=300, jobs=1).runs)


def test_other_threads_have_nothing_to_put_off() -> None:
    found = []

    def look() -> None:
        with put_off() as came:
            found.append((came.handlers, signal.getsignal(signal.SIGINT)))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [({}, signal.getsignal(signal.SIGINT))]
