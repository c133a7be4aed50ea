"""What each move is worth to a country, given what the others may do (docs/equations.md, step 2 of a quarter).

    ahead(m)  = rest + keep (z - rest) + gain (others + own(m))    the latent state that move m is expected to lead to
    payoff(m) = sum over k of weight_k phi_k(squash(ahead(m)), environment) - cost(m)

with ``keep = (1 - rate) ** foresight`` and ``gain = (1 - keep) / rate``: the level after ``foresight`` quarters of the
same pattern. ``others`` is what they push on average, ``P`` on that page; joint effects count with the chance that the
other side plays its part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from triangle_sim.arrays import Array, ordered_sum, squash
from triangle_sim.countries import Country, JointEffect
from triangle_sim.decision.players import Meeting, Player, rows
from triangle_sim.uncertainty.parameters import Values
from triangle_sim.world.variables import Variable
from triangle_sim.world.views import View

Mixes = Mapping[str, Array]
"""A mixed strategy ``(moves, runs)`` for each country; a played move is a mix with all its weight in one place."""


class Push(NamedTuple):
    """Who pushes, alone or together, which variables (their places), and by how much ``(where, runs)``."""

    who: set[str]
    where: Array
    push: Array


class Observation(NamedTuple):
    """What all countries decide on: latent and resting levels ``(variables, runs)``, and the environment."""

    latent: Array
    rest: Array
    env: View


class Game:
    """The game of a quarter, for a block of runs.

    ``disabled`` are moves nobody can make, by country; ``silent`` weights, as ``weight.PRK.supply``, that are zero in
    every draw.
    """

    def __init__(
        self,
        cast: Sequence[type[Country]],
        values: Values,
        variables: Mapping[str, Variable],
        joint_effects: Sequence[JointEffect],
        disabled: Mapping[str, Sequence[str]],
        silent: frozenset[str] = frozenset(),
    ) -> None:
        menus = {each.code: [move.name for move in each.menu()] for each in cast}
        self.meetings = [Meeting.of(joint, menus, values, list(variables)) for joint in joint_effects]
        self.players = {
            each.code: Player(each, values, variables, self.meetings, disabled.get(each.code, ()), silent)
            for each in sorted(cast, key=lambda country: country.code)
        }

    def pushes(self, mixes: Mixes) -> list[Push]:
        """What mixes push on average: each country by itself, then each meeting with its chance."""
        alone = [
            Push({i}, player.where, ordered_sum(chance * player.push[:, m] for m, chance in enumerate(mixes[i])))
            for i, player in self.players.items()
        ]
        together = [
            Push({i, j}, where, mixes[i][m] * mixes[j][b] * push) for _, (i, m), (j, b), where, push in self.meetings
        ]
        return alone + together

    def own(self, code: str, mixes: Mixes) -> Array:
        """What each move of a country pushes on the variables it reads: ``(reads, moves, runs)``."""
        own = self.players[code].own.copy()
        for m, (partner, answer), read, push in self.players[code].joint:
            own[read, m] += mixes[partner][answer] * push
        return own

    def terms(self, code: str, mixes: Mixes, pushes: Sequence[Push], seen: Observation) -> Iterator[Array]:
        """The weighted value of each interest of a country, for each of its moves: ``(moves, runs)``."""
        player = self.players[code]
        z, rest, keep, gain = seen.latent[player.reads], seen.rest[player.reads], player.keep, player.gain
        others = total([push for push in pushes if code not in push.who], seen.latent)[player.reads]
        own = self.own(code, mixes)
        ahead = (rest + keep * (z - rest) + gain * others)[:, None] + gain[:, None] * own
        state = View(dict(zip(player.names, squash(ahead, player.low, player.high), strict=True)))
        for interest, weight, numbers in zip(player.interests, player.weights, player.numbers, strict=True):
            yield weight * interest(state, seen.env, **numbers)

    def payoffs(self, code: str, mixes: Mixes, pushes: Sequence[Push], seen: Observation) -> Array:
        """Expected payoff ``(moves, runs)`` of each move of a country; minus infinity for a move that is disabled."""
        player = self.players[code]
        total = 0.0 - player.cost
        for term in self.terms(code, mixes, pushes, seen):
            total += term
        return np.where(player.available[:, None], total, -np.inf)

    def met(self, played: Mixes) -> Array:
        """``(meetings, runs)``: whether both sides played their part."""
        both = [played[i][m] * played[j][b] for _, (i, m), (j, b), *_ in self.meetings]
        return rows(both, next(iter(played.values()))[0]) > 0.5


def total(pushes: Iterable[Push], like: Array) -> Array:
    """Pushes added up, ``(variables, runs)``, as ``like`` is."""
    out = np.zeros_like(like)
    for _, where, push in pushes:
        out[where] += push
    return out
