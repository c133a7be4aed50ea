"""Single values laid over a scenario: where a key leads, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scenario.conftest import errors
from triangle_sim.scenario.load import load
from triangle_sim.scenario.read.overrides import key_path

Write = Callable[..., Path]


def test_single_values(base: None) -> None:
    options = [
        "ukraine_war=0.3", "goodwill[RUS, KP]=.5", "quarters=12", "theory=lowy-2023", "rationality.PRK=",
        "priors.rationality.PRK={dist: norm, loc: 1, scale: 1}", "events.vote.probability=1e-1",
        "events.vote.effects.us_deal_appetite=0.4", "decision.PRK.depth=3", "moves.disable.DPRK=[test_missile]",
        "events.war=null",
    ]  # fmt: skip
    scenario = load("./base.yaml", set_=options)
    assert scenario.environment == {"ukraine_war": 0.3, "us_deal_appetite": 0.2}
    assert scenario.state == {"goodwill[RUS,PRK]": 0.5}
    assert (scenario.quarters, scenario.theory) == (12, {"lowy-2023": 1.0})
    assert scenario.data()["priors"]["rationality.PRK"] == {"dist": "norm", "loc": 1.0, "scale": 1.0}
    assert scenario.events["vote"].probability == 0.1
    assert scenario.events["vote"].effects == {"us_deal_appetite": 0.4}
    assert scenario.rule_for("PRK").depth == 3
    assert scenario.moves.disable == {"PRK": ("test_missile",)}
    assert list(scenario.events) == ["vote"]
    assert load("./base.yaml", set_={"ukraine_war": 0.3, "quarters": 3}).quarters == 3


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("ukrane_war=0.3", "--set ukrane_war=0.3: error: unknown name 'ukrane_war'"),
        ("draws=0", "--set draws=0: error: 'draws' must be 1 to 1,000,000 (draws), not 0"),
        ("quarters=ten", "--set quarters=ten: error: 'quarters' must be a whole number (quarters), not the text 'ten'"),
        ("ukraine_war", "--set ukraine_war: error: no '=' with a name before it"),
        ("=3", "--set =3: error: no '=' with a name before it"),
        ("extends=base", "--set extends=base: error: cannot set 'extends'"),
        ("draws=[", "--set draws=[: error: a value is missing or malformed here"),
        ("draws=.nan", "--set draws=.nan: error: '.nan': not a finite number"),
        ("events..probability=1", "--set events..probability=1: error: cannot set 'events..probability'"),
        ("events.vote.chance=1", "--set events.vote.chance=1: error: unknown key 'chance' in 'events.vote'"),
        ("draws.x=1", "--set draws.x=1: error: unknown name 'draws.x'"),
    ],
)
def test_single_values_that_are_wrong(base: None, option: str, message: str) -> None:
    shown = errors("./base.yaml", set_=[option])
    assert shown.startswith(message), shown


def test_parameters_that_begin_like_a_key_of_the_file() -> None:
    assert key_path("start.goodwill[RUS, PRK]") == ("parameters", "start.goodwill[RUS, PRK]")
    assert key_path("start") == ("start",)
    assert key_path("state.goodwill[RUS, PRK]") == ("state", "goodwill[RUS, PRK]")
    assert key_path("events.e") == ("events", "e")
    assert key_path("events.e.effects.goodwill[RUS,PRK]") == ("events", "e", "effects", "goodwill[RUS,PRK]")


def test_a_bare_name_goes_to_its_kind() -> None:
    assert key_path("ukraine_war") == ("environment", "ukraine_war")
    assert key_path(" goodwill[ RUS , North Korea ]") == ("state", "goodwill[ RUS , North Korea ]")
    assert key_path("chinese_supply") == ("state", "chinese_supply")
    assert key_path("rationality.PRK") == ("parameters", "rationality.PRK")
    assert key_path("environment.ukraine_war") == ("environment", "ukraine_war")
    assert key_path("parameters.start.chinese_supply") == ("parameters", "start.chinese_supply")


@pytest.mark.parametrize(
    ("option", "nearest"),
    [
        ("ukrane_war=1", "ukraine_war"),
        ("goodwil[RUS,PRK]=1", "goodwill[RUS,PRK]"),
        ("rationality=1", "rationality.PRK"),
    ],
)
def test_an_unknown_name_is_compared_with_all_kinds(base: None, option: str, nearest: str) -> None:
    shown = errors("./base.yaml", set_=[option])
    assert shown.startswith(f"--set {option}: error: unknown name '{option.partition('=')[0]}'\n"), shown
    assert f"did you mean '{nearest}'?" in shown


def test_the_former_key(base: None) -> None:
    shown = errors("./base.yaml", set_=["set.ukraine_war=0.2"])
    assert shown.startswith("--set set.ukraine_war=0.2: error: 'set' is now split by kind of number")
    assert "= help: write --set ukraine_war=0.2\n" in shown
    assert "environment: {ukraine_war: 0.2}" in errors("./base.yaml", set_={"set": {"ukraine_war": 0.2}})


def test_long_options_are_one_short_error(base: None) -> None:
    for given in (["x" * 10**6 + "=1"], {"x " * 10**6: 1}, ["draws=" + "9" * 10**6]):
        shown = errors("./base.yaml", set_=given)
        assert "is too long" in shown
        assert len(shown) < 300
