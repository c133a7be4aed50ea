"""The damped fixed point against Gambit's logit quantal response equilibrium."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from decision.games import Polymatrix, available, one_shot, qre, short_form, surroundings
from triangle_sim.decision.choose import Seating, decide
from triangle_sim.decision.rules.equilibrium import fixed_point
from triangle_sim.decision.exact import expected_payoffs, profile_payoffs
from triangle_sim.decision.rules.quantal import logit

TOLERANCE = 1e-8
"""Gambit follows a path of equilibria from zero precision to a residual of its own; ours stops at 1e-13.

The largest difference seen is 6e-10; a wrong equilibrium would be off by 1e-2 and more.
"""

POLYMATRIX = list(product((3, 4, 5), range(6), (0.5, 2.0, 4.0)))
"""Players, seed, rationality."""


@pytest.mark.parametrize(("players", "seed", "rationality"), POLYMATRIX)
def test_random_polymatrix_games(players: int, seed: int, rationality: float) -> None:
    game = Polymatrix.random(players, seed, rationality)

    def answer(mixes: Any) -> dict[str, Any]:
        return {name: logit(game.payoffs(name, None, mixes), seat.rationality) for name, seat in game.seats.items()}

    found = fixed_point(answer, game.uniform(), tolerance=1e-13, max_iterations=5000)
    assert found.residual[0] < 1e-13
    expected = qre(game.strategic_form(), [rationality] * players)
    for name, mix in zip(game.menus, expected, strict=True):
        np.testing.assert_allclose(found.mixes[name][:, 0], mix, rtol=0, atol=TOLERANCE)


@pytest.mark.parametrize("run", range(6))
def test_the_models_own_game(run: int) -> None:
    """With exact expected payoffs the model's game has the equilibrium Gambit finds in its strategic form."""
    model = one_shot(6)
    profiles = profile_payoffs(model.game, model.reasons.inertia, surroundings(model), run)
    precision = {code: float(seat.rationality[run]) for code, seat in model.game.seats.items()}

    def answer(mixes: Any) -> dict[str, Any]:
        worth = expected_payoffs(profiles, {code: mix[:, 0] for code, mix in mixes.items()})
        return {code: logit(worth[code][:, None], np.full(1, precision[code])) for code in mixes}

    allowed = {code: np.asarray(seat.available, float)[:, None] for code, seat in model.game.seats.items()}
    start = {code: each / each.sum() for code, each in allowed.items()}
    found = fixed_point(answer, start, tolerance=1e-13, max_iterations=5000)
    assert found.residual[0] < 1e-13
    expected = qre(short_form(model, run), list(precision.values()))
    for (code, moves), mix in zip(available(model).items(), expected, strict=True):
        np.testing.assert_allclose(found.mixes[code][moves, 0], mix, rtol=0, atol=TOLERANCE)
        assert found.mixes[code][:, 0].sum() == pytest.approx(1.0, abs=1e-12)


def test_the_rule_solves_the_same_game() -> None:
    """Through `decide`, with its settings taken from the rule."""
    game = Polymatrix.random(4, 3, 2.0)
    seating = {name: Seating("equilibrium", 2, (), {"damping": 0.8, "tolerance": 1e-12}) for name in game.menus}
    decision = decide(game, seating, dict.fromkeys(game.menus), game.uniform(), None, 0)  # type: ignore[arg-type]
    assert decision.residual is not None and decision.residual[0] < 1e-12
    for name, mix in zip(game.menus, qre(game.strategic_form(), [2.0] * 4), strict=True):
        np.testing.assert_allclose(decision.mixes[name][:, 0], mix, rtol=0, atol=TOLERANCE)


def test_a_run_that_has_converged_is_frozen() -> None:
    """Its result does not depend on how long other runs of the block take."""
    slow, quick = np.array([0.999]), np.array([0.2])

    def answer(pull: Any) -> Any:
        return lambda mixes: {"A": np.stack([0.5 + pull * (mixes["A"][0] - 0.5), 0.5 - pull * (mixes["A"][0] - 0.5)])}

    start = np.array([[0.9], [0.1]])
    alone = fixed_point(answer(quick), {"A": start}, tolerance=1e-6)
    together = fixed_point(answer(np.concatenate([slow, quick])), {"A": np.repeat(start, 2, axis=1)}, tolerance=1e-6)
    assert np.array_equal(alone.mixes["A"][:, 0], together.mixes["A"][:, 1])
    assert together.iterations == 500 and together.residual[0] > 1e-6 > together.residual[1]
