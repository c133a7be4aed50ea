"""The game of one quarter: what each of a country's moves is worth, given what the others may do.

For country i and move m the anticipated latent level of a variable is

    z(m) = keep * z + (1 - keep) * rest + gain * (expected pushes of the others + own push of m + joint pushes),

with ``keep = (1 - rate) ** foresight`` and ``gain = (1 - keep) / rate``: the level after ``foresight`` quarters of the
same pattern. Joint effects count with the probability that the other side plays its part. The payoff is the weighted
sum of interests at the anticipated state (certainty equivalence), less the move's cost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.arrays import Array, namespace, ordered_sum, squash
from triangle_sim.countries import Country, Interest, JointEffect, Move
from triangle_sim.uncertainty.parameters import Values
from triangle_sim.world.variables import Variable
from triangle_sim.world.views import Recorder, View

Floats = NDArray[np.float64]
Mixes = Mapping[str, Array]
"""A mixed strategy ``(moves, runs)`` for each country; a played move is a mix with all its weight in one place."""


@dataclass(frozen=True)
class Meeting:
    """A joint effect in a block of runs: who must play which move, and the pushes ``(runs,)`` if they do."""

    name: str
    first: tuple[str, int]
    second: tuple[str, int]
    push: dict[str, Floats]

    def move_of(self, country: str) -> int | None:
        """The move this country must play, ``None`` if it has no part."""
        return next((move for code, move in (self.first, self.second) if code == country), None)

    def other(self, country: str) -> tuple[str, int]:
        """The other side and its move."""
        return self.second if self.first[0] == country else self.first

    def chance(self, mixes: Mixes) -> Array:
        """Probability ``(runs,)`` that the two meet."""
        return mixes[self.first[0]][self.first[1]] * mixes[self.second[0]][self.second[1]]


class Seat:
    """One country's side of the game for a block of runs: menu, pushes, weights, foresight."""

    def __init__(
        self, country: type[Country], values: Values, variables: Mapping[str, Variable], disabled: frozenset[str]
    ) -> None:
        self.code = country.code
        self.menu: tuple[Move, ...] = country.menu()
        self.available = tuple(move.name not in disabled for move in self.menu)
        self.push = [
            {v: values[f"effect.{self.code}.{move.name}.{v}"] for v in sorted(move.effects) if v in variables}
            for move in self.menu
        ]
        self.cost = np.stack([values[f"cost.{self.code}.{move.name}"] for move in self.menu])
        self.rationality = values[f"rationality.{self.code}"]
        self.memory = values[f"memory.{self.code}"]
        self.interests, self.weights = _weights(country, values, variables)
        self.reads = tuple(sorted(set().union(*(reads(each)[0] for each in self.interests)) & set(variables)))
        rate = {v: values[f"rate.{v}"] for v in self.reads}
        self.keep = {v: (1.0 - rate[v]) ** values[f"foresight.{self.code}"] for v in self.reads}
        self.gain = {v: (1.0 - self.keep[v]) / rate[v] for v in self.reads}

    def expected_push(self, mix: Array) -> dict[str, Array]:
        """Expected push ``(runs,)`` of this country's mix ``(moves, runs)`` on each variable it touches."""
        out: dict[str, Array] = {}
        for chance, pushes in zip(mix, self.push, strict=True):
            for variable, push in pushes.items():
                term = chance * push
                out[variable] = out[variable] + term if variable in out else term
        return out


def reads(each: Interest) -> tuple[set[str], set[str]]:
    """The state variables and the conditions an interest reads."""
    state, env = Recorder(), Recorder()
    each(View(state), View(env))
    return state.read, env.read


def _weights(
    country: type[Country], values: Values, variables: Mapping[str, Variable]
) -> tuple[list[Interest], list[Floats]]:
    """Interests with any weight in this world, and their weights made to sum to one in every run.

    An interest that reads a tie to a country that takes no part has no object, and is left out.
    """
    weighted = [
        (each, values[f"weight.{country.code}.{name}"])
        for name, each in country.interests().items()
        if np.any(values[f"weight.{country.code}.{name}"] > 0) and reads(each)[0] <= set(variables)
    ]
    total = ordered_sum(weight for _, weight in weighted)
    return [each for each, _ in weighted], [weight / total for _, weight in weighted]


@dataclass
class Row:
    """What one own move adds to a variable: its own push, and joint pushes if a partner plays its part, times gain."""

    push: Floats | None
    joint: list[tuple[str, int, Floats]] = field(default_factory=list)

    def push_against(self, mixes: Mixes) -> Array:
        """Expected push ``(runs,)`` against the others' mixes."""
        joint = [mixes[partner][part] * push for partner, part, push in self.joint]
        return ordered_sum(joint if self.push is None else [self.push, *joint])


@dataclass(frozen=True)
class Outlook:
    """How one variable that a country reads is reached: by the others, by meetings of third parties, by own moves."""

    variable: str
    low: float
    high: float
    others: tuple[str, ...]
    third: tuple[int, ...]
    rows: dict[int, Row]


