"""The JSON Schema for editors: it accepts what the reader accepts, and offers the model's names."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from scenario.conftest import quick
from scenario.fake import CATALOGUE
from scenario.strategies import patches, scenario_data
from triangle_sim.scenario.load import check
from triangle_sim.scenario.read.strict_yaml import load_text
from triangle_sim.scenario.schema import Scenario
from triangle_sim.scenario.show.dump import dump
from triangle_sim.scenario.show.json_schema import json_schema


@pytest.fixture
def validator() -> Draft202012Validator:
    schema = json_schema(CATALOGUE)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    return Draft202012Validator(schema)


@pytest.mark.parametrize(
    "text",
    [
        "extends: baseline", "extends: [a, ./b.yaml]", "theory: lowy-2023", "events: {war: null}",
        "events: {war: {probability: 1}}", "events: {war: {hazard: null, when: 2025Q1}}", "decision: null",
        "environment: {ukraine_war: null}", "state: {'goodwill[ RUS , North Korea ]': 0.5}",
        "decision: {DPRK: {rule: quantal}, PRK: null}", "parameters: {rationality.KP: 5}", "state: null",
        "moves: {disable: {North Korea: [test_missile], PRK: null}}", "countries: [North Korea, CHN]", "pin: null",
        "priors: {rationality.PRK: 3, weight.PRK.supply: {dist: beta, a: 1, b: 2}}", "priors: {rationality.PRK: null}",
        "{}", "theory: {chung-2024: 0.5, lowy-2023: 0.5}", "theory: {chung-2024: 1, lowy-2023: null}", "draws: null",
        "events: {e: {condition: [{variable: us_prk_dialogue, above: 0.5, for: 2}], from: 2025Q1, until: null}}",
    ],
)  # fmt: skip
def test_the_schema_accepts_partial_files(validator: Draft202012Validator, text: str) -> None:
    assert [error.message for error in validator.iter_errors(load_text(text).data)] == []


@pytest.mark.parametrize(
    "text",
    [
        "quaters: 3", "quarters: 0", "quarters: ten", "draws: 1.5", "start: 2024-Q3", "events: {war: {hazzard: 1}}",
        "events: {war: {probability: 2}}", "events: [1]", "priors: {rationality.PRK: {dist: nrm}}", "claims: A31",
        "priors: {rationality.PRK: {dist: norm, loc: 1}}", "decision: {PRK: {depth: 11}}", "extends: 3",
        "state: {x: high}", "set: {ukraine_war: 0.5}", "parameters: [1]", "environment: {ukraine_war: 2000000}",
        "events: {war: {condition: [{above: 0.5}]}}", "events: {war: {window: [2025Q1]}}", "name: a/b",
    ],
)  # fmt: skip
def test_the_schema_refuses_what_the_reader_refuses(validator: Draft202012Validator, text: str) -> None:
    assert list(validator.iter_errors(load_text(text).data))


def test_the_schema_offers_the_names_of_the_model() -> None:
    schema = json_schema(CATALOGUE)
    text = str(schema)
    for name in ("ukraine_war", "goodwill[RUS,PRK]", "lowy-2023", "1960Q1", "scripted", "test_missile", "intensity of"):
        assert name in text
    for key, name in (("environment", "ukraine_war"), ("state", "chinese_supply"), ("parameters", "rationality.PRK")):
        offered = [option.get("properties", {}) for option in schema["properties"][key]["anyOf"]]
        others = [other for other in ("ukraine_war", "chinese_supply", "rationality.PRK") if other != name]
        assert any(name in names for names in offered)
        assert not any(other in names for names in offered for other in others)
    bad = (
        {"theory": "chung"},
        {"world": "1999Q1"},
        {"environment": {"ukraine_war": 2}},
        {"decision": {"PRK": {"rule": "x"}}},
    )
    for data in bad:
        assert list(Draft202012Validator(schema).iter_errors(data)), data


def test_every_field_has_a_meaning() -> None:
    schema = json_schema(CATALOGUE)
    for name, model in [("Scenario", schema), *schema["$defs"].items()]:
        for key, field in model.get("properties", {}).items():
            assert field.get("description") or key == "dist", f"{name}.{key}"


@quick
@given(scenario_data(CATALOGUE))
def test_the_json_schema_accepts_every_valid_scenario(data: dict[str, Any]) -> None:
    validator = Draft202012Validator(json_schema(CATALOGUE))
    assert [error.message for error in validator.iter_errors(data)] == []
    assert [error.message for error in validator.iter_errors(Scenario.from_data(data).data())] == []


@settings(quick, max_examples=80)
@given(patches(CATALOGUE))
def test_the_json_schema_accepts_every_partial_file_the_reader_accepts(data: dict[str, Any]) -> None:
    with open("partial.yaml", "w", encoding="utf-8") as stream:
        stream.write(dump(data))
    if check("partial.yaml", catalogue=CATALOGUE).scenario is not None:
        assert list(Draft202012Validator(json_schema(CATALOGUE)).iter_errors(data)) == []
