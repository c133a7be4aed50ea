"""The registry of decision rules, and what a rule is given.

A rule answers payoffs with a mix. A new rule is one file in rules/ with one decorated function, and a class with its
settings if it has any: scenario files, their schema and their error messages take the settings from there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, create_model

from triangle_sim.arrays import Array
from triangle_sim.fields import Model, Whole, unit


class Settings(Model):
    """What a scenario can tell a rule: its name alone."""

    rule: str

    @property
    def weighs(self) -> bool:
        """Whether who decides by it weighs what moves are worth, rather than going by habit."""
        return True


class Levels(Settings):
    """The same for a rule that reasons about the others in levels."""

    depth: Annotated[Whole, Field(ge=0, le=10)] = Field(
        default=2,
        description="steps of reasoning: 0 expects the others to go on as before, k answers k-1",
        json_schema_extra=unit("steps"),
    )

    @property
    def weighs(self) -> bool:
        """Whether it reasons in any steps."""
        return self.depth > 0


@dataclass(frozen=True)
class Situation:
    """What a rule knows besides payoffs.

    ``habit`` is the country's recent mix ``(moves, runs)``, ``available`` which of its moves it can make ``(moves,)``,
    ``order`` the index of the move that a script orders this quarter, negative where it orders none.
    """

    habit: Array
    rationality: Array
    available: Any
    order: Array
    settings: Any


Respond = Callable[[Array, Situation], Array]


@dataclass(frozen=True)
class Rule:
    """A decision rule; ``settings`` is the model of what a scenario can say of it."""

    name: str
    respond: Respond
    settings: type[Settings]
    meaning: str


RULES: dict[str, Rule] = {}


def rule(name: str, settings: type[Settings] = Levels) -> Callable[[Respond], Respond]:
    """Register a function ``(payoffs (moves, runs), situation) -> mix (moves, runs)`` as a decision rule."""

    def register(function: Respond) -> Respond:
        meaning = " ".join((function.__doc__ or "").split())
        field: Any = (Literal[name], Field(description="decision rule"))
        own = create_model(f"{name.title().replace('_', '')}Rule", __base__=settings, __doc__=meaning, rule=field)
        RULES[name] = Rule(name, function, own, meaning)
        return function

    return register
