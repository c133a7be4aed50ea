"""A design of experiments: every row is the run one would have made by hand, on the same worlds in all settings."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest

from montecarlo.helpers import run, small
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.experiment import DesignResult

HOW: dict[str, Any] = {"replicates": 2, "seed": 3}
GRID = pd.DataFrame(list(product([0.1, 0.9], [0.2, 0.6])), columns=["ukraine_war", "chinese_supply"])


@pytest.fixture(scope="module")
def grid() -> DesignResult:
    return run(small(quarters=4), design=GRID, draws=4, **HOW)


def test_a_row_is_the_scenario_with_its_values_set(grid: DesignResult) -> None:
    assert len(grid) == 4 and list(grid.frame.columns[:5]) == ["row", "ukraine_war", "chinese_supply", "draw", "theory"]
    by_hand = small(quarters=4).with_(environment={"ukraine_war": 0.9}, state={"chinese_supply": 0.2})
    expected = run(by_hand, draws=4, **HOW).runs.groupby("draw")
    rows = grid.frame[grid.frame["row"] == 2]
    np.testing.assert_array_equal(rows["technology_gained"], expected["technology_gained"].mean())
    bloc = expected["end_state"].agg(lambda ends: (ends == "bloc").mean())
    np.testing.assert_array_equal(rows["end_state=bloc"], bloc.astype(float))
    assert grid.means("technology_gained")[2] == pytest.approx(rows["technology_gained"].mean())


def test_all_settings_are_played_on_the_same_worlds(grid: DesignResult) -> None:
    theories = grid.frame.pivot(index="row", columns="draw", values="theory")
    assert (theories == theories.iloc[0]).all(axis=None)


def test_a_row_is_played_again_from_what_the_result_holds(grid: DesignResult) -> None:
    again = grid.result(3)
    assert again.runs["technology_gained"].mean() == pytest.approx(grid.means("technology_gained")[3], abs=1e-12)
    assert again.scenario.environment["ukraine_war"] == 0.9 and again.scenario.state["chinese_supply"] == 0.6


def test_rows_that_agree_are_played_once_and_told_each() -> None:
    twice = run(small(), design=GRID.iloc[[0, 1, 0]], draws=2, **HOW)
    assert len(twice.samples) == 2
    parts = [part.drop(columns="row").reset_index(drop=True) for _, part in twice.frame.groupby("row")]
    pd.testing.assert_frame_equal(parts[0], parts[2])


def test_with_parameters_the_rows_of_a_setting_are_its_draws() -> None:
    keen = np.tile([20.0, 60.0, 90.0], 2)
    design = pd.DataFrame({"ukraine_war": np.repeat([0.1, 0.9], 3), "rationality.PRK": keen})
    found = run(small(quarters=4), design=design, **HOW)
    by_hand = small(quarters=4).with_(environment={"ukraine_war": 0.9})
    expected = run(by_hand, parameters=design.loc[3:, ["rationality.PRK"]].reset_index(drop=True), **HOW)
    means = expected.runs.groupby("draw")["technology_gained"].mean()
    np.testing.assert_array_equal(found.means("technology_gained")[3:], means)
    assert found.frame["draw"].tolist() == [0, 1, 2, 0, 1, 2] and len(found.frame) == 6
    pd.testing.assert_frame_equal(found.result(4).runs, expected.runs)


def test_means_of_a_theory_leave_the_others_out(grid: DesignResult) -> None:
    frame = grid.frame
    for theory in set(frame["theory"]):
        part = frame[(frame["theory"] == theory) & (frame["row"] == 1)]
        assert grid.means("technology_gained", theory)[1] == pytest.approx(part["technology_gained"].mean())
    with pytest.raises(UsageError, match="did you mean"):
        grid.means("technology_gaind")


def test_as_labelled_arrays(grid: DesignResult) -> None:
    pytest.importorskip("xarray")
    found = grid.to_xarray()
    assert found["us_prk_summit"].dims == ("setting", "draw", "replicate")
    assert found["ukraine_war"].values.tolist() == GRID["ukraine_war"].tolist()
    np.testing.assert_allclose(found["technology_gained"].mean(("draw", "replicate")), grid.means("technology_gained"))


@pytest.mark.parametrize(
    ("design", "says"),
    [
        (GRID.assign(ukraine_war=[0.1, 0.9, 7.0, 0.1]), r"row 2, column 'ukraine_war'.*0 to 1"),
        (GRID.assign(chinese_suply=1.0), r"'chinese_suply'.*\n.*chinese_supply"),
        (GRID.assign(ukraine_war=[0.1, np.nan, 0.1, 0.1]), "'ukraine_war' is missing in row 1"),
        (GRID.assign(**{"rationality.PRK": [1.0, 1.0, 1.0, -5.0]}), "'rationality.PRK' is -5 in row 3"),
        (GRID.assign(theory=["lowy-2023", "x", "x", "x"]), "unknown theory 'x' in row 1"),
        (GRID.assign(draws=3), "'draws' is the same in all rows"),
        (GRID.assign(us_prk_summit=1), "what comes out"),
        (GRID[:0], "no row"),
        ("x", "not a data frame"),
    ],
)
def test_what_cannot_be_played_is_told_by_row_and_column(design: Any, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        run(small(), design=design, **HOW)


def test_what_does_not_go_with_a_design() -> None:
    keen = GRID.assign(**{"rationality.PRK": 50.0})
    for asked, says in (
        ({"design": GRID, "folder": "x"}, "folder"),
        ({"design": GRID, "parameters": keen}, "parameters"),
        ({"design": keen, "draws": 2}, "one row a draw"),
    ):
        with pytest.raises(UsageError, match=says):
            run(small(), **asked, **HOW)
