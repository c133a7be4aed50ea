"""How long a reader waits who moves a slider of the page: `python benchmarks/page.py`.

On the screen *What if*, from a slider's move until 2,000 futures are drawn, and until it has settled at 10,000, beside
the unchanged scenario, which the page has counted before. Then the processor time of the native program for as many
futures in the same minute, and the ratio, which is what to compare between machines. It wants the machine to itself;
`--quick` is a rehearsal.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from slider import ROOT, SIZES, native_seconds

MOVED = """
async (times) => {
  const root = document.querySelector(".whatif");
  const slider = document.getElementById("slider-conditions-ukraine_war");
  const waits = [];
  for (let k = 0; k < times; k += 1) {
    const began = performance.now();
    waits.push(await new Promise((go) => {
      let first = null;
      const watch = new MutationObserver(() => requestAnimationFrame(() => {
        const busy = root.getAttribute("aria-busy") === "true";
        if (busy && root.dataset.settled === "false") first ??= performance.now() - began;
        if (busy || first === null) return;
        watch.disconnect();
        go([first, performance.now() - began]);
      }));
      watch.observe(root, { attributes: true });
      slider.value = String(((3 * k + 1) % 20) / 20);
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    }));
  }
  return waits;
}
"""
"""Moves a slider; what is on its way is known by what the screen says of itself, and drawn in the frame after."""


def main(words: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two moves: does it work?")
    asked = parser.parse_args(words)
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    threads, waits = moved(2 if asked.quick else 18)
    for n, each in zip(SIZES, zip(*waits, strict=True), strict=True):
        middle, native = statistics.median(each), 1000 * native_seconds(n)
        print(
            f"{n:,} futures on the page: {middle:.0f} ms (median of {len(each)}; {min(each):.0f} to {max(each):.0f}) "
            f"with {threads} workers, {middle / native:.1f} times the native program's processor time"
        )
    return 0


def moved(times: int) -> tuple[int, list[tuple[float, float]]]:
    """The workers there are; and milliseconds from a move until the first futures are drawn, and until all are."""
    from tests.web.browser.chromium import Tab, launched

    from triangle_sim.scenario.load import load
    from triangle_sim.web.share import share

    with tempfile.TemporaryDirectory() as folder, launched() as chromium:
        file = Path(folder, "page.html")
        share(load("baseline"), file)
        tab = Tab(chromium.new_page(viewport={"width": 1280, "height": 800}))
        tab.open(f"{file.as_uri()}#v=1&s=whatif&ukraine_war=0.47")
        tab.settled()
        waits = [(first, last) for first, last in tab.page.evaluate(MOVED, times)]
        return tab.page.evaluate("Math.min(4, navigator.hardwareConcurrency)"), waits


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
