"""Quantal choice: better moves are likelier, and only differences count."""

from math import exp

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from triangle_sim.decision.rules.best_response import best_response
from triangle_sim.decision.rules.quantal import logit

PAYOFFS = np.array([[0.2, 0.5], [0.7, 0.4], [-0.3, 0.1]])
FINITE = st.floats(-1, 1)


def test_without_rationality_all_moves_are_alike() -> None:
    np.testing.assert_allclose(logit(PAYOFFS, np.zeros(2)), 1 / 3, rtol=0, atol=1e-16)


def test_without_rationality_disabled_moves_stay_out() -> None:
    disabled = PAYOFFS.copy()
    disabled[1] = -np.inf
    assert logit(disabled, np.zeros(2)).tolist() == [[0.5, 0.5], [0.0, 0.0], [0.5, 0.5]]


def test_great_rationality_is_best_response() -> None:
    assert np.array_equal(logit(PAYOFFS, np.full(2, 1e6)), best_response(PAYOFFS, None))  # type: ignore[arg-type]


def test_against_the_formula() -> None:
    odds = [exp(3.0 * value) for value in PAYOFFS[:, 0]]
    np.testing.assert_allclose(logit(PAYOFFS, np.array([3.0, 1.0]))[:, 0], np.array(odds) / sum(odds), rtol=1e-14)


@given(payoffs=st.lists(FINITE, min_size=2, max_size=9), constant=FINITE, rationality=st.floats(0, 400))
@settings(deadline=None, derandomize=True)
def test_only_differences_matter(payoffs: list[float], constant: float, rationality: float) -> None:
    """Adding a constant moves payoffs by rounding alone: up to 2**-52, times the rationality, in log odds."""
    column = np.array(payoffs)[:, None]
    mix = logit(column, np.array([rationality]))
    np.testing.assert_allclose(logit(column + constant, np.array([rationality])), mix, rtol=1e-12, atol=1e-12)
    assert abs(mix.sum() - 1.0) < 1e-12 and (mix >= 0).all()
    order = np.argsort(payoffs, kind="stable")
    assert (np.diff(mix[order, 0]) >= 0).all()
