"""The game of one quarter: what each of a country's moves is worth, given what the others may do.

For country i and move m the anticipated latent level of a variable is

    z(m) = keep * z + (1 - keep) * rest + gain * (expected pushes of the others + own push of m + joint pushes),

with ``keep = (1 - rate) ** foresight`` and ``gain = (1 - keep) / rate``: the level after ``foresight`` quarters of the
same pattern. Joint effects count with the probability that the other side plays its part. The payoff is the weighted
sum of interests at the anticipated state (certainty equivalence), less the move's cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from triangle_sim.arrays import Array, namespace
from triangle_sim.decision.layout import Layout
from triangle_sim.decision.seat import Seat
from triangle_sim.rows import (
    Rows,
    add_to_first,
    array,
    join,
    own,
    part,
    pick,
    rows,
    spread,
    stack,
    tanh,
    times_last,
)
from triangle_sim.uncertainty.parameters import Values
from triangle_sim.world.views import View

Mixes = Mapping[str, Array]
"""A mixed strategy ``(moves, runs)`` for each country; a played move is a mix with all its weight in one place."""


class Pushes(NamedTuple):
    """What mixes lead to: the mixes stacked ``(moves of all, runs)``, and the sources of pushes (see `Layout`)."""

    mixes: Array | Rows
    sources: Array | Rows


class Meeting(NamedTuple):
    """A joint effect in a block of runs: who must play which move, and the pushes ``(runs,)`` if they do."""

    name: str
    first: tuple[str, int]
    second: tuple[str, int]
    push: dict[str, Array]


class Game:
    """The quarter's game for a block of runs."""

    def __init__(self, layout: Layout, values: Values) -> None:
        like = next(iter(values.values()))
        self.layout, self._like = layout, like
        self.index = {variable.name: k for k, variable in enumerate(layout.variables)}
        self.seats = {code: Seat(seat, layout, values) for code, seat in layout.seats.items()}
        self.push = stack([values[name] for name in layout.push_names], like)
        self.meetings = [
            Meeting(m.name, m.first, m.second, {v: values[f"joint.{m.name}.{v}"] for v in m.variables})
            for m in layout.meetings
        ]

    def inertia(self, z: Array, rest: Array) -> dict[str, Array | Rows]:
        """Once a quarter: where each variable a country reads would drift without any push, ``(reads, runs)``."""
        return {code: seat.inertia(z, rest) for code, seat in self.seats.items()}

    def pushes(self, mixes: Mixes) -> Pushes:
        """Once a level: each country's expected pushes, and those of meetings with their chance."""
        layout = self.layout
        stacked = join(mixes[code] for code in self.seats)
        terms = rows(stacked, layout.pushing)
        terms *= self.push
        terms = times_last(terms, rows(stacked, layout.answering))
        return Pushes(stacked, layout.pushes.fold(terms))

    def met(self, pushes: Pushes) -> Array:
        """``(meetings, runs)``: whether both sides played their part, when mixes are played moves."""
        return array(rows(pushes.mixes, self.layout.first) * rows(pushes.mixes, self.layout.second)) > 0.5

    def realised(self, pushes: Pushes) -> Array:
        """The total push on each state variable ``(variables, runs)``."""
        total = self.layout.realised.gather(pushes.sources)
        return array(spread(total, self.layout.realised_rows, self._like))

    def slots(self, code: str, inertia: Array | Rows, pushes: Pushes) -> Array:
        """What a country expects of each variable it reads, as it drifts and under own moves: ``(slots, runs)``."""
        seat = self.seats[code]
        others = seat.layout.drift.gather(pushes.sources)
        others *= part(seat.gain, 0, len(others))
        scaled = rows(add_to_first(own(inertia), others), seat.layout.slot_rows)
        scaled = add_to_first(scaled, seat.own)
        joint = rows(pushes.mixes, seat.layout.partners)
        joint *= seat.joint
        level = tanh(add_to_first(scaled, seat.layout.joint.gather(joint)))
        level *= seat.slot_half
        level += seat.slot_middle
        return array(level)

    def terms(self, code: str, slots: Array, env: View) -> Iterator[Array]:
        """Weighted value of each interest of a country, ``(runs,)`` or ``(moves, runs)`` where its own move matters."""
        seat = self.seats[code]
        for each, weight, use in zip(seat.interests, seat.weights, seat.layout.uses, strict=True):
            state = View({v: slots[k] if isinstance(k, int) else pick(slots, k) for v, k in use.slots.items()})
            value = weight * each(state, env)
            yield value if use.of_move is None else pick(value, use.of_move)

    def payoffs(self, code: str, inertia: Array | Rows, mixes: Mixes, pushes: Pushes, env: View) -> Array:
        """Expected payoff ``(moves, runs)`` of each move of a country; minus infinity for a move that is disabled."""
        seat = self.seats[code]
        total = 0.0 - seat.cost
        for term in self.terms(code, self.slots(code, inertia, pushes), env):
            total += term
        if all(seat.available):
            return total
        xp = namespace(total)
        return xp.stack(
            [row if ok else xp.full_like(row, -xp.inf) for row, ok in zip(total, seat.available, strict=True)]
        )
