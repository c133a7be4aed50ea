"""What a country can play in a quarter, and what each move is worth to it: the numbers its own rule decides on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from triangle_sim.decision.payoffs import Game as Payoffs
from triangle_sim.model.prepared import Prepared
from triangle_sim.model.quarter import Reasons
from triangle_sim.wording import in_words


@dataclass(frozen=True)
class Term:
    """What one interest adds to the payoff of a move, and what that is more than holding still would add to it."""

    interest: str
    label: str
    meaning: str
    value: float
    gain: float
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Option:
    """One move that a country can make in a quarter, before anybody has moved in it.

    ``payoff`` is the sum of ``terms`` less ``cost`` (payoff units: the whole payoff runs from 0 to 1), as the country
    expects it, and ``gain`` what that is more than the payoff of holding still; None and without terms where its rule
    looks at no payoffs. ``chance`` is how likely its own rule plays
    it. ``effects`` are its own pushes on state variables in this history, in latent units a quarter. ``best`` is the
    best reply, the move with the largest payoff.
    """

    country: str
    move: str
    label: str
    says: str
    payoff: float | None
    gain: float | None
    chance: float
    cost: float
    terms: tuple[Term, ...]
    effects: tuple[tuple[str, float], ...]
    claims: tuple[str, ...]
    best: bool


def options_of(prepared: Prepared, game: Payoffs, reasons: Reasons, code: str) -> tuple[Option, ...]:
    """The moves of a country that are not disabled, in the order of its menu, as it saw them (first run)."""
    player, decision, seen = game.players[code], reasons.decision, reasons.seen
    payoffs = decision.payoffs[code][:, 0] if code in decision.payoffs else None
    worth = []
    if payoffs is not None:
        beliefs = decision.beliefs[code]
        terms = game.terms(code, beliefs, game.pushes(beliefs, seen), seen)
        worth = [np.broadcast_to(term, (len(player.menu), 1))[:, 0] for term in terms]
    hold = [move.name for move in player.menu].index("hold")
    best = None if payoffs is None else int(np.argmax(payoffs))
    names = list(prepared.variables)
    return tuple(
        Option(
            code,
            move.name,
            in_words(move.name),
            move.says,
            None if payoffs is None else float(payoffs[m]),
            None
            if payoffs is None
            else float(sum(v[m] - v[hold] for v in worth) - player.cost[m, 0] + player.cost[hold, 0]),
            float(decision.mixes[code][m, 0]),
            float(player.cost[m, 0]),
            tuple(
                Term(
                    each.name,
                    in_words(each.name),
                    each.meaning,
                    float(value[m]),
                    float(value[m] - value[hold]),
                    each.claims,
                )
                for each, value in zip(player.interests, worth, strict=payoffs is not None)
            ),
            tuple(
                (names[v], float(push))
                for v, push in zip(player.where, player.push[:, m, 0], strict=True)
                if move.name != "hold" and push
            ),
            move.claims,
            m == best,
        )
        for m, move in enumerate(player.menu)
        if player.available[m]
    )
