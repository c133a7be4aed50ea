"""Quantal choice and levels of reasoning."""

from math import exp
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decision.games import Polymatrix
from triangle_sim.decision.rules.best_response import best_response
from triangle_sim.decision.choose import Seating, choose, decide
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


# A game on two rows of paper. A earns 1 where moves match, B where they differ; B's first column pays A double.
#             B: left      B: right
# A: up        2, 0          0, 1
# A: down      0, 1          1, 0
HAND = {("A", "B"): np.array([[2.0, 0.0], [0.0, 1.0]]), ("B", "A"): np.array([[0.0, 1.0], [1.0, 0.0]])}


def mixes_at(depth: int, rule: str = "quantal", other: int | None = None) -> dict[str, Any]:
    game = Polymatrix(HAND, rationality=1.0)
    seating = {"A": Seating(rule, depth), "B": Seating(rule, depth if other is None else other)}
    decision = decide(game, seating, dict.fromkeys("AB"), game.uniform(), None, 0)  # type: ignore[arg-type]
    return {name: mix[:, 0] for name, mix in decision.mixes.items()}


def share(first: float, second: float) -> float:
    return exp(first) / (exp(first) + exp(second))


def test_levels_of_reasoning_by_hand() -> None:
    up_1 = share(2 * 0.5, 1 * 0.5)  # against an even B
    left_1 = share(0.5, 0.5)  # against an even A
    up_2 = share(2 * left_1, 1 - left_1)
    left_2 = share(1 - up_1, up_1)  # against A at level 1
    up_3 = share(2 * left_2, 1 - left_2)
    for depth, up, left in ((0, 0.5, 0.5), (1, up_1, left_1), (2, up_2, left_2)):
        mixes = mixes_at(depth)
        assert mixes["A"][0] == pytest.approx(up, abs=1e-15) and mixes["B"][0] == pytest.approx(left, abs=1e-15)
    assert mixes_at(3)["A"][0] == pytest.approx(up_3, abs=1e-15)
    assert left_2 < 0.5 < up_3 < up_1, "a B that sees through A plays right, so A has less of up"


def test_each_country_has_a_depth_of_its_own() -> None:
    assert mixes_at(1, other=2)["A"].tolist() == mixes_at(1)["A"].tolist()
    assert mixes_at(1, other=2)["B"].tolist() == mixes_at(2)["B"].tolist()
    assert mixes_at(0, other=3)["A"].tolist() == [0.5, 0.5]


def test_best_responses_at_depths_by_hand() -> None:
    """Level 1: A up (2 > 1), B indifferent; level 2: A up still, B right; level 3: A down."""
    assert [mixes_at(depth, "best_response")["A"][0] for depth in (1, 2, 3)] == [1.0, 1.0, 0.0]
    assert [mixes_at(depth, "best_response")["B"][0] for depth in (1, 2, 3)] == [0.5, 0.0, 0.0]


def test_moves_are_drawn_by_inverse_cumulative_probability() -> None:
    mix = np.repeat(np.array([[0.0], [0.25], [0.0], [0.75], [0.0]]), 5, axis=1)
    assert choose(mix, np.array([0.0, 0.2499, 0.25, 0.9, 1 - 2.0**-53])).tolist() == [1, 1, 3, 3, 3]


def test_rounding_never_gives_a_disabled_move_the_last_word() -> None:
    """Ten tenths sum to less than one; what is left over belongs to the last move that has any probability."""
    mix = np.array([0.1] * 10 + [0.0])[:, None]
    assert np.cumsum(mix)[-1] <= 1 - 2.0**-53
    assert choose(mix, np.array([1 - 2.0**-53])).tolist() == [9]


CHANCES = st.lists(st.floats(0, 1), min_size=2, max_size=9).filter(lambda each: sum(each) > 0)


@given(mix=CHANCES, u=st.floats(0, 1 - 2.0**-53))
@settings(deadline=None, derandomize=True)
def test_a_move_without_probability_is_never_drawn(mix: list[float], u: float) -> None:
    column = np.array(mix)[:, None] / sum(mix)
    assert column[int(choose(column, np.array([u]))[0]), 0] > 0
