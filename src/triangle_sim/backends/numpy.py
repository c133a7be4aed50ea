"""The reference backend: the model's source as it stands, on NumPy arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from triangle_sim.model.prepared import Prepared
from triangle_sim.model.quarter import Quarter
from triangle_sim.model.runs import Runs
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.uncertainty import Table


def trajectories(
    prepared: Prepared,
    seed: int,
    draws: NDArray[np.int64],
    replicates: NDArray[np.int64],
    pins: Sequence[Mapping[str, float]],
    precision: str = "double",
    table: Table | None = None,
) -> list[Trajectory]:
    """See :class:`triangle_sim.backends.backend.Backend`."""
    runs = Runs.draw(prepared, seed, draws, replicates, table)
    return [simulate(runs, pin) for pin in pins]


def simulate(runs: Runs, pin: Mapping[str, float]) -> Trajectory:
    """Simulate runs to the horizon, some conditions being held at a level."""
    prepared, trajectory = runs.prepared, runs.trajectory()
    quarter = Quarter(prepared, runs.values, prepared.pins(pin))
    world = quarter.start(prepared.clock.start(runs.draws.size))
    trajectory.state[0] = world.state
    for q in range(prepared.scenario.quarters):
        world, record, _ = quarter(world, runs.luck_in(q), q, prepared.orders[q], prepared.seats_in(q))
        trajectory.record(q, record)
    return trajectory
