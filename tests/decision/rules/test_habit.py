"""Habit: the recent mix with some weight, a quantal answer with the rest."""

import numpy as np
import pytest

from decision.games import by_rule
from triangle_sim.decision.rule import Situation
from triangle_sim.decision.rules.habit import habit
from triangle_sim.decision.rules.quantal import logit

PAYOFFS = np.array([[0.2, 0.5], [0.7, 0.4], [-0.3, 0.1]])
RECENT = np.array([[0.5, 0.1], [0.25, 0.6], [0.25, 0.3]])
RATIONALITY = np.array([3.0, 1.0])


def situation(inertia: float, available: list[bool]) -> Situation:
    return Situation(RECENT, RATIONALITY, np.array(available), np.asarray(-1), by_rule("habit", inertia=inertia))


def test_it_mixes_what_it_did_with_what_is_good() -> None:
    found = habit(PAYOFFS, situation(0.8, [True] * 3))
    np.testing.assert_allclose(found, 0.8 * RECENT + 0.2 * logit(PAYOFFS, RATIONALITY), rtol=0, atol=1e-16)


@pytest.mark.parametrize(("inertia", "expected"), [(1.0, RECENT), (0.0, logit(PAYOFFS, RATIONALITY))])
def test_its_two_ends(inertia: float, expected: np.ndarray) -> None:
    np.testing.assert_array_equal(habit(PAYOFFS, situation(inertia, [True] * 3)), expected)


def test_a_disabled_move_gets_nothing_though_it_was_a_habit() -> None:
    disabled = PAYOFFS.copy()
    disabled[0] = -np.inf
    found = habit(disabled, situation(0.8, [False, True, True]))
    raw = 0.8 * RECENT[1:] + 0.2 * logit(PAYOFFS[1:], RATIONALITY)
    np.testing.assert_allclose(found[1:], raw / raw.sum(axis=0), rtol=0, atol=1e-15)
    assert (found[0] == 0).all()
