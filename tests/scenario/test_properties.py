"""Laws that hold for every scenario and every text."""

from __future__ import annotations

import random
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from triangle_sim.errors import ScenarioError, render
from triangle_sim.scenario.show.dump import dump, to_yaml
from triangle_sim.scenario.show.json_schema import json_schema
from triangle_sim.scenario.load import check, check_composition, from_data, load
from triangle_sim.scenario.schema import Scenario
from triangle_sim.scenario.read.merge import fold, grow, plain
from triangle_sim.scenario.read.strict_yaml import Document, load_text

from .fake import CATALOGUE
from .strategies import patches, scenario_data, scenarios

quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@quick
@given(scenarios(CATALOGUE))
def test_a_dump_loads_to_the_same_scenario(scenario: Scenario) -> None:
    with open("dumped.yaml", "w", encoding="utf-8") as stream:
        stream.write(to_yaml(scenario))
    again = load("dumped.yaml", catalogue=CATALOGUE)
    assert again == scenario
    assert again.content_hash() == scenario.content_hash()
    assert to_yaml(again) == to_yaml(scenario)


@quick
@given(
    st.recursive(
        st.text()
        | st.none()
        | st.booleans()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.integers(-(10**20), 10**20),
        lambda inner: st.lists(inner, max_size=3),
        max_leaves=5,
    )
)
def test_what_is_dumped_is_read_back(value: Any) -> None:
    try:
        read = load_text(dump({"key": value})).data
    except ScenarioError as error:
        assert "control character" in str(error)  # such text has no place in a file
    else:
        assert read == {"key": value}


@quick
@given(scenario_data(CATALOGUE), st.randoms())
def test_the_hash_ignores_the_order_of_keys(data: dict[str, Any], chance: random.Random) -> None:
    def shuffled(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        items = [(key, shuffled(item)) for key, item in value.items()]
        chance.shuffle(items)
        return dict(items)

    assert from_data(shuffled(data)).content_hash() == from_data(data).content_hash()


@quick
@given(st.lists(patches(CATALOGUE), min_size=3, max_size=3))
def test_merging_is_associative(chain: list[dict[str, Any]]) -> None:
    a, b, c = (grow(Document(data, name)).root for data, name in zip(chain, "abc", strict=True))
    left, right = fold([fold([a, b]), c]), fold([a, fold([b, c])])
    assert plain(left) == plain(right)
    assert left == right


@settings(quick, max_examples=150)
@given(st.text(max_size=200) | st.text("ab:-[]{}?&*!|>'\"#%@`,.~ \n\t01eE+\\x", max_size=80))
def test_any_text_gives_data_or_a_scenario_error(text: str) -> None:
    try:
        load_text(text)
    except ScenarioError as error:
        assert error.problems
        assert render(error.problems)


@settings(quick, max_examples=150)
@given(scenario_data(CATALOGUE), st.data())
def test_a_damaged_file_gives_a_scenario_or_problems(data: dict[str, Any], choose: st.DataObject) -> None:
    text = yaml.safe_dump(data, allow_unicode=True)
    start = choose.draw(st.integers(0, len(text)))
    length = choose.draw(st.integers(0, 12))
    put = choose.draw(st.sampled_from(["", ":", "- ", "[", "}", "&a ", "null", "\t", "!!x ", "'", "1e999", "\n", "NO"]))
    with open("damaged.yaml", "w", encoding="utf-8", newline="") as stream:
        stream.write(text[:start] + put + text[start + length :])
    checked = check("damaged.yaml", catalogue=CATALOGUE)
    assert (checked.scenario is None) == bool(checked.errors)
    assert bool(render(checked.problems)) == bool(checked.problems)


@settings(quick, max_examples=150)
@given(patches(CATALOGUE))
def test_values_of_the_wrong_kind_give_problems_with_words(data: dict[str, Any]) -> None:
    with open("wrong.yaml", "w", encoding="utf-8") as stream:
        stream.write(dump(data))
    checked = check("wrong.yaml", catalogue=CATALOGUE)
    assert (checked.scenario is None) == bool(checked.errors)
    for problem in checked.errors:
        assert problem.message
        assert "_type" not in problem.message


@quick
@given(scenario_data(CATALOGUE))
def test_the_json_schema_accepts_every_valid_scenario(data: dict[str, Any]) -> None:
    from jsonschema import Draft202012Validator

    for schema in (json_schema(), json_schema(CATALOGUE)):
        validator = Draft202012Validator(schema)
        assert [error.message for error in validator.iter_errors(data)] == []
        assert [error.message for error in validator.iter_errors(from_data(data).data())] == []


@settings(quick, max_examples=150)
@given(patches(CATALOGUE))
def test_the_json_schema_accepts_every_partial_file_the_reader_accepts(data: dict[str, Any]) -> None:
    from jsonschema import Draft202012Validator

    from triangle_sim.scenario.read.compose import compose_data

    if check_composition(compose_data({}, data, "partial"), CATALOGUE).scenario is not None:
        assert list(Draft202012Validator(json_schema(CATALOGUE)).iter_errors(data)) == []
