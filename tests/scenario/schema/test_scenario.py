"""The Scenario object: copies and the hash of its meaning."""

from __future__ import annotations

import pickle
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from scenario.conftest import DATA, quick
from scenario.fake import CATALOGUE
from scenario.strategies import scenario_data
from triangle_sim.errors import ScenarioError
from triangle_sim.quarters import Quarter
from triangle_sim.scenario.schema import Event, RuleSpec, Scenario


def test_it_cannot_be_changed(one: Scenario) -> None:
    with pytest.raises(ValidationError):
        one.draws = 3  # type: ignore[misc]
    with pytest.raises(ValidationError):
        one.events["war"].hazard = 0.3  # type: ignore[misc]


def test_a_copy_merges_and_leaves_the_original(one: Scenario) -> None:
    two = one.with_(
        name="no rivalry",
        environment={"us_deal_appetite": 1},
        events={"war": {"hazard": 0.1}, "yes": None, "more": Event(when=Quarter(2026, 1))},
        decision={"DPRK": RuleSpec(rule="habit"), "USA": {"rule": "quantal"}},
        start=Quarter(2024, 4),
    )
    assert one == Scenario.from_data(DATA)
    assert two.name == "no rivalry"
    assert two.environment == {"ukraine_war": 0.8, "us_deal_appetite": 1.0}
    assert sorted(two.events) == ["more", "talks", "war"]
    assert two.events["war"].hazard == 0.1
    assert two.rule_for("PRK").script == ()
    assert two.start == Quarter(2024, 4)
    assert one.with_() == one


def test_wrong_changes_are_told_together(one: Scenario) -> None:
    with pytest.raises(ScenarioError) as caught:
        one.with_(drws=3, quarters=0, environment={"ukraine_war": "high"}, events={"war": {"from": "2025"}})
    assert [problem.message for problem in caught.value.problems] == [
        "unknown key 'drws'",
        "'quarters' must be 1 to 400 (quarters), not 0",
        "'ukraine_war' in 'environment' must be a number, not the text 'high'",
        "'events.war.from': '2025' is not a quarter",
    ]


def test_it_survives_a_process_boundary(one: Scenario) -> None:
    assert pickle.loads(pickle.dumps(one)) == one


def test_the_hash_is_of_the_meaning(one: Scenario) -> None:
    same = one.content_hash()
    assert one.with_(name="x", title="y", question="z", note="n", claims=["A4"], source="s").content_hash() == same
    assert one.with_(draws=7, replicates=3, seed=9).content_hash() == same
    assert one.with_(events={"war": {"title": "Peace", "note": "n", "claims": ["A31"]}}).content_hash() == same
    assert one.with_(groups={"vote": "another title"}).content_hash() == same
    assert one.with_(theory={"chung-2024": 0.5, "lowy-2023": 0.5, "other": 0.0}).content_hash() == same
    assert one.with_(decision={"USA": {"rule": "quantal"}}).content_hash() == same
    assert one.with_(pin={"sino_russian_rivalry": -0.0}).content_hash() == same
    assert Scenario.from_data({**DATA, "countries": ["USA", "RUS", "PRK", "South Korea", "CHN"]}).content_hash() == same
    for change in (
        {"quarters": 21}, {"environment": {"ukraine_war": 0.81}}, {"pin": {"ukraine_war": 1}}, {"theory": "lowy-2023"},
        {"events": {"war": {"hazard": 0.06}}}, {"decision": {"USA": {"rule": "habit"}}}, {"start": "2024Q4"},
        {"priors": {"rationality.PRK": 10}}, {"moves": {"disable": {"USA": ["offer_summit"]}}}, {"world": "1960Q1"},
    ):  # fmt: skip
        assert one.with_(**change).content_hash() != same, change


@quick
@given(scenario_data(CATALOGUE), st.randoms())
def test_the_hash_ignores_the_order_of_keys(data: dict[str, Any], chance: random.Random) -> None:
    def shuffled(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        items = [(key, shuffled(item)) for key, item in value.items()]
        chance.shuffle(items)
        return dict(items)

    assert Scenario.from_data(shuffled(data)).content_hash() == Scenario.from_data(data).content_hash()
