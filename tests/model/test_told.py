"""The numbers of a quarter's reasons belong together: payoffs are their terms, changes their parts."""

import numpy as np
import pytest

from model.worlds import scenario
from triangle_sim.model.triangle_model import TriangleModel


def model() -> TriangleModel:
    """A world with four decision rules, two of them blind to payoffs, and a seat."""
    seats = {"CHN": [None, None, "hold"]}
    return TriangleModel(scenario(seats=seats), seed=2, draws=np.arange(9) // 3, replicates=np.arange(9) % 3)


def test_numbers_add_up() -> None:
    one = model()
    with pytest.raises(ValueError, match="no quarter"):
        one.told()
    while one.running:
        before = one.world.latent
        one.step()
        told = one.told()
        for v, name in enumerate(one.prepared.variables):
            parts = [size for label, size in told.items() if label[:2] == ("part", name)]
            np.testing.assert_allclose(sum(parts), one.world.latent[v] - before[v], rtol=0, atol=1e-12)
        for code, player in one.game.players.items():
            names = [move.name for move in player.menu]
            np.testing.assert_allclose(sum(told["chance", code, name] for name in names), 1.0, atol=1e-12)
            for name in names if ("payoff", code, names[0]) in told else []:
                terms = [size for label, size in told.items() if label[:3] == ("term", code, name)]
                assert len(terms) == len(player.interests)
                payoff = sum(terms) - told["cost", code, name]
                np.testing.assert_allclose(told["payoff", code, name], payoff, rtol=0, atol=1e-12)
        assert one.decision is not None
        assert {label[1] for label in told if label[0] == "payoff"} == set(one.decision.payoffs)
