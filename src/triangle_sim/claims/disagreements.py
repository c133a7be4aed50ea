"""Where the articles disagree, as data (``seeds/claims/disagreements.yaml``): questions, sides, trials in the model.

A trial is a check that takes no side: it tells which way the model goes, and each article says which way it expects.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from triangle_sim.claims.ledger import Check, Words, problems_of
from triangle_sim.errors import ScenarioError, quote
from triangle_sim.fields import Model, Number, wrong
from triangle_sim.names import did_you_mean
from triangle_sim.resources import read_seed

FILE = "disagreements.yaml"
Expected = Literal["increase", "decrease", "none", "above", "below", "silent"]


class Side(Model):
    """What one article says, and the claims that say it."""

    claims: tuple[Words, ...]
    says: Words


class Trial(Model):
    """One thing that the model is asked, and the direction that is a yes to it; ``expected`` by the letters of the
    articles, ``both`` what is changed in both scenarios, ``when`` the conditions under which it is asked."""

    asks: Words
    yes_is: Literal["increase", "decrease"] = "increase"
    contrast: Annotated[tuple[Words, ...], Field(min_length=1, max_length=2)]
    first: dict[Words, Any] = Field(default_factory=dict)
    both: dict[Words, Any] = Field(default_factory=dict)
    outcome: str | None = None
    variable: str | None = None
    category: str | None = None
    measure: Literal["mean", "final", "change", "share"]
    threshold: Number | None = None
    expected: dict[Words, Expected]
    when: Annotated[tuple[Words, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _can_be_asked(self) -> Self:
        fitting = {"silent", *(("increase", "decrease", "none") if self.threshold is None else ("above", "below"))}
        if odd := sorted(set(self.expected.values()) - fitting):
            raise wrong(f"'{odd[0]}' cannot be expected here", f"one of {', '.join(sorted(fitting))}")
        assert self.check
        return self

    def word(self, said: str) -> str:
        """An answer in a word: ``yes``, ``no``, ``the contrary``, ``no difference``; a verdict as it is."""
        if said in ("increase", "decrease"):
            return "yes" if said == self.yes_is else "the contrary"
        return {"above": "yes", "below": "no", "none": "no difference"}.get(said, said)

    @property
    def check(self) -> Check:
        """It as a check that says more, or above."""
        return Check(
            contrast=self.contrast, first=self.first, outcome=self.outcome, variable=self.variable,
            category=self.category, measure=self.measure, threshold=self.threshold,
            direction="increase" if self.threshold is None else "above",
        )  # fmt: skip


class Disagreement(Model):
    """A question that the articles answer differently; ``sides`` by their letters, ``note`` on how to read answers."""

    id: Annotated[str, Field(pattern=r"^D\d+$")]
    question: Words
    note: str = ""
    sides: dict[Words, Side]
    expressed_by: Annotated[tuple[Words, ...], Field(min_length=1)]
    trials: Annotated[tuple[Trial, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _both_sides_expect_something(self) -> Self:
        for trial in self.trials:
            if set(trial.expected) != set(self.sides):
                raise wrong(
                    f"a trial of {self.id} does not say what each article expects",
                    f"give 'expected' for {', '.join(self.sides)}; silent where an article says nothing",
                )
        return self


class Disagreements(Model):
    """The file: disagreements, and conditions by name, each with what it changes in a scenario."""

    conditions: dict[Words, dict[Words, Any]]
    disagreements: tuple[Disagreement, ...]

    @model_validator(mode="after")
    def _conditions_are_there(self) -> Self:
        for each in self.disagreements:
            for name in (name for trial in each.trials for name in trial.when if name not in self.conditions):
                raise wrong(f"{each.id}: unknown condition {quote(name)}", did_you_mean(name, self.conditions))
        return self


@lru_cache(maxsize=1)
def _read() -> Disagreements:
    try:
        return Disagreements.model_validate(read_seed("claims", FILE))
    except ValidationError as error:
        raise ScenarioError(problems_of(error, f"seeds/claims/{FILE}")) from None


def load_disagreements() -> Mapping[str, Disagreement]:
    """All disagreements by id, ``D1``, ``D2``, ...; read only.

    Raises
    ------
    ScenarioError
        with everything that is wrong with the file.
    """
    return MappingProxyType({each.id: each for each in _read().disagreements})


def load_conditions() -> Mapping[str, Mapping[str, Any]]:
    """What each condition changes in a scenario, in the keys of scenario files; read only."""
    return MappingProxyType(_read().conditions)
