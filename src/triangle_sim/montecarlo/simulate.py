"""Some runs at once: simulated, and summed up as columns of the run table."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.backends.backend import load
from triangle_sim.model.prepared import prepared_for
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.scenario.schema import Scenario

BLOCK = 1000
"""Runs at once: enough to make up for NumPy's overhead, few enough to stay in cache. Results do not depend on it."""


def simulate(
    scenario: Scenario, seed: int, draws: Any, replicates: Any, backend: str = "numpy", precision: str = "double"
) -> Trajectory:
    """The trajectory of some runs, with the twin worlds that outcomes compare them with."""
    pins = [dict(pin) for pin in sorted({tuple(sorted(o.twin.items())) for o in OUTCOMES.values() if o.twin})]
    worlds = [dict(scenario.pin), *(dict(scenario.pin) | pin for pin in pins)]
    first, *twins = load(backend).trajectories(
        prepared_for(scenario), seed, np.asarray(draws), np.asarray(replicates), worlds, precision
    )
    first.twins.update({twin_name(pin): twin for pin, twin in zip(pins, twins, strict=True)})
    return first


def twin_name(pin: dict[str, float]) -> str:
    """A twin world's name, e.g. ``sino_russian_rivalry=0``."""
    return ",".join(f"{name}={value:g}" for name, value in sorted(pin.items()))


def columns(t: Trajectory) -> dict[str, NDArray[Any]]:
    """The run table's columns: address, theory, and every outcome in the order of their names."""
    out: dict[str, NDArray[Any]] = {
        "draw": t.draws.astype(np.int32),
        "replicate": t.replicates.astype(np.int32),
        "theory": t.theory,
    }
    for name, outcome in sorted(OUTCOMES.items()):
        out[name] = outcome.of(t)
    return out
