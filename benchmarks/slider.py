"""How long a slider of the page waits: `python benchmarks/slider.py`.

Chromium plays 2,000 futures, then 10,000, under other odds each time, as a slider asks for them; what it takes by the
clock and in processor time, and the processor time of the native program for the same number. It wants the machine to
itself; `--quick` is a rehearsal.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SIZES = (2_000, 10_000)
VARIABLES = ["goodwill[PRK,RUS]", "goodwill[PRK,CHN]", "us_prk_dialogue"]
GO = """
async ([n, times, threads]) => {
  const pool = (globalThis.pool ??= await entry.Pool.make(pack, { threads }));
  const waits = [];
  for (let k = 0; k < times; k += 1) {
    const chance = 0.3 + 0.4 * Math.random();
    const began = performance.now();
    await pool.futures({ odds: { trump_elected: chance, harris_elected: 1 - chance } }, n, { variables });
    waits.push(performance.now() - began);
  }
  return [pool.threads, waits];
}
"""


def main(words: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=2, help="workers (default: 2)")
    parser.add_argument("--quick", action="store_true", help="two answers each: does it work?")
    asked = parser.parse_args(words)
    sys.path[:0] = [str(ROOT / "src")]
    for n, (threads, waits, busy) in zip(SIZES, measured(asked.threads, 2 if asked.quick else 21), strict=True):
        middle, native = statistics.median(waits), native_seconds(n)
        waited = f"{middle:.0f} ms (median of {len(waits)}; {min(waits):.0f} to {max(waits):.0f})"
        used = f"{busy:.0f} ms of processor time, {busy / 1000 / native:.1f} times that of the native program"
        print(f"{n:,} futures: {waited} with {threads} workers, {used}")
    return 0


def measured(threads: int, times: int) -> list[tuple[int, list[float], float]]:
    """Of each size: the workers there were, milliseconds until each answer, and those of processor time an answer."""
    from playwright.sync_api import sync_playwright

    options = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
               "--disable-component-update", "--disable-sync"]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder, "page.html")
        page.write_text(html(), encoding="utf-8")
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        tab = chromium.new_page()
        tab.goto(page.as_uri())
        tab.evaluate(GO, [SIZES[0], 3, threads])
        out = []
        for n in SIZES:
            before = processor_time()
            there, waits = tab.evaluate(GO, [n, times, threads])
            out.append((there, waits, 1000 * (processor_time() - before) / times))
        chromium.close()
    return out


def html() -> str:
    """A page that holds the baseline's engine and nothing to look at."""
    from triangle_sim.model.prepared import prepared_for
    from triangle_sim.scenario.load import load
    from triangle_sim.web.bundle import bundle
    from triangle_sim.web.modules import find
    from triangle_sim.web.pack_engine import engine
    from triangle_sim.web.single import PAGE

    prepared = prepared_for(load("baseline"))
    held = {"pack": engine(prepared, find(prepared)), "variables": VARIABLES}
    last = "".join(f"globalThis.{name} = {json.dumps(value)};\n" for name, value in held.items())
    return f"<!doctype html><script>{bundle(PAGE / 'js', 'pool.js', last + 'globalThis.entry = entry;')}</script>"


def processor_time() -> float:
    """Seconds that all processes below this one have used so far; where the system does not say, none."""
    below: dict[int, list[tuple[int, float]]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = path.read_text().rsplit(")", 1)[1].split()
        except OSError:  # it has ended
            continue
        used = (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
        below.setdefault(int(words[1]), []).append((int(path.parent.name), used))
    total, waiting = 0.0, [os.getpid()]
    while waiting:
        for number, used in below.get(waiting.pop(), []):
            total += used
            waiting.append(number)
    return total


def native_seconds(n: int) -> float:
    """What the native program takes for as many futures, of processor time."""
    import numpy as np

    from triangle_sim.backends.llvm import ready
    from triangle_sim.model.prepared import prepared_for
    from triangle_sim.scenario.load import load

    design: Any = (prepared_for(load("baseline")), 1, np.arange(n) % 500, np.arange(n) // 500)
    go, _kept = ready(*design, [{}])
    seconds = []
    for _ in range(5):
        began = time.process_time()
        go()
        seconds.append(time.process_time() - began)
    return statistics.median(seconds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
