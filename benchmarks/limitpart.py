"""Compiled backends against the limit: the same arithmetic written out as one C++ program, every operation fused."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from clock import SkippedError
from contestants import SCENARIO, SEED, WIDTH, address
from onecore import measure

SHAPES = ((8, 8, 40), (8, 4, 100), (4, 16, 60))
"""Lanes of a vector, vectors at a time, statements in a loop: the quickest of these is the limit."""


def limit(quick: bool) -> Any:
    """The part `limit`."""
    from limit.build import build, farthest, prepare
    from limit.inputs import inputs

    import triangle_sim as ts
    from triangle_sim.model.prepared import prepared_for
from triangle_sim.model.triangle_model import TriangleModel

    scenario, where = ts.load(SCENARIO), address(WIDTH)
    plan = prepared_for(scenario)
    model = TriangleModel(scenario, seed=SEED, draws=where[0], replicates=where[1], collect=False)
    trajectory = model.run_model()
    model.close()
    given = inputs(plan, SEED, *where, 1, np.float64)
    with tempfile.TemporaryDirectory() as folder:
        tried: dict[str, float] = {}
        libraries = {}
        gap, began = 0.0, time.perf_counter()
        try:
            for lanes, vectors, size in SHAPES[: 1 if quick else None]:
                name = f"{lanes} lanes x {vectors}, {size} statements"
                libraries[name] = build(plan, Path(folder), lanes, vectors, size)
                for random in (False, True):
                    call, begin, record = prepare(libraries[name], plan, given, 1, random)
                    gap = max(gap, farthest(call, begin, record, trajectory))
                tried[name] = _best(call)
        except SkippedError as why:
            return {"skipped": {"limit": str(why)}, "rates": {}, "ratios": {}, "ready": {}}
        built = (time.perf_counter() - began) / len(tried)
        assert gap < 1e-9, f"the limit and the model differ by {gap}"
        library = str(libraries[max(tried, key=lambda name: tried[name])])
        return _against(library, quick) | {"tried": tried, "farthest": gap, "built": built}


def _best(call: Any, times: int = 10) -> float:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        took.append(time.perf_counter() - began)
    return WIDTH / min(took)


def _against(library: str, quick: bool) -> Any:
    contestants: dict[str, tuple[str, dict[str, Any]]] = {}
    pairs = {}
    for worlds, what in ((1, "stepping"), (2, "stepping with twin")):
        drawn = f"{what} {'and' if worlds > 1 else 'with'} random numbers"
        contestants[f"{what}, limit"] = ("limit_program", {"library": library, "worlds": worlds, "random": False})
        contestants[f"{drawn}, limit"] = ("limit_program", {"library": library, "worlds": worlds, "random": True})
        for precision in ("double", "single"):
            options = {"worlds": worlds, "precision": precision}
            contestants[f"{what}, jax {precision}"] = ("jax_program", options)
            contestants[f"{drawn}, llvm {precision}"] = ("llvm_program", options)
            pairs[f"{drawn}: llvm {precision} / limit"] = (f"{drawn}, llvm {precision}", f"{drawn}, limit")
            pairs[f"{what}: jax {precision} / limit"] = (f"{what}, jax {precision}", f"{what}, limit")
    return measure(contestants, pairs, 1 if quick else 7)
