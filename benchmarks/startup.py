"""Start-up: a fresh process each time, files in the system's cache; wall time, and where it goes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from asked import REPLICATES, SCENARIO, needs
from clock import HERE, SkippedError, environment, spread
from growth import COMMAND

FIRST = "compiled first"
"""The end of the name of a command that finds no program of an earlier one."""


def commands(quick: bool) -> dict[str, list[str]]:
    """What is started, by name; a rehearsal runs ten futures only."""
    few = ["run", SCENARIO, "--draws=10", "--replicates=1"]
    many = few if quick else ["run", SCENARIO, "--draws=500", f"--replicates={REPLICATES}"]
    name = f"run of {10 if quick else 10_000:,} futures"
    found = {"python -c pass": [], "--help": ["--help"], "run of 10 futures": [*few, "--backend=numpy"]}
    if not quick:
        found[f"{name}, numpy"] = [*many, "--backend=numpy"]
    try:
        needs("llvm")
    except SkippedError:
        return found
    llvm = [*many, "--backend=llvm"]
    return found | {f"{name}, llvm": llvm, f"{name}, llvm, {FIRST}": llvm}


def start_up(quick: bool) -> Any:
    """The part `startup`."""
    asked = commands(quick)
    seconds: dict[str, list[float]] = {name: [] for name in asked}
    parts: dict[str, list[dict[str, float]]] = {
        name: [] for name in asked if name.startswith("run") and not name.endswith(FIRST)
    }
    for name, words in asked.items():
        if name.endswith(", llvm") and not quick:
            wall(words)  # its program is kept; in a rehearsal, that of the first that is timed
    for _ in range(1 if quick else 7):
        for name, words in asked.items():
            seconds[name].append(wall(words, kept=not name.endswith(FIRST)))
        for name, found in parts.items():
            found.append(by_part(asked[name]))
    return {
        "seconds": {name: spread(values) for name, values in seconds.items()},
        "parts": {
            name: {part: spread([each[part] for each in found]) for part in found[0]} for name, found in parts.items()
        },
        "imports": {name: imports(asked[name]) for name in ("--help", "run of 10 futures")},
    }


def _execute(command: list[str], folder: str, **more: str) -> subprocess.CompletedProcess[str]:
    wanted = environment(single=False) | more
    return subprocess.run(command, cwd=folder, env=wanted, capture_output=True, text=True, check=True)


def wall(words: list[str], kept: bool = True) -> float:
    """Seconds from the start of a process to its end, in an empty folder; without programs of earlier ones unless they
    are ``kept``."""
    command = [*COMMAND, *words] if words else [sys.executable, "-c", "pass"]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as empty:
        began = time.perf_counter()
        _execute(command, folder, **({} if kept else {"XDG_CACHE_HOME": empty}))
        return time.perf_counter() - began


def by_part(words: list[str]) -> dict[str, float]:
    """Seconds of each part of a command, from `marks.py`."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "marks.json"
        _execute([sys.executable, str(HERE / "marks.py"), repr(time.time()), str(out), *words], folder)
        return dict(json.loads(out.read_text(encoding="utf-8")))


def imports(words: list[str], most: int = 8) -> dict[str, float]:
    """Seconds that the main process spends on importing, in all and by package, as `python -X importtime` tells."""
    with tempfile.TemporaryDirectory() as folder:
        done = _execute([sys.executable, "-X", "importtime", *COMMAND[1:], *words], folder)
    by_package: dict[str, float] = {}
    for line in done.stderr.splitlines():
        fields = line.removeprefix("import time:").split("|")
        if line.startswith("import time:") and fields[0].strip().isdigit():
            package = fields[2].strip().split(".")[0]
            by_package[package] = by_package.get(package, 0.0) + int(fields[0]) / 1e6
    largest = sorted(by_package.items(), key=lambda item: -item[1])
    return {"in all": sum(by_package.values())} | dict(largest[:most])
