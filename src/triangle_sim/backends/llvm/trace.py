"""One trace of the engine: what is worked out once a run, once a quarter, and once a random number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from triangle_sim.model.prepared import Blueprint
from triangle_sim.model.quarter import Engine, Luck, Record, World
from triangle_sim.backends.llvm.nodes import Node, real
from triangle_sim.backends.llvm.traced import Symbols, inputs, listed
from triangle_sim.uncertainty.streams import normal_pair, threefry, unit
from triangle_sim.world.events import Fate, Happened

ONCE = ("values", "pins", "possible", "due")
"""Inputs that do not change from quarter to quarter."""


class Trace(NamedTuple):
    """``start`` and ``after``: the slots of the world that a quarter reads and leaves; ``slots``: those it reads, as
    inputs; ``record``: what is kept of it."""

    start: list[Node]
    slots: list[Node]
    after: list[Node]
    record: Record


class Numbers(NamedTuple):
    """From two words: two normal numbers of quarters 2k and 2k + 1, and a uniform one."""

    normal: tuple[Node, Node]
    uniform: Node


def trace(plan: Blueprint) -> Trace:
    """One quarter of a scenario's engine; within :func:`triangle_sim.backends.llvm.nodes.tracing`."""
    names, events = list(plan.table), len(plan.plans)
    values: Any = dict(zip(names, inputs("values", len(names)), strict=True))
    pins = dict(zip(plan.conditions, inputs("pins", len(plan.conditions)), strict=True))
    engine = Engine(plan, values, pins)
    possible, due = inputs("possible", events, "b", np.bool_), inputs("due", events, "f", np.int32)
    luck = Luck(
        inputs("noise", len(plan.variables)),
        inputs("choice", len(plan.codes)),
        inputs("hazard", sum(each.hazard is not None for each in plan.plans)),
    )
    begin = engine.start(Happened(*(_constants(part) for part in plan.clock.start(1))))
    world, slots = _as_inputs(begin)
    quarter: Any = inputs("q", 1, "f", np.int32)[0]
    after, record, _ = engine.quarter(world, Fate(possible, due, luck.hazard), luck, quarter)
    return Trace(_flat(begin), slots, _flat(after), record)


def numbers() -> Numbers:
    """The random numbers of one address, counter and key."""
    address, counter, seed, key = (inputs(name, 1, "u", np.uint64) for name in ("address", "counter", "seed", "key"))
    first, second = threefry(address, counter, seed, key)
    normal = tuple(listed(half)[0] for half in normal_pair(first, second))
    return Numbers((normal[0], normal[1]), listed(unit(first))[0])


def _constants(part: Any) -> Symbols:
    return Symbols(np.frompyfunc(lambda x: x, 1, 1)(part.astype(float)), part.dtype)


def _parts(world: World) -> Iterable[Symbols]:
    return (world.latent, world.state, world.environment, *world.habits.values(), *world.happened)


def _flat(world: World) -> list[Node]:
    return [real(node) for part in _parts(world) for node in listed(part)]


def _as_inputs(world: World) -> tuple[World, list[Node]]:
    """The same world with an input in every slot."""
    slots: list[Node] = []

    def fresh(part: Symbols) -> Symbols:
        nodes = np.empty(part.shape, object)
        for place in np.ndindex(part.shape):
            slots.append(Node("input", value=("slots", len(slots))))
            nodes[place] = slots[-1]
        return Symbols(nodes, part.dtype)

    latent, state, environment = fresh(world.latent), fresh(world.state), fresh(world.environment)
    habits = {code: fresh(mix) for code, mix in world.habits.items()}
    return World(latent, state, environment, habits, Happened(*(fresh(part) for part in world.happened))), slots


def once(nodes: Iterable[Node]) -> dict[Node, bool]:
    """For each node, which come after what they need, whether it is the same in every quarter."""
    memo: dict[Node, bool] = {}
    for node in nodes:
        memo[node] = node.value[0] in ONCE if node.op == "input" else all(memo[arg] for arg in node.args)
    return memo
