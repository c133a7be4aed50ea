"""Habit: repeat the recent mix."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field

from triangle_sim.arrays import Array, ordered_sum
from triangle_sim.decision.rule import Levels, Situation, rule
from triangle_sim.decision.rules.quantal import logit
from triangle_sim.fields import Number, unit


class Inertia(Levels):
    """How much of the recent mix stays."""

    inertia: Annotated[Number, Field(ge=0, le=1)] = Field(
        default=0.8, description="weight of the recent mix", json_schema_extra=unit("share")
    )


@rule("habit", Inertia)
def habit(payoffs: Array, situation: Situation) -> Array:
    """Inertia: the recent mix with weight ``inertia``, a quantal answer with the rest; inertia 1 never thinks again."""
    inertia = situation.settings.inertia
    mix = inertia * situation.habit + (1.0 - inertia) * logit(payoffs, situation.rationality)
    if situation.available.all():
        return mix
    allowed = np.where(situation.available[:, None], mix, 0.0)
    return allowed / ordered_sum(allowed)
