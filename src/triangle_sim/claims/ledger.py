"""The ledger: the arguments of the articles as data (``seeds/claims``, one file an article).

A third article is one more file there, with a letter of its own; nothing else needs to know of it. That the places and
checks name things that exist in the model is a test's business: this module knows files, not the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from triangle_sim.claims.reading import Node, parse
from triangle_sim.errors import Problem, ScenarioError, quote
from triangle_sim.resources import seed_path
from triangle_sim.resources import read_seed

KINDS = ("fact", "mechanism", "prediction", "conditional", "belief", "norm")
ROLES = ("starting_fact", "interest", "effect", "joint_effect", "event", "driver", "outcome", "not_modelled")
STANCES = ("agree", "part", "disagree", "silent")
MEASURES = ("mean", "final", "change", "share")
PAIRED = ("increase", "decrease")
"""Directions of a check that sets one scenario against another."""
ALONE = ("above", "below")
"""Directions of a check that holds one scenario against a threshold."""


@dataclass(frozen=True)
class OtherArticle:
    """What the other article says of the same matter: one of :data:`STANCES`, and in which words of ours."""

    stance: str
    note: str


@dataclass(frozen=True)
class Place:
    """Where a claim lives: a role, the model's own names (``interest.PRK.supply``), and why if that is not plain."""

    role: str
    names: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True)
class Check:
    """How simulation can speak for or against a claim.

    With two scenarios in ``contrast``, first minus second should go in ``direction``; with one, its level should lie on
    that side of ``threshold``. What is looked at is an ``outcome`` (for a share of runs of one kind, with its
    ``category``) or a state ``variable``; ``measure`` is the mean (over the horizon, or of the outcome), the final
    level, the change from the start, or the share of runs.
    """

    contrast: tuple[str, ...]
    measure: str
    direction: str
    note: str
    outcome: str | None = None
    variable: str | None = None
    category: str | None = None
    threshold: float | None = None


