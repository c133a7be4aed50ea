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
from triangle_sim.backends.llvm.memory import RUNS, WORLD
from triangle_sim.backends.llvm.program import Program, program
from triangle_sim.backends.llvm.tangent import far
from triangle_sim.backends.llvm.vectors import GROUP
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
    arrays, theory, seeded = given(prepared, seed, draws, replicates, table)
    apart = table is not None and far(dict(zip(prepared.table, arrays["values"], strict=True)), BITS[precision])
    written, simulate = _compiled(prepared.whole or prepared, precision, target or native(), apart)
    room = arrays["address"].size
    out = [Trajectory.empty(prepared, draws, replicates, theory, room) for _ in pins]
    held = [prepared.pins(pin) for pin in pins]
    facts = {name: array.ctypes.data for name, array in arrays.items()}
    facts |= {"stride": room, "seed": seeded, "worlds": len(pins)}
    runs = np.asarray([facts[name] for name in RUNS], np.uint64)
    worlds = np.asarray([_addresses(*each) for each in zip(held, out, strict=True)], np.uint64)
    memory = np.empty(written.shared + len(pins) * written.each + ALIGNED, np.uint8)
    begin = -(-memory.ctypes.data // ALIGNED) * ALIGNED

    def go(kept: Any = (arrays, held, memory)) -> None:
        simulate(runs.ctypes.data, worlds.ctypes.data, begin, 0, room)

    return go, out


def given(
    prepared: Prepared, seed: int, draws: NDArray[np.int64], replicates: NDArray[np.int64], table: Table | None = None
) -> tuple[dict[str, NDArray[Any]], NDArray[Any], int]:
    """What a program is given of its runs: arrays by their names in `memory.RUNS`, and the seed; and their theories.

    The last group is filled up with the last run.
    """
    where = np.minimum(np.arange(-(-draws.size // GROUP) * GROUP), draws.size - 1)
    sampled, streams = prepared.sample(seed, draws[where], table), Streams(seed, draws[where], replicates[where])
    luck = prepared.clock.luck(streams, where.size, prepared.scenario.quarters)
    arrays: dict[str, Any] = {
        "values": sampled.stacked,
        "events": np.concatenate([luck.possible, luck.due], dtype=float),
        "strikes": luck.strikes.astype(float),
        "orders": prepared.orders.astype(float),
        "seats": prepared.seats.astype(float),
        "address": streams.address,
    }
    contiguous = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    return contiguous, sampled.theory[: draws.size], int(streams.seed[0])


def _addresses(pins: Any, t: Trajectory) -> list[int]:
    """In the order of `memory.WORLD`."""
    kept = {part: getattr(t, part).ctypes.data for part in Record._fields} | {"pins": pins.ctypes.data}
    return [kept.get(name, 0) for name in WORLD]


@lru_cache(maxsize=16)
def _compiled(prepared: Prepared, precision: str, target: Target, apart: bool) -> tuple[Program, Simulate]:
    written = program(prepared, target, BITS[precision], apart=apart)
    return written, load(written.text, target)
