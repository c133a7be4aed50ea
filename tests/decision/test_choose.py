"""Levels of reasoning, and how a move is drawn from a mix."""

from math import exp
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decision.games import Polymatrix, by_rule
from triangle_sim.decision.choose import choose, decide, one_hot

# A game on two rows of paper. A earns 1 where moves match, B where they differ; B's first column pays A double.
#             B: left      B: right
# A: up        2, 0          0, 1
# A: down      0, 1          1, 0
HAND = {("A", "B"): np.array([[2.0, 0.0], [0.0, 1.0]]), ("B", "A"): np.array([[0.0, 1.0], [1.0, 0.0]])}


def decision_at(depth: int, rule: str = "quantal", other: int | None = None) -> Any:
    game = Polymatrix(HAND, rationality=1.0)
    rules = {"A": by_rule(rule, depth=depth), "B": by_rule(rule, depth=depth if other is None else other)}
    return decide(game, rules, game.uniform(), None)  # type: ignore[arg-type]


def mixes_at(depth: int, rule: str = "quantal", other: int | None = None) -> dict[str, Any]:
    return {name: mix[:, 0] for name, mix in decision_at(depth, rule, other).mixes.items()}


def share(first: float, second: float) -> float:
    return exp(first) / (exp(first) + exp(second))


UP_1 = share(2 * 0.5, 1 * 0.5)  # against an even B
LEFT_1 = share(0.5, 0.5)  # against an even A
UP_2 = share(2 * LEFT_1, 1 - LEFT_1)
LEFT_2 = share(1 - UP_1, UP_1)  # against A at level 1
UP_3 = share(2 * LEFT_2, 1 - LEFT_2)


def test_levels_of_reasoning_by_hand() -> None:
    for depth, up, left in ((0, 0.5, 0.5), (1, UP_1, LEFT_1), (2, UP_2, LEFT_2)):
        mixes = mixes_at(depth)
        assert mixes["A"][0] == pytest.approx(up, abs=1e-15) and mixes["B"][0] == pytest.approx(left, abs=1e-15)
    assert mixes_at(3)["A"][0] == pytest.approx(UP_3, abs=1e-15)
    assert LEFT_2 < 0.5 < UP_3 < UP_1, "a B that sees through A plays right, so A has less of up"


def test_each_country_has_a_depth_of_its_own() -> None:
    assert mixes_at(1, other=2)["A"].tolist() == mixes_at(1)["A"].tolist()
    assert mixes_at(1, other=2)["B"].tolist() == mixes_at(2)["B"].tolist()
    assert mixes_at(0, other=3)["A"].tolist() == [0.5, 0.5]


def test_a_decision_tells_what_each_country_answered_and_what_it_was_worth() -> None:
    decision = decision_at(2)
    assert decision.residual is None
    assert decision.beliefs["A"]["B"][0, 0] == pytest.approx(LEFT_1, abs=1e-15)
    assert decision.beliefs["B"]["A"][0, 0] == pytest.approx(UP_1, abs=1e-15)
    assert decision.payoffs["A"][:, 0].tolist() == pytest.approx([2 * LEFT_1, 1 - LEFT_1], abs=1e-15)
    thoughtless = decision_at(0)
    assert thoughtless.payoffs == {} and thoughtless.beliefs["A"]["B"][0, 0] == 0.5


def test_best_responses_at_depths_by_hand() -> None:
    """Level 1: A up (2 > 1), B indifferent; level 2: A up still, B right; level 3: A down."""
    assert [mixes_at(depth, "best_response")["A"][0] for depth in (1, 2, 3)] == [1.0, 1.0, 0.0]
    assert [mixes_at(depth, "best_response")["B"][0] for depth in (1, 2, 3)] == [0.5, 0.0, 0.0]


def test_an_order_reaches_the_country_it_is_for() -> None:
    game = Polymatrix(HAND)
    rules = {"A": by_rule("scripted", script=("down",)), "B": by_rule("quantal", depth=2)}
    decision = decide(game, rules, game.uniform(), None, {"A": np.array([1])})  # type: ignore[arg-type]
    assert decision.mixes["A"][:, 0].tolist() == [0.0, 1.0]
    assert decision.mixes["B"][0, 0] == pytest.approx(share(1.0, 0.0), abs=1e-15), "B sees A's order coming"
    free = decide(game, rules, game.uniform(), None)  # type: ignore[arg-type]
    assert free.mixes["A"][0, 0] == pytest.approx(UP_1, abs=1e-15), (
        "without an order it chooses, at depth 2 of its rule"
    )


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


def test_a_played_move_is_a_mix_with_all_its_weight_in_one_place() -> None:
    assert one_hot(np.array([2, 0], np.int8), np.zeros((3, 2))).tolist() == [[0.0, 1.0], [0.0, 0.0], [1.0, 0.0]]
