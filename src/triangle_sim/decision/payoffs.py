"""What each move is worth to a country, given what the others may do (docs/equations.md, step 2 of a quarter).

    ahead(m)  = rest + keep (z - rest) + gain (others + own(m))    the latent state that move m is expected to lead to
    payoff(m) = sum over k of weight_k phi_k(squash(ahead(m)), environment) - cost(m)

with ``keep = (1 - rate) ** foresight`` and ``gain = (1 - keep) / rate``: the level after ``foresight`` quarters of the
same pattern. ``others`` is what they push on average, ``P`` on that page; joint effects count with the chance that the
other side plays its part, or has played it in the quarter before: an offer that stands makes its answer worth more.
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
    """What all countries decide on: latent and resting levels ``(variables, runs)``, the environment, and the offers
    that stand ``(2 meetings, runs)``: 1 where a side made one in the quarter before and nothing came of it, else 0."""

    latent: Array
    rest: Array
    env: View
    offers: Array


def meets(first: Array, second: Array, first_offered: Array, second_offered: Array) -> Array:
    """The chance that two moves meet, from the chance of each and whether each has been offered the quarter before."""
    return first * second + first * (1.0 - second) * second_offered + (1.0 - first) * second * first_offered


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

    def pushes(self, mixes: Mixes, seen: Observation) -> list[Push]:
        """What mixes push on average: each country by itself, then each meeting with its chance."""
        alone = [
            Push({i}, player.where, ordered_sum(chance * player.push[:, m] for m, chance in enumerate(mixes[i])))
            for i, player in self.players.items()
        ]
        together = [
            Push({each.first[0], each.second[0]}, each.where, chance * each.push)
            for each, chance in zip(self.meetings, self.chances(mixes, seen), strict=True)
        ]
        return alone + together

    def chances(self, mixes: Mixes, seen: Observation) -> list[Array]:
        """The chance ``(runs,)`` of each meeting."""
        return [
            self.free(k, seen) * meets(mixes[i][m], mixes[j][b], seen.offers[2 * k], seen.offers[2 * k + 1])
            for k, (_, (i, m), (j, b), *_) in enumerate(self.meetings)
        ]

    def free(self, number: int, seen: Observation) -> Array:
        """Whether nothing outside keeps the two sides of a meeting apart: 1 or 0, ``(runs,)``."""
        condition = self.meetings[number].barred_by
        return 1.0 if condition is None else 1.0 * (getattr(seen.env, condition) <= 0.5)

    def own(self, code: str, mixes: Mixes, seen: Observation) -> Array:
        """What each move of a country pushes on the variables it reads: ``(reads, moves, runs)``."""
        own = self.players[code].own.copy()
        for m, (partner, answer), number, mine, theirs, read, push in self.players[code].joint:
            chance, free = mixes[partner][answer], self.free(number, seen)
            without, with_ = (free * meets(me, chance, seen.offers[mine], seen.offers[theirs]) for me in (0.0, 1.0))
            own[read] += without * push[:, None]
            own[read, m] += (with_ - without) * push
        return own

    def terms(self, code: str, mixes: Mixes, pushes: Sequence[Push], seen: Observation) -> Iterator[Array]:
        """The weighted value of each interest of a country, for each of its moves: ``(moves, runs)``."""
        player = self.players[code]
        z, rest, keep, gain = seen.latent[player.reads], seen.rest[player.reads], player.keep, player.gain
        others = total([push for push in pushes if code not in push.who], seen.latent)[player.reads]
        own = self.own(code, mixes, seen)
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

    def met(self, played: Mixes, seen: Observation) -> Array:
        """``(meetings, runs)``: whether both sides played their part, now or with an offer that stood."""
        return rows(self.chances(played, seen), next(iter(played.values()))[0]) > 0.5

    def offered(self, played: Mixes, met: Array) -> Array:
        """``(2 meetings, runs)``: the offers that stand in the next quarter, as nothing has come of them."""
        open_ = [
            each.stands * played[code][move] * (1.0 - met[k])
            for k, each in enumerate(self.meetings)
            for code, move in (each.first, each.second)
        ]
        return rows(open_, next(iter(played.values()))[0])


def total(pushes: Iterable[Push], like: Array) -> Array:
    """Pushes added up, ``(variables, runs)``, as ``like`` is."""
    out = np.zeros_like(like)
    for _, where, push in pushes:
        out[where] += push
    return out
