"""Equilibrium: a logit quantal response equilibrium, every country answering the others' actual mixes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from triangle_sim.arrays import Array, namespace, repeat_while
from triangle_sim.decision.rules.quantal import logit
from triangle_sim.decision.rule import Situation, rule


@rule("equilibrium", thinks=True)
def equilibrium(payoffs: Array, situation: Situation) -> Array:
    """Logit choice iterated, damped, to a fixed point in which all thinking countries answer each other."""
    return logit(payoffs, situation.rationality)


@dataclass(frozen=True)
class FixedPoint:
    """Mixes by country, the largest remaining change of a probability ``(runs,)``, and the rounds it took."""

    mixes: dict[str, Array]
    residual: Array
    iterations: Any


def fixed_point(
    answer: Callable[[Mapping[str, Array]], Mapping[str, Array]],
    start: Mapping[str, Array],
    *,
    damping: float = 0.5,
    tolerance: float = 1e-9,
    max_iterations: int = 500,
) -> FixedPoint:
    """Iterate ``mix <- (1 - damping) * mix + damping * answer(mix)`` until no probability changes by ``tolerance``.

    A run that has converged is frozen, so that its result does not depend on which runs share its block.
    """
    like = next(iter(start.values()))
    xp = namespace(like)

    def going(state: Any) -> Any:
        _, residual, rounds = state
        return (rounds < max_iterations) & (residual >= tolerance).any()

    def once_more(state: Any) -> Any:
        mixes, residual, rounds = state
        answered = answer(mixes)
        change = xp.zeros_like(residual)
        for code in mixes:
            change = xp.maximum(change, xp.max(xp.abs(answered[code] - mixes[code]), axis=0))
        residual = xp.where(residual >= tolerance, change, residual)
        moving = residual >= tolerance
        mixes = {
            code: xp.where(moving, (1.0 - damping) * mix + damping * answered[code], mix) for code, mix in mixes.items()
        }
        return mixes, residual, rounds + 1

    open_everywhere = xp.full_like(like[0], xp.inf)
    return FixedPoint(*repeat_while(going, once_more, (dict(start), open_everywhere, 0), like))
