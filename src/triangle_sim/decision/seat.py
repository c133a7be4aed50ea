"""One country's side of the game for a block of runs: menu, pushes, weights, foresight."""

from __future__ import annotations

import numpy as np

from triangle_sim.arrays import Array, ordered_sum
from triangle_sim.countries import Interest, Move
from triangle_sim.decision.layout import Layout, SeatLayout
from triangle_sim.layers import index
from triangle_sim.rows import Rows, pick, rows, stack
from triangle_sim.uncertainty.parameters import Values


class Seat:
    """What a country brings to the game in each run.

    Attributes
    ----------
    push
        for each move, the push ``(runs,)`` on each variable it touches.
    keep, gain
        ``(reads, runs)``: how much of a level lasts, and what a lasting push adds, by the end of its foresight.
    own, joint
        what own moves and joint effects add to slots and by partners (see `SeatLayout`), gain included.
    """

    def __init__(self, seat: SeatLayout, layout: Layout, values: Values) -> None:
        country = seat.country
        code = country.code
        self.layout, self.code = seat, code
        self.menu: tuple[Move, ...] = country.menu()
        self.available = seat.available
        self.interests: tuple[Interest, ...] = seat.interests
        self.reads = seat.drift.keys
        where = {variable.name: k for k, variable in enumerate(layout.variables)}
        self.places = index(where[v] for v in self.reads)
        self.rationality, self.memory = values[f"rationality.{code}"], values[f"memory.{code}"]
        self.push = [
            {v: values[f"effect.{code}.{move.name}.{v}"] for v in sorted(move.effects) if v in where}
            for move in self.menu
        ]
        like = self.rationality
        self.cost = stack([values[f"cost.{code}.{move.name}"] for move in self.menu], like)
        weights = [values[f"weight.{code}.{each.name}"] for each in self.interests]
        total = ordered_sum(weights)
        self.weights = [weight / total for weight in weights]
        rate = stack([values[f"rate.{v}"] for v in self.reads], like)
        self.keep = (1.0 - rate) ** values[f"foresight.{code}"]
        ends = [(layout.variables[k].low, layout.variables[k].high) for k in self.places]
        self.half = np.asarray([[(high - low) / 2] for low, high in ends], like.dtype).reshape(-1, 1)
        self.middle = np.asarray([[(high + low) / 2] for low, high in ends], like.dtype).reshape(-1, 1)
        self.slot_half, self.slot_middle = self.half[seat.slot_rows], self.middle[seat.slot_rows]
        self.gain = (1.0 - self.keep) / rate / self.half
        nothing = 0.0 * like
        touched = stack([self.push[m].get(v, nothing) for v, m in seat.touched], like)
        self.own = pick(self.gain, seat.slot_rows[: len(seat.touched)]) * touched
        joint = stack([values[f"joint.{name}.{v}"] for name, v in seat.joints], like)
        self.joint = pick(self.gain, index(self.reads.index(v) for _, v in seat.joints)) * joint

    def inertia(self, z: Array, rest: Array) -> Array | Rows:
        """Where the variables it reads would drift without any push, from their latent and resting levels.

        In units of half a range about its middle, as are :attr:`gain`, :attr:`own` and :attr:`joint`.
        """
        rest = rows(rest, self.places)
        level = rows(z, self.places) - rest
        level *= self.keep
        level += rest
        level -= self.middle
        level /= self.half
        return level
