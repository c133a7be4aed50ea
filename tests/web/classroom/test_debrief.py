"""The look back: the file plays the same history, moves stand beside the best reply, rooms side by side."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import yaml

from triangle_sim.outcomes.end_state import ENDINGS, end_state
from triangle_sim.scenario.load import load
from triangle_sim.seat import Game
from triangle_sim.story.tell import tell
from triangle_sim.web.classroom.worth import told
from web.classroom.conftest import School


def test_an_exported_game_is_the_same_history(school: School, tmp_path: Path) -> None:
    korea = school.hand("PRK")
    school.teacher.act("start")
    for move in ("court_beijing", "test_missile", "hold"):
        korea.seal(move)
    school.told(korea)
    text = korea.get("/export").text
    assert tempfile.gettempdir() not in text
    file = tmp_path / "game.yaml"
    file.write_text(text, encoding="utf-8")
    assert yaml.safe_load(text)["seats"] == {"PRK": ["court_beijing", "test_missile", "hold"]}
    replayed = tell(load(str(file)), seed=1, draw=3, replicate=2)
    news = korea.look()["news"]
    for chapter, turn in zip(replayed.chapters, news, strict=False):
        assert [act.move for act in chapter.acts] == [act["move"] for act in turn["acts"]]
        assert [(c.variable, c.after) for c in chapter.changes] == [
            (c["variable"], c["after"]) for c in turn["changes"]
        ]
    debrief = korea.get("/debrief?variable=peninsula_tension").json()
    np.testing.assert_allclose(debrief["rooms"][0]["path"], replayed.trajectory["peninsula_tension"][:, 0], atol=1e-4)
    assert debrief["rooms"][0]["ending"] == ENDINGS[end_state(replayed.trajectory)[0]]


def test_the_debrief_sets_moves_beside_the_best_reply_and_rooms_side_by_side(school: School) -> None:
    korea = school.hand("PRK")
    korea.post("guess", ending="bloc")
    assert korea.get("/debrief").json() == {"refused": "not_over"}
    other = next(code for code in school.classroom.rooms if code != school.code)
    for code in (school.code, other):
        school.teacher.code = code
        school.teacher.act("start")
    korea.seal("test_nuclear_weapon")
    for code in (school.code, other):
        school.teacher.code = code
        school.teacher.act("finish")
    data = korea.get("/debrief").json()
    mine, empty = data["rooms"]
    assert (mine["code"], empty["code"]) == (school.code, other)
    assert len(data["fan"]["q50"]) == len(mine["path"]) == 21
    assert all(low <= high for low, high in zip(data["fan"]["q05"], data["fan"]["q95"], strict=True))
    assert mine["guesses"] == [{"country": "PRK", "guess": "bloc", "right": mine["ending"] == "bloc"}]
    for moves in ("with", "without"):
        np.testing.assert_allclose(sum(share[moves] for share in mine["game"]["endings"].values()), 1.0)
    played = mine["game"]["moves"]["PRK"][0]
    options = {each.move: each.payoff for each in Game(load("baseline"), 1, 3, 2).options("PRK")}
    assert played["move"] == "test_nuclear_weapon" and played["best"] == max(options, key=options.__getitem__)
    assert played["lost"] == round(max(options.values()) - options["test_nuclear_weapon"], 4) > 0
    assert {each["move"]: each["payoff"] for each in played["options"]} == {m: round(v, 4) for m, v in options.items()}
    futures = Game(load("baseline"), 1, 3, 2).play({"PRK": "test_nuclear_weapon"}).endings(3, 2)
    for ending, share in mine["game"]["endings"].items():
        np.testing.assert_allclose(share["with"], futures.with_you[ending]["all"].value)
        np.testing.assert_allclose(share["without"], futures.without[ending]["all"].value)
    for (move,) in mine["game"]["moves"].values():
        ranked = [each["payoff"] for each in move["options"]]
        good = move["move"] == move["best"]
        assert move["beside"] == (move["options"][1]["move"] if good else move["move"])
        other = next(each["payoff"] for each in move["options"] if each["move"] == move["beside"])
        lines = sum(reason["gain"] for reason in move["reasons"]) + move["others"] - move["cost"]
        np.testing.assert_allclose([move["ahead"], lines], ranked[0] - other, atol=5e-4)
    assert any(move["move"] == move["best"] and move["reasons"] for (move,) in mine["game"]["moves"].values())
    assert all(move["weighed"] for (move,) in mine["game"]["moves"].values())
    named = {claim for reason in played["reasons"] for claim in reason["claims"]} - {"judgement"}
    assert named and named <= set(mine["game"]["claims"])
    # Nobody played in the other room: its history is the scenario's own.
    own = tell(load("baseline"), seed=1, draw=3, replicate=2).trajectory[data["variable"]][:, 0]
    np.testing.assert_allclose(empty["path"], own, atol=1e-4)


def test_the_debrief_knows_whose_rule_goes_by_habit() -> None:
    world = load("baseline").with_(decision={"PRK": {"rule": "quantal", "depth": 0}})
    game = Game(world, 1, 3, 2).play({"PRK": "hold"})
    weighed = {code: told(game.review(code)[0], game.options(code, 0))["weighed"] for code in ("PRK", "RUS")}
    assert weighed == {"PRK": False, "RUS": True}


def test_without_a_wish_the_debrief_shows_where_the_history_left_the_crowd(school: School) -> None:
    korea = school.hand("PRK")
    school.teacher.act("start")
    korea.seal("hold")
    school.teacher.act("finish")
    about = school.client.get("/api/about").json()["variables"]
    gaps = {}
    for name in about:
        seen = korea.get(f"/debrief?variable={name}").json()
        gap = abs(seen["rooms"][0]["path"][-1] - seen["fan"]["q50"][-1])
        gaps[name] = gap / (about[name]["high"] - about[name]["low"])
    assert gaps[korea.get("/debrief").json()["variable"]] == max(gaps.values())
    assert korea.get("/debrief?variable=nonsense").status_code == 400
