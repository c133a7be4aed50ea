"""Sums are exact: held against rational arithmetic, in any order and cut."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triangle_sim.analysis.exact import LIMIT, Adder, Sums, digits, sums_by

NUMBERS = st.one_of(
    st.floats(-30, 30), st.integers(-20, 20).map(float), st.floats(-1e6, 1e6), st.sampled_from([0.1, 0.3, 1 / 3, -0.0])
)
ROWS = st.lists(st.tuples(st.integers(0, 4), NUMBERS), min_size=1, max_size=40)


def rounded(value: float) -> Fraction:
    """A number to the nearest multiple of 2**-60: one of at least 2**-8 in size is its own."""
    return Fraction(round(Fraction(value) * 2**60), 2**60)


def same(one: Sums, other: Sums) -> None:
    np.testing.assert_array_equal(one.means(), other.means())
    np.testing.assert_array_equal(one.count, other.count)
    assert one.within() == other.within()


@given(NUMBERS)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_digits_are_the_number(value: float) -> None:
    found = sum(Fraction(int(digit[0]), 2 ** (20 * place)) for place, digit in enumerate(digits(np.asarray([value]))))
    assert abs(found - Fraction(value)) <= Fraction(1, 2**61)
    assert abs(value) < 2**-8 or found == Fraction(value)


@given(ROWS)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_means_and_scatter_are_those_of_rational_arithmetic(rows: list[tuple[int, float]]) -> None:
    found = sums_by([value for _, value in rows], [place for place, _ in rows], 6)
    scatter = Fraction(0)
    for place in range(6):
        values = [rounded(value) for at, value in rows if at == place]
        assert found.count[place] == len(values)
        if not values:
            assert np.isnan(found.means()[place])
            continue
        mean = sum(values) / len(values)
        assert found.means()[place] == pytest.approx(float(mean), rel=3e-16, abs=2**-60)
        scatter += sum((value - mean) ** 2 for value in values)
    assert found.within() == pytest.approx(float(scatter), rel=1e-15, abs=1e-36)


@given(ROWS, st.randoms(use_true_random=False), st.integers(1, 9))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_neither_order_nor_cut_changes_a_bit(rows: list[tuple[int, float]], random: object, size: int) -> None:
    whole = sums_by([value for _, value in rows], [place for place, _ in rows], 5)
    random.shuffle(rows)  # type: ignore[attr-defined]
    adder = Adder()
    for first in range(0, len(rows), size):
        part = rows[first : first + size]
        adder.add([value for _, value in part], [place for place, _ in part])
    same(whole, adder.at(np.arange(5)))


@pytest.mark.parametrize("value", [0.3, 1 / 3, -0.7, 17.1, 0.0, 5.0])
@pytest.mark.parametrize("count", [1, 3, 7, 49, 1000])
def test_equal_values_have_their_own_mean_and_no_scatter(value: float, count: int) -> None:
    found = sums_by(np.full(count, value), np.zeros(count, int), 1)
    assert found.means()[0] == value
    assert found.within() == 0.0


def test_missing_values_are_left_out() -> None:
    found = sums_by([1.0, np.nan, 3.0, np.nan], [0, 0, 0, 1], 2)
    assert found.count.tolist() == [2, 0]
    np.testing.assert_array_equal(found.means(), [2.0, np.nan])
    assert found.within() == 2.0


def test_more_replicates_than_words_have_room_for() -> None:
    """Six million runs of one draw, said to be so: the mean by the other way gives the same."""
    count = np.asarray([6_000_000, 3])
    high = np.asarray([6_000_000 * 5 + 3, 6]) << 20
    found = Sums(count, high, np.asarray([1 << 39, 1 << 39]))
    exact = [5 + Fraction(3, 6_000_000) + Fraction(1, 6_000_000 * 2**21), 2 + Fraction(1, 3 * 2**21)]
    np.testing.assert_array_equal(found.means(), [float(each) for each in exact])


@pytest.mark.parametrize("value", [LIMIT, -LIMIT, np.inf, 1e300])
def test_what_is_too_large_is_refused_by_name(value: float) -> None:
    with pytest.raises(ValueError, match=r"trade: .* is too large; use a coarser unit"):
        Adder("trade").add([1.0, value], [0, 0])


def test_a_sum_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    adder = Adder("trade")
    adder.add([1.0], [0])
    adder.high[0] = 2**61
    with pytest.raises(ValueError, match="trade: the sum over a draw is too large"):
        adder.add([1.0], [0])
