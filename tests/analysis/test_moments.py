"""Means and deviations by draw: held against rational arithmetic, in any cut and order."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triangle_sim.analysis.moments import Moments

NUMBERS = st.one_of(
    st.floats(-30, 30), st.integers(-20, 20).map(float), st.floats(-1e6, 1e6), st.sampled_from([0.1, 0.3, 1 / 3, -0.0])
)
ROWS = st.lists(st.tuples(st.integers(0, 4), NUMBERS), min_size=1, max_size=40)


def in_batches(rows: list[tuple[int, float]], size: int) -> Moments:
    """Rows of (draw, value) added a few at a time."""
    moments = Moments(5)
    for first in range(0, len(rows), size):
        draws, values = zip(*rows[first : first + size], strict=True)
        moments.add(np.asarray(values), np.asarray(draws))
    return moments


@given(ROWS)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_means_and_scatter_are_those_of_rational_arithmetic(rows: list[tuple[int, float]]) -> None:
    found = Moments.of([value for _, value in rows], [draw for draw, _ in rows], 6)
    largest = max(abs(value) for _, value in rows)
    scatter = Fraction(0)
    for draw in range(6):
        values = [Fraction(value) for at, value in rows if at == draw]
        assert found.count[draw] == len(values)
        if not values:
            assert np.isnan(found.means()[draw])
            continue
        mean = sum(values) / len(values)
        assert found.means()[draw] == pytest.approx(float(mean), rel=0, abs=1e-15 * len(rows) * largest)
        scatter += sum((value - mean) ** 2 for value in values)
    assert found.within() == pytest.approx(float(scatter), rel=1e-12, abs=1e-300)


@given(ROWS, st.integers(1, 9))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_the_cut_into_batches_changes_no_bit(rows: list[tuple[int, float]], size: int) -> None:
    whole, parts = in_batches(rows, len(rows)), in_batches(rows, size)
    np.testing.assert_array_equal(whole.means(), parts.means())
    np.testing.assert_array_equal(whole.count, parts.count)
    assert whole.within() == parts.within()


@given(ROWS, st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_the_order_changes_last_digits_only(rows: list[tuple[int, float]], random: Random) -> None:
    one = in_batches(rows, 7)
    largest = max(abs(value) for _, value in rows)
    random.shuffle(rows)
    other = in_batches(rows, 7)
    np.testing.assert_allclose(one.means(), other.means(), rtol=0, atol=1e-15 * len(rows) * largest)
    np.testing.assert_allclose(one.within(), other.within(), rtol=1e-12, atol=1e-300)


@pytest.mark.parametrize("value", [0.3, 1 / 3, -0.7, 17.1, 0.0, 5.0, 1e300])
@pytest.mark.parametrize("count", [1, 3, 7, 49, 1000])
def test_equal_values_have_their_own_mean_and_no_scatter(value: float, count: int) -> None:
    found = Moments.of(np.full(count, value), np.zeros(count, int), 1)
    assert found.means()[0] == value
    assert found.within() == 0.0


@pytest.mark.parametrize("truths", [[True, False, False], [False, True, True], [True, True, True]])
def test_a_share_of_truth_values_is_the_nearest_double(truths: list[bool]) -> None:
    """Whichever comes first; so a category counted and a truth value added up are the same."""
    found = Moments.of(truths * 5, [0] * 15, 1)
    counted = Moments.of_counts(np.asarray([5 * sum(truths)]), np.asarray([15]))
    assert found.means()[0] == counted.means()[0] == 5 * sum(truths) / 15
    assert found.within() == pytest.approx(counted.within(), rel=1e-15)


def test_a_small_scatter_about_a_large_mean_is_not_lost() -> None:
    """Where a sum of squares, less the square of the sum, has no digit left."""
    values = 1e9 + np.asarray([0.0, 1.0, 2.0, 3.0]) * 2.0**-20
    assert (values**2).sum() - values.sum() ** 2 / 4 != pytest.approx(5 * 2.0**-40, rel=0.5)
    assert Moments.of(values, [0] * 4, 1).within() == pytest.approx(5 * 2.0**-40, rel=1e-12)


def test_missing_values_are_left_out() -> None:
    found = Moments.of([np.nan, 1.0, np.nan, 3.0, np.nan], [0, 0, 0, 0, 1], 2)
    assert found.count.tolist() == [2, 0]
    np.testing.assert_array_equal(found.means(), [2.0, np.nan])
    assert found.within() == 2.0
