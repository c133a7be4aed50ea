"""Ctrl-C in mid-run: over within seconds, exit 130, finished blocks kept, and no process left behind."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from montecarlo.faults import command, end_all, session, wait_for
from montecarlo.helpers import contents

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds child processes through /proc")

DESIGN = ["baseline", "--draws", 4000, "--replicates", 20]


def journal(folder: Path) -> int:
    """How many blocks are kept."""
    path = folder / "out" / "r" / "blocks.jsonl"
    return len(path.read_bytes().splitlines()) if path.exists() else 0


@pytest.mark.parametrize(
    ("jobs", "executor", "blocks", "whole_group"),
    [(1, "processes", 2, False), (3, "processes", 3, False), (3, "processes", 6, True), (3, "processes", 0, True),
     (2, "threads", 3, False)],
    ids=["one process", "three processes", "as a terminal does", "while workers start", "threads"],
)  # fmt: skip
def test_ctrl_c(jobs: int, executor: str, blocks: int, whole_group: bool, tmp_path: Path) -> None:
    words = ["run", *DESIGN, "-j", jobs, "--executor", executor, "-o", "out/r", "--no-figures"]
    process = command(words, tmp_path, block=100, parameters=4000)
    try:
        assert process.stderr is not None
        said = process.stderr.readline() + process.stderr.readline()
        assert "80,000 futures" in said
        assert wait_for(lambda: journal(tmp_path) >= blocks, 60)
        if whole_group:
            os.killpg(process.pid, signal.SIGINT)
        else:
            os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 130, err
        assert "Traceback" not in err and "KeyboardInterrupt" not in err and out == ""
        assert wait_for(lambda: not session(process.pid), 10)
        if journal(tmp_path) == 0:
            assert blocks == 0 and "interrupted; nothing was saved" in err
            assert not (tmp_path / "out" / "r").exists()
        else:
            assert "futures are kept in out/r; go on with: triangle-sim resume out/r" in err
            assert not [name for name in contents(tmp_path) if name.endswith(".part")]
    finally:
        end_all(process)


def test_workers_do_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    process = command(["run", *DESIGN, "-j", 2, "-o", "out/r"], tmp_path, block=100)
    try:
        assert wait_for(lambda: journal(tmp_path) >= 2, 60)
        assert len(session(process.pid)) > 2
        os.kill(process.pid, signal.SIGKILL)
        process.wait(30)
        assert wait_for(lambda: not session(process.pid), 20)
    finally:
        end_all(process)


def test_workers_look_up_between_quarters(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    from triangle_sim import load
    from triangle_sim.montecarlo import stop
    from triangle_sim.montecarlo.block import simulate

    flag = threading.Event()
    with stop.listening(flag):
        simulate(load("baseline").with_(quarters=1), 1, [0], [0])
        flag.set()
        with pytest.raises(stop.StoppedError):
            simulate(load("baseline").with_(quarters=1), 1, [0], [0])
    simulate(load("baseline").with_(quarters=1), 1, [0], [0])


def test_runs_in_threads_end_apart() -> None:
    """Two at once in one process: neither hears the other's end, and nothing of it is left for the next."""
    import threading
    from concurrent.futures import ThreadPoolExecutor

    from triangle_sim import load, run
    from triangle_sim.montecarlo import stop

    short = load("baseline").with_(quarters=1)
    first, second = threading.Event(), threading.Event()
    answers = []

    def outer(done: int, runs: int) -> None:
        """The first run has begun: the second begins, and goes on until the first has ended."""
        if not first.is_set():
            first.set()
            assert second.wait(60)

    def inner(done: int, runs: int) -> None:
        if not second.is_set():
            second.set()
            threads[0].join(60)

    def one(progress: Callable[[int, int], None], wait: threading.Event | None) -> None:
        assert wait is None or wait.wait(60)
        with ThreadPoolExecutor(1) as executor:
            answers.append(run(short, draws=2, replicates=2, executor=executor, progress=progress).runs)

    threads = [threading.Thread(target=one, args=a) for a in ((outer, None), (inner, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(answers) == 2 and answers[0].equals(answers[1])
    stop.go_on()
    assert run(short, draws=2, replicates=2, jobs=1).runs.equals(answers[0])
