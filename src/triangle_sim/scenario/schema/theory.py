"""A theory of one's own: one voice's priors, as a file states them and as a scenario carries them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from triangle_sim.fields import Identifier, Model, Name, Text
from triangle_sim.scenario.schema.prior import PriorSpec
from triangle_sim.world.theories import Theory

RESERVED = ("all", "both")
"""What tables call all draws together: no theory can have such a name."""

VoiceName = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9._-]{0,79}$")]
"""The name of a theory: letters, digits, points, underscores, hyphens."""


class Stated(Model):
    """What a theory says of one parameter, and why."""

    prior: PriorSpec = Field(description="a number, or a distribution as in {dist: norm, loc: 0, scale: 0.1}")
    claims: tuple[Name, ...] = Field(default=(), description="ids of claims it rests on, e.g. [A31], or [judgement]")
    source: Text = Field(default="", description="where else it comes from: a book, an interview, your judgement")


class Voice(Model):
    """A theory as a file states it, but for its name."""

    title: Text = Field(default="", description="the theory in one sentence")
    article: Text = Field(default="", description="the article or book it is taken from")
    extends: Identifier | None = Field(
        default=None, description="a bundled theory: what this one does not state is as that one has it"
    )
    priors: dict[Name, Stated] = Field(
        min_length=1, description="what it says of parameters: weight.PRK.supply: {prior: {dist: ...}, claims: [...]}"
    )
    note: Text = Field(default="", description="anything a reader should know")

    def theory(self, name: str) -> Theory:
        """The same in the form of bundled theories, without what it extends."""
        priors = {key: each.prior for key, each in self.priors.items()}
        return Theory(name, self.title, self.article, priors, {key: each.claims for key, each in self.priors.items()})
