"""One quarter as a pure function of the world and its luck: what every way of running the model shares.

The Mesa model steps it quarter by quarter; compiled backends trace it once. Arrays carry runs last, and their
library comes from the parameters, so the same lines serve NumPy, JAX and the symbols that LLVM's code is written from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from triangle_sim.arrays import Array, namespace
from triangle_sim.model.prepared import Blueprint
from triangle_sim.decision.choose import Decision, choose, decide
from triangle_sim.decision.game import Game
from triangle_sim.uncertainty import Streams
from triangle_sim.uncertainty.parameters import Values
from triangle_sim.world import Fate, Happened
from triangle_sim.world.dynamics import Dynamics
from triangle_sim.world.environment import CONDITIONS, DRIVERS
from triangle_sim.world.views import View


class World(NamedTuple):
    """All that a quarter hands on to the next.

    ``latent`` is ``(variables, runs)``; ``state`` the same on the variables' own scales; ``environment``
    ``(conditions, runs)``; ``habits`` the mix ``(moves, runs)`` others expect of each country.
    """

    latent: Array
    state: Array
    environment: Array
    habits: dict[str, Array]
    happened: Happened


class Luck(NamedTuple):
    """The random numbers of a quarter: ``noise (variables, runs)`` standard normal, ``choice (countries, runs)`` and
    ``hazard (events with a hazard, runs)`` uniform."""

    noise: Array
    choice: Array
    hazard: Array


def lucks(plan: Blueprint, streams: Streams, fate: Fate) -> Luck:
    """The luck of all quarters of some runs, which come first: ``(quarters, ..., runs)`` each."""
    quarters = plan.scenario.quarters
    noise = streams.normal([f"noise:{name}" for name in plan.variables], quarters)
    choice = streams.uniform([f"choice:{code}" for code in plan.codes], range(quarters))
    return Luck(noise.swapaxes(0, 1), choice.swapaxes(0, 1), fate.luck)


class Record(NamedTuple):
    """What a trajectory keeps of a quarter, runs last."""

    state: Array
    environment: Array
    moves: Array
    met: Array
    begins: Array
    active: Array


class Reasons(NamedTuple):
    """Why the quarter went as it did: resting levels, one-off shocks, where things would drift, and the decision."""

    rest: Array
    shocks: Array
    inertia: dict[str, Array]
    decision: Decision


class Engine:
    """The model for a block of runs.

    Parameters
    ----------
    plan
        what all runs of the scenario share.
    values
        every parameter, ``(runs,)`` each.
    pin
        conditions held at a value whatever events say: a number, or ``(runs,)`` numbers, NaN where they are free.
    """

    def __init__(self, plan: Blueprint, values: Values, pin: Mapping[str, float | Array]) -> None:
        self.plan, self.pin = plan, dict(pin)
        self.game = Game(plan.layout, values)
        self.dynamics = Dynamics.build(plan.variables, plan.conditions, DRIVERS, plan.start.environment, values)
        self._like = self.dynamics.rate[0]
        orders = {code: plan.orders(code) for code in plan.codes}
        xp = namespace(self._like)
        self._orders = {code: None if each is None else xp.asarray(each) for code, each in orders.items()}

    def start(self, happened: Happened) -> World:
        """The world before the first quarter, in which no event has happened."""
        xp, latent = namespace(self._like), self.dynamics.start
        nothing = xp.zeros((len(self.plan.plans), *self._like.shape), bool)
        habits = {code: self._even(seat.available) for code, seat in self.game.seats.items()}
        return World(latent, self.dynamics.observe(latent), self.environment(nothing), habits, happened)

    def _even(self, available: tuple[bool, ...]) -> Array:
        """All available moves alike: what the others expect of a country nobody has watched yet."""
        xp, share = namespace(self._like), 1.0 / sum(available)
        return xp.stack([xp.full_like(self._like, share if ok else 0.0) for ok in available])

    def environment(self, active: Array) -> Array:
        """``(conditions, runs)``: what the scenario sets, moved by active events, within range, pins last."""
        xp, out = namespace(self._like), []
        for name in self.plan.conditions:
            level = xp.full_like(self._like, self.plan.environment[name])
            for index, event in enumerate(self.plan.clock.plans):
                if name in event.effects:
                    level = level + event.effects[name] * active[index]
            level = xp.clip(level, CONDITIONS[name].low, CONDITIONS[name].high)
            held = self.pin.get(name)
            out.append(level if held is None else xp.where(held == held, held, level).astype(level.dtype))
        return xp.stack(out)

    def _event_pushes(self, starts: Array, active: Array) -> tuple[Array, Array]:
        """Shifts of resting levels while events last, and one-off shocks as they begin, ``(variables, runs)`` each."""
        xp = namespace(self._like)
        none = xp.zeros_like(self._like)
        shifts, shocks = [none] * len(self.game.index), [none] * len(self.game.index)
        for index, event in enumerate(self.plan.clock.plans):
            for out, sizes, when in ((shifts, event.effects, active), (shocks, event.shock, starts)):
                for name, size in sizes.items():
                    if name in self.game.index:
                        out[self.game.index[name]] = out[self.game.index[name]] + size * when[index]
        return xp.stack(shifts), xp.stack(shocks)

    def quarter(self, world: World, fate: Fate, luck: Luck, q: int) -> tuple[World, Record, Reasons]:
        """Simulate quarter ``q``, counted from 0, in the order told in :class:`triangle_sim.model.triangle_model.TriangleModel`."""
        plan, game = self.plan, self.game
        levels = dict(zip(game.index, world.state, strict=True))
        levels |= dict(zip(plan.conditions, world.environment, strict=True))
        starts, happened = plan.clock.tick(q, levels, fate, luck.hazard, world.happened)
        active = plan.clock.active(q, happened)
        environment = self.environment(active)
        shifts, shocks = self._event_pushes(starts, active)
        rest = self.dynamics.resting(environment, shifts)

        inertia = game.inertia(world.latent, rest)
        orders = {code: None if order is None else order[q] for code, order in self._orders.items()}
        env = View(dict(zip(plan.conditions, environment, strict=True)))
        decision = decide(game, plan.seating, inertia, world.habits, env, q, orders)
        moves = {code: choose(decision.mixes[code], u) for code, u in zip(game.seats, luck.choice, strict=True)}
        played = {code: one_hot(move, decision.mixes[code]) for code, move in moves.items()}

        pushes = game.pushes(played)
        latent = self.dynamics.step(world.latent, rest, game.realised(pushes) + shocks, luck.noise)
        state = self.dynamics.observe(latent)
        habits = {
            code: (1.0 - seat.memory) * world.habits[code] + seat.memory * played[code]
            for code, seat in game.seats.items()
        }
        stacked = namespace(state).stack(list(moves.values()))
        record = Record(state, environment, stacked, game.met(pushes), starts, active)
        return World(latent, state, environment, habits, happened), record, Reasons(rest, shocks, inertia, decision)


def one_hot(move: Array, like: Array) -> Array:
    """A played move ``(runs,)`` as a mix ``(moves, runs)`` with all its weight in one place."""
    return (move == np.arange(len(like), dtype=move.dtype)[:, None]).astype(like.dtype)
