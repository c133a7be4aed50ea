"""What a page says of a scenario: everything named, everything cited, and the sliders that the articles argue about."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from triangle_sim.claims import load_claims
from triangle_sim.model.prepared import Prepared
from triangle_sim.resources import list_scenarios
from triangle_sim.scenario.load import load
from triangle_sim.web.pack_about import about
from triangle_sim.web.words import words

SAY = words("en")
DESIGN = {"draws": 500, "replicates": 20}


def cited(told: Any) -> Iterator[str]:
    """Every id in a list called claims."""
    for key, each in told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ():
        if key == "claims" and isinstance(each, list):
            yield from each
        else:
            yield from cited(each)


@pytest.mark.parametrize("name", list_scenarios())
def test_every_bundled_scenario_can_be_told(name: str) -> None:
    scenario = load(name)
    told = about(Prepared(scenario), DESIGN)
    json.dumps(told, allow_nan=False)
    assert told["scenario"]["hash"] == scenario.content_hash()
    assert told["scenario"]["question"] == scenario.question
    assert set(told["claims"]) >= set(load_claims())
    assert {id_ for id_ in cited(told) if id_ in load_claims()} <= set(told["claims"])
    assert set(told["events"]) == set(scenario.events)
    assert told["design"]["quarters"][0] == str(scenario.start)
    assert len(told["design"]["quarters"]) == scenario.quarters + 1
    for each in told["sliders"]:
        assert each["low"] <= each["usual"] <= each["high"], each
        assert any(id_ in load_claims() for id_ in each["claims"]), each


@pytest.mark.parametrize("code", ["CHN", "KOR", "PRK", "RUS", "USA"])
def test_wishes_stand_in_the_order_of_the_role_sheets(code: str, baseline_about: dict[str, Any]) -> None:
    sheets = (Path(__file__).parents[2] / "docs" / "lessons" / "role-sheets.md").read_text(encoding="utf-8")
    listed = sheets.split(f"<!-- generated: wants {code} -->")[1].split("<!-- end -->")[0]
    printed = re.findall(r"^\d+\. (.*)", listed, re.M)
    interests = baseline_about["interests"][code]
    on_the_page = sorted(interests, key=lambda name: -interests[name]["stake"])
    assert [SAY.name("interests", code, name) for name in on_the_page[: len(printed)]] == printed


def test_sliders_are_what_the_articles_argue_about(baseline_about: dict[str, Any]) -> None:
    found = [(each["kind"], each["name"]) for each in baseline_about["sliders"]]
    assert found == [
        ("odds", "trump_elected"),  # Harris gets what is left
        ("hazards", "ukraine_war_ends"),
        ("hazards", "sino_russian_split"),
        ("conditions", "seoul_market"),
        ("conditions", "sino_russian_rivalry"),
        ("conditions", "sino_us_stake"),
        ("conditions", "ukraine_war"),
        ("conditions", "us_deal_appetite"),
        ("conditions", "us_russia_opening"),
    ]
    war = baseline_about["sliders"][1]
    assert (war["usual"], war["claims"]) == (0.05, ["A36", "A37", "B26"])


def test_an_event_with_a_date_can_be_moved_and_made_less_sure() -> None:
    sliders = about(Prepared(load("sino_russian_split")), DESIGN)["sliders"]
    split = {each["kind"]: each for each in sliders if each["name"] == "sino_russian_split"}
    assert set(split) == {"odds", "dates"}
    assert split["dates"]["labels"][split["dates"]["usual"]] == "2025Q3"


def test_authors_are_named_as_the_articles_name_them(baseline_about: dict[str, Any]) -> None:
    assert {name: each["author"] for name, each in baseline_about["theories"].items()} == {
        "chung-2024": "Chung Eui-sung",
        "lowy-2023": "Lowy Institute",  # its article names nobody
    }


def test_a_scenario_of_ones_own_is_told_as_its_file_has_it() -> None:
    own = load("baseline").with_(
        name="mine", title="<b>", events={"quake": {"hazard": 0.4, "effects": {"ukraine_war": -0.1}}}
    )
    told = about(Prepared(own), DESIGN)
    assert told["scenario"]["title"] == "<b>"
    assert told["events"]["quake"]["hazard"] == 0.4
    assert "quake" not in {each["name"] for each in told["sliders"]}  # no article argues about it
    argued = own.with_(events={"quake": {"hazard": 0.4, "claims": ["A36"], "effects": {"ukraine_war": -0.1}}})
    slider = next(each for each in about(Prepared(argued), DESIGN)["sliders"] if each["name"] == "quake")
    assert (slider["kind"], slider["high"], slider["usual"]) == ("hazards", 0.4, 0.4)
