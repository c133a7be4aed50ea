"""Scripted: a fixed list of moves, quarter by quarter."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np
from pydantic import Field, field_validator, model_validator

from triangle_sim.arrays import Array
from triangle_sim.decision.rule import Levels, Situation, rule
from triangle_sim.decision.rules.quantal import logit
from triangle_sim.fields import Name, wrong


class Script(Levels):
    """The moves, and what follows them."""

    script: tuple[Name, ...] = Field(default=(), description="its moves, one a quarter")
    then: Literal["choose", "hold", "repeat"] = Field(
        default="choose",
        description="after the script: choose as quantal does, hold (play `hold`), or repeat it from the beginning",
    )

    @model_validator(mode="after")
    def _is_given(self) -> Self:
        if not self.script:
            raise wrong("a scripted country needs a script", "add script: [move, move, ...], one a quarter", at="rule")
        return self

    @field_validator("depth")
    @classmethod
    def _answers(cls, depth: int) -> int:
        return max(depth, 1)  # it plays its script, and not its habit

    def order(self, quarter: int) -> str | None:
        """The move it orders in a quarter, counted from 0."""
        if quarter < len(self.script) or self.then == "repeat":
            return self.script[quarter % len(self.script)]
        return "hold" if self.then == "hold" else None


@rule("scripted", Script)
def scripted(payoffs: Array, situation: Situation) -> Array:
    """The move the script orders; past its end, quantal choice takes over unless the script says hold or repeat."""
    free = logit(payoffs, situation.rationality)
    ordered = np.arange(len(free))[:, None] == situation.order
    return np.where(situation.order >= 0, ordered, free)
