"""Equilibrium: a logit quantal response equilibrium, every country answering the others' actual mixes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.arrays import Array
from triangle_sim.decision.quantal import logit
from triangle_sim.decision.rules import Situation, rule


@rule("equilibrium", thinks=True)
def equilibrium(payoffs: Array, situation: Situation) -> Array:
    """Logit choice iterated, damped, to a fixed point in which all thinking countries answer each other."""
    return logit(payoffs, situation.rationality)


@dataclass(frozen=True)
class FixedPoint:
    """Mixes by country, the largest remaining change of a probability ``(runs,)``, and the rounds it took."""

    mixes: dict[str, Array]
    residual: NDArray[np.float64]
    iterations: int


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
    mixes: dict[str, Any] = dict(start)
    residual = np.full(next(iter(mixes.values())).shape[-1], np.inf)
    rounds = 0
    while rounds < max_iterations:
        rounds += 1
        answered = answer(mixes)
        change = np.zeros_like(residual)
        for code in mixes:
            change = np.maximum(change, np.max(np.abs(answered[code] - mixes[code]), axis=0))
        open_runs = residual >= tolerance
        residual = np.where(open_runs, change, residual)
        moving = residual >= tolerance
        if not moving.any():
            break
        mixes = {
            code: np.where(moving, (1.0 - damping) * mix + damping * answered[code], mix) for code, mix in mixes.items()
        }
    return FixedPoint(mixes, residual, rounds)
