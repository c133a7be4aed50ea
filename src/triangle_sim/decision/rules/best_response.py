"""Best response: the best move, whatever its margin."""

from __future__ import annotations

import numpy as np

from triangle_sim.arrays import Array, ordered_sum
from triangle_sim.decision.rule import Situation, rule


@rule("best_response")
def best_response(payoffs: Array, situation: Situation) -> Array:
    """The move with the highest payoff at the same reasoning depths as quantal; moves that tie share alike."""
    best = np.where(payoffs == np.max(payoffs, axis=0), 1.0, 0.0)
    return best / ordered_sum(best)
