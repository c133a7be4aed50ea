"""Scores against closed forms, and against counting by hand."""

from __future__ import annotations

from math import erf, exp, log, pi, sqrt

import numpy as np
import pytest

from triangle_sim.record import scores


def test_crps_of_an_ensemble_is_that_of_its_distribution() -> None:
    """Of a normal ensemble: the closed form of Gneiting and Raftery (2007)."""
    ensemble = np.random.default_rng(1).normal(0.2, 0.3, 200_000)
    z = (0.5 - 0.2) / 0.3
    expected = 0.3 * (z * erf(z / sqrt(2)) + 2 * exp(-z * z / 2) / sqrt(2 * pi) - 1 / sqrt(pi))
    assert scores.crps(np.asarray(0.5), ensemble) == pytest.approx(expected, abs=1e-3)
    assert scores.crps_normal(np.asarray(0.5), np.asarray(0.2), np.asarray(0.3)) == pytest.approx(expected, rel=1e-9)


def test_crps_by_hand() -> None:
    """Mean distance to the members less half their mean distance from each other, over distinct pairs."""
    coded, ensemble = np.asarray([0.0, 1.0]), np.asarray([[-1.0, 0.0, 1.0], [1.0, 1.0, 1.0]])
    assert scores.crps(coded, ensemble) == pytest.approx([2 / 3 - (1 + 2 + 1) / 3 / 2, 0.0])
    assert scores.crps(np.asarray([0.5]), np.asarray([[0.2]])) == pytest.approx([0.3])  # one run: its distance


def test_the_size_of_an_ensemble_is_no_advantage() -> None:
    """Scores of small ensembles from the same distribution average to that of a large one."""
    random = np.random.default_rng(2)
    small = scores.crps(np.full(20_000, 0.3), random.normal(0, 1, (20_000, 4))).mean()
    large = scores.crps_normal(np.asarray(0.3), np.asarray(0.0), np.asarray(1.0))
    assert small == pytest.approx(large, abs=0.01)


def test_what_is_not_coded_has_no_score() -> None:
    """It stays missing, and does not become a miss."""
    coded, ensemble = np.asarray([np.nan, 0.0]), np.asarray([[0.0, 0.1], [0.0, 0.1]])
    assert np.isnan(scores.crps(coded, ensemble)).tolist() == [True, False]
    assert np.isnan(scores.held(coded, ensemble, 0.5)).tolist() == [True, False]


@pytest.mark.parametrize(("level", "expected"), [(0.5, 51), (0.9, 91)])
def test_bands_hold_what_they_count(level: float, expected: int) -> None:
    """Of the whole numbers 0 to 100, a central band over 0 to 100 holds that share."""
    numbers = np.arange(101.0)
    inside = scores.held(numbers, np.broadcast_to(numbers, (101, 101)), level)
    assert inside.sum() == expected
    assert inside[50] == 1 and inside[0] == inside[-1] == 0


def test_the_error_of_coding_widens_and_is_always_the_same() -> None:
    """Its variance is added to that of the ties; scores of one prediction do not differ from call to call."""
    ties = np.random.default_rng(3).normal(0.0, 0.2, (2, 2, 50_000))
    coded = scores.with_error(ties, 0.15)
    assert coded.std() == pytest.approx(0.25, rel=0.01)
    assert np.array_equal(coded, scores.with_error(ties, 0.15))


def test_events_by_hand() -> None:
    """Chances are never 0 or 1; Brier squares the miss, the other score is the surprise; the unknown has none."""
    assert scores.chance([0, 5, 10], 10) == pytest.approx([1 / 22, 1 / 2, 21 / 22])
    seen, told = np.asarray([1, 0, np.nan, np.nan]), np.asarray([0.8, 0.3, 0.5, 0.5])
    assert scores.brier(seen, told) == pytest.approx([0.04, 0.09, np.nan, np.nan], nan_ok=True)
    assert scores.log_score(seen, told) == pytest.approx([-log(0.8), -log(0.7), np.nan, np.nan], nan_ok=True)


def test_calibration_counts() -> None:
    """Every probability is in one bin, 1 included, beside the share that was seen."""
    told, seen = np.asarray([0.0, 0.01, 0.1, 0.2, 1.0, 1.0]), np.asarray([0, 1, 0, 1, 1, np.nan])
    rows = [(b.low, b.high, b.count, b.predicted, b.seen) for b in scores.calibration(seen, told)]
    assert rows == [(0.0, 0.02, 2, 0.005, 0.5), (0.1, 0.25, 2, pytest.approx(0.15), 0.5), (0.9, 1.0, 1, 1.0, 1.0)]


def test_a_ratio_is_sure_where_all_dyads_agree() -> None:
    """Half the miss in every dyad is half the miss in every resample."""
    others = np.random.default_rng(4).uniform(0.1, 0.3, (13, 10))
    others[3, 4] = np.nan
    half = scores.ratio(others / 2, others)
    assert (half.value, half.low, half.high) == pytest.approx((0.5, 0.5, 0.5))
    apart = scores.difference(others - 0.1, others)
    assert (apart.value, apart.low, apart.high) == pytest.approx((-0.1, -0.1, -0.1))


def test_intervals_are_as_wide_as_dyads_differ() -> None:
    """With years alike in a dyad, a difference is as unsure as the mean of ten independent numbers."""
    by_dyad = np.random.default_rng(5).normal(0.0, 1.0, 10)
    apart = scores.difference(np.broadcast_to(by_dyad, (13, 10)), np.zeros((13, 10)))
    assert apart.value == pytest.approx(by_dyad.mean())
    # The bootstrap's normal reach; it divides by n, not n - 1.
    assert (apart.high - apart.low) / 2 == pytest.approx(1.96 * by_dyad.std() / sqrt(10), rel=0.1)


def test_years_in_a_row_stay_together() -> None:
    """Three equal years in a row say as much as one: the interval is that of the blocks, not of the years."""
    blocks = np.random.default_rng(6).normal(0.0, 1.0, 40)
    slow = scores.difference_of_one(np.repeat(blocks, 3), np.zeros(120))
    # As blocks begin anywhere the interval is a little narrower than that of 40 whole blocks; of 120 years it would be
    # 0.58 times as wide.
    assert 0.75 < (slow.high - slow.low) / 2 / (1.96 * blocks.std() / sqrt(40)) < 1.1
