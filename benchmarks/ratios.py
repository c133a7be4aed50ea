"""The figures at the top of docs/speed.md, in five minutes: `python benchmarks/ratios.py --write`.

What is compared with what, on this machine and of the present model: backends, browsers, the whole command, memory, the
page and the classroom. Ratios are what to compare between machines. It wants the machine to itself, and Chromium and
Node.js for the page; without `--write` it prints the table, `--quick` is a rehearsal. `run.py` takes three quarters of
an hour and measures more.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from clock import ROOT, spread
from growth import command
from machine import machine
from onecore import CONTESTANTS, RATIOS, measure
from report import spread as written
from report import table
from startup import wall

PAGE = ROOT / "docs" / "speed.md"
LEFT_OUT = {"worlds, scalar oracle", "stepping, llvm double", "stepping, llvm single"}
Row = tuple[str, str, str]


def main(words: list[str]) -> int:
    """Measure, print, and with `--write` put it into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="into docs/speed.md")
    parser.add_argument("--quick", action="store_true", help="once each: does it work?")
    asked = parser.parse_args(words)
    sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "tests")]
    rows: list[Row] = []
    for part in (one_core, commands, memory, browser, page, classroom):
        began = time.perf_counter()
        rows += part(asked.quick)
        print(f"{part.__name__}: {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    facts = machine()
    where = f"{facts['processor']}, {facts['cores']} cores{' of a virtual machine' * facts['virtual']}"
    text = table(("", "ratio", "by the clock"), rows)
    text += f"\n\nMeasured {time.strftime('%Y-%m-%d')} on {where}, {facts['python']}. In brackets: least to most."
    print(text)
    if asked.write:
        write(text)
    return 0


def write(text: str) -> None:
    """Into the page, between its marks."""
    begin, end = "<!-- measured: ratios -->", "<!-- end -->"
    shown = PAGE.read_text(encoding="utf-8")
    pattern = rf"{re.escape(begin)}\n.*?{re.escape(end)}"
    PAGE.write_text(re.sub(pattern, lambda _: f"{begin}\n{text}\n{end}", shown, flags=re.DOTALL), encoding="utf-8")


def one_core(quick: bool) -> Iterator[Row]:
    """Backends against each other and against Mesa, one core."""
    some = {name: each for name, each in CONTESTANTS.items() if name not in LEFT_OUT}
    found = measure(some, RATIOS, 1 if quick else 3)
    for name, each in found["ratios"].items():
        first = RATIOS[name][0]
        yield f"a second, one core: {name}", written(each), f"{written(found['rates'][first])} a second"


def commands(quick: bool) -> Iterator[Row]:
    """The whole command from a cold start, against the start of Python alone."""
    design = ["--draws=10" if quick else "--draws=500", "--replicates=20"]
    run = ["run", "trump_win", *design]
    asked = {"`--help`": ["--help"], "`run trump_win`, LLVM": [*run, "--backend=llvm"],
             "`run trump_win`, NumPy": [*run, "--backend=numpy"]}  # fmt: skip
    wall(asked["`run trump_win`, LLVM"])  # its program is kept
    python = [wall([]) for _ in range(3)]
    for name, words in asked.items():
        seconds = [wall(words) for _ in range(1 if quick else 3)]
        times = statistics.median(seconds) / statistics.median(python)
        yield f"{name}, against starting Python", f"{times:.0f}", f"{written(spread(seconds))} s"


def memory(quick: bool) -> Iterator[Row]:
    """Peak memory as futures grow tenfold."""
    few = 200 if quick else 50_000
    (_, small), (_, large) = (command(runs, "llvm") for runs in (few, 10 * few))
    yield f"peak memory, {10 * few:,} futures / {few:,}, LLVM", f"{large / small:.2f}", f"{large:.0f} MB"


def browser(quick: bool) -> Iterator[Row]:
    """The program that the page holds, in Node, against the native one."""
    if shutil.which("node"):
        from browser import measured

        found = [measured("baseline", False, False, 2 if quick else 20) for _ in range(1 if quick else 5)]
        node, native = zip(*found, strict=True)
        ratios = spread([b / a for a, b in found])
        rates = f"{statistics.median(node):,.0f} in Node, {statistics.median(native):,.0f} native"
        yield "futures a second, one thread: native / Node", written(ratios), rates


def page(quick: bool) -> Iterator[Row]:
    """A slider of the page, against the native program's processor time for as many futures; and the page's size."""
    from page import SIZES, moved
    from slider import native_seconds

    from triangle_sim.scenario.load import load
    from triangle_sim.web.share import share

    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        size = share(load("baseline"), Path(folder, "page.html"))
        yield "`share baseline`, in a running Python", "", f"{time.perf_counter() - began:.1f} s, {size / 1e6:.2f} MB"
    threads, waits = moved(2 if quick else 18)
    for n, each in zip(SIZES, zip(*waits, strict=True), strict=True):
        milliseconds = spread(each)
        times = milliseconds["median"] / 1000 / native_seconds(n)
        name = f"slider to {n:,} futures drawn, {threads} workers / native, one thread"
        yield name, f"{times:.1f}", f"{written(milliseconds)} ms"


def classroom(quick: bool) -> Iterator[Row]:
    """Thirty seats and a board that ask the server again and again, at once."""
    script = [
        sys.executable,
        str(ROOT / "benchmarks" / "classroom.py"),
        *(["--seats=5", "--seconds=2"] if quick else []),
    ]
    done = subprocess.run(script, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    for name, each in found["milliseconds"].items():
        ratio = f"{each['slowest'] / each['median']:.1f}" if each["median"] else ""
        told = f"median {each['median']:.0f} ms, slowest {each['slowest']:.0f} ms of {each['requests']:,}"
        yield f"classroom, {name}: slowest / median answer", ratio, told
    now, start = found["megabytes"], found["megabytes at start"]
    yield "classroom, server's memory at most / at start", f"{now['most'] / start['now']:.1f}", f"{now['most']:.0f} MB"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
