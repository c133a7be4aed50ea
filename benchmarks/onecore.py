"""One core: worlds and futures a second of both backends, against one world at a time; the share of random numbers."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from clock import Child, SkippedError, cores, in_turn, ratio, spread

CONTESTANTS: dict[str, tuple[str, dict[str, Any]]] = {
    "worlds, numpy": ("numpy_worlds", {}),
    "worlds, llvm double": ("llvm_worlds", {"precision": "double"}),
    "worlds, llvm single": ("llvm_worlds", {"precision": "single"}),
    "stepping, llvm double": ("llvm_program", {"precision": "double"}),
    "stepping, llvm single": ("llvm_program", {"precision": "single"}),
    "worlds, mesa.batch_run": ("batch_run", {}),
    "worlds, scalar oracle": ("scalar", {}),
    "futures, numpy": ("futures", {"backend": "numpy"}),
    "futures, llvm double": ("futures", {"backend": "llvm", "precision": "double"}),
    "futures, llvm single": ("futures", {"backend": "llvm", "precision": "single"}),
}

RATIOS = {
    "worlds: numpy / mesa.batch_run": ("worlds, numpy", "worlds, mesa.batch_run"),
    "worlds: llvm double / mesa.batch_run": ("worlds, llvm double", "worlds, mesa.batch_run"),
    "futures, numpy / worlds, mesa.batch_run": ("futures, numpy", "worlds, mesa.batch_run"),
    "futures, llvm double / worlds, mesa.batch_run": ("futures, llvm double", "worlds, mesa.batch_run"),
    "worlds: numpy / scalar oracle": ("worlds, numpy", "worlds, scalar oracle"),
    "worlds: llvm double / numpy": ("worlds, llvm double", "worlds, numpy"),
    "worlds: llvm single / llvm double": ("worlds, llvm single", "worlds, llvm double"),
    "futures: llvm double / numpy": ("futures, llvm double", "futures, numpy"),
    "futures: llvm single / numpy": ("futures, llvm single", "futures, numpy"),
}


def measure(contestants: dict[str, tuple[str, dict[str, Any]]], pairs: dict[str, tuple[str, str]], rounds: int) -> Any:
    """All on the last core, in turn: rates, ratios, what getting ready took, and who was left out."""
    ready, skipped = {}, {}
    with ExitStack() as stack:
        children = {}
        for name, (function, options) in contestants.items():
            try:
                children[name] = stack.enter_context(Child(function, pin=cores()[-1:], **options))
                ready[name] = children[name].facts
            except SkippedError as why:
                skipped[name] = str(why)
        rates = in_turn(children, rounds)
    return {
        "rates": {name: spread(values) for name, values in rates.items()},
        "ratios": {n: ratio(rates[a], rates[b]) for n, (a, b) in pairs.items() if a in rates and b in rates},
        "ready": ready,
        "skipped": skipped,
        "random": {
            name: spread([each["random"] for each in child.said])
            for name, child in children.items()
            if child.said and "random" in child.said[0]
        },
    }


def one_core(quick: bool) -> Any:
    """The part `onecore`."""
    return measure(CONTESTANTS, RATIOS, 1 if quick else 5)
