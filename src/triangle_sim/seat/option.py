"""What a country can play in a quarter, and what each move is worth to it: the numbers its own rule decides on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from triangle_sim.decision.payoffs import Game as Payoffs
from triangle_sim.model.prepared import Prepared
from triangle_sim.model.quarter import Reasons
from triangle_sim.model.told import decided
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
    expects it, and ``gain`` what that is more than the payoff of holding still. ``chance`` is how likely its own rule
    plays it; ``weighed`` is False where that rule looks at no payoffs and goes by habit: payoffs then expect the others
    to go on as before. ``effects`` are its own pushes on state variables in this history, in latent units a quarter.
    ``best`` is the best reply, the move with the largest payoff.
    """

    country: str
    move: str
    label: str
    says: str
    payoff: float
    gain: float
    chance: float
    weighed: bool
    cost: float
    terms: tuple[Term, ...]
    effects: tuple[tuple[str, float], ...]
    claims: tuple[str, ...]
    best: bool


def options_of(prepared: Prepared, game: Payoffs, reasons: Reasons, code: str) -> tuple[Option, ...]:
    """The moves of a country that are not disabled, in the order of its menu, as it saw them (first run)."""
    player, names = game.players[code], list(prepared.variables)
    why = {label: float(row[0]) for label, row in decided(game, reasons, code).items()}
    payoffs = [why["payoff", code, move.name] for move in player.menu]
    best = int(np.argmax(payoffs))
    held = [each.name for each in player.menu].index("hold")

    def terms(move: str) -> tuple[Term, ...]:
        found = ((each, why["term", code, move, each.name], why["term", code, "hold", each.name])
                 for each in player.interests)  # fmt: skip
        return tuple(
            Term(each.name, in_words(each.name), each.meaning, value, value - still, each.claims)
            for each, value, still in found
        )

    def option(m: int) -> Option:
        move, cost = player.menu[m], player.cost[:, 0]
        own = terms(move.name)
        return Option(
            country=code,
            move=move.name,
            label=in_words(move.name),
            says=move.says,
            payoff=payoffs[m],
            gain=float(sum(term.gain for term in own) - cost[m] + cost[held]),
            chance=why["chance", code, move.name],
            weighed=prepared.rules[code].weighs,
            cost=float(cost[m]),
            terms=own,
            effects=tuple(
                (names[v], float(push))
                for v, push in zip(player.where, player.push[:, m, 0], strict=True)
                if move.name != "hold" and push
            ),
            claims=move.claims,
            best=m == best,
        )

    return tuple(option(m) for m in range(len(player.menu)) if player.available[m])
