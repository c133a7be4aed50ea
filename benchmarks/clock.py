"""Timing: children that wait their turn, medians with their spread, ratios of pairs.

Each thing that is timed lives in a process of its own, on cores of its own choosing, imports and compiles first, and
then runs only when told. So A and B can take turns, A B A B ..., and whatever else the machine does in that time falls
on both: a ratio is taken from neighbours, and its spread tells how far to trust it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent

SINGLE = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")}
"""Settings that keep libraries to one thread."""


def cores() -> list[int]:
    """Cores this process may use."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else list(range(os.cpu_count() or 1))


def environment(single: bool = True) -> dict[str, str]:
    """What a child finds: this checkout of the package, and one thread a library where that is wanted."""
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests"), str(HERE)])
    return dict(os.environ) | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": ""} | (SINGLE if single else {})


class SkippedError(Exception):
    """A contestant that cannot take part here, and why."""


class Child:
    """A contestant of `contestants.py` in a process of its own."""

    def __init__(self, name: str, pin: Sequence[int] | None = None, single: bool = True, **options: Any) -> None:
        told = json.dumps({"name": name, "cores": list(pin or cores()), "options": options})
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "child.py"), told],
            env=environment(single),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.name = name
        self.said: list[dict[str, Any]] = []
        self.facts = self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} ended with {self._process.wait()}")
        answer = dict(json.loads(line))
        if "skipped" in answer:
            raise SkippedError(answer["skipped"])
        return answer

    def start(self, **how: Any) -> None:
        """Tell it to go; :meth:`result` waits for the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(how) + "\n")
        self._process.stdin.flush()

    def result(self) -> dict[str, Any]:
        """What it measured: ``count`` and ``seconds``, and what else it has to say."""
        self.said.append(self._answer())
        return self.said[-1]

    def rate(self, **how: Any) -> float:
        """Go once: how many a second."""
        self.start(**how)
        answer = self.result()
        return float(answer["count"] / answer["seconds"])

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


def in_turn(children: Mapping[str, Child], rounds: int) -> dict[str, list[float]]:
    """Rates of each, round by round; one at a time, and the order turned about from round to round."""
    rates: dict[str, list[float]] = {name: [] for name in children}
    for number in range(rounds):
        names = list(children) if number % 2 == 0 else list(children)[::-1]
        for name in names:
            rates[name].append(children[name].rate())
    return rates


def spread(values: Sequence[float]) -> dict[str, Any]:
    """Median, smallest and largest, and how many."""
    return {"median": statistics.median(values), "min": min(values), "max": max(values), "rounds": len(values)}


def ratio(first: Sequence[float], second: Sequence[float]) -> dict[str, Any]:
    """First to second, pair by pair: its spread."""
    return spread([a / b for a, b in zip(first, second, strict=True)])
