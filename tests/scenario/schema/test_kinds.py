"""Numbers by kind: each under its own key, and the former key `set` says what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from scenario.conftest import checked, errors
from triangle_sim.errors import ScenarioError
from triangle_sim.scenario.check.catalogue import model_catalogue
from triangle_sim.scenario.schema import Scenario
from triangle_sim.scenario.schema.kinds import KINDS, instead_of_set, kind_of

Told = Callable[..., str]
Write = Callable[..., Path]


def test_every_quantity_of_the_model_has_its_kind() -> None:
    catalogue = model_catalogue()
    for key in KINDS:
        names = getattr(catalogue, key)
        assert names
        assert {kind_of(name) for name in names} == {key}
    assert kind_of("the_weather") is None


def test_what_is_written_for_set_is_a_scenario_that_says_the_same(write: Write) -> None:
    given = {"ukraine_war": 0.2, "goodwill[RUS, KP]": 0.8, "rationality.PRK": 50, "us_deal_appetite": None}
    write("new.yaml", instead_of_set(given).removeprefix("write\n"))
    scenario = checked("./new.yaml").scenario
    assert scenario is not None
    assert scenario.environment == {"ukraine_war": 0.2}
    assert scenario.state == {"goodwill[RUS,PRK]": 0.8}
    assert scenario.parameters == {"rationality.PRK": 50.0}
    assert yaml.safe_load(instead_of_set(given).removeprefix("write\n"))["environment"]["us_deal_appetite"] is None


def test_set_is_one_clear_error_beside_the_others(told: Told) -> None:
    assert told("""\
        set: {ukraine_war: 0.2, 'goodwill[RUS,PRK]': 0.8, us_pressure: 1}
        draws: 0
        """) == (
        "s.yaml:1:1: error: 'set' is now split by kind of number\n"
        "     1 | set: {ukraine_war: 0.2, 'goodwill[RUS,PRK]': 0.8, us_pressure: 1}\n"
        "       | ^^^\n"
        "       = help: write\n"
        "               environment: {ukraine_war: 0.2}\n"
        "               state: {'goodwill[RUS,PRK]': 0.8}\n"
        "               without 'us_pressure': did you mean 'sanctions_pressure'? the model has: sanctions_pressure, "
        "us_prk_dialogue, us_russia_opening, ... (21 in all)\n"
        "\n"
        "s.yaml:2:8: error: 'draws' must be 1 to 1,000,000 (draws), not 0\n"
        "     2 | draws: 0\n"
        "       |        ^\n"
        "       = help: samples of what we do not know: theory and parameters\n"
        "\n"
        "2 errors in s.yaml; nothing was run."
    )


@pytest.mark.parametrize("value", ["5", "", "[ukraine_war]", "{}", "text", "true"])
def test_set_without_names(told: Told, value: str) -> None:
    assert "write environment: {NAME: VALUE}, state: {NAME: VALUE}, parameters: {NAME: VALUE}" in told(
        f"set: {value}\n"
    )


def test_every_file_that_still_has_set_is_named(write: Write) -> None:
    write("parent.yaml", "set: {ukraine_war: 0.2}\n")
    write("child.yaml", "extends: parent\nset: {chinese_supply: 0.3}\n")
    shown = errors("./child.yaml")
    assert "parent.yaml:1:1: error: 'set' is now split" in shown
    assert "environment: {ukraine_war: 0.2}" in shown
    assert "./child.yaml:2:1: error: 'set' is now split" in shown
    assert "state: {chinese_supply: 0.3}" in shown


def test_set_in_python() -> None:
    with pytest.raises(ScenarioError) as caught:
        Scenario().with_(set={"ukraine_war": 0.2, "weight.PRK.supply": 1})
    assert (
        "write\n               environment: {ukraine_war: 0.2}\n               parameters: {weight.PRK.supply: 1}"
        in str(caught.value)
    )
    with pytest.raises(ScenarioError, match="now split by kind"):
        Scenario.from_data({"set": {"ukraine_war": object()}})


def test_thousands_of_names_in_set_are_told_briefly() -> None:
    text = instead_of_set({f"weight.PRK.n{i}": 0.1 for i in range(5000)})
    assert text.endswith("... and 4,980 more in the same way")
    assert len(text) < 1500


@pytest.mark.parametrize(
    ("text", "message", "key"),
    [
        ("environment: {chinese_supply: 0.1}", "'chinese_supply' is a state variable, not an environment", "state"),
        ("environment: {rationality.PRK: 5}", "'rationality.PRK' is a parameter, not an environment", "parameters"),
        ("state: {ukraine_war: 0.1}", "'ukraine_war' is an environment variable, not a state", "environment"),
        ("state: {start.chinese_supply: 0.1}", "'start.chinese_supply' is a parameter, not a state", "parameters"),
        ("state: {legacy: 0.1}", "'legacy' is a parameter, not a state", "parameters"),
        ("parameters: {'goodwill[RUS, KP]': 0}", "'goodwill[RUS,PRK]' is a state variable, not a param", "state"),
        ("parameters: {ukraine_war: 0.1}", "'ukraine_war' is an environment variable, not a param", "environment"),
    ],
)
def test_a_name_under_the_wrong_key(told: Told, text: str, message: str, key: str) -> None:
    shown = told(text + "\n")
    assert shown.startswith(f"s.yaml:1:{text.index('{') + 2}: error: {message}"), shown
    assert f"= help: write it under '{key}'" in shown
    with pytest.raises(ScenarioError, match="write it under"):
        Scenario().with_(**yaml.safe_load(text))
