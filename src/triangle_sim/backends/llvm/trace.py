"""One trace of the model: what is worked out once a run, once a quarter, and once a random number."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from triangle_sim.backends.llvm.nodes import Node
from triangle_sim.backends.llvm.traced import inputs, listed, places
from triangle_sim.model.prepared import Prepared
from triangle_sim.model.quarter import Luck, Quarter, Record
from triangle_sim.model.told import Label, told
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.uncertainty.streams import normal_pair, threefry, unit
from triangle_sim.world import EventLuck


class Trace(NamedTuple):
    """One quarter: ``start`` holds the numbers that the first one reads as inputs ``slots``, ``after`` those that each
    leaves for the next, ``record`` what is kept of it, ``told`` why it went so, by label."""

    start: list[Node]
    after: list[Node]
    record: Record
    told: dict[Label, Node]


def trace(prepared: Prepared, seats: bool, tell: bool = False) -> Trace:
    """One quarter of a scenario, whose ``seats`` can be taken or not, with what is told of it or without; within
    :func:`triangle_sim.backends.llvm.nodes.tracing`."""
    names, events = list(prepared.table), len(prepared.clock.names)
    values: Any = dict(zip(names, inputs("values", len(names)), strict=True))
    quarter = Quarter(prepared, values, inputs("pins", len(prepared.conditions)))
    decided = inputs("events", 2 * events)
    luck = Luck(
        inputs("noise", len(prepared.variables)),
        inputs("choice", len(prepared.codes)),
        EventLuck(decided[:events] > 0.0, decided[events:], inputs("strikes", len(prepared.clock.hazards)) > 0.0),
    )
    begin = quarter.start(prepared.clock.start(1))
    start, world_of = places(begin)
    before = [Node("input", value=("slots", k)) for k in range(len(start))]
    q: Any = inputs("q", 1)[0]
    orders = inputs("orders", len(prepared.codes))
    seated = inputs("seats", len(prepared.codes)) if seats else None
    world, record, reasons = quarter(world_of(before), luck, q, orders, seated)
    why = told(quarter, reasons, record.moves, luck.noise) if tell else {}
    return Trace(start, places(world)[0], record, {label: listed(row)[0] for label, row in why.items()})


def trajectory(prepared: Prepared) -> Trajectory:
    """What a whole run has kept, as inputs named like its parts, for outcomes to be traced."""
    one, theory = np.zeros(1, np.int64), np.asarray([""])
    there = Trajectory.empty(prepared, one, one, theory)
    kept = {part: getattr(there, part) for part in Record._fields}
    parts: Any = {
        name: inputs(name, array.size, "b" if array.dtype == bool else "f").reshape(array.shape)
        for name, array in kept.items()
    }
    return Trajectory(prepared, one, one, theory, **parts)


def numbers() -> dict[str, list[Node]]:
    """The random numbers of one address, counter and key: normal ones of quarters 2k and 2k + 1, or a uniform one."""
    address, counter, seed, key = (inputs(name, 1, "u") for name in ("address", "counter", "seed", "key"))
    first, second = threefry(address, counter, seed, key)
    return {"normal": [listed(half)[0] for half in normal_pair(first, second)], "uniform": listed(unit(first))}
