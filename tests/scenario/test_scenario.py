"""The Scenario object: copies, hash, description, differences, template, JSON Schema."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from triangle_sim.errors import ScenarioError, render
from triangle_sim.quarters import Quarter
from triangle_sim.scenario.show.describe import describe
from triangle_sim.scenario.show.diff import difference
from triangle_sim.scenario.show.json_schema import json_schema
from triangle_sim.scenario.load import from_data, load
from triangle_sim.scenario.schema import Event, RuleSpec, Scenario
from triangle_sim.scenario.show.template import template
from triangle_sim.scenario.read.strict_yaml import load_text

from .conftest import checked
from .fake import CATALOGUE

DATA: dict[str, Any] = {
    "name": "one",
    "title": "One",
    "question": "What if?",
    "set": {"ukraine_war": 0.8},
    "pin": {"sino_russian_rivalry": 0},
    "priors": {"rationality.PRK": {"dist": "norm", "loc": 10, "scale": 1}, "weight.PRK.supply": 0.3},
    "groups": {"vote": "who wins"},
    "events": {
        "war": {"title": "The war ends", "hazard": 0.05, "from": "2025Q1", "effects": {"ukraine_war": -0.6}},
        "yes": {"when": "2025Q1", "probability": 0.5, "group": "vote", "effects": {"us_deal_appetite": 0.5}},
        "talks": {
            "condition": [{"variable": "us_prk_dialogue", "above": 0.6, "for": 2}],
            "duration": 4,
            "shock": {"chinese_supply": 0.1},
        },
    },
    "decision": {"PRK": {"rule": "scripted", "script": ["court_moscow", "hold"]}},
    "moves": {"disable": {"PRK": ["test_nuclear_weapon"]}},
}


@pytest.fixture
def one() -> Scenario:
    return from_data(DATA)


def test_it_cannot_be_changed(one: Scenario) -> None:
    with pytest.raises(ValidationError):
        one.draws = 3  # type: ignore[misc]
    with pytest.raises(ValidationError):
        one.events["war"].hazard = 0.3  # type: ignore[misc]


def test_a_copy_merges_and_leaves_the_original(one: Scenario) -> None:
    two = one.with_(
        name="no rivalry",
        set={"us_deal_appetite": 1},
        events={"war": {"hazard": 0.1}, "yes": None, "more": Event(when=Quarter(2026, 1))},
        decision={"DPRK": RuleSpec(rule="habit"), "USA": {"rule": "quantal"}},
        start=Quarter(2024, 4),
    )
    assert one == from_data(DATA)
    assert two.name == "no rivalry"
    assert two.set == {"ukraine_war": 0.8, "us_deal_appetite": 1.0}
    assert sorted(two.events) == ["more", "talks", "war"]
    assert two.events["war"].hazard == 0.1
    assert two.rule_for("PRK").script == ()
    assert two.start == Quarter(2024, 4)
    assert one.with_() == one


def test_wrong_changes_are_told_together(one: Scenario) -> None:
    with pytest.raises(ScenarioError) as caught:
        one.with_(drws=3, quarters=0, set={"ukraine_war": "high"}, events={"war": {"from": "2025"}})
    assert [problem.message for problem in caught.value.problems] == [
        "'quarters' must be 1 to 400 (quarters), not 0",
        "'ukraine_war' in 'set' must be a number, not the text 'high'",
        "'events.war.from': '2025' is not a quarter",
        "unknown key 'drws'",
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
    assert from_data({**DATA, "countries": ["USA", "RUS", "PRK", "South Korea", "CHN"]}).content_hash() == same
    for change in (
        {"quarters": 21}, {"set": {"ukraine_war": 0.81}}, {"pin": {"ukraine_war": 1}}, {"theory": "lowy-2023"},
        {"events": {"war": {"hazard": 0.06}}}, {"decision": {"USA": {"rule": "habit"}}}, {"start": "2024Q4"},
        {"priors": {"rationality.PRK": 10}}, {"moves": {"disable": {"USA": ["offer_summit"]}}}, {"world": "1960Q1"},
    ):  # fmt: skip
        assert one.with_(**change).content_hash() != same, change


def test_it_is_told_in_plain_words(one: Scenario) -> None:
    assert (
        describe(one, CATALOGUE)
        == """\
One
Question: What if?

From 2024Q3 to 2029Q2 (20 quarters), world of 2024Q3.
Countries: China (CHN), South Korea (KOR), North Korea (PRK), Russia (RUS), the United States (USA).
Theory: chung-2024 in 50% of the draws, lowy-2023 in 50% of the draws.

Set:
  ukraine_war = 0.8  (intensity of the war in Ukraine)

Held whatever happens:
  sino_russian_rivalry = 0  (rivalry of Beijing and Moscow)

Priors:
  rationality.PRK: norm(loc=10, scale=1)  (how closely it follows payoffs)
  weight.PRK.supply: 0.3, fixed  (how much Pyongyang wants supply)

