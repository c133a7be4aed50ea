"""One quarter's decisions: levels of reasoning, fixed points, and the mixes that are played."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from triangle_sim.arrays import Array, namespace
from triangle_sim.decision.rules.equilibrium import fixed_point
from triangle_sim.decision.game import Game
from triangle_sim.decision.rule import RULES, Situation
from triangle_sim.world.views import View


@dataclass(frozen=True)
class Seating:
    """How one country decides: the rule's name, its reasoning depth, its script (move indices) and other settings."""

    rule: str = "quantal"
    depth: int = 2
    script: tuple[int | None, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)

    def order(self, quarter: int) -> int | None:
        """The move a script orders in a quarter."""
        if quarter < len(self.script):
            return self.script[quarter]
        then = self.settings.get("then")
        if then == "repeat" and self.script:
            return self.script[quarter % len(self.script)]
        return self.settings.get("hold_index") if then == "hold" else None


@dataclass(frozen=True)
class Decision:
    """What each country plays, what it expected, and how far from a fixed point an equilibrium was left.

    ``mixes`` and ``payoffs`` are ``(moves, runs)`` by country; ``beliefs`` are the mixes each country answered.
    """

    mixes: dict[str, Array]
    payoffs: dict[str, Array]
    beliefs: dict[str, dict[str, Array]]
    residual: Array | None


def decide(
    game: Game,
    seating: Mapping[str, Seating],
    inertia: Mapping[str, Array],
    habits: Mapping[str, Array],
    env: View,
    quarter: int,
    orders: Mapping[str, Array | None] | None = None,
) -> Decision:
    """Level-k reasoning from the recent mixes up: a country of depth k answers what it imagines at level k-1.

    ``orders`` are the moves that scripts order this quarter, -1 for none; by default they are looked up.
    """

    def respond(code: str, beliefs: Mapping[str, Array], pushes: Any) -> tuple[Array, Array]:
        payoffs = game.payoffs(code, inertia[code], beliefs, pushes, env)
        return RULES[seating[code].rule].respond(payoffs, situation[code]), payoffs

    situation = {
        code: Situation(
            quarter,
            habits[code],
            seat.rationality,
            seat.available,
            seating[code].order(quarter) if orders is None else orders[code],
            seating[code].settings,
        )
        for code, seat in game.seats.items()
    }
    played: dict[str, Array] = {}
    payoffs: dict[str, Array] = {}
    believed: dict[str, dict[str, Array]] = {}
    solvers = [code for code in game.seats if seating[code].rule == "equilibrium"]
    top = max((seating[code].depth for code in game.seats if code not in solvers), default=0)
    level = dict(habits)
    for code in game.seats:
        if code not in solvers and seating[code].depth == 0:
            played[code], believed[code] = habits[code], dict(level)
    for k in range(1, top + 1):
        pushes = game.pushes(level)
        needed = [c for c in game.seats if k < top or (c not in solvers and seating[c].depth == k)]
        answers = {code: respond(code, level, pushes) for code in needed}
        for code in needed:
            if code not in solvers and seating[code].depth == k:
                played[code], payoffs[code] = answers[code]
                believed[code] = dict(level)
        level = level | {code: answer[0] for code, answer in answers.items()}
    residual = None
    if solvers:

        def everyone(mixes: Mapping[str, Array]) -> dict[str, Array]:
            pushes = game.pushes(mixes)
            return {code: respond(code, mixes, pushes)[0] for code in game.seats}

        options = seating[solvers[0]].settings
        found = fixed_point(
            everyone,
            dict(habits),
            damping=float(options.get("damping", 0.5)),
            tolerance=float(options.get("tolerance", 1e-9)),
            max_iterations=int(options.get("max_iterations", 500)),
        )
        residual = found.residual
        pushes = game.pushes(found.mixes)
        for code in solvers:
            played[code], believed[code] = found.mixes[code], dict(found.mixes)
            payoffs[code] = respond(code, found.mixes, pushes)[1]
    return Decision(played, payoffs, believed, residual)


def choose(mix: Array, u: Array) -> Array:
    """The move ``(runs,)`` at uniform numbers ``u``, by inverse CDF over moves in the order of their names.

    A move without probability is never chosen, whatever rounding does to the cumulative sum.
    """
    xp = namespace(mix)
    chosen, below = xp.zeros(mix.shape[1:], xp.int8), xp.zeros_like(u)
    for move, chance in enumerate(mix):
        chosen = xp.where((u >= below) & (chance > 0), xp.int8(move), chosen)
        below = below + chance
    return chosen
