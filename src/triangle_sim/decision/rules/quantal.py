"""Quantal response: better moves are likelier (McKelvey & Palfrey 1995)."""

from __future__ import annotations

from triangle_sim.arrays import Array, namespace, ordered_sum
from triangle_sim.decision.rule import Situation, rule


def logit(payoffs: Array, rationality: Array) -> Array:
    """Probabilities proportional to ``exp(rationality * payoff)``; ``(moves, runs)``, rationality ``(runs,)``."""
    xp = namespace(payoffs)
    # A rationality of nothing must not make "0 x minus infinity" of a move that is disabled.
    weights = xp.exp(xp.maximum(rationality, 1e-300) * (payoffs - xp.max(payoffs, axis=0)))
    return weights / ordered_sum(weights)


@rule("quantal", thinks=True)
def quantal(payoffs: Array, situation: Situation) -> Array:
    """Logit choice at reasoning depth k: level 0 expects the others to repeat their recent mix, level k answers k-1."""
    return logit(payoffs, situation.rationality)
