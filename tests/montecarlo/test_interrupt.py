"""Ctrl-C in mid-run: over within seconds, exit 130, and nothing left behind, no folder, no process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

# A test run started in the background inherits an ignored SIGINT; a person at a terminal has Python's own handler.
PROGRAM = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from triangle_sim.cli import main
main()
"""
SOURCE = Path(__file__).resolve().parents[2] / "src"

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds child processes through /proc")


def session(leader: int) -> set[int]:
    """Living processes of a session."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, _, _, belongs = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
            except OSError:
                continue
            if int(belongs) == leader and state != "Z":
                found.add(int(entry.name))
    return found


def wait_for(condition: object, seconds: float) -> bool:
    """Whether ``condition()`` comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize(
    ("jobs", "workers", "after", "whole_group"),
    [(1, 0, 0.5, False), (3, 3, 2.0, False), (3, 3, 2.0, True), (3, 1, 0.0, True)],
    ids=["one process", "three processes", "as a terminal does", "while workers start"],
)
def test_ctrl_c(jobs: int, workers: int, after: float, whole_group: bool, tmp_path: Path) -> None:
    command = ["run", "baseline", "--draws", "40000", "--replicates", "20", "-j", str(jobs), "-o", "out/r"]
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(SOURCE), "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stderr is not None
        said = process.stderr.readline() + process.stderr.readline()
        assert "800,000 futures" in said
        # A process that tracks shared memory runs beside the workers.
        assert wait_for(lambda: len(session(process.pid)) > workers + (workers > 0), 20)
        time.sleep(after)
        began = time.monotonic()
        if whole_group:
            os.killpg(process.pid, signal.SIGINT)
        else:
            os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
        took = time.monotonic() - began
        assert process.returncode == 130
        assert took < 15  # about two seconds on an idle machine, most of it workers that still import
        assert "interrupted; nothing was saved" in err
        assert "Traceback" not in err and "KeyboardInterrupt" not in err
        assert out == ""
        assert list(tmp_path.iterdir()) == []
        assert wait_for(lambda: not session(process.pid), 10)
    finally:
        for pid in session(process.pid):
            os.kill(pid, signal.SIGKILL)
        process.communicate()


def test_workers_look_up_between_quarters(monkeypatch: pytest.MonkeyPatch) -> None:
    import multiprocessing

    from triangle_sim import load
    from triangle_sim.montecarlo import stop
    from triangle_sim.montecarlo.block import Design, run_block

    flag = multiprocessing.get_context("spawn").Event()
    monkeypatch.setattr(stop, "_stop", flag)
    run_block(load("baseline").with_(quarters=1), Design(1, 1, 1), 0, 1)
    flag.set()
    with pytest.raises(stop.StoppedError):
        run_block(load("baseline").with_(quarters=1), Design(1, 1, 1), 0, 1)
