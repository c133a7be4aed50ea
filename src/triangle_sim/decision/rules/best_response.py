"""Best response: the best move, whatever its margin."""

from __future__ import annotations

from triangle_sim.arrays import Array, namespace, ordered_sum
from triangle_sim.decision.rule import Situation, rule


@rule("best_response", thinks=True)
def best_response(payoffs: Array, situation: Situation) -> Array:
    """The move with the highest payoff at the same reasoning depths as quantal; exact ties share alike."""
    best = namespace(payoffs).where(payoffs == namespace(payoffs).max(payoffs, axis=0), 1.0, 0.0)
    return best / ordered_sum(best)
