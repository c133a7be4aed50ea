"""The smoother against the exact answer where there is one: a linear model with normal priors and errors."""

from __future__ import annotations

import numpy as np
import pytest

from triangle_sim.record.smoother import luck, smooth, values_of
from triangle_sim.uncertainty import Parameter, Prior

MEMBERS = 2000


def linear(matrix: np.ndarray, noise: float = 0.0, replicates: int = 1):
    """A model that is a matrix, with normal luck of its own in each replicate."""

    def forward(scores: np.ndarray, number: int) -> np.ndarray:
        said = (matrix @ scores)[..., None]
        return said + np.random.default_rng(number).normal(0, noise, (*said.shape[:2], replicates))

    return forward


def exact(matrix: np.ndarray, observed: np.ndarray, error: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and covariance after the observation, from a standard normal prior (the Kalman filter's formula)."""
    gain = matrix.T @ np.linalg.inv(matrix @ matrix.T + error)
    return gain @ observed, np.eye(matrix.shape[1]) - gain @ matrix


@pytest.mark.parametrize(("noise", "replicates"), [(0.0, 1), (0.5, 4)])
def test_it_finds_the_exact_posterior(noise: float, replicates: int) -> None:
    """Luck counts as error: with it, one history tells less."""
    random = np.random.default_rng(1)
    matrix = random.normal(size=(4, 3))
    observed, error = matrix @ np.array([1.0, -0.5, 0.3]), 0.3 * np.eye(4)
    scores = random.normal(size=(3, MEMBERS))
    found = smooth(scores, linear(matrix, noise, replicates), observed, error, steps=4, seed=1)
    # The mean of a member's futures still carries its share of luck, which widens the target's error.
    mean, covariance = exact(matrix, observed, error + noise**2 * (1 + 1 / replicates) * np.eye(4))
    assert found.mean(axis=1) == pytest.approx(mean, abs=0.1)
    assert found.std(axis=1) == pytest.approx(np.sqrt(np.diag(covariance)), abs=0.06)


def test_what_the_record_cannot_tell_stays_as_it_was() -> None:
    """To the bit, but for one chance in 400 a parameter and target: three standard errors of a correlation."""
    random = np.random.default_rng(4)
    scores = random.normal(size=(6, MEMBERS))
    matrix = np.zeros((2, 6))
    matrix[:, 0] = 1.0
    found = smooth(scores, linear(matrix), np.array([1.0, 1.0]), 0.1 * np.eye(2), steps=2, seed=1)
    assert abs(found[0].mean() - 0.95) < 0.1
    assert np.array_equal(found[1:], scores[1:])
    matrix[1] = 0.0  # the second target is the same for every member, whatever was observed
    alone = smooth(scores, linear(matrix), np.array([1.0, 9.0]), 0.1 * np.eye(2), steps=2, seed=1)
    assert abs(alone[0].mean() - 0.91) < 0.1


def test_the_same_seed_gives_the_same_ensemble() -> None:
    scores = np.random.default_rng(3).normal(size=(2, 100))

    def fit(seed: int) -> np.ndarray:
        return smooth(scores, linear(np.eye(2)), np.ones(2), np.eye(2), steps=2, seed=seed)

    assert np.array_equal(fit(1), fit(1))
    assert not np.array_equal(fit(1), fit(2))


def test_luck_is_the_covariance_within_members() -> None:
    """Of one history and of a mean over the replicates: by hand for two targets, one member, two replicates."""
    said = np.array([[[1.0, 3.0]], [[2.0, 6.0]]])
    assert luck(said) == pytest.approx(np.array([[2.0, 4.0], [4.0, 8.0]]) * 1.5)
    assert not luck(said[..., :1]).any()


def test_scores_stand_for_quantiles_within_bounds() -> None:
    """A score of 0 is the median; an effect of one sign is cut at zero, not turned."""
    prior = Prior.of({"dist": "norm", "loc": 0.2, "scale": 0.1})
    effect = Parameter("effect", prior, "", "", (), 0.0, np.inf)
    assert values_of([effect], np.array([[0.0, 1.0, -5.0]])) == pytest.approx(np.array([[0.2, 0.3, 0.0]]))
