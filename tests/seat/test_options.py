"""What a player is shown are the numbers that the country's own rule decides on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from seat.games import CODES, DRAW, REPLICATE, SEED, new, played, scenario, stepped
from triangle_sim.seat import Game
from triangle_sim.story.tell import tell

TURNS = (0, 2, 4)


def at(turn: int) -> Game:
    game = played()
    while game.turn > turn:
        game = game.undo()
    return game


@pytest.mark.parametrize("turn", TURNS)
def test_payoffs_and_chances_are_those_of_the_decision(turn: int) -> None:
    """Of the model stepped by itself, whatever is then played."""
    game = at(turn)
    assert all(game.options(code) == played().options(code, turn) for code in CODES), "looked at later, it is the same"
    model = stepped(game, turn + 1)
    decision = model.decision
    for code in CODES:
        menu = [move.name for move in model.game.players[code].menu]
        options = game.options(code)
        for option in options:
            m = menu.index(option.move)
            assert option.payoff == decision.payoffs[code][m, 0] and option.chance == decision.mixes[code][m, 0]
            assert sum(term.value for term in option.terms) - option.cost == pytest.approx(option.payoff, abs=1e-12)
        hold = next(option for option in options if option.move == "hold")
        assert all(option.gain == pytest.approx(option.payoff - hold.payoff, abs=1e-12) for option in options)
        assert [option.move for option in options if option.best] == [menu[int(decision.payoffs[code][:, 0].argmax())]]
        assert sum(option.chance for option in options) == pytest.approx(1.0)


def test_a_disabled_move_is_no_option() -> None:
    moves = [option.move for option in new().options("North Korea")]
    assert len(moves) == 8 and "test_nuclear_weapon" not in moves


def test_gains_and_effects_are_those_of_the_move() -> None:
    game = new()
    model = stepped(game, 0)
    player, names = model.game.players["PRK"], list(model.prepared.variables)
    for option in game.options("PRK"):
        m = [move.name for move in player.menu].index(option.move)
        pushed = dict(option.effects)
        assert (option.says, option.claims) == (player.menu[m].says, player.menu[m].claims)
        assert set(pushed) <= set(player.menu[m].effects), "in some draws an effect is nil"
        assert all(
            pushed.get(names[v], 0.0) == push for v, push in zip(player.where, player.push[:, m, 0], strict=True)
        )
        for term in option.terms:
            assert term.gain == 0 or option.move != "hold"
            assert term.claims and term.meaning.endswith(".") and "_" not in term.label


def test_a_country_of_habit_sees_what_moves_are_worth_with_the_others_going_on_as_before() -> None:
    """Who reasons one step expects just that, and so sees the same payoffs; only its own rule looks at them."""
    games = {
        depth: Game(scenario().with_(decision={"PRK": {"rule": "quantal", "depth": depth}})).play(
            {"PRK": "court_beijing", "RUS": "hold", "CHN": "hold", "USA": "hold", "KOR": "hold"}
        )
        for depth in (0, 1)
    }
    habit, thinks = (game.options("PRK") for game in games.values())
    for mine, theirs in zip(habit, thinks, strict=True):
        assert replace(mine, chance=theirs.chance, weighed=True) == theirs
    assert [option.weighed for option in habit] == [False] * len(habit) and all(option.weighed for option in thinks)
    chances = {option.move: option.chance for option in habit}
    assert max(chances, key=chances.__getitem__) == "court_beijing", "others expect what was played from the seat"
    assert games[0].review("PRK") == games[1].review("PRK")


def test_a_story_tells_of_a_habit_what_it_is() -> None:
    world = scenario().with_(decision={"PRK": {"rule": "quantal", "depth": 0}})
    story = tell(world.with_(seats={"PRK": ["court_beijing"]}), seed=SEED, draw=DRAW, replicate=REPLICATE)
    acts = [chapter.acts[2] for chapter in story.chapters]
    assert acts[0].best and acts[0].pro, "a move from a seat is held against the others"
    assert not any(act.best or act.pro or act.con for act in acts[1:])
    assert str(story).count("\n    by habit\n") == len(acts) - 1


def test_the_review_holds_each_move_against_the_best_reply() -> None:
    game, model = played(), stepped(played(), 0)
    reviews = {code: game.review(code) for code in CODES}
    for quarter, label in enumerate(["2024Q3", "2024Q4", "2025Q1", "2025Q2"]):
        model.step()
        for code, review in reviews.items():
            each, payoffs = review[quarter], model.decision.payoffs[code][:, 0]
            menu = [move.name for move in model.game.players[code].menu]
            own = model.trajectory.moves[quarter, CODES.index(code), 0]
            assert (each.quarter, each.country, each.move) == (label, code, menu[own])
            assert each.best == menu[int(np.argmax(payoffs))] and each.lost == payoffs.max() - payoffs[own]
            assert sum(reason.gain for reason in each.reasons) - each.cost == pytest.approx(each.lost, abs=1e-12)
            sizes = [abs(reason.gain) for reason in each.reasons]
            assert sizes == sorted(sizes, reverse=True)
    assert {len(review) for review in reviews.values()} == {4}
    assert [each.sealed for each in game.review("PRK")] == [True, False, True, True]
    assert [each.sealed for each in game.review("RUS")] == [False, False, True, False]
    assert not any(each.sealed for each in game.review("USA"))
    assert any(each.lost > 0 for each in game.review("PRK")) and any(each.lost == 0 for each in game.review("USA"))
