"""Time and peak memory of the whole command `triangle-sim run` by the number of futures, summary and pictures
included, all processes counted."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from asked import REPLICATES, SCENARIO, needs
from clock import SkippedError, environment, ratio, spread

COMMAND = [sys.executable, "-c", "from triangle_sim.cli import main; main()"]


def growth(quick: bool, long: bool = False) -> Any:
    """The part `growth`: 10^3 to 10^6 futures with NumPy, with ``long`` 10^7 too, and 10^3 to 10^7 with LLVM."""
    sizes = [1000, 2000] if quick else [10**3, 10**4, 10**5, 10**6]
    ten_million = [] if quick else [10**7]
    found: dict[str, Any] = {"numpy": by_size(sizes + ten_million * long, "numpy")}
    if not quick and not long:
        found["ten million with numpy, minutes"] = found["numpy"]["seconds"][str(10**6)]["median"] / 6
    try:
        needs("llvm")
    except SkippedError as why:
        return found | {"skipped": {"llvm": str(why)}}
    command(sizes[0], "llvm")  # compiles
    return found | {"llvm": by_size(sizes + ten_million, "llvm")}


def by_size(sizes: list[int], backend: str) -> Any:
    """Seconds and memory: the small sizes three times, a million twice, ten million once."""
    seconds: dict[int, list[float]] = {size: [] for size in sizes}
    memory: dict[int, list[float]] = {size: [] for size in sizes}
    for number in range(3 if max(sizes) > 10**5 else 1):
        for size in sizes:
            if size < 10**6 or number < (2 if size == 10**6 else 1):
                took, peak = command(size, backend)
                seconds[size].append(took)
                memory[size].append(peak)
    found: dict[str, Any] = {
        "seconds": {str(size): spread(values) for size, values in seconds.items()},
        "peak_mb": {str(size): spread(values) for size, values in memory.items()},
    }
    if 10**6 in sizes:
        found["peak of 10^6 / peak of 10^5"] = ratio(memory[10**6], memory[10**5][: len(memory[10**6])])
    return found


def command(runs: int, backend: str) -> tuple[float, float]:
    """One run of so many futures: seconds, and the most megabytes of all its processes together."""
    with tempfile.TemporaryDirectory() as folder:
        design = [f"--draws={runs // REPLICATES}", f"--replicates={REPLICATES}", f"--output={Path(folder) / 'run'}"]
        began = time.perf_counter()
        with subprocess.Popen(
            [*COMMAND, "run", SCENARIO, *design, f"--backend={backend}"],
            env=environment(single=False),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            watch = Peak(process.pid)
            _, said = process.communicate()
            took = time.perf_counter() - began
            peak = watch.stop()
        if process.returncode:
            raise RuntimeError(said)
    return took, peak


class Peak:
    """The most memory a process and its descendants take together, looked at twenty times a second.

    Proportional set sizes are added up: a page that several share counts once.
    """

    def __init__(self, pid: int) -> None:
        self._pid, self._most, self._end = pid, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        while not self._end.wait(0.05):
            self._most = max(self._most, sum(map(_proportional_kb, family(self._pid))) / 1024)

    def stop(self) -> float:
        """Megabytes at the peak."""
        self._end.set()
        self._thread.join()
        return self._most


def family(pid: int) -> list[int]:
    """A process and its descendants."""
    found = [pid]
    for each in found:
        for tasks in Path(f"/proc/{each}/task").glob("*/children"):
            try:
                found += [int(child) for child in tasks.read_text().split()]
            except OSError:  # it ended meanwhile
                continue
    return found


def _proportional_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