What may happen:
  yes: in 2025Q1; odds 0.5 that it can; then for good us_deal_appetite +0.5
  talks: once us_prk_dialogue is above 0.6 for 2 quarters; at once chinese_supply +0.1
  The war ends: with a chance of 0.05 in each quarter from 2025Q1; then for good ukraine_war -0.6
  At most one of yes  (who wins).

How they decide:
  the others: quantal (depth 2)
  North Korea: scripted (depth 2; script court_moscow, hold; then choose)
  North Korea cannot play test_nuclear_weapon.

Design: 500 draws x 20 replicates = 10,000 runs, seed 1."""
    )


def test_differences_in_meaning(one: Scenario) -> None:
    two = one.with_(
        title="Two",
        quarters=12,
        events={"yes": None, "war": {"when": "2025Q3"}, "new": {"hazard": 0.1, "title": "New"}},
    )
    rows = [(row.key, row.a, row.b) for row in difference(one, two)]
    assert rows == [
        ("quarters", 20, 12),
        ("events.war.hazard", 0.05, None),
        ("events.war.from", "2025Q1", None),
        (
            "events.yes",
            {"when": "2025Q1", "probability": 0.5, "group": "vote", "effects": {"us_deal_appetite": 0.5}},
            None,
        ),
        ("events.war.when", None, "2025Q3"),
        ("events.new", None, {"hazard": 0.1}),
    ]
    assert difference(one, one.with_(title="x", note="y", events={"war": {"title": "z"}})) == []


def test_differences_name_their_source(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("set: {ukraine_war: 0.8}\n")
    (tmp_path / "b.yaml").write_text("extends: a\nset:\n  ukraine_war: 0.1\nquarters: 8\n")
    a, b = checked("./a.yaml"), checked("./b.yaml")
    assert a.scenario
    assert b.scenario
    rows = difference(a.scenario, b.scenario, of_a=a.composition, of_b=b.composition)
    assert [(row.key, row.source) for row in rows] == [("quarters", "./b.yaml:4"), ("set.ukraine_war", "./b.yaml:3")]


@pytest.mark.parametrize("name", ["my_question", "on", "1e-3", "What if {so}?", "a#b"])
def test_a_new_scenario_loads_as_it_is(tmp_path: Path, name: str) -> None:
    (tmp_path / "parent.yaml").write_text("draws: 60\n")
    (tmp_path / "new.yaml").write_text(template(name, "./parent.yaml"))
    if "?" in name:
        assert "'name' cannot be" in render(checked("./new.yaml").problems)
        return
    scenario = load("./new.yaml", catalogue=CATALOGUE)
    assert (scenario.name, scenario.draws) == (name, 60)


def test_the_comments_of_a_new_scenario_are_valid_when_uncommented(tmp_path: Path) -> None:
    (tmp_path / "parent.yaml").write_text("draws: 60\n")
    text = template("new", "./parent.yaml")
    keys = ("set:", "events:", "theory:", "decision:", "moves:", "draws:", "replicates:")
    lines, open_ = [], False
    for line in text.splitlines():
        bare = line.removeprefix("# ")
        open_ = line.startswith("# ") and (bare.startswith(keys) or (open_ and bare.startswith("  ")))
        lines.append(bare if open_ else line)
    uncommented = "\n".join(lines)
    data = load_text(uncommented).data
    assert {key.rstrip(":") for key in keys} <= set(data)
    (tmp_path / "new.yaml").write_text(uncommented)
    shown = load("./new.yaml")
    assert shown.events["a_new_event"].duration == 4
    assert text.startswith("# yaml-language-server: $schema=scenario.schema.json\n")


@pytest.fixture(params=[None, CATALOGUE], ids=["bare", "with names"])
def validator(request: pytest.FixtureRequest) -> Draft202012Validator:
    schema = json_schema(request.param)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    return Draft202012Validator(schema)


@pytest.mark.parametrize(
    "text",
    [
        "extends: baseline", "extends: [a, ./b.yaml]", "theory: lowy-2023", "events: {war: null}",
        "events: {war: {probability: 1}}", "events: {war: {hazard: null, when: 2025Q1}}", "set: {ukraine_war: null}",
        "set: {'goodwill[ RUS , North Korea ]': 0.5}", "decision: {DPRK: {rule: quantal}, PRK: null}", "decision: null",
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
        "set: {x: high}",
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
    bad = {"theory": "chung"}, {"world": "1999Q1"}, {"set": {"ukraine_war": 2}}, {"decision": {"PRK": {"rule": "x"}}}
    for data in bad:
        assert list(Draft202012Validator(schema).iter_errors(data)), data


def test_every_field_has_a_meaning() -> None:
    schema = json_schema()
    for name, model in [("Scenario", schema), *schema["$defs"].items()]:
        for key, field in model["properties"].items():
            assert field.get("description") or key == "dist", f"{name}.{key}"


@pytest.mark.parametrize("dump", [Scenario.data, Scenario.model_dump_json, Scenario.content_hash])
def test_an_interruption_while_it_is_written_stays_one(dump: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = load("baseline")

    def interrupted(quarter: Any) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(type(scenario.start), "__str__", interrupted)
    with pytest.raises(KeyboardInterrupt):
        dump(scenario)
