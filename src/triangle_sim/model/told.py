"""Why a quarter went as it did, in numbers: one definition, told by stories and shown by pages.

Each number has a label, a tuple of words:

- ``("chance", country, move)``: how likely the country's decision rule made the move;
- ``("payoff", country, move)``: what the move was worth to it, minus infinity for one that is disabled;
- ``("term", country, move, interest)``: what the interest adds to that; ``("cost", country, move)`` what is taken off;
- ``("part", variable, what)``: a part of the variable's change, in latent units; all parts add up to it. ``what`` is
  ``rest`` (the return to its resting level), ``move:COUNTRY``, ``meeting:NAME``, ``event`` or ``noise``.

A country that goes by habit has payoffs too, as it would expect them: with the others going on as before. Its rule does
not look at them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from triangle_sim.arrays import Array, ordered_sum
from triangle_sim.decision.choose import one_hot
from triangle_sim.decision.payoffs import Game
from triangle_sim.model.quarter import Quarter, Reasons

Label = tuple[str, ...]


def told(quarter: Quarter, reasons: Reasons, moves: Array, noise: Array) -> dict[Label, Array]:
    """Every number of a quarter ``(runs,)`` by its label.

    ``moves`` ``(countries, runs)`` are those that were played, ``noise`` ``(variables, runs)`` is standard normal.
    """
    found: dict[Label, Array] = {}
    for code in quarter.game.players:
        found |= decided(quarter.game, reasons, code)
    return found | dict(_parts(quarter, reasons, moves, noise))


def decided(game: Game, reasons: Reasons, code: str) -> dict[Label, Array]:
    """The numbers of one country's decision, those of its moves: chances, payoffs, terms, costs."""
    player, seen, decision = game.players[code], reasons.seen, reasons.decision
    beliefs = decision.beliefs[code]
    pushes = game.pushes(beliefs, seen)
    payoffs = decision.payoffs[code] if code in decision.payoffs else game.payoffs(code, beliefs, pushes, seen)
    arrays: dict[tuple[str, ...], Any] = {("chance",): decision.mixes[code], ("payoff",): payoffs}
    for interest, term in zip(player.interests, game.terms(code, beliefs, pushes, seen), strict=True):
        arrays["term", interest.name] = np.zeros_like(player.cost) + term
    arrays["cost",] = player.cost
    return {
        (what, code, move.name, *interest_name): row
        for (what, *interest_name), rows in arrays.items()
        for move, row in zip(player.menu, rows, strict=True)
    }


def _parts(quarter: Quarter, reasons: Reasons, moves: Array, noise: Array) -> Iterator[tuple[Label, Array]]:
    game, dynamics, seen, mixes = quarter.game, quarter.dynamics, reasons.seen, reasons.decision.mixes
    played = {code: one_hot(move, mixes[code]) for code, move in zip(game.players, moves, strict=True)}
    shares = game.chances(played, seen)
    back, luck = dynamics.rate * (seen.rest - seen.latent), dynamics.noise * noise
    for v, name in enumerate(quarter.variables):
        yield ("part", name, "rest"), back[v]
        for code, player in game.players.items():
            for push in player.push[player.where == v]:
                share = ordered_sum(chance * each for chance, each in zip(played[code], push, strict=True))
                yield ("part", name, f"move:{code}"), share
        for meeting, met in zip(game.meetings, shares, strict=True):
            for push in meeting.push[meeting.where == v]:
                yield ("part", name, f"meeting:{meeting.name}"), met * push
        yield ("part", name, "event"), reasons.shocks[v]
        yield ("part", name, "noise"), luck[v]