@dataclass(frozen=True)
class Claim:
    """One argument of one article, in our own words. ``source`` is the article's letter, ``condition`` may be empty."""

    id: str
    source: str
    kind: str
    actors: tuple[str, ...]
    claim: str
    condition: str
    other_article: OtherArticle
    places: tuple[Place, ...]
    check: Check | None

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the model in its places, in the order given."""
        return tuple(name for place in self.places for name in place.names)


@dataclass(frozen=True)
class Article:
    """One source. ``about`` is its bibliographic data, as far as it is known; ``claims`` are ids in their order."""

    letter: str
    file: str
    claims: tuple[str, ...]
    about: Mapping[str, Any]

    @property
    def theory(self) -> str:
        """Name of the theory that holds its view as priors."""
        return str(self.about.get("theory") or self.file.removesuffix(".yaml"))


@lru_cache(maxsize=1)
def load_claims() -> Mapping[str, Claim]:
    """All claims by id, article by article in the order of their files, ``A1`` .. ``A42``, ``B1`` ..; read only.

    Raises
    ------
    ScenarioError
        with everything that is wrong with the files, each at its line.
    """
    return MappingProxyType({claim.id: claim for _, claims in _files() for claim in claims})


@lru_cache(maxsize=1)
def articles() -> Mapping[str, Article]:
    """The sources by their letter.

    Raises
    ------
    ScenarioError
        as :func:`load_claims`.
    """
    known: dict[str, Any] = read_seed("articles.yaml")["articles"]
    found = {}
    for path, claims in _files():
        letter = claims[0].source
        found[letter] = Article(
            letter, path.name, tuple(claim.id for claim in claims), MappingProxyType(dict(known.get(letter, {})))
        )
    return MappingProxyType(dict(sorted(found.items())))


@lru_cache(maxsize=1)
def _files() -> tuple[tuple[Path, tuple[Claim, ...]], ...]:
    read: list[tuple[Path, tuple[Claim, ...]]] = []
    problems: list[Problem] = []
    owner: dict[str, str] = {}
    for path in sorted(seed_path("claims").glob("*.yaml")):
        try:
            claims = read_claims(path)
        except ScenarioError as error:
            problems += error.problems
            continue
        other = owner.setdefault(claims[0].source, path.name)
        if other != path.name:
            message = f"article {claims[0].source!r} has a file already: {other}"
            problems.append(Problem(f"seeds/claims/{path.name}", message=message, help="give it a letter of its own"))
        read.append((path, claims))
    if problems:
        raise ScenarioError(problems)
    return tuple(sorted(read, key=lambda pair: pair[1][0].source))


def read_claims(path: Path) -> tuple[Claim, ...]:
    """The claims of one file, in the order of their numbers.

    Raises
    ------
    ScenarioError
        with everything that is wrong with it, each at its line.
    """
    top = parse(path, f"seeds/claims/{path.name}").keys({"article", "claims"})
    letter = top["article"].text()
    nodes = list(top["claims"])
    claims = [_claim(node, letter) for node in nodes]
    seen = set[str]()
    for node, claim in zip(nodes, claims, strict=True):
        if claim.id in seen:
            node["id"].wrong(f"claim {quote(claim.id)} is given twice", "number the claims of an article")
        seen.add(claim.id)
    top.report.finish()
    return tuple(sorted(claims, key=lambda claim: int(claim.id.removeprefix(letter))))


def _claim(node: Node, letter: str) -> Claim:
    node = node.keys({"id", "source", "kind", "actors", "claim", "other_article", "places"}, {"condition", "check"})
    name = node["id"].text()
    if node["id"].given and not (name.startswith(letter) and name.removeprefix(letter).isdecimal()):
        help = f"number them {letter}1, {letter}2, ..."
        node["id"].wrong(f"{quote(name)} is no claim of article {quote(letter)}", help)
    if node["kind"].value == "conditional" and not node["condition"].given:
        node.wrong(f"claim {quote(name)} is conditional and names no condition", "add 'condition', in plain words")
    other = node["other_article"].keys({"stance"}, {"note"})
    return Claim(
        name,
        node["source"].one_of((letter,)),
        node["kind"].one_of(KINDS),
        node["actors"].names(),
        node["claim"].text(),
        node["condition"].text(),
        OtherArticle(other["stance"].one_of(STANCES), other["note"].text()),
        tuple(_place(place) for place in node["places"]),
        _check(node["check"]) if node["check"].given else None,
    )


def _place(node: Node) -> Place:
    node = node.keys({"role"}, {"names", "reason"})
    role = node["role"].one_of(ROLES)
    if role == "not_modelled" and not node["reason"].given:
        node.wrong("a claim left out of the model needs a reason", "add 'reason', in plain words")
    if role != "not_modelled" and not node["names"].given:
        node.wrong("'names' is missing", "name what in the model carries the claim, as in [interest.PRK.supply]")
    return Place(role, node["names"].names(), node["reason"].text())


def _check(node: Node) -> Check:
    node = node.keys({"contrast", "measure", "direction"}, {"outcome", "variable", "category", "threshold", "note"})
    contrast = node["contrast"].names()
    alone = len(contrast) == 1
    if len(contrast) > 2:
        node["contrast"].wrong("more than two scenarios to compare", "give [scenario, reference], or one alone")
    if node["outcome"].given == node["variable"].given:
        node.wrong("a check looks at one thing", "give either 'outcome' or 'variable'")
    if contrast and alone != node["threshold"].given:
        message = "one scenario alone needs a threshold" if alone else "two scenarios are compared without a threshold"
        node.wrong(message, "'threshold' goes with [scenario], not with [scenario, reference]")
    return Check(
        contrast,
        node["measure"].one_of(MEASURES),
        node["direction"].one_of(ALONE if alone else PAIRED),
        node["note"].text(),
        node["outcome"].text() or None,
        node["variable"].text() or None,
        node["category"].text() or None,
        node["threshold"].number(),
    )
