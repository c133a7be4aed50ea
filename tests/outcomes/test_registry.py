"""What every outcome promises, whatever it measures."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
import pytest

from triangle_sim import load
from triangle_sim.claims import load_claims
from triangle_sim.countries import countries
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.montecarlo.compute import columns, simulate
from triangle_sim.outcomes import OUTCOMES, outcome
from triangle_sim.outcomes.registry import first_quarter, mean_over_quarters
from triangle_sim.scenario.schema import Scenario

from .tiny import block_of


def same(a: object, b: object) -> bool:
    """Whether two arrays are equal bit for bit: values, signs of zero, kinds."""
    one, two = np.ascontiguousarray(a), np.ascontiguousarray(b)
    return one.dtype == two.dtype and one.shape == two.shape and one.tobytes() == two.tobytes()


@lru_cache
def runs() -> Trajectory:
    return block_of(load("trump_win"), 10, 3)


@pytest.mark.parametrize("name", sorted(OUTCOMES))
def test_it_says_what_it_is(name: str) -> None:
    one = OUTCOMES[name]
    assert one.name == name and one.unit and one.question.endswith("?")
    assert one.claims and set(one.claims) <= set(load_claims())
    assert one.better in ("", "more", "less")
    assert set(one.needs) <= set(countries())
    assert one.measure.__doc__
    assert (one.kind == "category") == bool(one.categories)


@pytest.mark.parametrize("name", sorted(OUTCOMES))
def test_one_value_a_run(name: str) -> None:
    one, value = OUTCOMES[name], np.asarray(OUTCOMES[name].measure(runs()))
    assert value.shape == (30,)
    match one.kind:
        case "truth":
            assert value.dtype == bool
        case "category":
            assert value.dtype == np.int64 and value.min() >= 0 and value.max() < len(one.categories)
        case "quarter":
            assert np.isnan(value).any() or value.min() >= 1
            assert ((value == np.floor(value)) | np.isnan(value)).all() and not (value > 20).any()
        case "number":
            assert value.dtype == float and np.isfinite(value).all()


@pytest.mark.parametrize("name", sorted(OUTCOMES))
def test_it_lies_where_its_unit_says(name: str) -> None:
    unit, value = OUTCOMES[name].unit, np.asarray(OUTCOMES[name].measure(runs()), float)
    bounds = {"share of quarters": (0, 1), "0 .. 1": (0, 1), "quarters of full flow": (0, 20)}
    bounds |= {"difference, -1 .. 1": (-1, 1), "change, -1 .. 1": (-1, 1), "change of the mean tie, -2 .. 2": (-2, 2)}
    if unit in bounds:
        low, high = bounds[unit]
        assert low <= value.min() and value.max() <= high
    else:
        assert unit in ("true or false", "quarters from the start", "category")


@cache
def single(draw: int, replicate: int) -> Trajectory:
    return simulate(load("trump_win"), 1, [draw], [replicate])


@pytest.mark.parametrize("name", sorted(OUTCOMES))
def test_a_run_is_measured_alone_as_in_company(name: str) -> None:
    many = np.asarray(OUTCOMES[name].measure(runs()))
    for at in (0, 17, 29):
        alone = single(at // 3, at % 3)
        assert same(np.asarray(OUTCOMES[name].measure(alone))[0], many[at])


def test_measuring_changes_nothing() -> None:
    t = block_of(load("baseline"), 2, 2)
    before = {name: getattr(t, name).copy() for name in ("state", "environment", "moves", "meetings")}
    first = columns(t)
    assert all(same(getattr(t, name), value) for name, value in before.items())
    assert all(
        np.array_equal(first[name], again, equal_nan=again.dtype.kind == "f") for name, again in columns(t).items()
    )


def test_a_name_is_taken_once() -> None:
    def us_prk_summit(t: Trajectory) -> None:
        """Another."""

    with pytest.raises(ValueError, match="defined twice"):
        outcome(unit="x", question="Why?", claims=["A1"])(us_prk_summit)


@pytest.mark.parametrize("codes", [["CHN", "PRK", "RUS"], ["PRK", "USA"], ["KOR", "RUS"], ["KOR"]])
def test_what_needs_an_absent_country_is_missing(codes: list[str]) -> None:
    table = columns(block_of(Scenario(name="few", countries=codes, quarters=3), 2, 2))
    for name, one in OUTCOMES.items():
        if set(one.needs) <= set(codes):
            assert one.kind == "quarter" or not (table[name] != table[name]).any(), name
        elif one.kind == "category":
            assert set(table[name]) == {"not applicable"}
        else:
            assert np.isnan(table[name]).all(), name


def test_helpers_of_time() -> None:
    happened = np.array([[False, True, False], [False, True, True]])
    np.testing.assert_array_equal(first_quarter(happened), [np.nan, 1.0, 2.0])
    np.testing.assert_allclose(mean_over_quarters(np.array([[1.0, 2.0], [3.0, 6.0]])), [2.0, 4.0])
