"""Distances and their corrections against SciPy, published numbers and properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from triangle_sim.analysis.compare import distances

NUMBERS = st.lists(st.integers(-5, 5), min_size=2, max_size=30).map(lambda values: np.asarray(values, float))
PAIRS = st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=2, max_size=30).map(
    lambda pairs: np.asarray(pairs, float).T
)


@given(PAIRS)
def test_one_of_two_is_higher_or_they_tie(pair: np.ndarray) -> None:
    a, b = pair
    assert distances.higher(a, b) + distances.higher(b, a) == pytest.approx(1)
    assert distances.higher(a, a) == 0.5
    assert 0 <= distances.higher(a, b) <= distances.higher(a + 1, b) <= distances.higher(a + 11, b) == 1


@given(PAIRS)
def test_whatever_keeps_the_order_keeps_the_chance_of_being_higher(pair: np.ndarray) -> None:
    a, b = pair
    assert distances.higher(np.exp(a), np.exp(b)) == pytest.approx(distances.higher(a, b))
    assert distances.higher_unpaired(np.exp(a), np.exp(b)) == distances.higher_unpaired(a, b)


@given(NUMBERS, NUMBERS)
def test_unpaired_is_the_share_of_all_pairs(a: np.ndarray, b: np.ndarray) -> None:
    gaps = np.subtract.outer(a, b)
    assert distances.higher_unpaired(a, b) == pytest.approx((gaps > 0).mean() + (gaps == 0).mean() / 2)


@given(PAIRS)
def test_flips_are_fewer_than_all_and_survive_a_change_of_sides(pair: np.ndarray) -> None:
    a, b = pair
    assert distances.flips(a, b) == distances.flips(b, a) < 1


def test_flips_by_hand() -> None:
    assert distances.flips(np.array([3.0, 2, 1, 0]), np.array([0.0, 0, 0, 1])) == 0.25
    assert distances.flips(np.array([1.0, 0, 5]), np.array([0.0, 1, 5])) == pytest.approx(1 / 3)


def test_p_values_are_those_of_scipy() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.normal(0.3, 1, 40), rng.normal(0, 2, 40)
    gap, p = distances.paired(a, b)
    expected = stats.ttest_rel(a, b)
    assert p == pytest.approx(expected.pvalue)
    assert (gap.low, gap.high) == pytest.approx(tuple(expected.confidence_interval()))
    gap, p = distances.unpaired(a, b[:25])
    expected = stats.ttest_ind(a, b[:25], equal_var=False)
    assert p == pytest.approx(expected.pvalue) and gap.value == pytest.approx(a.mean() - b[:25].mean())
    assert gap.low < gap.value < gap.high


@pytest.mark.parametrize("how", ["paired", "unpaired"])
def test_intervals_cover_the_planted_difference(how: str) -> None:
    """Of 95% intervals 93 to 97 in 100 hold the truth, with draws that are skewed and replicates that are few."""
    rng, held = np.random.default_rng(3), []
    for _ in range(500):
        ours = rng.gamma(4, 0.5, 60)
        theirs = ours if how == "paired" else rng.gamma(4, 0.5, 50)
        a, b = (rng.poisson(level, (4, level.size)).mean(axis=0) for level in (ours + 0.4, theirs + 0.1))
        gap, _ = (distances.paired if how == "paired" else distances.unpaired)(a, b)
        held.append(gap.low <= 0.3 <= gap.high)
    assert 0.93 < np.mean(held) < 0.97


def test_false_discoveries_are_as_rare_as_promised() -> None:
    """Of the looks that pass, at most one in twenty is nothing, on average; without correction many more are."""
    rng, after, before = np.random.default_rng(5), [], []
    for _ in range(400):
        shift = np.where(np.arange(50) < 10, 3.5, 0.0)
        p = 2 * stats.norm.sf(np.abs(rng.normal(shift, 1)))
        for passed, shares in ((distances.corrected(p) <= 0.05, after), (p <= 0.05, before)):
            shares.append(passed[10:].sum() / max(passed.sum(), 1))
    assert np.mean(after) < 0.05 < 0.12 < np.mean(before)


def test_the_same_difference_everywhere_is_as_sure_as_a_sign_test() -> None:
    ones = np.ones(6)
    assert distances.paired(2 * ones, ones)[1] == pytest.approx(stats.binomtest(6, 6).pvalue)
    assert distances.paired(ones, ones)[1] == 1
    assert np.isnan(distances.paired(ones[:1], ones[:1])[1])
    permuted = stats.permutation_test((2 * ones[:3], ones[:4]), lambda x, y: np.mean(x) - np.mean(y))
    assert distances.unpaired(2 * ones[:3], ones[:4])[1] == pytest.approx(permuted.pvalue)


def test_correction_for_many_looks_is_that_of_the_paper() -> None:
    """Benjamini & Hochberg (1995), section 3.2: of fifteen p-values four stand at 0.05; Bonferroni keeps three."""
    p = np.array([0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
                  0.6528, 0.7590, 1.0])  # fmt: skip
    q = distances.corrected(p)
    assert (q <= 0.05).sum() == 4 and (p <= 0.05 / 15).sum() == 3
    assert q[3] == pytest.approx(0.0095 * 15 / 4) and q[14] == 1
    assert q[4] == pytest.approx(min(0.0201 * 15 / 5, 0.0278 * 15 / 6, 0.0298 * 15 / 7, 0.0344 * 15 / 8))


def test_what_has_no_p_value_is_no_look() -> None:
    q = distances.corrected(np.array([0.01, np.nan, 0.04]))
    assert q[0] == pytest.approx(0.02) and np.isnan(q[1]) and q[2] == pytest.approx(0.04)
    assert np.isnan(distances.corrected(np.array([np.nan]))).all()


@given(NUMBERS, st.integers(-9, 9))
def test_a_shift_is_as_far_as_it_moves(values: np.ndarray, shift: int) -> None:
    assert distances.distance(values + shift, values) == pytest.approx(abs(shift))


def test_the_same_mean_may_be_far_apart() -> None:
    assert distances.distance(np.array([-1.0, 1.0]), np.array([0.0, np.nan, 0.0])) == 1


def test_effects() -> None:
    a, b = np.array([0.0, 2.0]), np.array([0.0, 4.0])
    assert distances.spread(a, b) == pytest.approx(np.sqrt((1 + 4) / 2))
    assert distances.effect(1.0, 2.0) == 0.5 and distances.effect(0.0, 0.0) == 0
    assert distances.effect(-1.0, 0.0) == -np.inf and distances.spread(np.full(7, 0.3), np.full(7, 0.1)) == 0


def test_total_variation_is_what_would_have_to_move() -> None:
    assert distances.total_variation([0.5, 0.3, 0.2], [0.2, 0.3, 0.5]) == pytest.approx(0.3)
