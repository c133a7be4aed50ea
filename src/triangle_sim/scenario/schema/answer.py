"""What answers a scenario's question: an outcome, an ending or a meeting, and what is asked of it in words."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic.functional_validators import AfterValidator

from triangle_sim.fields import Model, Name, Text, wrong
from triangle_sim.names import canonical_name

MEASURES = ("mean", "final", "change")
"""Of a state variable over a future: over the horizon, at its end, from its start to its end."""


def _one_spelling(text: str) -> str:
    measure, space, variable = text.strip().partition(" ")
    return f"{measure} {canonical_name(variable)}" if space and measure in MEASURES else text.strip()


class Answer(Model):
    """One number that answers a part of the question. It says one of outcome, ending and meeting."""

    asks: Text = Field(default="", description="this part of the question, e.g. Does Kim get his summit?")
    outcome: Annotated[Name, AfterValidator(_one_spelling)] | None = Field(
        default=None, description="an outcome, or mean, final or change of a state variable: final goodwill[RUS,PRK]"
    )
    ending: Name | None = Field(default=None, description="how the story ends, e.g. russian_shield")
    meeting: Name | None = Field(default=None, description="two moves that meet at some time, e.g. us_prk_summit")
    after: Name | None = Field(
        default=None, description="of a meeting: counted only where this other one had come before it"
    )
    expected: Literal["more", "less"] | None = Field(
        default=None, description="more or less than in the reference: what the question leads one to expect"
    )

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        given = [key for key in ("outcome", "ending", "meeting") if getattr(self, key) is not None]
        if len(given) != 1:
            said = "none of them" if not given else " and ".join(given)
            raise wrong(f"an answer is one of outcome, ending and meeting, and this is {said}", "give one of the three")
        if self.after is not None and self.meeting is None:
            raise wrong("'after' belongs to a meeting", "as in {meeting: us_prk_summit, after: us_rus_deal}", "after")
        return self

    @property
    def column(self) -> str:
        """Its name among the columns of :func:`triangle_sim.montecarlo.sample.sample`."""
        if self.ending is not None:
            return f"end_state={self.ending}"
        if self.meeting is not None:
            return f"met {self.meeting}" + (f" after {self.after}" if self.after else "")
        return str(self.outcome)
