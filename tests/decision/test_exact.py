"""The exact one-shot game, and how far certainty equivalence is from it."""

from itertools import product
from math import prod

import numpy as np
import pytest

from decision.games import one_shot, surroundings
from triangle_sim.decision.exact import certainty_gap, expected_payoffs, profile_payoffs

RUNS = 12


def test_a_pure_profile_has_no_gap() -> None:
    """Where nothing is uncertain, expected state and expected payoff are one, to the last bits."""
    model = one_shot(RUNS, short=False)
    rng = np.random.default_rng(5)
    for run in range(4):
        mixes = {
            code: np.repeat(np.eye(len(seat.menu))[:, [rng.integers(len(seat.menu))]], RUNS, axis=1)
            for code, seat in model.game.seats.items()
        }
        assert certainty_gap(model.game, model.reasons.inertia, surroundings(model), mixes, run).largest < 1e-14


def test_the_expectation_is_the_sum_over_profiles() -> None:
    """By a plain loop over all profiles of the short menus; disabled moves come out as minus infinity."""
    model = one_shot(RUNS)
    profiles = profile_payoffs(model.game, model.reasons.inertia, surroundings(model), 1)
    mixes = {code: mix[:, 1] for code, mix in model.decision.mixes.items()}
    codes = sorted(mixes)
    found = expected_payoffs(profiles, mixes)
    moves = [np.flatnonzero(model.game.seats[code].available) for code in codes]
    for k, code in enumerate(codes):
        expected = np.full(len(mixes[code]), -np.inf)
        expected[moves[k]] = 0.0
        for profile in product(*moves):
            chance = prod(mixes[codes[j]][profile[j]] for j in range(len(codes)) if j != k)
            expected[profile[k]] += chance * profiles[(k, *profile)]
        np.testing.assert_allclose(found[code], expected, rtol=0, atol=1e-13)


def test_other_runs_do_not_matter() -> None:
    few, many = one_shot(4), one_shot(RUNS)
    ours, theirs = (profile_payoffs(each.game, each.reasons.inertia, surroundings(each), 3) for each in (few, many))
    assert np.array_equal(ours, theirs)


@pytest.mark.parametrize("short", [True, False])
def test_the_gap_of_certainty_equivalence_is_bounded(short: bool) -> None:
    """Measured on twelve draws at the mixes the model plays; the bounds leave room for other sizes of effects.

    The gap is real: it comes from products in interests (two moves that jointly matter), from joint effects between
    others, and from the bend of the squash. It is small beside a payoff, not always beside the difference of two.
    """
    model = one_shot(RUNS, short)
    gaps = [
        certainty_gap(model.game, model.reasons.inertia, surroundings(model), model.decision.mixes, run)
        for run in range(RUNS)
    ]
    assert 0.0 < max(gap.largest for gap in gaps) < 0.06
    assert 0.0 < np.mean([gap.mean for gap in gaps]) < 0.008
    assert 0.0 < np.mean([gap.choice for gap in gaps]) < 0.25
