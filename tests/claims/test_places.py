"""Every argument has a place in the model, and what rests on an argument is among that argument's places."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from triangle_sim.claims import Claim, load_claims
from triangle_sim.countries import JOINT_EFFECTS, countries

CLAIMS = load_claims()
ROLES = {
    "starting_fact": ("start", "environment"),
    "interest": ("interest", "rationality", "foresight"),
    "effect": ("move", "effect", "rate"),
    "joint_effect": ("joint",),
    "event": ("event",),
    "driver": ("driver",),
    "outcome": ("outcome",),
}
"""How the names in a place of each role begin."""

Term = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A term of the model: its name, the claims it cites, and other names that speak for it as well."""


def interests() -> Iterator[Term]:
    """What each country wants."""
    for code, country in countries().items():
        for each in country.interests().values():
            yield f"interest.{code}.{each.name}", each.claims, ()


def joint_effects() -> Iterator[Term]:
    """Moves that meet."""
    for joint in JOINT_EFFECTS:
        yield f"joint.{joint.name}", joint.claims, ()


def moves() -> Iterator[Term]:
    """What each country can do; a place may also name one of its effects, or what it makes with another's move."""
    for code, country in countries().items():
        for move in country.menu():
            meetings = [f"joint.{j.name}" for j in JOINT_EFFECTS if (code, move.name) in (j.first, j.second)]
            effects = [f"effect.{code}.{move.name}.{name}" for name in move.pushes()]
            yield f"move.{code}.{move.name}", move.claims, (*effects, *meetings)


def named_by(*names: str) -> set[str]:
    """Ids of the claims that have one of these names among their places."""
    return {claim.id for claim in CLAIMS.values() if set(names) & set(claim.names)}


def arguments(cited: tuple[str, ...]) -> set[str]:
    """The claims among what a term cites (which may also be facts, patterns of the record or judgement)."""
    return set(cited) & set(CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=lambda claim: claim.id)
def test_a_claim_has_places_and_they_exist(claim: Claim, known_names: set[str]) -> None:
    assert claim.places
    for place in claim.places:
        assert place.role == "not_modelled" or place.names
        for name in place.names:
            assert name in known_names, f"{claim.id} has its place in {name}, which the model lacks"
            assert name.split(".")[0] in ROLES[place.role], f"{claim.id}: {name} as {place.role}"


@pytest.mark.parametrize("term", [*interests(), *joint_effects()], ids=lambda term: term[0])
def test_what_rests_on_claims_is_named_by_one_of_them(term: Term) -> None:
    name, cited, _ = term
    assert not arguments(cited) or arguments(cited) & named_by(name), f"{name} cites {cited}; none of them names it"


@pytest.mark.parametrize("term", list(moves()), ids=lambda term: term[0])
def test_a_move_or_something_it_does_is_named_by_a_claim_it_cites(term: Term) -> None:
    name, cited, implied = term
    assert not arguments(cited) or arguments(cited) & named_by(name, *implied)


def test_mismatches_between_terms_and_claims_are_few() -> None:
    """A term that cites a claim that does not name it, or the reverse: shown (``pytest -rP``), and kept few."""
    shown = []
    for name, cited, implied in [*interests(), *joint_effects(), *moves()]:
        for claim in sorted(arguments(cited) - named_by(name, *implied)):
            shown.append(f"{name} cites {claim}, which has no place there")
        for claim in sorted(named_by(name) - set(cited)):
            shown.append(f"{claim} has a place in {name}, which does not cite it")
    print(*shown, sep="\n")
    assert len(shown) <= 25
