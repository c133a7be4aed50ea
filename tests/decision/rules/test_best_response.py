"""Profiles that best responses leave in place are the pure equilibria Gambit enumerates."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from decision.games import Polymatrix, available, one_shot, pure_equilibria, short_form
from triangle_sim.decision.rules.best_response import best_response


def one_hot(move: Any, size: int) -> Any:
    return (np.arange(size)[:, None] == np.asarray(move)[None, :]).astype(float)


def fixed(payoffs: dict[str, Any], profiles: dict[str, Any]) -> Any:
    """Whether all countries' best responses to a profile are that profile."""
    stays = True
    for code, worth in payoffs.items():
        stays = stays & (best_response(worth, None) == one_hot(profiles[code], len(worth))).all(axis=0)  # type: ignore[arg-type]
    return stays


@pytest.mark.parametrize(("players", "seed"), [(players, seed) for players in (3, 4, 5) for seed in range(10)])
def test_random_polymatrix_games(players: int, seed: int) -> None:
    game = Polymatrix.random(players, seed)
    every = np.array(list(product(*(range(size) for size in game.menus.values())))).T
    profiles = dict(zip(game.menus, every, strict=True))
    mixes = {name: one_hot(profiles[name], size) for name, size in game.menus.items()}
    stays = fixed({name: game.payoffs(name, mixes) for name in game.menus}, profiles)
    assert {tuple(int(move) for move in each) for each in every[:, stays].T} == pure_equilibria(game.strategic_form())


def test_random_games_have_from_none_to_several() -> None:
    """Otherwise the comparison above would say little."""
    numbers = {len(pure_equilibria(Polymatrix.random(3, seed).strategic_form())) for seed in range(10)}
    assert {0, 1} <= numbers and max(numbers) > 1


@pytest.mark.parametrize("draw", range(4))
def test_the_models_own_game(draw: int) -> None:
    """At a pure profile the expected state is the state, so the model's payoffs need no correction."""
    model = one_shot(4)
    moves = available(model)
    found = set()
    for profile in product(*moves.values()):
        chosen = dict(zip(moves, profile, strict=True))
        mixes = {
            code: one_hot(np.full(4, chosen[code]), len(player.menu)) for code, player in model.game.players.items()
        }
        pushes, stays = model.game.pushes(mixes, model.reasons.seen), True
        for code in moves:
            worth = model.game.payoffs(code, mixes, pushes, model.reasons.seen)
            stays = stays and bool(fixed({code: worth}, {code: mixes[code].argmax(axis=0)})[draw])
            if not stays:
                break
        if stays:
            found.add(tuple(int(np.flatnonzero(moves[code] == chosen[code])[0]) for code in moves))
    assert found == pure_equilibria(short_form(model, draw))


def test_moves_that_tie_share_alike() -> None:
    mix = best_response(np.array([[1.0, 0.0], [1.0, 2.0], [0.0, 2.0 - 1e-12]]), None)  # type: ignore[arg-type]
    assert mix.tolist() == [[0.5, 0.0], [0.5, 1.0], [0.0, 0.0]]
