"""Settings of a page as a file: it says what the page played, also where the page's own scenario is nobody else's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from triangle_sim.backends.llvm.web import Module
from triangle_sim.model.prepared import Prepared
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import Scenario
from triangle_sim.web.pack_engine import engine
from web.node import in_node, needs_node

pytestmark = needs_node

OWN = """
title: Mine
extends: china_tightens
quarters: 9
environment: {ukraine_war: 0.25}
pin: {border_closed: 0.2}
priors: {rationality.PRK: {dist: norm, loc: 30, scale: 3}}
decision: {USA: {rule: scripted, script: [hold], then: repeat}}
seed: 9223372036854775807
events:
  odd: {title: 'It "says": so', window: [2024Q4, 2025Q2], probability: 0.3, effects: {"goodwill[PRK,RUS]": 0.2}}
  late: {condition: [{variable: us_prk_dialogue, above: 0.4, for: 2}], hazard: 1e-7, effects: {ukraine_war: 0.1}}
seats: {PRK: [hold, null, court_moscow], USA: [offer_summit]}
"""
SETTINGS = {
    "conditions": {"ukraine_war": 0.9},
    "dates": {"odd": 3, "china_tightens": 0},
    "hazards": {"late": 0.25},
    "seats": {"PRK": ["court_beijing"], "USA": None},
}
CHANGES = {
    "environment": {"ukraine_war": None},
    "pin": {"ukraine_war": 0.9},
    "events": {"odd": {"when": "2025Q2"}, "china_tightens": {"when": "2024Q3"}, "late": {"hazard": 0.25}},
    "seats": {"PRK": ["court_beijing"], "USA": None},
}


def written(scenario: Scenario, settings: list[Any]) -> list[str]:
    """Files of settings on the page of a scenario."""
    part = engine(Prepared(scenario), Module(b"", {"outcomes": [], "told": []}), draws=2, replicates=1)
    script = """const { toScenario } = await module("scenario.js");
        out = given.settings.map((each) => toScenario(given.part, each, { title: 'As "set"' }));"""
    texts: list[str] = in_node(script, {"part": part, "settings": settings})
    return texts


def test_a_scenario_of_ones_own_is_written_whole(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(OWN, encoding="utf-8")
    mine, file = load(tmp_path / "mine.yaml"), tmp_path / "elsewhere" / "sent.yaml"
    file.parent.mkdir()
    for text, wanted in zip(written(mine, [{}, SETTINGS]), (mine, mine.with_(**CHANGES)), strict=True):
        file.write_text(text, encoding="utf-8")
        got = load(file)
        assert got.content_hash() == wanted.content_hash()
        assert (got.seed, got.title) == (2**63 - 1, 'As "set"')


@pytest.mark.parametrize(("set_", "short"), [((), True), (("ukraine_war=0.2",), False)])
def test_only_what_a_bundled_scenario_says_is_left_to_it(set_: tuple[str, ...], short: bool, tmp_path: Path) -> None:
    page = load("baseline", set_=set_)
    (text,) = written(page, [{}])
    (tmp_path / "sent.yaml").write_text(text, encoding="utf-8")
    assert load(tmp_path / "sent.yaml").content_hash() == page.content_hash()
    assert ("extends" in text) is short


def test_a_file_is_named_in_one_word() -> None:
    names = ["baseline", "my plan; rm -rf $HOME", "북한-2"]
    found = in_node(
        'const { fileOf } = await module("scenario.js"); out = given.map((each) => fileOf(each, "x"));', names
    )
    assert found == ["baseline_x.yaml", "my_plan_rm_-rf_HOME_x.yaml", "북한-2_x.yaml"]
