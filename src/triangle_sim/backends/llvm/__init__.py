"""The backend LLVM: one traced quarter as straight vector code, from random numbers to the horizon in a core's cache.

Nothing of the model is written twice: its source is traced through NumPy's own protocols, and what it did is written
down once and compiled. NumPy stays the reference: both agree to rounding, and play the same moves but where a random
number falls within rounding of a choice's edge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.backends.llvm.machine import Simulate, Target, load, native
from triangle_sim.backends.llvm.memory import GROUP, RUNS, WORLD
from triangle_sim.backends.llvm.program import Program, program
from triangle_sim.model.prepared import Prepared
from triangle_sim.model.quarter import Record
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.uncertainty import Streams, Table

BITS = {"double": 64, "single": 32}
ALIGNED = 64
"""Bytes of the largest vector: working memory begins at a multiple of it."""


def trajectories(
    prepared: Prepared,
    seed: int,
    draws: NDArray[np.int64],
    replicates: NDArray[np.int64],
    pins: Sequence[Mapping[str, float]],
    precision: str = "double",
    table: Table | None = None,
    target: Target | None = None,
) -> list[Trajectory]:
    """See :class:`triangle_sim.backends.backend.Backend`.

    With ``single`` precision the model's arithmetic is in single; parameters and random numbers are made in double.
    ``target`` is what to make code for, by default this machine; the bits of the result do not depend on it.
    """
    go, out = ready(prepared, seed, draws, replicates, pins, precision, table, target)
    go()
    return out


def ready(
    prepared: Prepared,
    seed: int,
    draws: NDArray[np.int64],
    replicates: NDArray[np.int64],
    pins: Sequence[Mapping[str, float]],
    precision: str = "double",
    table: Table | None = None,
    target: Target | None = None,
) -> tuple[Callable[[], None], list[Trajectory]]:
    """As :func:`trajectories`, with all but the simulation done: what simulates, and the trajectories it fills."""
    written, simulate = _compiled(prepared.whole or prepared, precision, target or native())
    room = -(-draws.size // GROUP) * GROUP
    where = np.minimum(np.arange(room), draws.size - 1)  # a group is filled up with its last run
    sampled = prepared.sample(seed, draws[where], table)
    out = [Trajectory.empty(prepared, draws, replicates, sampled.theory[: draws.size], room) for _ in pins]
    streams = Streams(seed, draws[where], replicates[where])
    luck = prepared.clock.luck(streams, room, prepared.scenario.quarters)
    held = [prepared.pins(pin) for pin in pins]
    given: dict[str, Any] = {
        "values": sampled.stacked,
        "events": np.concatenate([luck.possible, luck.due], dtype=float),
        "strikes": luck.strikes.astype(float),
        "orders": prepared.orders.astype(float),
        "seats": prepared.seats.astype(float),
        "address": streams.address,
    }
    arrays = {name: np.ascontiguousarray(array) for name, array in given.items()}
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
    kept = {part: getattr(t, part).ctypes.data for part in Record._fields} | {"pins": pins.ctypes.data}
    return [kept.get(name, 0) for name in WORLD]


@lru_cache(maxsize=16)
def _compiled(prepared: Prepared, precision: str, target: Target) -> tuple[Program, Simulate]:
    written = program(prepared, target, BITS[precision])
    return written, load(written.text, target)
