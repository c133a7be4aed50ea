"""Scripted: a fixed list of moves, quarter by quarter."""

from __future__ import annotations

from triangle_sim.arrays import Array, namespace
from triangle_sim.decision.quantal import logit
from triangle_sim.decision.rules import Situation, rule


@rule("scripted", thinks=True)
def scripted(payoffs: Array, situation: Situation) -> Array:
    """The move the script orders; past its end, quantal choice takes over unless the script says hold or repeat."""
    if situation.script is None:
        return logit(payoffs, situation.rationality)
    xp = namespace(payoffs)
    rows = [xp.ones_like(row) if m == situation.script else xp.zeros_like(row) for m, row in enumerate(payoffs)]
    return xp.stack(rows)
