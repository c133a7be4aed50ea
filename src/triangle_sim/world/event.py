"""An event as a scenario writes it: what may happen to the world, when, how likely, and what it changes.

A new property of events is a field of :class:`Event`, with what it means in one of its methods.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from triangle_sim.arrays import Array
from triangle_sim.fields import (
    Identifier,
    Model,
    Name,
    Number,
    QuantityName,
    QuarterField,
    Text,
    Value,
    Whole,
    unit,
    wrong,
)
from triangle_sim.quarters import Quarter

Timing = Literal["when", "window", "hazard", "condition"]

EXCLUDES: dict[str, tuple[str, ...]] = {
    "when": ("window", "hazard", "condition", "from", "until"),
    "window": ("when", "hazard", "condition", "from", "until"),
    "hazard": ("when", "window"),
    "condition": ("when", "window"),
}
"""Which of an event's keys cannot stand beside a given timing."""

_HOW = "give one of when: 2024Q4 | window: [2025Q1, 2026Q4] | hazard: 0.05 | condition: [...] (also with a hazard)"

Shift = Annotated[Number, Field(ge=-5, le=5, json_schema_extra=unit("shift, latent units for state variables"))]


class Condition(Model):
    """One state of the world to wait for: a variable above or below a level, some quarters in a row."""

    variable: QuantityName = Field(description="state variable or environment variable, e.g. us_prk_dialogue")
    above: Value | None = Field(default=None, description="holds while the variable is above this value")
    below: Value | None = Field(default=None, description="holds while the variable is below this value")
    for_: Annotated[Whole, Field(ge=1, le=400)] = Field(
        default=1, alias="for", description="quarters in a row it must hold", json_schema_extra=unit("quarters")
    )

    def holds(self, level: Array) -> Array:
        """Whether it holds at levels of its variable ``(runs,)``; at no number that is not a number."""
        above = level > (-np.inf if self.above is None else self.above)
        return above & (level < (np.inf if self.below is None else self.below))

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.above is None and self.below is None:
            raise wrong("a condition needs 'above' or 'below'", "as in {variable: us_prk_dialogue, above: 0.6}")
        if self.above is not None and self.below is not None and self.above >= self.below:
            raise wrong(f"nothing is above {self.above:g} and below {self.below:g}", "swap the two values", at="below")
        return self


class Event(Model):
    """Something that may happen once a run. Exactly one timing; a hazard may accompany a condition."""

    title: Text = Field(default="", description="what happens, in plain words")
    when: QuarterField | None = Field(default=None, description="the quarter it happens in, e.g. 2024Q4")
    window: tuple[QuarterField, QuarterField] | None = Field(
        default=None, description="first and last quarter; each quarter between is as likely"
    )
    hazard: Annotated[Number, Field(ge=0, le=1)] | None = Field(
        default=None,
        description="chance in each quarter that it happens, if it has not yet",
        json_schema_extra=unit("probability per quarter"),
    )
    condition: Annotated[tuple[Condition, ...], Field(min_length=1, max_length=20)] | None = Field(
        default=None, description="states of the world it waits for; all must hold at once"
    )
    from_: QuarterField | None = Field(
        default=None, alias="from", description="first quarter in which a hazard or a condition counts"
    )
    until: QuarterField | None = Field(default=None, description="last quarter in which a hazard or a condition counts")
    probability: Annotated[Number, Field(ge=0, le=1)] = Field(
        default=1.0, description="chance that it can happen at all", json_schema_extra=unit("probability")
    )
    duration: Annotated[Whole, Field(ge=1, le=400)] | None = Field(
        default=None, description="how long its effects last; without it, for good", json_schema_extra=unit("quarters")
    )
    group: Identifier | None = Field(default=None, description="at most one event of a group happens in a run")
    effects: dict[Name, Shift] = Field(
        default_factory=dict,
        description="while active: shift of an environment variable, or of a state variable's resting level",
    )
    shock: dict[Name, Shift] = Field(default_factory=dict, description="one-off push on state variables as it happens")
    claims: tuple[Name, ...] = Field(default=(), description="ids of the claims behind it, e.g. [A31]")
    source: Text = Field(default="", description="where its odds and effects come from")
    note: Text = Field(default="", description="anything a reader should know")

    @model_validator(mode="after")
    def _one_timing(self) -> Self:
        given = {
            key: getattr(self, "from_" if key == "from" else key)
            for key in ("when", "window", "hazard", "condition", "from", "until")
        }
        given = {key: value for key, value in given.items() if value is not None}
        timings = [key for key in EXCLUDES if key in given]
        if not timings:
            raise wrong("the event has no timing", _HOW)
        for key in given:
            if key in EXCLUDES[timings[0]]:
                what = "several timings" if key in EXCLUDES else f"'{key}' without a hazard or a condition"
                raise wrong(f"the event has {what}: {' and '.join(dict.fromkeys((timings[0], key)))}", _HOW, at=key)
        if self.window and self.window[0] > self.window[1]:
            raise wrong("the window ends before it begins", f"write [{self.window[1]}, {self.window[0]}]", at="window")
        if self.from_ and self.until and self.from_ > self.until:
            raise wrong("'until' lies before 'from'", "swap the two quarters", at="until")
        return self

    @property
    def timing(self) -> Timing:
        """Which of the four timings it has (``condition`` if it has both a condition and a hazard)."""
        if self.when is not None:
            return "when"
        if self.window is not None:
            return "window"
        return "hazard" if self.condition is None else "condition"

    def never(self, start: Quarter, quarters: int) -> bool:
        """Whether it cannot happen in a run of so many quarters: too late, or with a hazard of nothing."""
        first, last = self.span(start, quarters)
        return first > quarters - 1 or last < 0 or self.hazard == 0

    def span(self, start: Quarter, quarters: int) -> tuple[int, int]:
        """First and last quarter (inclusive, counted from ``start``) in which it can happen.

        A given date may lie outside the run (negative, or beyond its end); an open side is the run's own end.
        """
        first, last = start, start + (quarters - 1)
        if self.when is not None:
            first = last = self.when
        elif self.window is not None:
            first, last = self.window
        else:
            first, last = self.from_ or first, self.until or last
        return first - start, last - start

    @property
    def scheduled(self) -> bool:
        """Whether its quarter is known before the run starts."""
        return self.timing in ("when", "window")

    def strength(self, age: Array) -> Array:
        """How much of its effects there is so many quarters after it began: all while it lasts, then nothing.

        ``age`` is ``(runs,)``, negative before it begins.
        """
        lasts = age >= 0
        return 1.0 * (lasts if self.duration is None else lasts & (age < self.duration))
