"""The shortest way across a level, where it is known: linear outcomes, and a probit share."""

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from triangle_sim.analysis.drivers.search import CLOSE, FAR, best_of, gradient, shortest

SLOPE = np.asarray([0.0, 3.0, -4.0, 2.0, 0.0, 0.0])


def level(shift):
    return float(ndtr(SLOPE @ shift / 5.0 - 1.0))


def test_the_gradient_is_that_of_the_mean_over_draws():
    rng = np.random.default_rng(1)
    base = rng.normal(size=(6, 400))

    def rows(shifts, luck):
        noise = np.random.default_rng(luck).normal(0, 0.5, 400)  # the same one way and the other
        return SLOPE @ (base + shifts) + noise

    slope, error = gradient(rows, 6, 400, 8, seed=1)
    assert (np.abs(slope - SLOPE) < 4 * error).all()
    assert error.max() < 0.12


def test_the_shortest_changes_of_one_two_and_three_sizes():
    """The level crosses 0.5 where SLOPE @ shift = 5."""
    one, two, three, *_ = best_of(level, SLOPE, np.full(6, 0.01), 1, 0.5)
    assert np.flatnonzero(one.shift).tolist() == [2] and one.distance == pytest.approx(5 / 4, abs=2 * CLOSE)
    assert np.flatnonzero(two.shift).tolist() == [1, 2] and two.distance == pytest.approx(1.0, abs=2 * CLOSE)
    assert two.shift[1:3] / two.distance == pytest.approx([0.6, -0.8], abs=0.02)
    assert np.flatnonzero(three.shift).tolist() == [1, 2, 3]
    assert three.distance == pytest.approx(5 / np.sqrt(29), abs=2 * CLOSE)
    assert all(move.crosses and move.level > 0.5 for move in (one, two, three))


def test_downwards_and_out_of_reach():
    down = shortest(level, np.asarray([0.0, 0, 1, 0, 0, 0]), -1, 0.05)
    assert down.crosses and down.distance == pytest.approx(-(ndtri(0.05) + 1.0) * 5 / 4, abs=CLOSE)
    far = shortest(level, np.eye(6)[0], 1, 0.5)
    assert not far.crosses and far.distance == FAR and far.level == pytest.approx(ndtr(-1.0))
