"""How a country decides, as a scenario says it."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from triangle_sim.fields import Model, Name, Number, Whole, unit, wrong


class RuleSpec(Model):
    """A decision rule with its settings; settings a rule does not use are ignored by it (and warned about)."""

    rule: Name = Field(description="decision rule: quantal, equilibrium, best_response, habit, scripted")
    depth: Annotated[Whole, Field(ge=0, le=10)] = Field(
        default=2,
        description="steps of reasoning: 0 expects the others to go on as before, k answers k-1",
        json_schema_extra=unit("steps"),
    )
    script: tuple[Name, ...] = Field(default=(), description="moves of a scripted country, one a quarter")
    then: Literal["choose", "hold", "repeat"] = Field(
        default="choose",
        description="after the script: choose as quantal does, hold (play `hold`), or repeat it from the beginning",
    )
    damping: Annotated[Number, Field(gt=0, le=1)] = Field(
        default=0.5, description="share of each step that equilibrium takes", json_schema_extra=unit("share")
    )
    tolerance: Annotated[Number, Field(gt=0, le=0.1)] = Field(
        default=1e-8, description="residual at which equilibrium stops", json_schema_extra=unit("probability")
    )
    max_iterations: Annotated[Whole, Field(ge=1, le=100_000)] = Field(
        default=500, description="steps after which equilibrium stops anyway", json_schema_extra=unit("steps")
    )
    inertia: Annotated[Number, Field(ge=0, le=1)] = Field(
        default=0.8, description="weight of the recent mix in habit", json_schema_extra=unit("share")
    )

    @model_validator(mode="after")
    def _script_is_given(self) -> Self:
        if self.rule == "scripted" and not self.script:
            raise wrong("a scripted country needs a script", "add script: [move, move, ...], one a quarter", at="rule")
        return self


SETTINGS: dict[str, tuple[str, ...]] = {
    "depth": ("quantal", "best_response", "habit", "scripted"),
    "script": ("scripted",),
    "then": ("scripted",),
    "damping": ("equilibrium",),
    "tolerance": ("equilibrium",),
    "max_iterations": ("equilibrium",),
    "inertia": ("habit",),
}
"""Which rules use which setting; a rule not named here may use any."""
