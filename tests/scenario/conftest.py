"""Helpers to write scenario files and read what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from scenario.fake import CATALOGUE
from triangle_sim.errors import render
from triangle_sim.scenario.load import Checked, check
from triangle_sim.scenario.schema import Scenario

Write = Callable[..., Path]

quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

DATA: dict[str, Any] = {
    "name": "one",
    "title": "One",
    "question": "What if?",
    "environment": {"ukraine_war": 0.8},
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


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test works in an empty folder, so that errors show bare file names."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """``write("a.yaml", text)``: a file in the working folder."""

    def one(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
        return path

    return one


@pytest.fixture
def one() -> Scenario:
    return Scenario.from_data(DATA)


@pytest.fixture
def told(write: Write) -> Callable[..., str]:
    """``told(text)``: what a user reads about a scenario with this text."""

    def one(text: str, **options: object) -> str:
        write("s.yaml", text)
        return render(checked("s.yaml", **options).problems)

    return one


@pytest.fixture
def base(write: Write) -> None:
    write(
        "base.yaml",
        """\
        title: The base
        question: What now?
        claims: [A4]
        draws: 100
        environment: {ukraine_war: 0.8, us_deal_appetite: 0.2}
        priors: {rationality.PRK: {dist: truncnorm, loc: 10, scale: 2, low: 5, high: 20}}
        decision: {PRK: {rule: equilibrium, damping: 0.2}}
        events:
          war: {title: The war ends, hazard: 0.05, from: 2025Q1, effects: {ukraine_war: -0.6}}
          vote: {when: 2025Q1, probability: 0.5, effects: {us_deal_appetite: 0.5}, claims: [A31]}
        """,
    )


def checked(name: str, **options: object) -> Checked:
    """``check`` against the small catalogue."""
    return check(name, catalogue=CATALOGUE, **options)  # type: ignore[arg-type]


def errors(name: str, **options: object) -> str:
    """What a user reads about the errors of a file."""
    return render(checked(name, **options).errors)


def assert_error(shown: str, line: str, help: str) -> None:
    """The only file is refused, with an error that begins so and this advice."""
    assert any(candidate.startswith(f"s.yaml:{line}") for candidate in shown.splitlines()), shown
    assert help in shown
    assert shown.endswith("nothing was run.")
    assert "in s.yaml; nothing" in shown


def assert_warning(shown: str, line: str) -> None:
    """A warning begins so, and nothing is refused."""
    assert any(candidate.startswith(f"s.yaml:{line}") for candidate in shown.splitlines()), shown
    assert "nothing was run" not in shown
