"""The backend LLVM: one traced quarter as straight vector code, from random numbers to the horizon in a core's cache.

Nothing of the model is written twice. The engine takes its array library from the parameters; here they are symbols,
and what it does with them is written down once and compiled. NumPy stays the reference: both agree to rounding, and
choose alike but where a random number falls within rounding of a choice's edge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.model.prepared import Blueprint, BlueprintKey
from triangle_sim.backends.llvm.machine import Processor, Simulate, here, load
from triangle_sim.backends.llvm.memory import GROUP, RUNS
from triangle_sim.backends.llvm.program import Program, program
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.uncertainty import Streams

BITS = {"double": 64, "single": 32}
ALIGNED = 64
"""Bytes of the largest vector: working memory begins at a multiple of it."""


def trajectories(
    plan: Blueprint,
    seed: int,
    draws: NDArray[np.int64],
    replicates: NDArray[np.int64],
    pins: Sequence[Mapping[str, float]],
    precision: str = "double",
    processor: Processor | None = None,
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
    processor
        what to make code for; default: this machine's. The bits of the result do not depend on it.
    """
    go, out = prepared(plan, seed, draws, replicates, pins, precision, processor)
    go()
    return out


def prepared(
    plan: Blueprint,
    seed: int,
    draws: NDArray[np.int64],
    replicates: NDArray[np.int64],
    pins: Sequence[Mapping[str, float]],
    precision: str = "double",
    processor: Processor | None = None,
) -> tuple[Callable[[], None], list[Trajectory]]:
    """As :func:`trajectories`, with all but the simulation done: what simulates, and the trajectories it fills."""
    written, simulate = _ready(BlueprintKey(plan), precision, processor or here())
    room = -(-draws.size // GROUP) * GROUP
    sampled = plan.sample(seed, draws)
    theory = sampled.theory_per_run(draws)
    out = [Trajectory.empty(plan, draws, replicates, sampled.theories, theory, room) for _ in pins]
    where = np.minimum(np.arange(room), draws.size - 1)  # a group is filled up with its last run
    streams = Streams(seed, draws[where], replicates[where])
    fate = plan.clock.fate(streams, room, plan.scenario.quarters)
    held = [np.asarray([pin.get(name, np.nan) for name in plan.conditions]) for pin in pins]
    arrays = {
        "values": sampled.stacked_per_run(draws[where]),
        "possible": fate.possible,
        "due": fate.due,
        "hazard": fate.luck,
        "address": streams.address,
    }
    arrays = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    facts = {name: array.ctypes.data for name, array in arrays.items()}
    facts |= {"stride": room, "seed": int(streams.seed[0]), "worlds": len(pins)}
    runs = np.asarray([facts[name] for name in RUNS], np.uint64)
    worlds = np.asarray([_addresses(*each) for each in zip(held, out, strict=True)], np.uint64)
    memory = np.empty(written.shared + len(pins) * written.each + ALIGNED, np.uint8)
    begin = -(-memory.ctypes.data // ALIGNED) * ALIGNED

    def go(kept: Any = (arrays, held, memory)) -> None:
        simulate(runs.ctypes.data, worlds.ctypes.data, begin, 0, room)

    return go, out


def _addresses(pins: Any, t: Trajectory) -> list[int]:
    """In the order of `memory.WORLD`."""
    parts = (pins, t.state, t.environment, t.moves, t.meetings, t.begins, t.active)
    return [part.ctypes.data for part in parts]


@lru_cache(maxsize=16)
def _ready(key: BlueprintKey, precision: str, processor: Processor) -> tuple[Program, Simulate]:
    bits = BITS[precision]
    written = program(key.plan, processor.lanes(bits), bits)
    return written, load(written.text, processor)
