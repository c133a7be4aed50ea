"""A country's decision rule and its settings, as a scenario writes them: put together from what the rules declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from pydantic import Field, ValidationError, create_model, model_validator
from pydantic_core import PydanticCustomError

from triangle_sim.decision import RULES
from triangle_sim.decision.rule import Settings
from triangle_sim.fields import Model, Name

SETTINGS: dict[str, tuple[str, ...]] = {
    name: tuple(rule.name for rule in RULES.values() if name in rule.settings.model_fields)
    for each in RULES.values()
    for name in each.settings.model_fields
    if name != "rule"
}
"""Which rules use which setting."""


class Spec(Model):
    """A decision rule with its settings; settings that it does not use are ignored by it (and warned about)."""

    rule: Name = Field(description=f"decision rule: {', '.join(RULES)}")

    @property
    def settings(self) -> Settings:
        """What the rule itself is told."""
        settings = RULES[self.rule].settings
        return settings.model_validate({name: getattr(self, name) for name in settings.model_fields})

    @model_validator(mode="after")
    def _satisfies_its_rule(self) -> Self:
        try:
            if self.rule in RULES:
                _ = self.settings
        except ValidationError as error:
            raise PydanticCustomError("scenario", "{message}", error.errors()[0]["ctx"]) from None
        return self


if TYPE_CHECKING:
    RuleSpec = Spec
else:
    _fields: dict[str, Any] = {
        name: (field.annotation, field)
        for rule in RULES.values()
        for name, field in rule.settings.model_fields.items()
        if name != "rule"
    }
    RuleSpec = create_model("RuleSpec", __base__=Spec, __doc__=Spec.__doc__, **_fields)
