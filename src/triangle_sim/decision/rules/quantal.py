"""Quantal response: better moves are likelier (McKelvey & Palfrey 1995, doi 10.1006/game.1995.1023)."""

from __future__ import annotations

import numpy as np

from triangle_sim.arrays import Array, ordered_sum
from triangle_sim.decision.rule import Situation, rule


def logit(payoffs: Array, rationality: Array) -> Array:
    """Probabilities proportional to ``exp(rationality * payoff)``; ``(moves, runs)``, rationality ``(runs,)``."""
    # A rationality of nothing must not make "0 x minus infinity" of a move that is disabled.
    weights = np.exp(np.maximum(rationality, 1e-300) * (payoffs - np.max(payoffs, axis=0)))
    return weights / ordered_sum(weights)


@rule("quantal")
def quantal(payoffs: Array, situation: Situation) -> Array:
    """Logit choice at reasoning depth k: level 0 expects the others to repeat their recent mix, level k answers k-1."""
    return logit(payoffs, situation.rationality)
