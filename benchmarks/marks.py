"""A command of `triangle-sim` with marks: `python marks.py TIME_OF_START OUT.json WORDS...`.

Functions are wrapped as their modules are imported, so that imports stay as lazy as they are. Each second counts once,
for the innermost part: what drawing imports is importing. What runs beside others (processes, imports in a thread)
shows in the wall time alone.
"""

from __future__ import annotations

import builtins
import importlib.abc
import importlib.util
import json
import sys
import threading
import time
from typing import Any

PARTS = {
    "triangle_sim.cli.loading": {"load": "read the scenario"},
    "triangle_sim.montecarlo.run": {"run": "simulate and store"},
    "triangle_sim.montecarlo.folder.writing": {"Folder.finish": "write the tables"},
    "triangle_sim.plots.pictures": {"save_pictures": "draw the pictures"},
    "triangle_sim.cli.summary": {"print_summary": "sum up and print"},
}
IMPORTS, REST = "import", "start processes, wait for their end, rest"
SPENT: dict[str, float] = dict.fromkeys([IMPORTS, *(part for each in PARTS.values() for part in each.values())], 0.0)
INSIDE: list[list[float]] = []
"""For each part that is open, the innermost last, the seconds of parts within it."""


def timed(function: Any, part: str) -> Any:
    """The function, with its time noted; what parts within it take is theirs."""

    def wrapper(*args: Any, **kwargs: Any) -> Any:
        if threading.current_thread() is not threading.main_thread():
            return function(*args, **kwargs)
        began = time.perf_counter()
        INSIDE.append([0.0])
        try:
            return function(*args, **kwargs)
        finally:
            took = time.perf_counter() - began
            SPENT[part] += took - INSIDE.pop()[0]
            if INSIDE:
                INSIDE[-1][0] += took

    return wrapper


class Marker(importlib.abc.MetaPathFinder):
    """Finds the modules above as Python would, and wraps their functions once they are loaded."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """The module's own spec, with a loader that wraps."""
        if name not in PARTS:
            return None
        sys.meta_path.remove(self)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            sys.meta_path.insert(0, self)
        if spec is None or spec.loader is None:
            return None
        execute = spec.loader.exec_module

        def and_wrap(module: Any) -> None:
            execute(module)
            for place, part in PARTS[name].items():
                *owners, last = place.split(".")
                owner = getattr(module, owners[0]) if owners else module
                setattr(owner, last, timed(getattr(owner, last), part))

        spec.loader.exec_module = and_wrap  # type: ignore[method-assign]
        return spec


def main() -> None:
    """Run the command, then write the marks."""
    python, began = time.time() - float(sys.argv[1]), time.perf_counter()
    out, sys.argv = sys.argv[2], ["triangle-sim", *sys.argv[3:]]
    sys.meta_path.insert(0, Marker())
    builtins.__import__ = timed(builtins.__import__, IMPORTS)
    from triangle_sim.cli import main as command

    command()
    whole = time.perf_counter() - began
    parts = {"start Python": python, **SPENT, REST: whole - sum(SPENT.values())}
    with open(out, "w", encoding="utf-8") as file:
        json.dump(parts, file)


if __name__ == "__main__":
    main()
