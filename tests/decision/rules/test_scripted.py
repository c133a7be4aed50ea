"""A script orders moves quarter by quarter, and may leave the rest to choice."""

import numpy as np
import pytest

from decision.games import by_rule
from triangle_sim.decision.rule import Situation
from triangle_sim.decision.rules.quantal import logit
from triangle_sim.decision.rules.scripted import scripted

PAYOFFS = np.array([[0.2, 0.5], [0.7, 0.4], [-0.3, 0.1]])


def answer(order: object) -> list[list[float]]:
    settings = by_rule("scripted", script=("x",))
    found = scripted(PAYOFFS, Situation(PAYOFFS, np.ones(2), np.ones(3, bool), np.asarray(order), settings))
    assert isinstance(found, np.ndarray)
    return found.tolist()


def test_an_order_is_played_whatever_it_is_worth() -> None:
    assert answer(2) == [[0.0, 0.0], [0.0, 0.0], [1.0, 1.0]]
    assert answer(0) == [[1.0, 1.0], [0.0, 0.0], [0.0, 0.0]]


def test_without_an_order_it_chooses() -> None:
    assert answer(-1) == logit(PAYOFFS, np.ones(2)).tolist()


@pytest.mark.parametrize(
    ("then", "orders"),
    [
        ("choose", ["a", "b", None, None, None]),
        ("hold", ["a", "b", "hold", "hold", "hold"]),
        ("repeat", ["a", "b", "a", "b", "a"]),
    ],
)
def test_what_follows_the_script(then: str, orders: list[str | None]) -> None:
    rule = by_rule("scripted", script=("a", "b"), then=then)
    assert [rule.order(quarter) for quarter in range(5)] == orders


def test_it_plays_its_script_and_not_its_habit() -> None:
    assert by_rule("scripted", script=("a",), depth=0).depth == 1
    assert by_rule("scripted", script=("a",), depth=3).depth == 3
