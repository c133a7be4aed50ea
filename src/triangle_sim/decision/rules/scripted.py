"""Scripted: a fixed list of moves, quarter by quarter."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field, field_validator

from triangle_sim.arrays import Array
from triangle_sim.decision.rule import Levels, Situation, rule
from triangle_sim.decision.rules.quantal import logit
from triangle_sim.fields import Name


class Script(Levels):
    """The moves, and what follows them."""

    script: Annotated[tuple[Name, ...], Field(min_length=1)] = Field(description="its moves, one a quarter")
    then: Literal["choose", "hold", "repeat"] = Field(
        default="choose",
        description="after the script: choose as quantal does, hold (play `hold`), or repeat it from the beginning",
    )

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
    ordered = (np.arange(len(free))[:, None] == situation.order) * np.ones_like(free)
    return np.where(situation.order >= 0, ordered, free)
