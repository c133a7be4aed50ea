"""A seat in the page: the game is kept whole, and offers, reasons and best replies are those of a game in Python."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from triangle_sim.seat import Game
from web.node import in_node, needs_node

pytestmark = needs_node

MOVES = ("ship_arms_to_russia", "court_moscow", "open_to_washington")


@pytest.fixture(scope="module")
def games() -> list[Game]:
    """One history of the baseline, as it stood before each of three moves and after them."""
    out = [Game.of("baseline", draw=37, replicate=4)]
    for move in MOVES:
        out.append(out[-1].play({"PRK": move}))
    return out


def test_a_game_is_sealed_taken_back_and_found_again_in_what_a_link_keeps() -> None:
    found = in_node(
        """const { begun, sealed, undone, settingsOf, withoutOf, gameOf } = await module("screens/seat/game.js");
        let game = sealed(sealed(sealed(begun("PRK", { draw: 3, replicate: 1 }), "hold"), null), null);
        const others = { odds: { a: 1 }, seats: { RUS: ["hold"] } };
        const set = settingsOf(game, others);
        const linked = { seats: { PRK: ["hold"] } };  // a link drops the quarters at the end that nobody played
        out = [set, withoutOf(game, set, {}), withoutOf(game, set, { PRK: ["hold"] }), undone(game).moves,
          gameOf(linked, [3, 1], game).moves, gameOf(linked, [3, 2], game), gameOf({ seats: {} }, [3, 1], null),
          gameOf({ seats: {} }, [3, 1], begun("USA", { draw: 3, replicate: 1 })).country];"""
    )
    moves = ["hold", None, None]
    assert found[0] == {"odds": {"a": 1}, "seats": {"PRK": moves, "RUS": ["hold"]}}
    assert found[1] == {"odds": {"a": 1}, "seats": {"RUS": ["hold"]}}
    assert found[2]["seats"] == {"PRK": None, "RUS": ["hold"]}, "nor do the scenario's own moves stay in that seat"
    assert found[3] == moves[:2]
    assert found[4] == moves
    assert found[5] == {"country": "PRK", "draw": 3, "replicate": 2, "moves": ["hold"], "over": False}
    assert found[6] is None
    assert found[7] == "USA"


def test_the_history_shown_is_the_readers_else_the_scenarios_else_the_first() -> None:
    found = in_node(
        """const { runShown } = await module("which_run.js");
        const pack = { draws: 4, theories: ["a", "b"], theory: [1, 0, 1, 0], run: null };
        const game = { ...pack, run: [2, 7] };
        out = [runShown(pack, {}, {}), runShown(game, {}, {}), runShown(game, {}, { run: [3, 1] }),
          runShown(game, { theory: "a" }, {}), runShown(game, { theory: "b" }, { run: [3, 1] })];"""
    )
    assert found == [[0, 0], [2, 7], [3, 1], [1, 0], [2, 7]]


def test_only_numbers_of_histories_that_there_are_name_a_world() -> None:
    given = ["37.4", " 0.0 ", "12", "500.0", "3.20", "-1.0", "1.2.3", "1e3", "any", "", "9999999999.0"]
    found = in_node(
        """const { worldOf, anyWorld } = await module("screens/seat/game.js");
        const size = { draws: 500, replicates: 20 };
        out = [given.map((text) => worldOf(text, size)), [0, 0.999999].map((luck) => anyWorld(size, () => luck))];""",
        given,
    )
    there = [{"draw": 37, "replicate": 4}, {"draw": 0, "replicate": 0}, {"draw": 12, "replicate": 0}]
    assert found[0] == there + [None] * 8
    assert found[1] == [{"draw": 0, "replicate": 0}, {"draw": 499, "replicate": 19}]


@pytest.mark.parametrize("quarter", range(3))
def test_a_choice_costs_what_it_costs_in_python(games: list[Game], quarter: int) -> None:
    options = games[quarter].options("PRK")
    expected = games[-1].review("PRK")[quarter]
    found = in_node(
        """const { compared, weighed } = await module("screens/seat/weigh.js");
        out = { ...compared(given.options, given.move), weighed: weighed(given.options) };""",
        {"options": [asdict(option) for option in options], "move": MOVES[quarter]},
    )
    assert (found["move"], found["best"]) == (expected.move, expected.best)
    assert found["missed"] == pytest.approx(expected.lost, abs=1e-12)
    leading = [reason for reason in expected.reasons if abs(reason.gain) > 1e-4]
    assert [each["interest"] for each in found["why"]] == [reason.interest for reason in leading]
    held = next(k for k, option in enumerate(options) if option.move == "hold")
    for weighed, option in zip(found["weighed"], options, strict=True):
        gains = {term.interest: term.gain for term in option.terms if abs(term.gain) > 1e-4}
        assert {each["interest"]: each["gain"] for each in weighed["pro"] + weighed["con"]} == pytest.approx(gains)
        assert all(each["gain"] > 0 for each in weighed["pro"])
        whole = sum(term.gain for term in option.terms) - weighed["cost"]
        assert weighed["worth"] == pytest.approx(whole, abs=1e-12)
        assert weighed["worth"] == pytest.approx(option.payoff - options[held].payoff, abs=1e-12)
        assert weighed["cost"] == pytest.approx(option.cost - options[held].cost, abs=1e-12)


def test_offers_stand_as_in_python(games: list[Game], baseline_about: dict[str, Any]) -> None:
    chapters = []
    for game in games[1:]:
        t, q = game.replay.trajectory, game.turn - 1
        joint = game.replay.prepared.joint_effects
        chapters.append({"acts": [{"country": act.country, "move": act.move} for act in game.chapters[q].acts],
                         "met": [each.name for k, each in enumerate(joint) if t.meetings[q, k, 0]],
                         "levels": dict(game.situation().conditions)})  # fmt: skip
    found = in_node(
        """const { standing } = await module("screens/seat/offers.js");
        out = given.chapters.map(({ acts, met, levels }) => standing(given.meetings, acts, met, levels));""",
        {"chapters": chapters, "meetings": baseline_about["meetings"]},
    )
    expected = [
        {
            (offer.meeting, offer.by, offer.move, offer.to, offer.answer, offer.barred)
            for offer in game.situation().offers
        }
        for game in games[1:]
    ]
    assert any(expected)
    assert [
        {(o["meeting"], o["from"], o["by"], o["to"], o["answer"], o["barred"] is not None) for o in offers}
        for offers in found
    ] == expected


def test_an_offer_is_barred_while_its_condition_holds_and_answers_only_then_count(
    baseline_about: dict[str, Any],
) -> None:
    found = in_node(
        """const { standing, together } = await module("screens/seat/offers.js");
        const acts = [{ country: "USA", move: "offer_summit" }];
        out = [0, 1].map((border_closed) => {
          const offers = standing(given, acts, [], { border_closed });
          return [offers.map(({ barred }) => barred), together(given, "PRK", "open_to_washington", offers)];
        }).concat([standing(given, acts, ["us_prk_summit"], {})]);""",
        baseline_about["meetings"],
    )
    answer = {"meeting": "us_prk_summit", "with": "USA", "needs": "offer_summit"}
    assert found == [[[None], [{**answer, "open": True}]], [["border_closed"], [{**answer, "open": False}]], []]
