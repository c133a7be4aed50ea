"""Workers that die, commands that can be killed from outside, the processes they start, and a disk that fills up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing import connection
from pathlib import Path
from typing import Any

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"
PROGRAM = """
from triangle_sim.montecarlo import blocks as cells
cells.block_size = lambda runs: {block}
cells.PARAMETER_DRAWS = {parameters}
from triangle_sim.cli import main
main()
"""


def dies(job: Any, cell: Any) -> Any:
    """A worker that is killed when it meets the block of draw 4."""
    from triangle_sim.montecarlo.compute import compute  # others need less

    if cell.runs and cell.draws[0] == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    return compute(job, cell)


def half_an_answer() -> bytes:
    """A worker that is killed while it hands over its answer: whoever reads it waits for the other half."""

    def half(self: connection.Connection, data: bytes, *_: Any) -> None:
        os.write(self.fileno(), data[: len(data) // 2])
        os.kill(os.getpid(), signal.SIGKILL)

    connection.Connection._send = half  # type: ignore[attr-defined]
    return bytes(1000)


def command(words: list[object], folder: Path, block: int, parameters: int = 50) -> subprocess.Popen[str]:
    """A command of the command line in a process group of its own, with blocks of a size for tests."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(block=block, parameters=parameters), *map(str, words)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(SOURCE), "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


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


def wait_for(condition: Callable[[], object], seconds: float, pause: float = 0.02) -> bool:
    """Whether ``condition()`` comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(pause)
    return False


def end_all(process: subprocess.Popen[str]) -> None:
    """Leave nothing of a command running."""
    for pid in session(process.pid):
        os.kill(pid, signal.SIGKILL)
    process.communicate()


def mounted(folder: Path, options: str) -> Iterator[Path]:
    """A small file system in memory, gone again afterwards; skips where that is not permitted."""
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(folder)], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"mounting is not permitted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
