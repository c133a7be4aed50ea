"""Where a game stands is where the model stands before the quarter's moves."""

from __future__ import annotations

import pytest

from seat.games import new, played, scenario, stepped
from triangle_sim.seat import Game
from triangle_sim.triangle.ties import ties


def test_levels_and_ties_are_the_models() -> None:
    game = played()
    now, model = game.situation(), stepped(game, 4)
    assert (now.quarter, now.turn, now.left, now.over) == ("2025Q3", 4, 1, False)
    assert list(now.levels.values()) == model.state[:, 0].tolist() and list(now.levels) == list(
        model.prepared.variables
    )
    assert [(tie.first, tie.second) for tie in now.ties] == list(ties(game.codes))
    for tie in now.ties:
        both = [now.levels[f"goodwill[{i},{j}]"] for i, j in ((tie.first, tie.second), (tie.second, tie.first))]
        assert tie.level == sum(both) / 2
        assert tie.sign == (tie.level > 0) - (tie.level < 0) or abs(tie.level) < 0.15
    assert game.path("russian_supply") == model.trajectory["russian_supply"][:5, 0].tolist()


def test_conditions_and_events_are_those_of_the_coming_quarter() -> None:
    """They are known before anybody moves: who has won takes office in 2025Q1."""
    game = new().play().play()
    assert game.situation().events == ("Trump wins the election and takes office",)
    model = stepped(game, 3)
    assert list(game.situation().conditions.values()) == model.environment[:, 0].tolist()
    before = game.undo().situation()
    assert (
        before.events == () and before.conditions["us_deal_appetite"] < game.situation().conditions["us_deal_appetite"]
    )


def test_the_triangle_is_the_one_of_the_last_chapter() -> None:
    game = played()
    while game.turn:
        now, chapter = game.situation(), game.chapters[-1]
        assert (now.triangle, now.roles["PRK"]) == (chapter.triangle, chapter.role)
        game = game.undo()
    two = Game(scenario().with_(countries=["PRK", "USA"])).situation()
    assert two.triangle == "" and two.roles == {} and len(two.ties) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [(("PRK", "court_moscow"), ("RUS", "bind_to_pyongyang")), (("RUS", "court_pyongyang"), ("PRK", "court_moscow"))],
)
def test_an_offer_stands_until_it_is_answered_or_a_quarter_is_over(
    first: tuple[str, str], second: tuple[str, str]
) -> None:
    """Whoever plays the answer to an offer that stands makes the meeting, unless something bars it."""
    held = {code: "hold" for code in new().codes}
    game = new().play({**held, first[0]: first[1]})
    standing = {(offer.by, offer.to, offer.answer): offer for offer in game.situation().offers}
    offer = standing[first[0], *second]
    assert offer.move == first[1] and {each.by for each in game.situation().offers} == {first[0]}
    answered = game.play({**held, second[0]: second[1]})
    assert answered.chapters[-1].meetings == (offer.says,)
    assert game.play(held).situation().offers == () and new().situation().offers == ()


def test_a_closed_border_bars_a_meeting() -> None:
    game = Game(scenario().with_(pin={"border_closed": 1.0})).play({"PRK": "court_moscow", "RUS": "hold"})
    barred = {offer.meeting: offer.barred for offer in game.situation().offers if offer.by == "PRK"}
    assert barred == {"rus_prk_summit": True, "rus_prk_treaty": False}
    assert "Kim and the Russian president meet" not in game.play({"RUS": "court_pyongyang"}).chapters[-1].meetings
