"""One quarter's decisions: levels of reasoning, fixed points, and the moves that are played (steps 3 and 4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from triangle_sim.arrays import Array
from triangle_sim.decision.payoffs import Game, Mixes, Observation
from triangle_sim.decision.rule import RULES, Situation
from triangle_sim.decision.rules.equilibrium import fixed_point


class Decision(NamedTuple):
    """What each country plays, what it expected, and how far from a fixed point an equilibrium was left.

    ``mixes`` and ``payoffs`` are ``(moves, runs)`` by country; ``beliefs`` are the mixes each country answered.
    """

    mixes: dict[str, Array]
    payoffs: dict[str, Array]
    beliefs: dict[str, dict[str, Array]]
    residual: Array | None


def decide(
    game: Game,
    rules: Mapping[str, Any],
    habits: Mapping[str, Array],
    seen: Observation,
    orders: Mapping[str, Array] | None = None,
) -> Decision:
    """Level-k reasoning from the recent mixes up: a country of depth k answers what it imagines at level k-1.

    ``orders`` are the moves that scripts order this quarter, by country: ``(runs,)`` or one for all, negative for none.
    """
    situations = {
        code: Situation(habits[code], player.rationality, player.available, (orders or {}).get(code, -1), rules[code])
        for code, player in game.players.items()
    }

    def respond(code: str, mixes: Mixes, pushes: Any) -> tuple[Array, Array]:
        payoffs = game.payoffs(code, mixes, pushes, seen)
        return RULES[rules[code].rule].respond(payoffs, situations[code]), payoffs

    solvers = [code for code in game.players if rules[code].rule == "equilibrium"]
    depths = {code: rules[code].depth for code in game.players if code not in solvers}
    level = dict(habits)
    mixes = {code: habits[code] for code, depth in depths.items() if depth == 0}
    beliefs = {code: dict(habits) for code in mixes}
    payoffs: dict[str, Array] = {}
    top = max(depths.values(), default=0)
    for k in range(1, top + 1):
        pushes = game.pushes(level, seen)
        answers = {c: respond(c, level, pushes) for c in game.players if k < top or depths.get(c) == k}
        for code in answers:
            if depths.get(code) == k:
                (mixes[code], payoffs[code]), beliefs[code] = answers[code], dict(level)
        level |= {code: answer for code, (answer, _) in answers.items()}
    if not solvers:
        return Decision(mixes, payoffs, beliefs, None)

    def everyone(played: Mixes) -> dict[str, Array]:
        pushes = game.pushes(played, seen)
        return {code: respond(code, played, pushes)[0] for code in game.players}

    found = fixed_point(everyone, dict(habits), **rules[solvers[0]].model_dump(exclude={"rule"}))
    pushes = game.pushes(found.mixes, seen)
    for code in solvers:
        mixes[code], beliefs[code] = found.mixes[code], dict(found.mixes)
        payoffs[code] = game.payoffs(code, found.mixes, pushes, seen)
    return Decision(mixes, payoffs, beliefs, found.residual)


def choose(mix: Array, u: Array) -> Array:
    """The move ``(runs,)`` at uniform numbers ``u``, by inverse CDF over moves sorted by name.

    A move without probability is never chosen, whatever rounding does to the cumulative sum.
    """
    chosen, below = np.zeros_like(u, dtype=np.int8), np.zeros_like(u)
    for move, chance in enumerate(mix):
        chosen = np.where((u >= below) & (chance > 0), np.int8(move), chosen)
        below = below + chance
    return chosen


def one_hot(move: Array, like: Array) -> Array:
    """A played move ``(runs,)`` as a mix ``(moves, runs)`` with all its weight in one place."""
    return (move == np.arange(len(like), dtype=np.int8)[:, None]).astype(float)
