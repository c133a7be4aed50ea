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

    ``where`` are the places of the variables that it pushes, ``push`` is ``(where, runs)``.
    """

    name: str
    first: tuple[str, int]
    second: tuple[str, int]
    where: Array
    push: Array


class Joint(NamedTuple):
    """A meeting as one side sees it: its move, the other's answer, and the push on what it reads ``(read, runs)``.

    ``read`` are places among the variables that it reads.
    """

    move: int
    partner: tuple[str, int]
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
        disabled: Sequence[str],
        silent: frozenset[str],
    ) -> None:
        self.code, self.menu = country.code, country.menu()
        self.available = np.asarray([move.name not in disabled for move in self.menu])
        self.rationality, self.memory = values[f"rationality.{self.code}"], values[f"memory.{self.code}"]
        self.cost = np.stack([values[f"cost.{self.code}.{move.name}"] for move in self.menu])
        self._choose_interests(country, values, variables, silent)
        places = {name: place for place, name in enumerate(variables)}
        self.reads = np.asarray([places[v] for v in self.names], np.intp)
        self.low = np.asarray([variables[v].low for v in self.names]).reshape(-1, 1, 1)
        self.high = np.asarray([variables[v].high for v in self.names]).reshape(-1, 1, 1)
        pushed = sorted({v for move in self.menu for v in move.effects if v in variables})
        self.where = np.asarray([places[v] for v in pushed], np.intp)
        self.push, self.own = self._pushes(values, pushed), self._pushes(values, self.names)
        rate = rows([values[f"rate.{v}"] for v in self.names], self.rationality)
        self.keep = (1.0 - rate) ** values[f"foresight.{self.code}"]
        self.gain = (1.0 - self.keep) / rate
        self.joint: list[Joint] = []

    def _choose_interests(
        self, country: type[Country], values: Values, variables: Mapping[str, Variable], silent: frozenset[str]
    ) -> None:
        """Those with a weight that read what this world has."""
        self.interests = [
            each
            for each in country.interests().values()
            if f"weight.{self.code}.{each.name}" not in silent and each.reads <= set(variables)
        ]
        weights = [values[f"weight.{self.code}.{each.name}"] for each in self.interests]
        total = ordered_sum(weights)
        self.weights = [weight / total for weight in weights]
        self.numbers = [
            {name: values[f"form.{self.code}.{each.name}.{name}"] for name in each.numbers} for each in self.interests
        ]
        self.names = sorted({v for each in self.interests for v in each.reads})

    def take_part(self, among: Sequence[Meeting]) -> None:
        """Note the meetings that one of its moves can bring about."""
        for meeting in among:
            for (code, move), partner in ((meeting.first, meeting.second), (meeting.second, meeting.first)):
                if code == self.code:
                    read, pushed = np.nonzero(self.reads[:, None] == meeting.where)
                    self.joint.append(Joint(move, partner, read, meeting.push[pushed]))

    def _pushes(self, values: Values, names: Sequence[str]) -> Array:
        none = np.zeros_like(self.rationality)
        effect = f"effect.{self.code}"
        moves = [[values.get(f"{effect}.{move.name}.{v}", none) for move in self.menu] for v in names]
        return rows([np.stack(each) for each in moves], self.cost)


def meetings(
    joint_effects: Sequence[JointEffect],
    players: Mapping[str, Player],
    values: Values,
    variables: Mapping[str, Variable],
) -> list[Meeting]:
    """The joint effects among these players."""
    moves = {(code, move.name): (code, m) for code, each in players.items() for m, move in enumerate(each.menu)}
    like = next(iter(players.values())).rationality
    out = []
    for joint in joint_effects:
        pushed = [place for place, v in enumerate(variables) if v in joint.effects]
        push = rows([values[f"joint.{joint.name}.{v}"] for v in variables if v in joint.effects], like)
        out.append(Meeting(joint.name, moves[joint.first], moves[joint.second], np.asarray(pushed, np.intp), push))
    return out


def rows(listed: Sequence[Array], like: Array) -> Array:
    """Arrays stacked, also where there are none; each is of the shape of ``like``."""
    return np.stack(listed) if listed else np.zeros_like(like)[None][:0]
