"""Speed and memory, measured and written down with the machine: `python benchmarks/run.py`.

It takes half an hour on four cores, three quarters on two, and wants the machine to itself. `--only PART` measures some
parts again and keeps the others, `--again` measures none. `--quick` is a rehearsal, which writes nothing unless `--out`
says where.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from allcores import all_cores
from clock import ROOT
from growth import growth
from machine import machine, slug
from onecore import one_core
from report import page, tables
from startup import start_up

RESULTS = ROOT / "benchmarks" / "results"
PARTS: dict[str, Callable[..., Any]] = {
    "startup": start_up,
    "onecore": one_core,
    "allcores": all_cores,
    "growth": growth,
}


def options(words: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", choices=sorted(PARTS), help="measure this part (may be repeated)")
    parser.add_argument("--quick", action="store_true", help="tiny sizes, one round: does it work?")
    parser.add_argument("--again", action="store_true", help="measure nothing, write table, figure and page again")
    parser.add_argument("--long", action="store_true", help="10^7 futures with NumPy too")
    parser.add_argument("--out", type=Path, help="folder to write to (default: benchmarks/results, and the page)")
    return parser.parse_args(words)


def forget(compiled: str) -> None:
    """Let programs be kept in an empty folder: what it takes to compile is measured, not remembered. What Matplotlib
    knows of fonts stays where it is."""
    from matplotlib import get_cachedir

    fonts = os.path.realpath(get_cachedir())
    os.environ |= {"MPLCONFIGDIR": fonts, "XDG_CACHE_HOME": compiled}


def main(words: list[str]) -> int:
    """Measure, write, print."""
    asked = options(words)
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
    load = round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
    facts = machine()
    folder = asked.out or (None if asked.quick else RESULTS)
    store = folder / f"{slug(facts)}.json" if folder else None
    found: dict[str, Any] = json.loads(store.read_text(encoding="utf-8")) if store and store.is_file() else {}
    found = found if asked.again else {"machine": facts, "parts": found.get("parts", {})}
    with tempfile.TemporaryDirectory() as compiled:
        forget(compiled)
        for name in [] if asked.again else asked.only or list(PARTS):
            began = time.perf_counter()
            print(f"{name} ...", file=sys.stderr, flush=True)
            more = {"long": asked.long} if name == "growth" else {}
            when = {"date": time.strftime("%Y-%m-%d"), "load": load}
            found["parts"][name] = PARTS[name](asked.quick, **more) | when
            print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
            if store:
                store.parent.mkdir(parents=True, exist_ok=True)
                store.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(tables(found))
    if store:
        from figure import draw

        draw(found, store.with_suffix(".png"))
        store.with_suffix(".md").write_text(tables(found) + "\n", encoding="utf-8")
    if store and folder == RESULTS:
        page(ROOT / "docs" / "speed.md", found, store)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
