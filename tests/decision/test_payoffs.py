"""What a move is worth, by hand: two countries, one stock, one tie, a meeting."""

from math import tanh
from typing import Any

import numpy as np
import pytest

from triangle_sim.countries import Country, JointEffect, Move
from triangle_sim.countries.interest import interest, number
from triangle_sim.decision.payoffs import Game, Observation, total
from triangle_sim.world.variables import Variable, tie_variable
from triangle_sim.world.views import View

VARIABLES = {
    each.name: each
    for each in (tie_variable("AAA", "BBB"), Variable("stock", "a stock", 0.5, 0.1), Variable("z", "", 1, 1))
}


class First(Country):
    label = "First"
    moves = (
        Move("give", "give", 0.1, (), {"stock": 0.2, "goodwill[AAA,BBB]": 0.1}),
        Move("hold", "hold", 0.0, (), {}),
        Move("take", "take", 0.1, (), {"stock": -0.4, "goodwill[AAA,CCC]": 0.3}),
    )

    @interest(weight=1.0, claims=[], scale="..")
    def plenty(self, state: Any, env: Any, *, share: Any = number(0.5, "a share")) -> Any:
        """Much of the stock, as far as it counts."""
        return share * state.stock * env.need

    @interest(weight=1.0, claims=[], scale="..")
    def peace(self, state: Any, env: Any) -> Any:
        """A warm tie."""
        return 0.5 + 0.5 * state.goodwill["AAA", "BBB"]

    @interest(weight=1.0, claims=[], scale="..")
    def friends(self, state: Any, env: Any) -> Any:
        """A tie to a country that is not here."""
        return 0.5 + 0.5 * state.goodwill["AAA", "CCC"]


class Second(Country):
    label = "Second"
    moves = (Move("answer", "answer", 0.0, (), {"stock": 0.3}), Move("hold", "hold", 0.0, (), {}))

    @interest(weight=1.0, claims=[], scale="..")
    def plenty(self, state: Any, env: Any) -> Any:
        """Much of the stock."""
        return state.stock


class Third(Country):
    label = "Third"
    moves = (Move("hold", "hold", 0.0, (), {}), Move("wait", "wait", 0.0, (), {"stock": 0.05}))

    @interest(weight=1.0, claims=[], scale="..")
    def plenty(self, state: Any, env: Any) -> Any:
        """Much of the stock."""
        return state.stock


MEETING = JointEffect("deal", "they deal", ("AAA", "give"), ("BBB", "answer"), (), {"stock": 0.5})
VALUES = {
    "rationality.AAA": 3.0, "memory.AAA": 0.2, "foresight.AAA": 2.0, "foresight.BBB": 1.0, "foresight.DDD": 3.0,
    "rationality.BBB": 2.0, "memory.BBB": 0.3, "rationality.DDD": 1.0, "memory.DDD": 0.5,
    "cost.AAA.give": 0.05, "cost.AAA.hold": 0.0, "cost.AAA.take": 0.01, "cost.BBB.answer": 0.02, "cost.BBB.hold": 0.0,
    "cost.DDD.hold": 0.0, "cost.DDD.wait": 0.0,
    "effect.AAA.give.stock": 0.2, "effect.AAA.give.goodwill[AAA,BBB]": 0.1, "effect.AAA.take.stock": -0.4,
    "effect.BBB.answer.stock": 0.3, "effect.DDD.wait.stock": 0.05, "joint.deal.stock": 0.5,
    "weight.AAA.plenty": 3.0, "weight.AAA.peace": 1.0, "weight.AAA.friends": 7.0, "weight.BBB.plenty": 0.5,
    "weight.DDD.plenty": 0.5, "form.AAA.plenty.share": 0.8,
    "rate.stock": 0.5, "rate.goodwill[AAA,BBB]": 0.1, "rate.z": 0.2,
}  # fmt: skip
MIXES = {"AAA": [0.6, 0.3, 0.1], "BBB": [0.25, 0.75], "DDD": [0.5, 0.5]}
LATENT, REST, NEED = (
    {"goodwill[AAA,BBB]": 0.2, "stock": 0.4, "z": 0.0},
    {"goodwill[AAA,BBB]": 0.0, "stock": 0.6, "z": 0.0},
    0.7,
)


@pytest.fixture
def game(monkeypatch: pytest.MonkeyPatch) -> Game:
    for country, code in ((First, "AAA"), (Second, "BBB"), (Third, "DDD")):
        monkeypatch.setattr(country, "code", code, raising=False)
    values = {name: np.array([value]) for name, value in VALUES.items()}
    return Game([Second, Third, First], values, VARIABLES, [MEETING], {"AAA": ["hold"]})


