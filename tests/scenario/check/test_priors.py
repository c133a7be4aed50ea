"""Priors of known parameters, in range, and weights that are not all zero."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scenario.conftest import assert_error, assert_warning
from triangle_sim.errors import ScenarioError
from triangle_sim.scenario.check.catalogue import model_catalogue
from triangle_sim.scenario.load import load

Told = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "line", "help"),
    [
        ("priors: {weight.PRK.suply: 1}", "1:10: error: unknown parameter 'weight.PRK.suply'", "'weight.PRK.supply'?"),
        ("priors: {rationality.PRK: -1}", "1:27: error: 'rationality.PRK' must be 0 to 100, not -1", "how closely"),
    ],
)  # fmt: skip
def test_errors(told: Told, text: str, line: str, help: str) -> None:
    assert_error(told(text + "\n"), line, help)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("priors: {weight.PRK.supply: {dist: uniform, loc: -1, scale: 2}}",
         "1:10: warning: the prior of 'weight.PRK.supply' reaches beyond its range at least 0"),
    ],
)  # fmt: skip
def test_warnings(told: Told, text: str, line: str) -> None:
    assert_warning(told(text + "\n"), line)


@pytest.mark.parametrize(
    ("prior", "end"),
    [("{dist: norm, loc: -1000, scale: 1}", "0"), ("{dist: uniform, loc: -2, scale: 1}", "0")],
)
def test_a_prior_whose_draws_would_all_be_cut(told: Told, prior: str, end: str) -> None:
    shown = told(f"priors: {{weight.PRK.supply: {prior}}}\n")
    assert f"all draws of the prior of 'weight.PRK.supply' would be cut to {end}" in shown
    assert "its range is at least 0: how much Pyongyang wants supply" in shown


def test_a_prior_that_is_cut_now_and_then_is_fine(told: Told) -> None:
    assert told("priors: {weight.PRK.supply: {dist: norm, loc: 0.2, scale: 0.2}}\n") == ""


def weights(code: str, value: Any) -> dict[str, Any]:
    names = [name for name in model_catalogue().parameters if name.startswith(f"weight.{code}.")]
    assert len(names) > 3
    return dict.fromkeys(names, value)


@pytest.mark.parametrize(
    ("key", "value"),
    [("parameters", 0), ("priors", 0), ("priors", {"dist": "uniform", "loc": 0, "scale": 0})],
)
def test_a_country_that_wants_nothing_is_refused(key: str, value: Any) -> None:
    with pytest.raises(ScenarioError, match="all weights of South Korea are zero under the theory"):
        load("baseline", set_={key: weights("KOR", value)})
    first, *others = weights("KOR", value)
    assert load("baseline", set_={key: dict.fromkeys(others, value), f"parameters.{first}": 0.1})


def test_weights_count_under_the_theories_that_are_used() -> None:
    table = model_catalogue().theories["chung-2024"]
    positive = [name for name in table if name.startswith("weight.CHN.") and table[name].default > 0]
    others = {name: 0 for name in weights("CHN", 0) if name not in positive}
    assert load("baseline", set_={"theory": "chung-2024", "parameters": others})
    with pytest.raises(ScenarioError, match="all weights of China are zero under the theory 'chung-2024'"):
        load("baseline", set_={"theory": "chung-2024", "parameters": dict.fromkeys(positive, 0)})
