"""Expected payoffs over all profiles of moves, and how far certainty equivalence is from them."""

from itertools import product
from math import prod

import numpy as np
import pytest

from decision.games import available, one_shot
from triangle_sim.model.certainty import certainty_gap, expected_payoffs, profile_payoffs
from triangle_sim.model.triangle_model import TriangleModel

RUNS = 12


def test_a_pure_profile_has_no_gap() -> None:
    """Where nothing is uncertain, expected state and expected payoff are one, to the last bits."""
    model = one_shot(RUNS, short=False)
    rng = np.random.default_rng(5)
    for run in range(4):
        mixes = {
            code: np.repeat(np.eye(len(player.menu))[:, [rng.integers(len(player.menu))]], RUNS, axis=1)
            for code, player in model.game.players.items()
        }
        assert certainty_gap(model, mixes, run).largest < 1e-14


def test_the_expectation_is_the_sum_over_profiles() -> None:
    """By a plain loop over all profiles of the short menus; disabled moves come out as minus infinity."""
    model = one_shot(RUNS)
    profiles = profile_payoffs(model, 1)
    mixes = {code: mix[:, 1] for code, mix in model.decision.mixes.items()}
    codes = sorted(mixes)
    found = expected_payoffs(profiles, mixes)
    moves = list(available(model).values())
    for k, code in enumerate(codes):
        expected = np.full(len(mixes[code]), -np.inf)
        expected[moves[k]] = 0.0
        for profile in product(*moves):
            chance = prod(mixes[codes[j]][profile[j]] for j in range(len(codes)) if j != k)
            expected[profile[k]] += chance * profiles[code][profile]
        np.testing.assert_allclose(found[code], expected, rtol=0, atol=1e-13)


def test_other_runs_do_not_matter() -> None:
    few, many = one_shot(4), one_shot(RUNS)
    ours, theirs = (profile_payoffs(each, 3) for each in (few, many))
    assert ours.keys() == theirs.keys()
    assert all(np.array_equal(ours[code], theirs[code]) for code in ours)


@pytest.mark.parametrize("short", [True, False])
def test_the_gap_of_certainty_equivalence_is_bounded(short: bool) -> None:
    """Measured on twelve draws at the mixes the model plays; the bounds leave room for other sizes of effects.

    The gap is real: it comes from products in interests (two moves that jointly matter), from joint effects between
    others, and from the bend of the squash. It is small beside a payoff, not always beside the difference of two.
    """
    model = one_shot(RUNS, short)
    gaps = [certainty_gap(model, run=run) for run in range(RUNS)]
    assert 0.0 < max(gap.largest for gap in gaps) < 0.06
    assert 0.0 < np.mean([gap.mean for gap in gaps]) < 0.008
    assert 0.0 < np.mean([gap.choice for gap in gaps]) < 0.25


def test_the_gap_is_the_difference_of_the_two_payoffs() -> None:
    """Its largest and its mean, from the game's payoffs and a plain expectation."""
    model = one_shot(RUNS)
    played = model.decision.mixes
    expected = expected_payoffs(profile_payoffs(model, 2), {code: mix[:, 2] for code, mix in played.items()})
    pushes = model.game.pushes(played, model.reasons.seen)
    gaps = [
        abs(model.game.payoffs(code, played, pushes, model.reasons.seen)[move, 2] - expected[code][move])
        for code, moves in available(model).items()
        for move in moves
    ]
    found = certainty_gap(model, run=2)
    assert found.largest == pytest.approx(max(gaps), abs=1e-15) and found.mean == pytest.approx(sum(gaps) / len(gaps))
    assert found.largest > found.mean


def test_a_model_that_has_not_been_stepped_has_no_game_to_look_at() -> None:
    with pytest.raises(AssertionError, match="not been stepped"):
        profile_payoffs(TriangleModel("baseline", seed=1))
