"""The backend JAX: the very functions of the model, traced by JAX, fused by XLA and scanned over quarters.

Nothing of the model is written twice. The engine takes its array library from the parameters; here they are JAX's, so
one trace of one quarter becomes a program. NumPy stays the reference: in double precision both agree to rounding, and
choose alike but where a random number falls within rounding of a choice's edge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import jax
import numpy as np
from jax import lax
from jax import numpy as jnp
from numpy.typing import NDArray

from triangle_sim.arrays import Array
from triangle_sim.blueprint import Blueprint, BlueprintKey
from triangle_sim.compilations import keep_programs
from triangle_sim.engine import Engine, Luck, Record, lucks
from triangle_sim.trajectory import Trajectory
from triangle_sim.uncertainty import Streams

keep_programs()

WIDTH = 1024
"""Runs a program takes at once; fewer are filled up, so that one compilation serves all and bits never differ."""


def trajectories(
    plan: Blueprint,
    seed: int,
    draws: NDArray[np.int64],
    replicates: NDArray[np.int64],
    pins: Sequence[Mapping[str, float]],
    precision: str = "double",
) -> list[Trajectory]:
    """Simulate some runs to the horizon, once for each set of pins, with the same parameters and the same luck.

    Parameters
    ----------
    plan, seed
        the scenario made ready, and the seed.
    draws, replicates
        ``(runs,)``: which runs.
    pins
        for each world conditions held at a value.
    precision
        ``double``, or ``single`` for the model's arithmetic; parameters and random numbers are made in double.
    """
    out = [_empty(plan, seed, draws, replicates) for _ in pins]
    for first in range(0, draws.size, WIDTH):
        end = min(first + WIDTH, draws.size)
        where = np.minimum(np.arange(first, first + WIDTH), end - 1)
        with jax.enable_x64(True):
            start, records = _simulate(plan, seed, draws[where], replicates[where], pins, precision)
        for world, trajectory in enumerate(out):
            mine = slice(world * WIDTH, world * WIDTH + end - first)
            _fill(trajectory, slice(first, end), start[..., mine], Record(*(part[..., mine] for part in records)))
    return out


def _simulate(
    plan: Blueprint, seed: int, draws: Any, replicates: Any, pins: Sequence[Mapping[str, float]], precision: str
) -> tuple[Any, Record]:
    # Random numbers are NumPy's: XLA's code for words of 64 bits is slower than it, and the bits are the same this way.
    worlds, real = len(pins), np.float64 if precision == "double" else np.float32
    streams = Streams(seed, draws, replicates)
    fate = plan.clock.fate(streams, draws.size, plan.scenario.quarters)
    held = np.asarray([[pin.get(name, np.nan) for pin in pins] for name in plan.conditions], real)
    values = plan.sample(seed, draws).stacked_per_run(draws).astype(real)
    luck = Luck(*(part.astype(real) for part in lucks(plan, streams, fate)))
    given = (values, fate, luck, plan.clock.start(draws.size))
    tiled = jax.tree.map(lambda part: np.concatenate([np.asarray(part)] * worlds, axis=-1), given)
    start, records = _program(BlueprintKey(plan), worlds, real)(*tiled, np.repeat(held, draws.size, axis=1))
    return np.asarray(start), Record(*(np.asarray(part) for part in records))


@lru_cache(maxsize=16)
def _program(key: BlueprintKey, worlds: int, real: Any) -> Any:
    """The compiled function: (parameters, fate, luck, what happened, pins) -> (start, records)."""
    plan, names, quarters = key.plan, list(key.plan.table), key.plan.scenario.quarters

    def simulate(stacked: Array, fate: Any, lucks: Any, happened: Any, pins: Array) -> Any:
        engine = Engine(plan, dict(zip(names, stacked, strict=True)), dict(zip(plan.conditions, pins, strict=True)))

        def quarter(world: Any, now: Any) -> Any:
            q, luck = now
            world, record, _ = engine.quarter(world, fate, luck, q)
            return world, record

        start = engine.start(happened)
        _, records = lax.scan(quarter, start, (jnp.arange(quarters), lucks))
        return start.state, records

    return jax.jit(simulate)


def _empty(plan: Blueprint, seed: int, draws: NDArray[np.int64], replicates: NDArray[np.int64]) -> Trajectory:
    sampled = plan.sample(seed, draws)
    return Trajectory.empty(plan, draws, replicates, sampled.theories, sampled.theory_per_run(draws))


def _fill(trajectory: Trajectory, where: slice, start: Any, record: Record) -> None:
    trajectory.state[0, :, where], trajectory.state[1:, :, where] = start, record.state
    trajectory.environment[..., where] = record.environment
    trajectory.moves[..., where], trajectory.meetings[..., where] = record.moves, record.met
    trajectory.begins[..., where], trajectory.active[..., where] = record.begins, record.active
