"""Intervals over draws hold what they promise: coverage by simulation, and the cases where nothing is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, binom, norm, t

from analysis.formulas import share
from triangle_sim.analysis.intervals import LEVEL, Estimate, draw_means, mean

TRIALS = 2000


def covered(hits: int, truth: float = LEVEL) -> bool:
    """Whether a count of hits fits a coverage; wrong for a true one in at most 1 of 1000 samples (two-sided)."""
    return bool(binom.ppf(0.0005, TRIALS, truth) <= hits <= binom.ppf(0.9995, TRIALS, truth))


@pytest.mark.parametrize(("draws", "replicates"), [(5, 1), (12, 4), (40, 3)])
def test_the_t_interval_covers_the_mean(draws: int, replicates: int) -> None:
    """Normal draws with normal luck: the t interval is exact."""
    rng = np.random.default_rng(20240813)
    number = np.repeat(np.arange(draws), replicates)
    hits = 0
    for _ in range(TRIALS):
        values = 3.0 + rng.normal(0, 1.0, draws)[number] + rng.normal(0, 2.0, number.size)
        found = mean(values, number)
        hits += found.low <= 3.0 <= found.high
    assert covered(hits)


def test_an_interval_over_pooled_runs_would_be_far_too_narrow() -> None:
    """The reason for intervals over draws: 50 runs of one draw are not 50 runs."""
    rng = np.random.default_rng(7)
    number = np.repeat(np.arange(20), 50)
    hits = {"draws": 0, "pooled": 0}
    for _ in range(500):
        values = rng.normal(0, 1.0, 20)[number] + rng.normal(0, 1.0, number.size)
        found, pooled = mean(values, number), mean(values, np.arange(number.size))
        hits["draws"] += found.low <= 0 <= found.high
        hits["pooled"] += pooled.low <= 0 <= pooled.high
    assert hits["draws"] > 460  # 475 expected
    assert hits["pooled"] < 250


@pytest.mark.parametrize(
    ("draws", "replicates", "p", "correlation"),
    [(60, 10, 0.3, 0.2), (60, 10, 0.5, 0.5), (200, 5, 0.1, 0.1), (100, 20, 0.9, 0.3)],
)
def test_the_share_interval_covers_with_clustered_draws(
    draws: int, replicates: int, p: float, correlation: float
) -> None:
    """Beta-binomial draws. The interval is approximate: its coverage must lie within 2.5 points of the nominal 95%.

    A coverage at the edge of that range would fail in at most 1 of 1000 samples; the seed is fixed.
    """
    rng = np.random.default_rng(1961)
    a, b = (part * (1 - correlation) / correlation for part in (p, 1 - p))
    number = np.repeat(np.arange(draws), replicates)
    hits = 0
    for _ in range(TRIALS):
        chance = beta.ppf(rng.random(draws), a, b)
        found = share(rng.random(number.size) < chance[number], number)
        hits += found.low <= p <= found.high
    assert binom.ppf(0.001, TRIALS, LEVEL - 0.025) <= hits <= binom.ppf(0.999, TRIALS, LEVEL + 0.025)


def test_wilson_where_runs_are_independent() -> None:
    """One run a draw: the textbook interval, with the n - 1 that the sample variance over draws brings."""
    truths = np.arange(40) < 12
    found = share(truths, np.arange(40))
    n, z, p = 39.0, 1.959963984540054, 0.3
    half = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    assert (found.value, found.draws) == (p, 40)
    np.testing.assert_allclose([found.low, found.high], [centre - half, centre + half], rtol=1e-12)


@pytest.mark.parametrize(
    "true_of_six", [[0, 2, 5], [6, 1, 3, 3], [3, 3, 3, 2, 3], [1, 0, 4, 6, 2, 5, 3, 3, 0, 6, 6, 1]]
)
def test_the_effective_number_of_runs_is_that_of_korn_and_graubard(true_of_six: list[int]) -> None:
    """Their equation: p (1 - p) / var(p), times the squared ratio of the t quantiles of n - 1 and of the draws' df.

    The third case is one in which runs of a draw are less alike than independent ones: n caps the number.
    """
    draws, runs = len(true_of_six), 6 * len(true_of_six)
    truths = np.concatenate([np.arange(6) < count for count in true_of_six])
    found = share(truths, np.repeat(np.arange(draws), 6))
    p = sum(true_of_six) / runs
    variance = sum((count / 6 - p) ** 2 for count in true_of_six) / (draws - 1) / draws
    effective = min(p * (1 - p) / variance, runs) * (t.ppf(0.975, runs - 1) / t.ppf(0.975, draws - 1)) ** 2
    # Wilson's ends lie 1.96 of their own standard errors from the share seen: (p - x)^2 = z^2 x (1 - x) / n.
    z2 = norm.ppf(0.975) ** 2 / effective
    np.testing.assert_allclose([found.low, found.high], sorted(np.roots([1 + z2, -2 * p - z2, p * p])), rtol=1e-9)


def test_the_t_interval_in_closed_form() -> None:
    found = mean([1.0, 3.0, 2.0, 6.0], [0, 0, 1, 1])
    assert found.value == 3.0 and found.draws == 2
    np.testing.assert_allclose(found.high - found.value, t.ppf(0.975, 1) * np.sqrt(2.0) / np.sqrt(2))


def test_missing_values_are_left_out_by_draw() -> None:
    values, draws = [1.0, np.nan, 4.0, 6.0, np.nan, np.nan], [3, 3, 5, 5, 9, 9]
    np.testing.assert_array_equal(draw_means(values, draws), [1.0, 5.0, np.nan])
    found = mean(values, draws)
    assert (found.value, found.draws) == (3.0, 2)


def test_where_nothing_is_known() -> None:
    for values, draws in (([], []), ([np.nan, np.nan], [0, 1])):
        nothing = mean(values, draws)
        assert np.isnan([nothing.value, nothing.low, nothing.high]).all() and nothing.draws == 0
    one = mean([2.0, 4.0], [0, 0])
    assert one.value == 3.0 and np.isnan([one.low, one.high]).all() and one.draws == 1
    assert draw_means([], []).shape == (0,)


@pytest.mark.parametrize(("truth", "low", "high"), [(True, 0.72, 1.0), (False, 0.0, 0.28)])
def test_where_all_runs_agree_each_draw_counts_once(truth: bool, low: float, high: float) -> None:
    found = share([truth] * 50, np.repeat(np.arange(10), 5))
    assert found.value == float(truth)
    assert found.low == pytest.approx(low, abs=0.005) and found.high == pytest.approx(high, abs=0.005)


def test_constant_values_have_an_interval_of_no_width() -> None:
    found = mean([2.0] * 6, [0, 0, 1, 1, 2, 2])
    assert found == Estimate(2.0, 2.0, 2.0, 3)


@given(st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=1, max_size=30))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_a_share_lies_in_its_interval_and_that_in_zero_to_one(rows: list[list[bool]]) -> None:
    truths, draws = np.ravel(rows), np.repeat(np.arange(len(rows)), 3)
    found = share(truths, draws)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.high - found.low > 0
    other = share(~truths, draws)
    np.testing.assert_allclose([other.low, other.high], [1 - found.high, 1 - found.low], atol=1e-12)


def test_more_draws_narrow_and_more_replicates_hardly_do() -> None:
    rng = np.random.default_rng(3)

    def width(draws: int, replicates: int) -> float:
        number = np.repeat(np.arange(draws), replicates)
        found = mean(rng.normal(0, 1, draws)[number] + rng.normal(0, 0.5, number.size), number)
        return found.high - found.low

    assert width(400, 4) < 0.6 * width(100, 4)
    assert width(100, 64) > 0.75 * width(100, 4)
