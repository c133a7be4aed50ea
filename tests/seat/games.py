"""Games for tests, and the model stepped by itself beside them."""

from __future__ import annotations

from functools import lru_cache

from triangle_sim.model.triangle_model import TriangleModel
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import Scenario
from triangle_sim.seat import Game

SEED, DRAW, REPLICATE = 3, 5, 2
CODES = ("CHN", "KOR", "PRK", "RUS", "USA")
SEALED = ("ship_arms_to_russia", None, "court_beijing", "test_missile")
"""What Pyongyang plays in :func:`played`."""


@lru_cache(maxsize=1)
def scenario() -> Scenario:
    """A short one, in which a move is disabled."""
    return load("trump_win").with_(quarters=5, moves={"disable": {"PRK": ["test_nuclear_weapon"]}})


def new() -> Game:
    """A game of it that has not begun."""
    return Game(scenario(), SEED, DRAW, REPLICATE)


@lru_cache(maxsize=1)
def played() -> Game:
    """Four quarters of it, one of them left to Pyongyang's own rule."""
    game = new()
    for move in SEALED:
        game = game.play({"PRK": move, "Moscow": "court_pyongyang"} if move == "court_beijing" else {"DPRK": move})
    return game


def stepped(game: Game, quarters: int) -> TriangleModel:
    """The model itself, so many quarters of a game done."""
    model = TriangleModel(game.scenario_with_seats(), seed=game.seed, draws=[game.draw], replicates=[game.replicate])
    for _ in range(quarters):
        model.step()
    return model