class Game:
    """The quarter's game for a block of runs."""

    def __init__(
        self,
        cast: Sequence[type[Country]],
        values: Values,
        variables: Mapping[str, Variable],
        joint_effects: Sequence[JointEffect],
        disabled: Mapping[str, Sequence[str]],
    ) -> None:
        self.variables = dict(variables)
        self.index = {name: k for k, name in enumerate(variables)}
        ordered = sorted(cast, key=lambda country: country.code)
        self.seats = {c.code: Seat(c, values, variables, frozenset(disabled.get(c.code, ()))) for c in ordered}
        self.meetings = [
            self._meeting(joint, values)
            for joint in sorted(joint_effects, key=lambda joint: joint.name)
            if set(joint.countries) <= set(self.seats)
        ]
        self._looks = {code: self._outlooks(seat) for code, seat in self.seats.items()}

    def _meeting(self, joint: JointEffect, values: Values) -> Meeting:
        first, second = (
            (code, [move.name for move in self.seats[code].menu].index(name))
            for code, name in (joint.first, joint.second)
        )
        push = {v: values[f"joint.{joint.name}.{v}"] for v in sorted(joint.effects) if v in self.variables}
        return Meeting(joint.name, first, second, push)

    def _outlooks(self, seat: Seat) -> list[Outlook]:
        """Once a block: for each variable the seat reads, whose pushes and which of its own moves reach it."""
        found = []
        for v in seat.reads:
            rows: dict[int, Row] = {}
            for move, pushes in enumerate(seat.push):
                if v in pushes:
                    rows[move] = Row(seat.gain[v] * pushes[v])
            others = tuple(
                code for code, other in self.seats.items() if code != seat.code and any(v in p for p in other.push)
            )
            third: list[int] = []
            for k, meeting in enumerate(self.meetings):
                own = meeting.move_of(seat.code)
                if v in meeting.push and own is None:
                    third.append(k)
                elif v in meeting.push and own is not None:
                    partner, part = meeting.other(seat.code)
                    row = rows.setdefault(own, Row(None))
                    row.joint.append((partner, part, seat.gain[v] * meeting.push[v]))
            variable = self.variables[v]
            found.append(Outlook(v, variable.low, variable.high, others, tuple(third), dict(sorted(rows.items()))))
        return found

    def inertia(self, z: Floats, rest: Floats) -> dict[str, dict[str, Floats]]:
        """Once a quarter: where each variable a country reads would drift without any push."""
        return {
            code: {v: rest[self.index[v]] + seat.keep[v] * (z[self.index[v]] - rest[self.index[v]]) for v in seat.reads}
            for code, seat in self.seats.items()
        }

    def pushes(self, mixes: Mixes) -> tuple[dict[str, dict[str, Array]], list[Array]]:
        """Once a level: each country's expected pushes, and the chance of each meeting."""
        by_country = {code: seat.expected_push(mixes[code]) for code, seat in self.seats.items()}
        return by_country, [meeting.chance(mixes) for meeting in self.meetings]

    def anticipate(
        self, code: str, inertia: Mapping[str, Array], mixes: Mixes, pushes: tuple[Any, list[Array]]
    ) -> dict[str, Array]:
        """What a country expects of each variable it reads: ``(runs,)``, ``(moves, runs)`` where its move matters."""
        seat, (by_country, chances) = self.seats[code], pushes
        levels: dict[str, Array] = {}
        for look in self._looks[code]:
            v = look.variable
            terms = [by_country[other][v] for other in look.others]
            terms += [chances[k] * self.meetings[k].push[v] for k in look.third]
            base = inertia[v] + seat.gain[v] * ordered_sum(terms) if terms else inertia[v]
            if look.rows:
                rows = [base] * len(seat.menu)
                for move, row in look.rows.items():
                    rows[move] = base + row.push_against(mixes)
                base = namespace(base).stack(rows)
            levels[v] = squash(base, look.low, look.high)
        return levels

    def worth(self, code: str, levels: Mapping[str, Array], env: View) -> list[Array]:
        """Weighted value of each interest of a country at given levels, ``(runs,)`` or ``(moves, runs)`` each."""
        seat, state = self.seats[code], View(levels)
        return [weight * each(state, env) for each, weight in zip(seat.interests, seat.weights, strict=True)]

    def payoffs(
        self, code: str, inertia: Mapping[str, Array], mixes: Mixes, pushes: tuple[Any, list[Array]], env: View
    ) -> Array:
        """Expected payoff ``(moves, runs)`` of each move of a country; minus infinity for a move that is disabled."""
        seat = self.seats[code]
        total = ordered_sum(self.worth(code, self.anticipate(code, inertia, mixes, pushes), env)) - seat.cost
        if all(seat.available):
            return total
        xp = namespace(total)
        return xp.stack(
            [row if ok else xp.full_like(row, -xp.inf) for row, ok in zip(total, seat.available, strict=True)]
        )
