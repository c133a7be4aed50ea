"""Labelled arrays hold what the tables hold, and paths played again are those that made the outcomes, to the bit."""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pytest

from montecarlo.helpers import run, small
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.compute import simulate
from triangle_sim.montecarlo.result import Result
from triangle_sim.outcomes import OUTCOMES

pytest.importorskip("xarray")


@pytest.fixture(scope="module")
def result() -> Result:
    return run(small(quarters=5), draws=6, replicates=3, seed=4)


def test_outcomes_and_parameters_are_those_of_the_tables(result: Result) -> None:
    found = result.to_xarray()
    rows = result.runs.set_index(["draw", "replicate"])
    for name, outcome in OUTCOMES.items():
        assert found[name].dims == ("draw", "replicate")
        assert found[name].attrs["units"] == outcome.unit and found[name].attrs["long_name"] == outcome.question
        one = found[name].sel(draw=4, replicate=1).item()
        assert one == rows.loc[(4, 1), name] or (one != one and rows.loc[(4, 1), name] != rows.loc[(4, 1), name]), name
    assert found["theory"].values.tolist() == result.parameters["theory"].tolist()
    one = found["parameters"].sel(parameter="weight.PRK.supply")
    np.testing.assert_array_equal(one, result.parameters["weight.PRK.supply"])
    assert one["parameter_unit"].item() == result.prepared.table["weight.PRK.supply"].unit


def test_paths_are_those_of_the_runs(result: Result) -> None:
    names = ["ukraine_war", "goodwill[ Russia , DPRK ]", "nuclear_missile_capability"]
    found = result.paths(names, draws=[5, 2], replicates=[1])
    assert found.dims == ("draw", "replicate", "quarter", "variable") and found.shape == (2, 1, 6, 3)
    assert list(found["quarter"].values) == list(result.prepared.quarters)
    every = simulate(result.scenario, 4, np.repeat(np.arange(6), 3), np.tile(np.arange(3), 6))
    for draw in (5, 2):
        path = found.sel(draw=draw, replicate=1, variable="goodwill[RUS,PRK]")
        np.testing.assert_array_equal(path, every["goodwill[RUS,PRK]"][:, 3 * draw + 1])
        condition = found.sel(draw=draw, replicate=1, variable="ukraine_war")
        np.testing.assert_array_equal(condition[:-1], every["ukraine_war"][:, 3 * draw + 1])
        assert np.isnan(condition[-1])
        assert found["theory"].sel(draw=draw).item() == result.parameters["theory"][draw]
    last = found.sel(variable="nuclear_missile_capability").isel(quarter=-1)
    np.testing.assert_array_equal(last, result.to_xarray()["final_capability"].sel(draw=[5, 2], replicate=[1]))


def test_all_runs_are_played_where_none_is_named(result: Result) -> None:
    assert result.paths(["chinese_supply"]).shape == (6, 3, 6, 1)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"variables": "chinese_supply"}, "give a list"),
        ({"variables": []}, "none"),
        ({"variables": ["chinese_suply"]}, "did you mean 'chinese_supply'"),
        ({"variables": ["chinese_supply"], "draws": [6]}, "there is no 6"),
        ({"variables": ["chinese_supply"], "replicates": [0, 0]}, "twice"),
        ({"variables": ["chinese_supply"], "draws": ["a"]}, "whole number"),
    ],
)
def test_bad_input_is_told(asked: dict, says: str, result: Result) -> None:
    with pytest.raises(UsageError, match=says):
        result.paths(**asked)


def test_runs_of_another_model_are_not_played_again(result: Result) -> None:
    other = replace(result, manifest=result.manifest | {"model_sha256": "0" * 64})
    with pytest.raises(UsageError, match="another version"):
        other.paths(["chinese_supply"])


def test_without_the_library_it_says_how_to_get_it(result: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xarray", None)
    with pytest.raises(UsageError, match=r"triangle-sim\[research\]"):
        result.to_xarray()
