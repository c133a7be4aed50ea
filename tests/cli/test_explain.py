"""`list` knows every registry, `explain` every name in them, and neither keeps a list of its own."""

from __future__ import annotations

import json
import re

import pytest

from triangle_sim.analysis.vocabulary import KINDS, entries
from triangle_sim.claims import load_claims
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.scenario.check.catalogue import model_catalogue


def test_everything_that_a_scenario_can_name_is_listed(call) -> None:
    found = model_catalogue()
    expected = {
        "outcomes": set(OUTCOMES),
        "variables": set(found.variables),
        "parameters": set(found.parameters),
        "claims": set(load_claims()),
        "moves": {f"{code}.{move}" for code, menu in found.moves.items() for move in menu},
        "rules": set(found.rules),
        "theories": set(found.theories),
        "endings": set(OUTCOMES["end_state"].categories),
    }
    for kind, names in expected.items():
        rows = json.loads(call("list", kind, "--json").out)
        assert {row["name"] for row in rows} == names and all(row["what it is"] for row in rows), kind


def test_a_table_is_never_wider_than_a_page(call) -> None:
    for kind in ("interests", "parameters"):
        assert max(map(len, call("list", kind).out.splitlines())) <= 120


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_explained_by_name_and_with_the_words_of_its_claims(kind: str, call) -> None:
    entry = next((each for each in entries(kind) if set(each.sources) & set(load_claims())), entries(kind)[0])
    ended = call("explain", entry.name)
    assert ended.code == 0 and f"{entry.name} ({entry.kind})" in ended.out
    text = " ".join(ended.out.split())
    for id_ in entry.sources:
        assert id_ not in load_claims() or " ".join(load_claims()[id_].claim.split()) in text


def test_a_parameter_has_its_prior_and_fitted_size_under_each_theory(call) -> None:
    (found,) = json.loads(call("explain", "weight.North Korea.supply", "--json").out)
    for theory, table in model_catalogue().theories.items():
        assert found[f"prior under {theory}"] == str(table["weight.PRK.supply"].prior)
        assert re.fullmatch(r"[\d.]+ \+/- [\d.]+", found[f"fitted to the record under {theory}"])


def test_a_name_of_several_things_is_explained_as_each(call) -> None:
    out = call("explain", "us_prk_summit").out
    assert "us_prk_summit (outcome)" in out and "USA.offer_summit meets PRK.open_to_washington" in out
    assert "ukraine_war_ends (event)" in call("explain", "ukraine_war_ends").out


def test_what_there_is_not(call) -> None:
    call("explain", "ukraine_wr").refused("did you mean 'ukraine_war'?")
    call("list", "outcome").refused("did you mean 'outcomes'?")
