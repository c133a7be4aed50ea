"""Scripted: a fixed list of moves, quarter by quarter."""

from __future__ import annotations

from triangle_sim.arrays import Array, namespace
from triangle_sim.decision.rules.quantal import logit
from triangle_sim.decision.rule import Situation, rule


@rule("scripted", thinks=True)
def scripted(payoffs: Array, situation: Situation) -> Array:
    """The move the script orders; past its end, quantal choice takes over unless the script says hold or repeat."""
    free = logit(payoffs, situation.rationality)
    if situation.script is None:
        return free
    xp = namespace(payoffs)
    ordered = xp.stack([xp.full_like(row, 1.0) * (situation.script == m) for m, row in enumerate(payoffs)])
    return xp.where(situation.script >= 0, ordered, free)
