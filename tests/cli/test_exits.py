"""Ctrl-C or SIGTERM: over within seconds, exit 130 or 143, finished blocks kept, no process left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.conftest import SOURCE
from montecarlo.faults import command, end_all, session, wait_for
from montecarlo.helpers import contents, run, small
from triangle_sim.cli import exits, main

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds child processes through /proc")

DESIGN = ["baseline", "--set", "quarters=1", "--draws", 9000, "--replicates", 20, "--backend", "numpy"]
INT, TERM = signal.SIGINT, signal.SIGTERM


def journal(folder: Path) -> int:
    """How many blocks are kept."""
    path = folder / "out" / "r" / "blocks.jsonl"
    return len(path.read_bytes().splitlines()) if path.exists() else 0


@pytest.mark.parametrize(
    ("number", "code", "jobs", "executor", "blocks", "whole_group"),
    [
        pytest.param(INT, 130, 1, "processes", 2, False, id="ctrl-C"),
        pytest.param(TERM, 143, 1, "processes", 2, True, id="timeout"),
        pytest.param(INT, 130, 2, "processes", 4, True, id="ctrl-C, processes"),
        pytest.param(TERM, 143, 2, "processes", 4, True, id="timeout, processes"),
        pytest.param(INT, 130, 2, "processes", 0, True, id="ctrl-C while workers start"),
        pytest.param(TERM, 143, 2, "processes", 0, True, id="timeout while workers start"),
        pytest.param(INT, 130, 2, "threads", 3, False, id="ctrl-C, threads"),
    ],
)
def test_an_interrupted_run(
    number: int, code: int, jobs: int, executor: str, blocks: int, whole_group: bool, tmp_path: Path
) -> None:
    """A terminal sends ctrl-C to the whole group; `timeout` sends SIGTERM to the process, and to its group."""
    words = ["run", *DESIGN, "-j", jobs, "--executor", executor, "-o", "out/r", "--no-figures"]
    process = command(words, tmp_path, block=100, parameters=9000)
    try:
        assert process.stderr is not None
        assert any("180,000 futures" in line for line in process.stderr)
        assert wait_for(lambda: journal(tmp_path) >= blocks, 60)
        if number == TERM or not whole_group:
            os.kill(process.pid, number)
        if whole_group:
            os.killpg(process.pid, number)
        out, err = process.communicate(timeout=60)
        assert process.returncode == code, err
        assert "Traceback" not in err and "KeyboardInterrupt" not in err and "leaked" not in err and out == ""
        assert wait_for(lambda: not session(process.pid), 60)
        if journal(tmp_path) == 0:
            assert blocks == 0 and "interrupted; nothing was saved" in err
            assert not (tmp_path / "out" / "r").exists()
        else:
            assert "futures are kept in out/r; go on with: triangle-sim resume out/r" in err
            assert not [name for name in contents(tmp_path) if name.endswith(".part")]
    finally:
        end_all(process)


def test_an_interrupted_resume(tmp_path: Path) -> None:
    words: list[object] = ["run", *DESIGN, "-o", "out/r", "--no-figures", "-j", 1]
    for blocks in (2, 5):
        process = command(words, tmp_path, block=100, parameters=9000)
        try:
            assert wait_for(lambda enough=blocks: journal(tmp_path) >= enough, 60)
            process.terminate()
            _, err = process.communicate(timeout=60)
            assert process.returncode == 143 and "go on with: triangle-sim resume out/r" in err
        finally:
            end_all(process)
        words = ["resume", "out/r", "-j", 1, "--no-figures"]


STUCK = """
import sys, time
from triangle_sim.cli import exits, main
exits.PATIENCE = {patience}
class Stuck:
    def __del__(self):
        print("stuck", flush=True)
        time.sleep(300)  # an interruption that is raised here is lost
def app(words):
    Stuck()
    time.sleep(300)
import triangle_sim.cli
triangle_sim.cli._command = app
main()
"""


@pytest.mark.parametrize("how", ["a second ctrl-C", "patience"])
def test_it_ends_whatever_holds_it_up(how: str, tmp_path: Path) -> None:
    """A first ctrl-C that gets lost is followed by another, or by the end of patience."""
    program = STUCK.format(patience=2 if how == "patience" else 300)
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None and process.stdout.readline() == "stuck\n"
        process.send_signal(INT)
        time.sleep(0.2)
        process.send_signal(INT)  # the same, come twice
        if how == "a second ctrl-C":
            time.sleep(1.2)
            assert process.poll() is None
            process.send_signal(TERM)
        assert process.wait(40) == 130
    finally:
        process.kill()
        process.communicate()


def test_only_the_command_line_hears_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that uses the package is told to end in its own way, and so is one that has called the command line."""
    heard: list[list[object]] = []

    def look(*_: object) -> None:
        heard.append([signal.getsignal(number) for number in (INT, TERM)])

    monkeypatch.setattr(sys, "argv", ["triangle-sim", "schema"])
    monkeypatch.setattr("triangle_sim.cli.scenarios.schema_text", look)
    before = [signal.getsignal(number) for number in (INT, TERM)]
    try:
        for mine in ([signal.default_int_handler, signal.SIG_DFL], [signal.SIG_IGN, signal.SIG_IGN]):
            for number, handler in zip((INT, TERM), mine, strict=True):
                signal.signal(number, handler)
            run(small(), draws=2, replicates=2, progress=look)
            assert heard and all(found == mine for found in heard)
            assert not {INT, TERM} & set(signal.pthread_sigmask(signal.SIG_BLOCK, ()))
            heard.clear()
            main()
            assert [signal.getsignal(number) for number in (INT, TERM)] == mine
            (found,) = heard
            assert found == ([exits._hear] * 2 if signal.SIG_IGN not in mine else mine)
            heard.clear()
    finally:
        for number, handler in zip((INT, TERM), before, strict=True):
            signal.signal(number, handler)


def test_an_interruption_that_becomes_another_error_stays_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As of some library that turns what is raised in a call of its own into a ValueError."""

    def interrupted() -> None:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(TERM)
        raise ValueError("something else")

    monkeypatch.setattr(sys, "argv", ["triangle-sim", "schema"])
    monkeypatch.setattr("triangle_sim.cli.scenarios.schema_text", interrupted)
    before = {number: signal.getsignal(number) for number in (INT, TERM, signal.SIGALRM)}
    try:
        with pytest.raises(SystemExit) as ending:
            main()
        assert ending.value.code == 143 and "interrupted" in capsys.readouterr().err
    finally:
        signal.alarm(0)
        exits._came.clear()
        for number, handler in before.items():
            signal.signal(number, handler)