def variant(game: Game, **fields: Any) -> Game:
    """The same game with another kind of meeting."""
    game.meetings = [meeting._replace(**fields) for meeting in game.meetings]
    return game


def seen(first: float = 0.0, second: float = 0.0, closed: float = 0.0) -> Observation:
    """With the offers of AAA and BBB that stand, and how far AAA's border is closed."""
    latent, rest = (np.array([[levels[name]] for name in VARIABLES]) for levels in (LATENT, REST))
    return Observation(latent, rest, View({"need": NEED, "closed": closed}), np.array([[first], [second]]))


def mixes() -> dict[str, Any]:
    return {code: np.array(mix)[:, None] for code, mix in MIXES.items()}


def ahead(variable: str, foresight: float, others: float, own: float) -> float:
    """The level a move is expected to lead to, by the formula."""
    keep = (1 - VALUES[f"rate.{variable}"]) ** foresight
    gain = (1 - keep) / VALUES[f"rate.{variable}"]
    z = REST[variable] + keep * (LATENT[variable] - REST[variable]) + gain * (others + own)
    middle, half = (0.0, 1.0) if variable.startswith("goodwill") else (0.5, 0.5)
    return middle + half * tanh((z - middle) / half)


def test_payoffs_by_hand(game: Game) -> None:
    """Others count by what they play on average; a meeting by the chance that the other side plays its part."""
    found = game.payoffs("AAA", mixes(), game.pushes(mixes(), seen()), seen())[:, 0]
    others, cold = 0.25 * 0.3 + 0.5 * 0.05, ahead("goodwill[AAA,BBB]", 2.0, 0.0, 0.0)
    warm = ahead("goodwill[AAA,BBB]", 2.0, 0.0, 0.1)
    give = ahead("stock", 2.0, others, 0.2 + 0.25 * 0.5)
    take = ahead("stock", 2.0, others, -0.4)
    assert found[0] == pytest.approx(0.75 * 0.8 * give * NEED + 0.25 * (0.5 + 0.5 * warm) - 0.05, abs=1e-15)
    assert found[2] == pytest.approx(0.75 * 0.8 * take * NEED + 0.25 * (0.5 + 0.5 * cold) - 0.01, abs=1e-15)
    assert found[1] == -np.inf, "a move that is disabled"


def test_the_other_side_of_a_meeting_and_those_who_look_on(game: Game) -> None:
    pushes = game.pushes(mixes(), seen())
    second = game.payoffs("BBB", mixes(), pushes, seen())[:, 0]
    others = 0.6 * 0.2 - 0.1 * 0.4 + 0.5 * 0.05
    assert second[0] == pytest.approx(ahead("stock", 1.0, others, 0.3 + 0.6 * 0.5) - 0.02, abs=1e-15)
    assert second[1] == pytest.approx(ahead("stock", 1.0, others, 0.0), abs=1e-15)
    third = game.payoffs("DDD", mixes(), pushes, seen())[:, 0]
    others = 0.6 * 0.2 - 0.1 * 0.4 + 0.25 * 0.3 + 0.6 * 0.25 * 0.5
    assert third[0] == pytest.approx(ahead("stock", 3.0, others, 0.0), abs=1e-15)
    assert third[1] == pytest.approx(ahead("stock", 3.0, others, 0.05), abs=1e-15)


def test_weights_sum_to_one_over_what_this_world_has(game: Game) -> None:
    player = game.players["AAA"]
    assert [each.name for each in player.interests] == ["peace", "plenty"], "nobody is a friend who is not here"
    assert [float(weight[0]) for weight in player.weights] == [0.25, 0.75]
    assert player.names == ["goodwill[AAA,BBB]", "stock"]


def test_what_is_played_pushes_as_it_says(game: Game) -> None:
    like = np.zeros((3, 2))
    played = {
        "AAA": np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 1.0]]),
        "BBB": np.array([[1.0, 1.0], [0.0, 0.0]]),
        "DDD": np.array([[1.0, 0.0], [0.0, 1.0]]),
    }
    none = seen()._replace(offers=np.zeros((2, 2)))
    assert game.met(played, none).tolist() == [[True, False]]
    found = total(game.pushes(played, none), like)
    np.testing.assert_allclose(
        found, [[0.1, 0.0], [0.2 + 0.3 + 0.5, -0.4 + 0.3 + 0.05], [0.0, 0.0]], rtol=0, atol=1e-15
    )
    assert not like.any() and not total([], like).any()


