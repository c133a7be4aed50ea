"""Worker processes: they run no script again, end with their parent, and can be killed at any moment."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from montecarlo import faults
from montecarlo.faults import SOURCE, command, end_all, session, wait_for
from montecarlo.helpers import contents, run, small
from triangle_sim import resume
from triangle_sim.montecarlo import blocks, fill
from triangle_sim.montecarlo.workers.pool import SETTINGS, Pool, started
from triangle_sim.montecarlo.workers.running import LostWorkersError

SCRIPT = """
import multiprocessing
from triangle_sim.montecarlo.workers.pool import started
open("started", "a").write("x")
with started(2) as pool:
    print([pool.submit(divmod, 7, n).result() for n in (2, 3)], __name__)
print(multiprocessing.active_children())
"""
LARGE = """
import triangle_sim as ts
open("started", "a").write("x")
scenario = ts.load("trump_win").with_(quarters=1)
print(len(ts.run(scenario, draws=30, replicates=100, jobs=2, backend="numpy").runs), __name__)
"""
WAYS = {
    "a script": ["script.py"],
    "python -c": ["-c", SCRIPT],
    "python -m": ["-m", "script"],
    "python -m of a package": ["-m", "package"],
    "stdin": ["-"],
    "a script that runs a large design": ["large.py"],
}
PRINTS = "[(3, 1), (2, 1)] __main__\n[]\n"


def test_a_script_without_a_guard_runs_once(tmp_path: Path) -> None:
    """However it is started; all at once, to save time."""
    programs = {}
    for number, (way, words) in enumerate(WAYS.items()):
        folder = tmp_path / str(number)
        (folder / "package").mkdir(parents=True)
        (folder / "package" / "__init__.py").touch()
        for name, text in (("script.py", SCRIPT), ("package/__main__.py", SCRIPT), ("large.py", LARGE)):
            (folder / name).write_text(text)
        programs[way] = (
            folder,
            subprocess.Popen(
                [sys.executable, *words],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(SOURCE)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            ),
        )
    for way, (folder, program) in programs.items():
        out, err = program.communicate(SCRIPT if way == "stdin" else None, timeout=120)
        expected = "3000 __main__\n" if "large" in way else PRINTS
        assert (program.returncode, out, err) == (0, expected, ""), way
        assert (folder / "started").read_text() == "x", way


def test_starting_leaves_nothing_changed() -> None:
    main, environment = sys.modules["__main__"], dict(os.environ)
    threads = set(threading.enumerate())
    with started(2) as pool:
        assert pool.submit(divmod, 7, 2).result(60) == (3, 1)
        assert {pool.submit(os.getenv, name).result(60) for name in SETTINGS} == {"1"}
        assert sys.modules["__main__"] is main and dict(os.environ) == environment
    assert set(threading.enumerate()) <= threads and not multiprocessing.active_children()


FOLDER = """
import os, sys, time
from triangle_sim.montecarlo.workers.pool import started
os.chdir(sys.argv[1])
for _ in range(2):
    with started(1) as pool:
        print(pool.submit(divmod, 7, 2).result(60))
    time.sleep(0.3)
"""


def test_a_file_of_the_working_folder_is_no_module(tmp_path: Path) -> None:
    """A file of a user's that is named like a module of Python's must stop neither the workers nor Python's tracker of
    shared resources, which a second pool would find dead. In a program of its own: the tracker is started once."""
    (tmp_path / "socket.py").write_text("raise SystemExit('not this')\n")
    command = [sys.executable, "-W", "error", "-c", FOLDER, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "(3, 1)\n(3, 1)\n", "")


def test_what_fails_waits_for_no_worker() -> None:
    begin = time.monotonic()
    with pytest.raises(ZeroDivisionError), started(2) as pool:
        sleeping = [pool.submit(time.sleep, 300) for _ in range(4)]
        assert wait_for(lambda: sum(task.running() for task in sleeping) >= 2, 60)
        begin = time.monotonic()
        raise ZeroDivisionError
    assert time.monotonic() - begin < 60
    assert wait_for(lambda: all(task.done() for task in sleeping), 60)
    assert wait_for(lambda: not multiprocessing.active_children(), 60)


def test_a_worker_that_is_killed_while_it_answers_is_noticed() -> None:
    """Half an answer is in the pipe, and its reader waits for the rest."""
    before = set(threading.enumerate())
    with pytest.raises(BrokenProcessPool), started(2) as pool:
        answer = pool.submit(faults.half_an_answer)
        while True:
            pool.check()
            time.sleep(0.1)
    assert wait_for(lambda: answer.done() and set(threading.enumerate()) <= before, 60)


def test_a_worker_that_dies_is_told_and_costs_nothing_that_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed by the system, say, which had no more memory."""
    monkeypatch.setattr(blocks, "block_size", lambda runs: 3)
    run(small(), draws=12, replicates=3, folder=tmp_path / "whole")
    with monkeypatch.context() as patched:
        patched.setattr(fill, "compute", faults.dies)
        with pytest.raises(
            LostWorkersError, match=r"a worker process died.* of 36 futures are kept in .*resume|nothing"
        ):
            run(small(), draws=12, replicates=3, folder=tmp_path / "r", jobs=2)
    if (tmp_path / "r").exists():
        resume(tmp_path / "r")
    else:
        run(small(), draws=12, replicates=3, folder=tmp_path / "r")
    assert contents(tmp_path / "r") == contents(tmp_path / "whole")


def test_a_pool_that_lost_a_worker_ends_the_others_by_itself() -> None:
    """They ignore SIGTERM. If the pool waited for them, whoever hands it a call at that moment would wait as well."""
    pool = Pool(2)
    for call in [pool.submit(time.sleep, 0.5) for _ in range(2)]:  # both workers are there
        call.result(60)
    assert len(multiprocessing.active_children()) >= 2
    with pytest.raises(BrokenProcessPool):
        pool.submit(os._exit, 1).result(60)
    ending = threading.Thread(target=pool.shutdown, daemon=True)
    ending.start()
    ending.join(30)
    waits = ending.is_alive()
    pool.kill()
    assert not waits


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds child processes through /proc")
def test_workers_do_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    words = ["run", "baseline", "--draws", 4000, "--replicates", 20, "--backend", "numpy", "-j", 2, "-o", "r"]
    process = command(words, tmp_path, block=100, parameters=4000)
    journal = tmp_path / "r" / "blocks.jsonl"
    try:
        assert wait_for(lambda: journal.exists() and journal.read_bytes().count(b"\n") > 2, 60)
        assert len(session(process.pid)) > 2
        process.kill()
        process.wait(30)
        assert wait_for(lambda: not session(process.pid), 60)
    finally:
        end_all(process)


def _in_a_daemon(answers: multiprocessing.SimpleQueue) -> None:
    answers.put(len(run(small(), draws=4, replicates=2, jobs=2).runs))


def test_a_process_that_may_have_no_children_computes_alone() -> None:
    """As the workers of a `multiprocessing.Pool`."""
    context = multiprocessing.get_context("spawn")
    answers = context.SimpleQueue()
    process = context.Process(target=_in_a_daemon, args=(answers,), daemon=True)
    process.start()
    assert answers.get() == 8
    process.join(60)
