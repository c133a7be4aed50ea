"""Equilibrium: a logit quantal response equilibrium, every country answering the others' actual mixes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, NamedTuple

import numpy as np
from pydantic import Field

from triangle_sim.arrays import Array, repeat_while
from triangle_sim.decision.rule import Settings, Situation, rule
from triangle_sim.decision.rules.quantal import logit
from triangle_sim.fields import Number, Whole, unit


class FixedPointSettings(Settings):
    """How the fixed point is looked for."""

    damping: Annotated[Number, Field(gt=0, le=1)] = Field(
        default=0.5, description="share of each step that is taken", json_schema_extra=unit("share")
    )
    tolerance: Annotated[Number, Field(gt=0, le=0.1)] = Field(
        default=1e-8, description="residual at which it stops", json_schema_extra=unit("probability")
    )
    max_iterations: Annotated[Whole, Field(ge=1, le=100_000)] = Field(
        default=500, description="steps after which it stops anyway", json_schema_extra=unit("steps")
    )


@rule("equilibrium", FixedPointSettings)
def equilibrium(payoffs: Array, situation: Situation) -> Array:
    """Logit choice iterated, damped, to a fixed point in which all thinking countries answer each other."""
    return logit(payoffs, situation.rationality)


class FixedPoint(NamedTuple):
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

    def going(state: Any) -> Any:
        _, residual, rounds = state
        return (rounds < max_iterations) & (residual >= tolerance)

    def once_more(state: Any) -> Any:
        mixes, residual, rounds = state
        answered = answer(mixes)
        change = np.zeros_like(residual)
        for code in mixes:
            change = np.maximum(change, np.max(np.abs(answered[code] - mixes[code]), axis=0))
        residual = np.where(residual >= tolerance, change, residual)
        moving = residual >= tolerance
        mixes = {
            code: np.where(moving, (1.0 - damping) * mix + damping * answered[code], mix) for code, mix in mixes.items()
        }
        return mixes, residual, rounds + 1

    like = next(iter(start.values()))
    return FixedPoint(*repeat_while(going, once_more, (dict(start), np.full_like(like[0], np.inf), 0), like))
