"""``triangle-sim run --executor dask``: however it is stopped, what is done is kept, and the end is the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.conftest import PROGRAM, Call
from montecarlo.daskcluster import Processes, until
from montecarlo.helpers import contents

distributed = pytest.importorskip("distributed")

DESIGN = (
    "trump_win",
    "--set",
    "quarters=1",
    "--draws",
    "24",
    "--replicates",
    "1000",
    "--backend=numpy",
    "--no-figures",
)

BLOCKS = 24
"""Into which the run is cut, at the least."""


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    """A scheduler with a worker."""
    started = Processes(tmp_path / "dask")
    started.worker()
    yield started
    started.stop()


class Command:
    """A command in a process of its own."""

    def __init__(self, folder: Path, *words: str) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *words],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def end(self) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        try:
            out, err = self.process.communicate(timeout=60)
        finally:
            self.process.kill()
        assert "Traceback" not in err and "fault of triangle-sim" not in err, err
        return self.process.returncode, out, err


def finished(folder: Path) -> int:
    """Blocks a result folder holds."""
    journal = folder / "blocks.jsonl"
    return len(journal.read_text().splitlines()) if journal.exists() else 0


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same run in one process of this machine."""
    folder = tmp_path_factory.mktemp("here")
    code, _, err = Command(folder, "run", *DESIGN, "-j", "1", "-o", "r").end()
    assert code == 0, err
    assert finished(folder / "r") >= BLOCKS
    return contents(folder / "r")


@pytest.mark.long
def test_stopped_and_stopped_again(processes: Processes, tmp_path: Path, undisturbed: dict[str, bytes]) -> None:
    there = "--executor", "dask", "--scheduler", processes.address
    command = Command(tmp_path, "run", *DESIGN, *there, "-o", "r")
    until(lambda: finished(tmp_path / "r") > 1)
    command.process.send_signal(signal.SIGINT)
    code, _, err = command.end()
    assert code == 130 and "interrupted; " in err and "triangle-sim resume r" in err
    kept = finished(tmp_path / "r")
    assert 1 < kept < BLOCKS
    with distributed.Client(processes.address, set_as_default=False) as seen:
        until(lambda: not seen.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)))

    command = Command(tmp_path, "resume", "r", "--no-figures", *there)
    until(lambda: finished(tmp_path / "r") > kept)
    processes.kill(processes.scheduler)
    code, _, err = command.end()
    assert code == 1 and f"the connection to the scheduler at {processes.address} was lost" in err
    assert "triangle-sim resume r" in err and kept < finished(tmp_path / "r") < BLOCKS

    code, _, err = Command(tmp_path, "resume", "r", "--no-figures", "-j", "1").end()
    assert code == 0, err
    assert contents(tmp_path / "r") == undisturbed


def test_no_scheduler_no_run(call: Call, here: Path) -> None:
    words = ("run", *DESIGN, "--executor", "dask", "--scheduler", "here", "-o", "r")
    call(*words).refused("'here' is not the address of a scheduler", "= help:")
    assert not list(here.iterdir())
