"""The model as a program for a browser beside the native one: `python benchmarks/browser.py`.

Futures a second in one thread, of the program that the page holds (in Node) and of the one that the command line runs,
turn by turn on the same inputs, and their ratio, which is what to compare between machines. It wants the machine to
itself; `--quick` is a rehearsal.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RUNS, ROUNDS, TIMES = 1280, 7, 20
"""Runs at once, rounds, and how often a round simulates them; a browser compiles well only what has run for a while."""


def main(words: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenario", default="baseline")
    parser.add_argument("--single", action="store_true", help="in single precision, compiled here")
    parser.add_argument("--told", action="store_true", help="with the reasons of every quarter")
    parser.add_argument("--quick", action="store_true", help="one short round: does it work?")
    asked = parser.parse_args(words)
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    rounds, times = (1, 2) if asked.quick else (ROUNDS, TIMES)
    found = [measured(asked.scenario, asked.single, asked.told, times) for _ in range(rounds)]
    browser, native = (statistics.median(each) for each in zip(*found, strict=True))
    ratio = statistics.median(native / browser for browser, native in found)
    print(f"{asked.scenario}: {browser:,.0f} futures a second in Node, {native:,.0f} native, {ratio:.1f} times as many")
    return 0


def measured(scenario: str, single: bool, told: bool, times: int) -> tuple[float, float]:
    """Futures a second: in Node, once its compiler has done its work, and native."""
    import numpy as np
    from tests.backends.llvm import module_in_node

    from triangle_sim.backends.llvm import ready, web
    from triangle_sim.model.prepared import prepared_for
    from triangle_sim.scenario.load import load
    from triangle_sim.web.modules import find

    prepared = prepared_for(load(scenario))
    module = web.module(prepared, 32) if single else find(prepared)
    design: Any = (prepared, 1, np.arange(RUNS) // 20, np.arange(RUNS) % 20)
    ran = module_in_node.run(module, *design, prepared.scenario.pin, tell=told, times=times)
    go, _kept = ready(*design, [prepared.scenario.pin], "single" if single else "double")
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        go()
        seconds.append(time.perf_counter() - began)
    return RUNS / statistics.median(ran.seconds[times // 2 :]), RUNS / statistics.median(seconds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
