"""Outcomes of single futures, in their places, and times up to a horizon."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.batches import with_runs
from analysis.formulas import table
from triangle_sim.analysis.by_future import draw_means, futures, restricted
from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.run import run
from triangle_sim.scenario.load import load

TIMES = st.lists(st.one_of(st.integers(1, 20).map(float), st.just(float("nan"))), min_size=1, max_size=40)


@pytest.fixture(scope="module")
def small() -> Result:
    return run(load("baseline").with_(quarters=4), draws=4, replicates=2, jobs=1, backend="numpy")


@given(TIMES, st.integers(2, 25))
def test_the_mean_is_the_area_under_the_curve_of_survival(times: list[float], horizon: int) -> None:
    """Kaplan and Meier's curve by SciPy; what has not come by the horizon, or never, is censored there."""
    values = np.asarray(times)
    come = np.nan_to_num(values, nan=np.inf) <= horizon
    if come.any():
        sample = stats.CensoredData(values[come], right=np.full((~come).sum(), float(horizon)))
        curve = stats.ecdf(sample).sf
        steps = np.arange(horizon)  # events lie on whole quarters
        area = curve.evaluate(steps).sum()
    else:
        area = horizon
    assert restricted(values, horizon).mean() == pytest.approx(area)


def test_by_hand() -> None:
    """Four futures: after 2, after 5, after 9 and never; watched for 8 quarters: (2 + 5 + 8 + 8) / 4."""
    assert restricted(np.array([2.0, 5.0, 9.0, np.nan]), 8).mean() == 23 / 4


def test_every_future_is_in_its_place_whatever_the_order(small: Result) -> None:
    frame = table(12, 5)
    names = ["technology_gained", "nuclear_test_when", "end_state", "us_prk_summit"]
    found = futures(with_runs(small, frame.sample(frac=1, random_state=2), size=7)[0], names)
    for name in ("technology_gained", "us_prk_summit"):
        np.testing.assert_array_equal(found.of(name), frame[name].to_numpy(float).reshape(12, 5))
    never = frame["nuclear_test_when"].isna().to_numpy().reshape(12, 5)
    assert (found.of("nuclear_test_when")[never] == small.scenario.quarters).all()
    np.testing.assert_array_equal(found.of("end_state=bloc"), (frame["end_state"] == "bloc").to_numpy().reshape(12, 5))
    assert found.theory.tolist() == frame["theory"][::5].tolist() and found.replicates == 5


def test_what_has_no_meaning_in_a_world_is_left_out() -> None:
    few = load("baseline").with_(countries=["KOR"], quarters=2)
    found = futures(run(few, draws=2, replicates=1, jobs=1, backend="numpy"))
    assert "technology_gained" in found.values and not {"end_state", "us_prk_summit"} & set(found.values)


def test_an_older_result_may_lack_an_outcome_that_nobody_asked_for(small: Result) -> None:
    class Tables:
        def table(self, name: str):
            return small.runs.drop(columns="technology_gained")

        def scan(self, name: str, columns: list[str]):
            yield self.table(name)[columns]

    older = replace(small, tables=Tables())
    assert set(futures(small).values) - set(futures(older).values) == {"technology_gained"}
    with pytest.raises(KeyError):
        futures(older, ["technology_gained"])


def test_means_of_draws_leave_out_what_is_missing() -> None:
    values = np.array([[1.0, np.nan], [np.nan, np.nan], [2.0, 4.0]])
    np.testing.assert_array_equal(draw_means(values), [1.0, np.nan, 3.0])
