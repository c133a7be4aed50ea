"""One trace of the model: what is worked out once a run, once a quarter, and once a random number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from triangle_sim.backends.llvm.nodes import Node, real
from triangle_sim.backends.llvm.traced import Traced, inputs, listed
from triangle_sim.model.prepared import Prepared
from triangle_sim.model.quarter import Luck, Quarter, Record, World
from triangle_sim.uncertainty.streams import normal_pair, threefry, unit
from triangle_sim.world import EventLuck, Happened


class Trace(NamedTuple):
    """One quarter: ``start`` holds the numbers that the first one reads, ``before`` those it reads as inputs, ``after``
    those it leaves, ``record`` what is kept of it."""

    start: list[Node]
    before: list[Node]
    after: list[Node]
    record: Record


class Numbers(NamedTuple):
    """From two words: two normal numbers of quarters 2k and 2k + 1, and a uniform one."""

    normal: tuple[Node, Node]
    uniform: Node


def trace(prepared: Prepared) -> Trace:
    """One quarter of a scenario; within :func:`triangle_sim.backends.llvm.nodes.tracing`."""
    names, events = list(prepared.table), len(prepared.clock.names)
    values: Any = dict(zip(names, inputs("values", len(names)), strict=True))
    quarter = Quarter(prepared, values, inputs("pins", len(prepared.conditions)))
    possible, due = inputs("possible", events, "b", np.bool_), inputs("due", events, "f", np.int32)
    luck = Luck(
        inputs("noise", len(prepared.variables)),
        inputs("choice", len(prepared.codes)),
        inputs("hazard", len(prepared.clock.hazards)),
    )
    begin = quarter.start(Happened(*(_constants(part) for part in prepared.clock.start(1))))
    world, before = _as_inputs(begin)
    q: Any = inputs("q", 1, "f", np.int32)[0]
    orders = inputs("orders", len(prepared.codes), "f", np.int8)
    after, record, _ = quarter(world, EventLuck(possible, due, luck.hazard), luck, q, orders)
    return Trace(_flat(begin), before, _flat(after), record)


def numbers() -> Numbers:
    """The random numbers of one address, counter and key."""
    address, counter, seed, key = (inputs(name, 1, "u", np.uint64) for name in ("address", "counter", "seed", "key"))
    first, second = threefry(address, counter, seed, key)
    normal = tuple(listed(half)[0] for half in normal_pair(first, second))
    return Numbers((normal[0], normal[1]), listed(unit(first))[0])


def _constants(part: Any) -> Traced:
    return Traced(np.frompyfunc(lambda x: x, 1, 1)(part.astype(float)), part.dtype)


def _parts(world: World) -> Iterable[Traced]:
    return (world.latent, world.state, world.environment, *world.habits.values(), *world.happened)


def _flat(world: World) -> list[Node]:
    return [real(node) for part in _parts(world) for node in listed(part)]


def _as_inputs(world: World) -> tuple[World, list[Node]]:
    """The same world with an input in the place of every number."""
    made: list[Node] = []

    def fresh(part: Traced) -> Traced:
        nodes = np.empty(part.shape, object)
        for place in np.ndindex(part.shape):
            made.append(Node("input", value=("slots", len(made))))
            nodes[place] = made[-1]
        return Traced(nodes, part.dtype)

    latent, state, environment = fresh(world.latent), fresh(world.state), fresh(world.environment)
    habits = {code: fresh(mix) for code, mix in world.habits.items()}
    return World(latent, state, environment, habits, Happened(*(fresh(part) for part in world.happened))), made
