"""What differs in meaning between two scenarios, and where it was written."""

from __future__ import annotations

from pathlib import Path

from scenario.conftest import checked
from triangle_sim.scenario.schema import Scenario
from triangle_sim.scenario.show.diff import difference


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
    (tmp_path / "a.yaml").write_text("environment: {ukraine_war: 0.8}\n")
    (tmp_path / "b.yaml").write_text("extends: a\nenvironment:\n  ukraine_war: 0.1\nquarters: 8\n")
    a, b = checked("./a.yaml"), checked("./b.yaml")
    assert a.scenario
    assert b.scenario
    rows = difference(a.scenario, b.scenario, of_a=a.merged, of_b=b.merged)
    assert [(row.key, row.source) for row in rows] == [
        ("quarters", "./b.yaml:4"),
        ("environment.ukraine_war", "./b.yaml:3"),
    ]
