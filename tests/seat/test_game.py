"""A game is a run of the model in which some moves come from people, and nothing else about it is different."""

from __future__ import annotations

import numpy as np
import pytest

from seat.games import CODES, DRAW, REPLICATE, SEALED, SEED, new, played, scenario, stepped
from triangle_sim.errors import UsageError
from triangle_sim.model.triangle_model import TriangleModel
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.scenario.load import load
from triangle_sim.seat import Game
from triangle_sim.story.tell import tell


def test_a_sealed_move_is_not_seen_by_anybody_in_its_quarter() -> None:
    """Whatever Pyongyang plays, the others do the same for the same reasons; and they answer it later."""
    game, later = new().play({"PRK": "hold"}), set()
    told = set()
    for option in game.options("PRK"):
        after = game.play({"PRK": option.move})
        told.add(tuple(act for act in after.chapters[-1].acts if act.country != "PRK"))
        later.add(tuple(each.payoff for each in after.options("RUS")))
        assert [act.move for act in after.chapters[-1].acts if act.country == "PRK"] == [option.move]
    assert len(told) == 1 and len(later) == 8, "the habit is learned, and the world has changed"


@pytest.mark.parametrize("seated", [CODES, ("CHN", "PRK")], ids="-".join)
def test_who_plays_what_the_own_rule_would_have_played_changes_nothing(seated: tuple[str, ...]) -> None:
    """Bit for bit: the run that nobody plays in."""
    game = new()
    while not game.over:
        game = game.play({code: game.own(code) for code in seated})
    plain = TriangleModel(scenario(), seed=SEED, draws=[DRAW], replicates=[REPLICATE]).run_model()
    again = TriangleModel(game.scenario_with_seats(), seed=SEED, draws=[DRAW], replicates=[REPLICATE]).run_model()
    assert set(game.moves) == set(seated) and None not in game.moves[seated[0]]
    for name in ("state", "moves", "meetings", "environment"):
        assert np.array_equal(getattr(plain, name), getattr(again, name)), name
    assert game.chapters == tell(scenario(), seed=SEED, draw=DRAW, replicate=REPLICATE).chapters
    assert [game.path("chinese_supply")[-1]] == plain["chinese_supply"][-1].tolist()


def test_its_chapters_are_those_of_the_story_of_the_same_run() -> None:
    game = played()
    told = tell(game.scenario_with_seats(), seed=SEED, draw=DRAW, replicate=REPLICATE)
    assert game.chapters == told.chapters[:4] and game.theory == told.theory
    assert [chapter.acts[2].move for chapter in game.chapters] == [
        "ship_arms_to_russia", told.chapters[1].acts[2].move, "court_beijing", "test_missile",
    ]  # fmt: skip
    assert game.chapters[2].acts[3].move == "court_pyongyang"


def test_what_is_remembered_of_a_game_is_what_it_is() -> None:
    """Chapters handed on from one quarter to the next are those of a game that is put together anew."""
    before = played().undo()
    assert len(before.chapters) == 3
    game = before.play({"PRK": SEALED[3]})
    anew = Game(game.scenario, game.seed, game.draw, game.replicate, game.moves, game.turn)
    assert len(game.told) == 3 and not anew.told
    assert anew == game and anew.chapters == game.chapters
    assert anew.situation() == game.situation() and anew.options("USA") == game.options("USA")


@pytest.mark.parametrize("moves", [{"PRK": "hold"}, {"KOR": "court_moscow", "PRK": None}, {}, {"USA": None}])
def test_undo_is_the_inverse_of_play(moves: dict[str, str | None]) -> None:
    game = played()
    back = game.play(moves).undo()
    assert back == game and back.chapters == game.chapters and back.situation() == game.situation()
    assert new().play(moves).undo() == new()
    other = game.undo().play({"PRK": "hold"})
    assert other.chapters[:3] == game.chapters[:3] and other.chapters[3] != game.chapters[3]


def test_playing_leaves_a_game_as_it_was() -> None:
    game = played()
    before = (dict(game.moves), game.turn, game.chapters)
    game.play({"PRK": "hold", "CHN": "hold"})
    assert (dict(game.moves), game.turn, game.chapters) == before
    with pytest.raises(AttributeError):
        game.turn = 3  # type: ignore[misc]


def test_a_game_goes_on_from_a_scenario_with_seats() -> None:
    game = played()
    assert Game.of(game.scenario_with_seats(), seed=SEED, draw=DRAW, replicate=REPLICATE) == game
    own = new().play().play({"PRK": None})
    assert Game.of(own.scenario_with_seats(), seed=SEED, draw=DRAW, replicate=REPLICATE) == own
    assert own.turn == 2 and own.moves == {}
    assert Game.of("baseline") == Game(load("baseline"), load("baseline").seed)


def test_its_ending_is_that_of_its_history_played_on() -> None:
    game = played()
    assert game.ending() == OUTCOMES["end_state"].of(stepped(game, 5).trajectory)[0]
    assert Game(scenario().with_(countries=["PRK", "USA"])).ending() == ""


@pytest.mark.parametrize(
    ("moves", "says"),
    [
        ({"JPN": "hold"}, ["no country 'JPN'", "PRK (North Korea)"]),
        ({"": "hold"}, ["no country ''"]),
        ({"PRK": "court_moscou"}, ["PRK has no move 'court_moscou'", "did you mean 'court_moscow'?"]),
        ({"USA": "court_moscow"}, ["USA has no move", "deal_with_moscow"]),
        ({"PRK": "test_nuclear_weapon"}, ["PRK cannot play test_nuclear_weapon", "moves: court_beijing"]),
        ({"PRK": "x" * 10_000}, ["PRK has no move 'xxx"]),
    ],
)
def test_what_cannot_be_played_is_refused(moves: dict[str, str], says: list[str]) -> None:
    with pytest.raises(UsageError) as refused:
        new().play(moves)
    assert all(text in str(refused.value) for text in says), str(refused.value)
    with pytest.raises(UsageError):
        Game(scenario(), moves={code: (move,) for code, move in moves.items()}, turn=1)


def test_the_horizon_is_the_end() -> None:
    game = new()
    while not game.over:
        game = game.play()
    assert game.situation().over and game.situation().quarter == "2025Q4" and game.situation().left == 0
    for ask in (game.play, lambda: game.options("PRK"), lambda: game.own("PRK")):
        with pytest.raises(UsageError, match="the game is over: 2025Q3 was its last quarter"):
            ask()
    with pytest.raises(UsageError, match="6 quarters cannot have been played"):
        Game(scenario(), turn=6)
    with pytest.raises(UsageError, match="2 moves of PRK in 1 quarters"):
        Game(scenario(), moves={"PRK": ("hold", "hold")}, turn=1)
    with pytest.raises(UsageError, match="quarter 5 has not come"):
        played().options("PRK", 5)
    with pytest.raises(UsageError, match="nothing has been played"):
        new().undo()
    with pytest.raises(UsageError, match="seats of its own"):
        Game(played().scenario_with_seats())
    with pytest.raises(UsageError, match="did you mean 'chinese_supply'"):
        new().path("chinese_suply")
