"""The bundled scenarios: sound, each with its question, and the schema beside them up to date."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from triangle_sim.resources import data_dir, list_scenarios, read_yaml, scenario_path
from triangle_sim.scenario.check.catalogue import model_catalogue
from triangle_sim.scenario.load import check, load_reference
from triangle_sim.scenario.show.json_schema import json_schema

ASKED_FOR = {
    "baseline",
    "trump_win",
    "trump_loses",
    "ukraine_war_ends",
    "sino_russian_split",
    "trump_win_and_war_ends",
    "china_tightens",
    "sino_soviet_split_1961",
}


def test_all_are_there() -> None:
    assert set(list_scenarios()) >= ASKED_FOR


@pytest.mark.parametrize("name", list_scenarios())
def test_each_is_sound_and_short(name: str) -> None:
    found = check(name, catalogue=model_catalogue())
    assert found.problems == ()
    assert found.scenario is not None
    assert found.scenario.question.endswith("?")
    text = scenario_path(name).read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=scenario.schema.json\n")
    assert name in ("baseline", "sino_soviet_split_1961") or len(text.splitlines()) <= 24


@pytest.mark.parametrize("name", list_scenarios())
def test_each_says_what_answers_its_question_and_what_it_is_compared_with(name: str) -> None:
    scenario = check(name, catalogue=model_catalogue()).scenario
    assert scenario is not None and scenario.answers
    assert all(answer.asks.endswith("?") for answer in scenario.answers)
    reference = load_reference(scenario)
    assert (reference is None) == (name == "baseline")
    if reference is not None:
        assert (reference.world, reference.start, reference.quarters) == (
            scenario.world, scenario.start, scenario.quarters
        )  # fmt: skip
        assert all(answer.expected for answer in scenario.answers), "a question leads one to expect something"


def test_the_schema_beside_them_is_the_models_and_accepts_them() -> None:
    written = json.loads((data_dir("scenarios") / "scenario.schema.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(json_schema(model_catalogue()))), (
        "renew it: triangle-sim schema > scenarios/scenario.schema.json"
    )
    for name in list_scenarios():
        Draft202012Validator(written).validate(read_yaml(scenario_path(name)))
