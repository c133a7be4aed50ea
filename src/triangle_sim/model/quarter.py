"""One quarter as a pure function of the world and its luck: what every way of running the model shares.

The Mesa model steps it quarter by quarter on NumPy arrays; the LLVM backend traces it once and compiles what it saw.
Arrays carry runs last.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from triangle_sim.arrays import Array
from triangle_sim.decision.choose import Decision, choose, decide, one_hot
from triangle_sim.decision.payoffs import Observation, total
from triangle_sim.decision.players import rows
from triangle_sim.model.prepared import Prepared
from triangle_sim.uncertainty.parameters import Values
from triangle_sim.world import EventLuck, Happened
from triangle_sim.world.environment import CONDITIONS
from triangle_sim.world.views import View


class World(NamedTuple):
    """All that a quarter hands on to the next.

    ``latent`` is ``(variables, runs)``; ``state`` the same on the variables' own scales; ``environment``
    ``(conditions, runs)``; ``habits`` the mix ``(moves, runs)`` others expect of each country; ``offers`` are
    those that stand ``(2 meetings, runs)``.
    """

    latent: Array
    state: Array
    environment: Array
    habits: dict[str, Array]
    offers: Array
    happened: Happened


class Luck(NamedTuple):
    """The random numbers of a quarter, or of all with quarters first: ``noise (variables, runs)`` standard normal,
    ``choice (countries, runs)`` uniform, and those of events."""

    noise: Array
    choice: Array
    events: EventLuck


class Record(NamedTuple):
    """What a trajectory keeps of a quarter, runs last."""

    state: Array
    environment: Array
    moves: Array
    meetings: Array
    begins: Array
    active: Array


class Reasons(NamedTuple):
    """Why the quarter went as it did: what countries saw, one-off shocks, and the decision."""

    seen: Observation
    shocks: Array
    decision: Decision


class Quarter:
    """The model for a block of runs: ``start()``, then one call a quarter.

    Parameters
    ----------
    prepared
        what all runs of the scenario share.
    values
        every parameter, ``(runs,)`` each.
    pins
        ``(conditions, 1)`` or ``(conditions, runs)``: levels at which conditions are held whatever events say, NaN
        where they are free.
    """

    def __init__(self, prepared: Prepared, values: Values, pins: Array) -> None:
        self.prepared, self.pins = prepared, pins
        self.game, self.dynamics = prepared.game(values), prepared.dynamics(values)
        self.variables, self.conditions = list(prepared.variables), list(prepared.conditions)
        ranges = [CONDITIONS[name] for name in self.conditions]
        self._low, self._high = (np.asarray([[getattr(each, end)] for each in ranges]) for end in ("low", "high"))
        level = np.zeros_like(self.dynamics.rate[0])
        self._usual = np.stack([level + prepared.environment[name] for name in self.conditions])

    def start(self, happened: Happened) -> World:
        """The world before the first quarter, in which no event has happened."""
        latent = self.dynamics.start
        even = {
            code: np.stack([np.zeros_like(latent[0]) + chance for chance in each.available / each.available.sum()])
            for code, each in self.game.players.items()
        }
        environment = self.environment(1.0 * (happened.begun < 0))
        none = rows([np.zeros_like(latent[0])] * (2 * len(self.game.meetings)), latent[0])
        return World(latent, self.dynamics.observe(latent), environment, even, none, happened)

    def environment(self, strength: Array) -> Array:
        """``(conditions, runs)``: what the scenario sets, moved by events, within range, pins last."""
        moved = self._usual + self.prepared.clock.shifts(self.conditions, strength, self._usual)
        return np.where(self.pins == self.pins, self.pins, np.clip(moved, self._low, self._high))

    def __call__(
        self, world: World, luck: Luck, q: int, orders: Array, seats: Array | None = None
    ) -> tuple[World, Record, Reasons]:
        """Simulate quarter ``q``, counted from 0, in the order of docs/equations.md.

        ``orders (countries,)`` are the moves that scripts order in it, negative where they order none; ``seats`` those
        that are played from a seat: nobody foresees them, they take the place of what the country drew.
        """
        clock, game, dynamics = self.prepared.clock, self.game, self.dynamics
        # 1. Events, the environment, resting levels.
        levels = dict(zip(self.variables, world.state, strict=True))
        levels |= dict(zip(self.conditions, world.environment, strict=True))
        begins, happened = clock.tick(q, levels, luck.events, world.happened)
        strength = clock.strength(q, happened)
        environment = self.environment(strength)
        rest = dynamics.resting(q, environment, world.state, clock.shifts(self.variables, strength, world.latent))
        shocks = clock.shocks(self.variables, begins, world.latent)
        # 2. and 3. Payoffs, and how countries reason about them.
        seen = Observation(world.latent, rest, View(dict(zip(self.conditions, environment, strict=True))), world.offers)
        ordered = dict(zip(game.players, orders, strict=True))
        decision = decide(game, self.prepared.rules, world.habits, seen, ordered)
        # 4. and 5. Moves, and those that meet.
        moves = {code: choose(decision.mixes[code], u) for code, u in zip(game.players, luck.choice, strict=True)}
        if seats is not None:
            taken = dict(zip(game.players, seats, strict=True))
            moves = {code: np.where(taken[code] >= 0, taken[code], move) for code, move in moves.items()}
        played = {code: one_hot(move, decision.mixes[code]) for code, move in moves.items()}
        # 6. Dynamics.
        latent = dynamics.step(world.latent, rest, total(game.pushes(played, seen), shocks) + shocks, luck.noise)
        state = dynamics.observe(latent)
        # 7. Habits, and offers that stand.
        met = game.met(played, seen)
        offers = game.offered(played, 1.0 * met)
        habits = {
            code: (1.0 - player.memory) * world.habits[code] + player.memory * played[code]
            for code, player in game.players.items()
        }
        record = Record(state, environment, np.stack(list(moves.values())), met, begins, strength > 0)
        return World(latent, state, environment, habits, offers, happened), record, Reasons(seen, shocks, decision)
