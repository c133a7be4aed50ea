"""Ctrl-C or SIGTERM in mid-run: over within seconds, exit 130 or 143, finished blocks kept, no process left behind."""

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
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["ctrl-C", "SIGTERM"])
def test_ctrl_c_and_sigterm(
    jobs: int, executor: str, blocks: int, whole_group: bool, number: int, code: int, tmp_path: Path
) -> None:
    words = ["run", *DESIGN, "-j", jobs, "--executor", executor, "-o", "out/r", "--no-figures"]
    process = command(words, tmp_path, block=100, parameters=4000)
    try:
        assert process.stderr is not None
        said = process.stderr.readline() + process.stderr.readline()
        assert "80,000 futures" in said
        assert wait_for(lambda: journal(tmp_path) >= blocks, 60)
        if number == signal.SIGTERM or not whole_group:
            os.kill(process.pid, number)
        if whole_group:
            os.killpg(process.pid, number)  # `timeout` sends SIGTERM twice: to the process, and to its group
        out, err = process.communicate(timeout=60)
        assert process.returncode == code, err
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


def test_resume_is_told_to_end_too(tmp_path: Path) -> None:
    words = ["run", *DESIGN, "-j", 2, "-o", "out/r", "--no-figures"]
    for blocks in (2, 5):
        process = command(words, tmp_path, block=100, parameters=4000)
        try:
            assert wait_for(lambda enough=blocks: journal(tmp_path) >= enough, 60)
            process.terminate()
            _, err = process.communicate(timeout=60)
            assert process.returncode == 143 and "go on with: triangle-sim resume out/r" in err
            assert wait_for(lambda leader=process.pid: not session(leader), 10)
        finally:
            end_all(process)
        words = ["resume", "out/r", "-j", 2, "--no-figures"]


def test_only_the_command_line_hears_sigterm(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that uses the package is told to end in its own way, and so is one that has called the command line."""
    from triangle_sim import load, run
    from triangle_sim.cli import commands, main

    heard = []
    monkeypatch.setattr(commands, "app", lambda **_: heard.append(signal.getsignal(signal.SIGTERM)))
    before, mine = signal.getsignal(signal.SIGTERM), signal.SIG_IGN
    try:
        for handler in (signal.SIG_DFL, mine):
            signal.signal(signal.SIGTERM, handler)
            run(
                load("baseline").with_(quarters=1),
                draws=2,
                replicates=2,
                jobs=2,
                progress=lambda *_: heard.append(signal.getsignal(signal.SIGTERM)),
            )
            assert set(heard) == {handler}
            assert signal.SIGTERM not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
            heard.clear()
            main()
            assert signal.getsignal(signal.SIGTERM) == handler
            assert (heard.pop() == handler) == (handler == mine)
    finally:
        signal.signal(signal.SIGTERM, before)


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


def test_what_looks_at_nothing_is_ended_with_its_process() -> None:
    """As a compiler; its worker is told to stop, and has a second."""
    import time

    from triangle_sim.montecarlo.workers.pool import Processes

    begin = time.monotonic()
    with pytest.raises(ZeroDivisionError), Processes(2) as processes:
        assert processes.submit(divmod, 7, 2).result(60) == (3, 1)
        sleeping = [processes.submit(time.sleep, 300) for _ in range(2)]
        assert wait_for(lambda: all(task.running() for task in sleeping), 60)
        raise ZeroDivisionError
    assert time.monotonic() - begin < 150
    assert all(task.done() for task in sleeping)


def test_workers_look_up_between_quarters(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    from triangle_sim import load
    from triangle_sim.montecarlo.workers import stop
    from triangle_sim.montecarlo.simulate import simulate

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
    from triangle_sim.montecarlo.workers import stop

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
