"""One block of runs: simulated, summed up, counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.model import TriangleModel
from triangle_sim.montecarlo.stop import go_on
from triangle_sim.montecarlo.tally import Tally, tally
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.scenario.schema import Scenario
from triangle_sim.trajectory import Trajectory

BLOCK = 1000
"""Runs a block: enough to spread NumPy's overhead, few enough to stay in cache. Results do not depend on it."""


@dataclass(frozen=True)
class Design:
    """How many runs: draws x replicates, numbered draw by draw, from one seed; and what computes them."""

    draws: int
    replicates: int
    seed: int
    backend: str = "numpy"
    precision: str = "double"

    @property
    def runs(self) -> int:
        """Runs in all."""
        return self.draws * self.replicates

    def blocks(self, size: int = BLOCK) -> list[tuple[int, int]]:
        """The runs cut into blocks: (first, end) of each."""
        return [(first, min(first + size, self.runs)) for first in range(0, self.runs, size)]

    def address(self, first: int, end: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Draw and replicate numbers of the runs ``first .. end - 1``."""
        run = np.arange(first, end)
        return run // self.replicates, run % self.replicates


@dataclass(frozen=True)
class BlockResult:
    """Columns of the run table, and counts."""

    first: int
    columns: dict[str, NDArray[Any]]
    tally: Tally


def simulate(scenario: Scenario, seed: int, draws: Any, replicates: Any) -> Trajectory:
    """The trajectory of some runs, with the twin worlds that outcomes compare them with."""
    model = TriangleModel(scenario, seed=seed, draws=draws, replicates=replicates)
    trajectory = _run(model)
    for pin in {tuple(sorted(o.twin.items())) for o in OUTCOMES.values() if o.twin}:
        twin = model.twin(dict(pin))
        trajectory.twins[twin_name(dict(pin))] = _run(twin)
        twin.close()
    model.close()
    return trajectory


def _run(model: TriangleModel) -> Trajectory:
    while model.running:
        go_on()
        model.step()
    return model.trajectory


def twin_name(pin: dict[str, float]) -> str:
    """A twin world's name, e.g. ``sino_russian_rivalry=0``."""
    return ",".join(f"{name}={value:g}" for name, value in sorted(pin.items()))


def columns(t: Trajectory) -> dict[str, NDArray[Any]]:
    """The run table's columns: address, theory, and every outcome in the order of their names."""
    out: dict[str, NDArray[Any]] = {
        "draw": t.draws.astype(np.int32),
        "replicate": t.replicates.astype(np.int32),
        "theory": np.asarray(t.theories, dtype=object)[t.theory],
    }
    for name, outcome in sorted(OUTCOMES.items()):
        out[name] = outcome.of(t)
    return out


def run_block(scenario: Scenario, design: Design, first: int, end: int) -> BlockResult:
    """Simulate the runs ``first .. end - 1`` of a design."""
    go_on()
    trajectory = simulate(scenario, design.seed, *design.address(first, end))
    return BlockResult(first, columns(trajectory), tally(trajectory))
