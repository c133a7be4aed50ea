"""Habit: repeat the recent mix."""

from __future__ import annotations

from triangle_sim.arrays import Array, namespace, ordered_sum
from triangle_sim.decision.rules.quantal import logit
from triangle_sim.decision.rule import Situation, rule


@rule("habit", thinks=True)
def habit(payoffs: Array, situation: Situation) -> Array:
    """Inertia: the recent mix with weight ``inertia``, a quantal answer with the rest; inertia 1 never thinks again."""
    inertia = float(situation.settings.get("inertia", 0.8))
    mix = inertia * situation.habit + (1.0 - inertia) * logit(payoffs, situation.rationality)
    if all(situation.available):
        return mix
    allowed = [row if ok else 0.0 * row for row, ok in zip(mix, situation.available, strict=True)]
    total = ordered_sum(allowed)
    return namespace(mix).stack(allowed) / total
