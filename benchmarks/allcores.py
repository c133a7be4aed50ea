"""All cores: futures a second of a whole run into a folder, how well more processes pay, and outcomes alone."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from typing import Any

from clock import Child, SkippedError, cores, ratio, spread

RUNS, FEW = 100_000, 12_000
ALONE = "outcomes alone, llvm double"
"""Key outcomes and endings in memory, without tables, counts and files."""


def all_cores(quick: bool) -> Any:
    """The part `allcores`."""
    runs, rounds = (FEW, 1) if quick else (RUNS, 3)
    most = len(cores())
    found = {"runs": runs, "numpy": efficiency(runs, rounds, list(range(1, most + 1)))}
    with suppress(SkippedError):  # it is said below
        found["llvm"] = efficiency(runs, rounds, sorted({1, most}), backend="llvm")
    return found | {"backends": backends(runs, rounds)}


def _rate(child: Child, runs: int) -> float:
    return child.rate(least=0.0, options={"runs": runs})


def efficiency(runs: int, rounds: int, numbers: list[int], **how: str) -> Any:
    """E(p) = rate(p) / (p x rate(1)), rate(1) taken in the same round; once with all other cores idle, and once with
    each of them at the same work, since cores share caches, memory and clock."""
    rates: dict[int, list[float]] = {p: [] for p in numbers}
    busy: list[float] = []
    with ExitStack() as stack:
        children = {p: stack.enter_context(Child("pipeline", single=True, jobs=p, **how)) for p in numbers}
        for _ in range(rounds):
            for p in numbers:
                rates[p].append(_rate(children[p], runs))
            busy.append(_among_busy(runs, runs / rates[1][-1], how))
    return {
        "rates": {str(p): spread(values) for p, values in rates.items()},
        "rate of one while the others are busy": spread(busy),
        "efficiency": {str(p): ratio(values, [p * one for one in rates[1]]) for p, values in rates.items()},
        "efficiency, one while the others are busy": {
            str(p): ratio(rates[p], [p * one for one in busy]) for p in numbers[-1:]
        },
    }


def _among_busy(runs: int, seconds: float, how: dict[str, str]) -> float:
    """One process on the last core while the same work goes on on each of the others."""
    *others, last = cores()
    with ExitStack() as stack:
        noise = [stack.enter_context(Child("pipeline", pin=[core], jobs=1, **how)) for core in others]
        child = stack.enter_context(Child("pipeline", pin=[last], jobs=1, **how))
        for each in noise:
            each.start(least=1.2 * seconds, options={"runs": FEW})
        rate = _rate(child, runs)
        for each in noise:
            each.result()
    return rate


def backends(runs: int, rounds: int) -> Any:
    """All cores with each backend, in turn; compiled once a process, before the clock starts. Outcomes alone are taken
    of ten times as many futures."""
    jobs, skipped = len(cores()), {}
    options = {
        "futures, numpy": {"backend": "numpy"},
        "futures, llvm double": {"backend": "llvm"},
        "futures, llvm single": {"backend": "llvm", "precision": "single"},
    }
    with ExitStack() as stack:
        children = {}
        for name, option in options.items():
            try:
                children[name] = stack.enter_context(Child("pipeline", jobs=jobs, **option))
            except SkippedError as why:
                skipped[name] = str(why)
        with suppress(SkippedError):  # it is said of the others that need it
            children[ALONE] = stack.enter_context(Child("outcomes", jobs=jobs))
        rates: dict[str, list[float]] = {name: [] for name in children}
        for _ in range(rounds):
            for name, child in children.items():
                rates[name].append(_rate(child, 10 * runs if name == ALONE else runs))
    first = rates["futures, numpy"]
    found: dict[str, Any] = {
        "rates": {name: spread(values) for name, values in rates.items()},
        "ratios": {f"{n} / numpy": ratio(v, first) for n, v in rates.items() if n != "futures, numpy"},
        "ready": {name: child.facts for name, child in children.items()},
        "skipped": skipped,
    }
    if alone := rates.get(ALONE):
        found["ratios"][f"{ALONE} / futures"] = ratio(alone, rates["futures, llvm double"])
        found["seconds of a million, outcomes alone"] = spread([10**6 / rate for rate in alone])
    return found
