"""The ledger: the arguments of the articles as data (``seeds/claims``, one file an article).

A third article is one more file there, with a letter of its own; nothing else needs to know of it. That the places and
checks name things that exist in the model is a test's business: this module knows files, not the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import Field, ValidationError, model_validator

from triangle_sim.errors import Problem, ScenarioError, quote
from triangle_sim.fields import Model, Number, wrong
from triangle_sim.resources import read_yaml, seed_path

Kind = Literal["fact", "mechanism", "prediction", "conditional", "belief", "norm"]
Role = Literal["starting_fact", "interest", "effect", "joint_effect", "event", "driver", "outcome", "not_modelled"]
Words = Annotated[str, Field(min_length=1)]
Names = Annotated[tuple[Words, ...], Field(min_length=1)]

PAIRED = ("increase", "decrease")
"""Directions of a check that sets one scenario against another."""
ALONE = ("above", "below")
"""Directions of a check that holds one scenario against a threshold."""


class OtherArticle(Model):
    """What the other article says of the same matter, and in which words of ours."""

    stance: Literal["agree", "part", "disagree", "silent"]
    note: str = ""


class Place(Model):
    """Where a claim lives: a role, the model's own names (``interest.PRK.supply``), and why if that is not plain."""

    role: Role
    names: tuple[Words, ...] = ()
    reason: str = ""

    @model_validator(mode="after")
    def _says_enough(self) -> Self:
        if self.role == "not_modelled" and not self.reason:
            raise wrong("a claim left out of the model needs a reason", "add 'reason', in plain words")
        if self.role != "not_modelled" and not self.names:
            raise wrong("'names' is missing", "name what in the model carries the claim, as in [interest.PRK.supply]")
        return self


class Check(Model):
    """How simulation can speak for or against a claim.

    With two scenarios in ``contrast``, first minus second should go in ``direction``; with one, its level should lie on
    that side of ``threshold``. What is looked at is an ``outcome`` (for a share of runs of one kind, with its
    ``category``) or a state ``variable``; ``measure`` is the mean (over the horizon, or of the outcome), the final
    level, the change from the start, or the share of runs. ``first`` is what else is changed in the first scenario, in
    the keys of scenario files: so a scenario may be set against itself with a move taken away.
    """

    contrast: Annotated[tuple[Words, ...], Field(min_length=1, max_length=2)]
    first: dict[Words, Any] = Field(default_factory=dict)
    measure: Literal["mean", "final", "change", "share"]
    direction: Literal["increase", "decrease", "above", "below"]
    note: str = ""
    outcome: str | None = None
    variable: str | None = None
    category: str | None = None
    threshold: Number | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        alone = len(self.contrast) == 1
        if (self.outcome is None) == (self.variable is None):
            raise wrong("a check looks at one thing", "give either 'outcome' or 'variable'")
        if alone == (self.threshold is None):
            what = "one scenario alone needs a threshold" if alone else "two scenarios are compared without a threshold"
            raise wrong(what, "'threshold' goes with [scenario], not with [scenario, reference]")
        if not (alone or self.first) and self.contrast[0] == self.contrast[1]:
            raise wrong("a scenario is set against itself", "say with 'first' what is changed in the first one")
        if self.direction not in (ALONE if alone else PAIRED):
            raise wrong(
                f"{quote(self.direction)} is not a direction here", f"one of {', '.join(ALONE if alone else PAIRED)}"
            )
        return self


class Claim(Model):
    """One argument of one article, in our own words. ``source`` is the article's letter, ``condition`` may be empty.

    ``signs`` tells which way the claim says that an effect, a joint effect or a driver goes, by the model's own name.
    """

    id: Words
    source: Words
    kind: Kind
    actors: Names
    claim: Words
    condition: str = ""
    other_article: OtherArticle
    places: Annotated[tuple[Place, ...], Field(min_length=1)]
    signs: dict[Words, Literal["+", "-"]] = Field(default_factory=dict)
    check: Check | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        number = self.id.removeprefix(self.source)
        if not (self.id.startswith(self.source) and number.isdecimal()):
            raise wrong(
                f"{quote(self.id)} is no claim of article {quote(self.source)}", f"number them {self.source}1, ..."
            )
        if self.kind == "conditional" and not self.condition:
            raise wrong(
                f"claim {quote(self.id)} is conditional and names no condition", "add 'condition', in plain words"
            )
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the model in its places, in the order given."""
        return tuple(name for place in self.places for name in place.names)


class ClaimFile(Model):
    """A file of claims: the letter of its article, and its arguments in any order."""

    article: Words
    claims: Annotated[tuple[Claim, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _numbered(self) -> Self:
        ids = [claim.id for claim in self.claims]
        for claim in self.claims:
            if claim.source != self.article:
                raise wrong(
                    f"{quote(claim.id)} is no claim of article {quote(self.article)}", "give it a file of its own"
                )
            if ids.count(claim.id) > 1:
                raise wrong(f"claim {quote(claim.id)} is given twice", "number the claims of an article")
        return self


@lru_cache(maxsize=1)
def load_claims() -> Mapping[str, Claim]:
    """All claims by id, article by article in the order of their letters, ``A1`` .. ``A42``, ``B1`` ..; read only.

    Raises
    ------
    ScenarioError
        with everything that is wrong with the files, each at its claim.
    """
    claims: list[Claim] = []
    problems: list[Problem] = []
    owner: dict[str, str] = {}
    for path in sorted(seed_path("claims").glob("*.yaml")):
        if path.name == "disagreements.yaml":
            continue
        shown = f"seeds/claims/{path.name}"
        try:
            file = ClaimFile.model_validate(read_yaml(path))
        except yaml.YAMLError as error:
            problems.append(Problem(shown, message=f"cannot be read as YAML: {' '.join(str(error).split())}"))
            continue
        except ValidationError as error:
            problems += problems_of(error, shown)
            continue
        if (other := owner.setdefault(file.article, path.name)) != path.name:
            message = f"article {quote(file.article)} has a file already: {other}"
            problems.append(Problem(shown, message=message, help="give it a letter of its own"))
        claims += file.claims
    if problems:
        raise ScenarioError(problems)
    claims.sort(key=lambda claim: (claim.source, int(claim.id.removeprefix(claim.source))))
    return MappingProxyType({claim.id: claim for claim in claims})


def problems_of(error: ValidationError, shown: str) -> Iterator[Problem]:
    """What is wrong with a file, each with its place in it."""
    for item in error.errors(include_url=False):
        where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in item["loc"]).lstrip(".")
        context = item.get("ctx", {}) if item["type"] == "scenario" else {}
        message = context.get("message", f"{item['msg']}, not {quote(item['input'])}")
        yield Problem(shown, message=f"{where}: {message}" if where else message, help=context.get("help", ""))