GIVES, TAKES, ANSWERS, HOLDS = ([1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0], [0.0, 1.0])
ASKED = [
    ((0, 0), GIVES, ANSWERS, True),
    ((0, 0), GIVES, HOLDS, False),
    ((1, 0), TAKES, ANSWERS, True),
    ((0, 1), GIVES, HOLDS, True),
    ((1, 0), GIVES, HOLDS, False),
    ((0, 1), TAKES, ANSWERS, False),
    ((1, 1), TAKES, HOLDS, False),
    ((1, 1), GIVES, HOLDS, True),
]
"""Offers that stand (AAA's, BBB's), what both play, and whether they meet: not by renewing one's own offer, nor by
two that stand from the quarter before."""


def played(first: list[float], second: list[float]) -> dict[str, Any]:
    return {"AAA": np.array(first)[:, None], "BBB": np.array(second)[:, None], "DDD": np.array([[1.0], [0.0]])}


@pytest.mark.parametrize(("offers", "first", "second", "meet"), ASKED)
def test_who_plays_meets_who_plays_or_has_offered(
    game: Game, offers: tuple[float, float], first: list[float], second: list[float], meet: bool
) -> None:
    both, observed = played(first, second), seen(*offers)
    assert game.met(both, observed).tolist() == [[meet]]
    alone = total(variant(game, barred_by="closed").pushes(both, seen(*offers, closed=1.0)), np.zeros((3, 1)))
    found = total(game.pushes(both, observed), np.zeros((3, 1)))
    assert (found - alone)[1, 0] == pytest.approx(0.5 * meet, abs=1e-15), "the meeting's push on the stock"


def test_an_offer_stands_until_it_is_taken_up_and_a_quarrel_is_no_offer(game: Game) -> None:
    made, none = np.zeros((1, 1)), np.ones((1, 1))
    assert game.offered(played(GIVES, HOLDS), made).tolist() == [[1.0], [0.0]]
    assert game.offered(played(TAKES, ANSWERS), made).tolist() == [[0.0], [1.0]]
    assert game.offered(played(TAKES, HOLDS), made).tolist() == [[0.0], [0.0]], "one quarter and no longer"
    assert game.offered(played(GIVES, ANSWERS), none).tolist() == [[0.0], [0.0]], "what came of it is done with"
    assert variant(game, stands=0.0).offered(played(GIVES, HOLDS), made).tolist() == [[0.0], [0.0]]


def test_payoffs_with_an_offer_that_stands(game: Game) -> None:
    """An answer is sure of its meeting; whoever has offered meets whatever it does now, if the other answers."""
    observed = seen(first=1.0)
    pushes = game.pushes(mixes(), observed)
    others = 0.6 * 0.2 - 0.1 * 0.4 + 0.5 * 0.05
    second = game.payoffs("BBB", mixes(), pushes, observed)[:, 0]
    assert second[0] == pytest.approx(ahead("stock", 1.0, others, 0.3 + 0.5) - 0.02, abs=1e-15)
    assert second[1] == pytest.approx(ahead("stock", 1.0, others, 0.0), abs=1e-15)
    first = game.payoffs("AAA", mixes(), pushes, observed)[:, 0]
    take = ahead("stock", 2.0, 0.25 * 0.3 + 0.5 * 0.05, -0.4 + 0.25 * 0.5)
    cold = ahead("goodwill[AAA,BBB]", 2.0, 0.0, 0.0)
    assert first[2] == pytest.approx(0.75 * 0.8 * take * NEED + 0.25 * (0.5 + 0.5 * cold) - 0.01, abs=1e-15)
    third = game.payoffs("DDD", mixes(), pushes, observed)[:, 0]
    assert third[0] == pytest.approx(ahead("stock", 3.0, others - 0.5 * 0.05 + 0.25 * (0.3 + 0.5), 0.0), abs=1e-15)


@pytest.mark.parametrize("closed", [0.0, 0.4, 1.0])
def test_what_is_barred_does_not_count(game: Game, closed: float) -> None:
    observed = seen(closed=closed)
    barred = variant(game, barred_by="closed")
    second = barred.payoffs("BBB", mixes(), barred.pushes(mixes(), observed), observed)[:, 0]
    others = 0.6 * 0.2 - 0.1 * 0.4 + 0.5 * 0.05
    expected = ahead("stock", 1.0, others, 0.3 + (closed <= 0.5) * 0.6 * 0.5) - 0.02
    assert second[0] == pytest.approx(expected, abs=1e-15)
    assert barred.met(played(GIVES, ANSWERS), observed).tolist() == [[closed <= 0.5]]
