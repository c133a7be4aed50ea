"""What the countries bring to the quarter's game, as arrays for a block of runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from triangle_sim.arrays import Array, ordered_sum
from triangle_sim.countries import Country, JointEffect
from triangle_sim.uncertainty.parameters import Values
from triangle_sim.world.variables import Variable


class Meeting(NamedTuple):
    """A joint effect: two moves, one each of two countries, and what happens when both are played.

    ``where`` are the places of the variables that it pushes, ``push`` is ``(where, runs)``; ``stands`` is 1 where an
    offer stands for another quarter, else 0; ``barred_by`` the condition that keeps the two apart, if there is one.
    """

    name: str
    first: tuple[str, int]
    second: tuple[str, int]
    where: Array
    push: Array
    stands: float
    barred_by: str | None

    @classmethod
    def of(cls, joint: JointEffect, menus: Mapping[str, Sequence[str]], values: Values, places: list[str]) -> Meeting:
        """A joint effect among countries with these menus, in a world with variables in these places."""
        first, second = ((code, menus[code].index(move)) for code, move in (joint.first, joint.second))
        pushed = sorted(v for v in joint.effects if v in places)
        push = rows([values[f"joint.{joint.name}.{v}"] for v in pushed], values[f"rationality.{first[0]}"])
        where = np.asarray([places.index(v) for v in pushed], np.intp)
        return cls(joint.name, first, second, where, push, 1.0 * joint.stands, joint.barred_by)


class Joint(NamedTuple):
    """A meeting as one side sees it: its move, the other's answer, and the push on what it reads ``(read, runs)``.

    ``read`` are places among the variables that it reads; ``mine`` and ``theirs`` those of the two offers,
    ``number`` is the meeting's.
    """

    move: int
    partner: tuple[str, int]
    number: int
    mine: int
    theirs: int
    read: Array
    push: Array


class Player:
    """One country in the game.

    Attributes
    ----------
    where, push
        places of the variables its moves push, and the push of each move on each: ``(where, moves, runs)``.
    cost, available
        of its moves, ``(moves, runs)`` and ``(moves,)``.
    interests, weights, numbers
        what it wants; the weights ``(runs,)`` sum to one, and each interest has the numbers of its form ``(runs,)``.
    names, reads, low, high
        the variables its interests read: names, places, and ends of their ranges ``(reads, 1, 1)``.
    keep, gain
        how much of a level lasts, and what a lasting push adds, by the end of its foresight: ``(reads, runs)``.
    own, joint
        what its own moves push of what it reads ``(reads, moves, runs)``, and what they push together with another's.
    """

    def __init__(
        self,
        country: type[Country],
        values: Values,
        variables: Mapping[str, Variable],
        meetings: Sequence[Meeting],
        disabled: Sequence[str],
        silent: frozenset[str],
    ) -> None:
        code = self.code = country.code
        self.menu = country.menu()
        self.available = np.asarray([move.name not in disabled for move in self.menu])
        self.rationality, self.memory = values[f"rationality.{code}"], values[f"memory.{code}"]
        self.cost = np.stack([values[f"cost.{code}.{move.name}"] for move in self.menu])

        self.interests = [
            each
            for each in country.interests().values()
            if f"weight.{code}.{each.name}" not in silent and each.reads <= set(variables)
        ]
        weights = [values[f"weight.{code}.{each.name}"] for each in self.interests]
        total = ordered_sum(weights)
        self.weights = [weight / total for weight in weights]
        self.numbers = [
            {name: values[f"form.{code}.{each.name}.{name}"] for name in each.numbers} for each in self.interests
        ]

        self.names = sorted({v for each in self.interests for v in each.reads})
        pushed = sorted({v for move in self.menu for v in move.effects if v in variables})
        places = list(variables)
        self.reads, self.where = (np.asarray([places.index(v) for v in some], np.intp) for some in (self.names, pushed))
        self.low, self.high = (
            np.asarray([getattr(variables[v], end) for v in self.names]).reshape(-1, 1, 1) for end in ("low", "high")
        )
        rate = rows([values[f"rate.{v}"] for v in self.names], self.rationality)
        self.keep = (1.0 - rate) ** values[f"foresight.{code}"]
        self.gain = (1.0 - self.keep) / rate

        none = np.zeros_like(self.rationality)
        effect = {
            v: np.stack([values.get(f"effect.{code}.{move.name}.{v}", none) for move in self.menu])
            for v in sorted({*self.names, *pushed})
        }
        self.push, self.own = (rows([effect[v] for v in some], self.cost) for some in (pushed, self.names))
        self.joint = [
            Joint(move, partner, k, 2 * k + side, 2 * k + 1 - side, read, meeting.push[pushed])
            for k, meeting in enumerate(meetings)
            for side, ((who, move), partner) in enumerate(
                ((meeting.first, meeting.second), (meeting.second, meeting.first))
            )
            if who == code
            for read, pushed in [np.nonzero(self.reads[:, None] == meeting.where)]
        ]


def rows(listed: Sequence[Array], like: Array) -> Array:
    """Arrays stacked, also where there are none; each is of the shape of ``like``."""
    return np.stack(listed) if listed else np.zeros_like(like)[None][:0]
