"""A game from the first seat to the debrief, as pages ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from triangle_sim.scenario.load import load
from triangle_sim.story.tell import tell
from web.classroom.conftest import School, until


def test_a_seat_is_taken_once_and_freed_by_its_team_or_the_teacher(school: School) -> None:
    korea = school.hand("PRK")
    assert korea.post("seats", country="PRK").json() == {"refused": "seat_taken"}
    assert korea.look()["mine"]["country"] == "PRK"
    assert korea.post("leave").status_code == 200
    assert korea.look()["mine"] is None
    again = school.hand("PRK")
    assert school.teacher.act("free", country="PRK").status_code == 200
    assert again.look()["mine"] is None
    assert school.teacher.act("free", country="PRK").json() == {"refused": "seat_free"}


def test_guesses_close_with_the_first_turn(school: School) -> None:
    korea = school.hand("PRK")
    assert korea.post("guess", ending="bloc").status_code == 200
    assert korea.post("guess", ending="hedging").status_code == 200
    assert korea.post("guess", ending="victory").status_code == 400
    assert school.teacher.act("start").status_code == 200
    assert korea.post("guess", ending="bloc").json() == {"refused": "too_late_to_guess"}
    assert korea.look()["mine"]["guess"] == "hedging"


def test_a_turn_resolves_when_all_have_sealed_and_nobody_sees_a_sealed_move(school: School) -> None:
    korea, china = school.hand("PRK"), school.hand("CHN")
    school.teacher.act("start")
    assert korea.seal("snub_beijing").status_code == 200
    others = [china.get().text, china.get(""), school.teacher.get().text, str(school.teacher.board())]
    assert not any("snub_beijing" in str(each) for each in others)
    seats = {seat["country"]: seat["sealed"] for seat in china.look()["seats"]}
    assert seats["PRK"] and not seats["CHN"]
    assert china.look()["turn"] == 0
    assert china.seal("tighten_enforcement").status_code == 200
    view = school.told(china)
    assert view["turn"] == 1
    acts = {act["country"]: act for act in view["news"][0]["acts"]}
    assert acts["PRK"]["move"] == "snub_beijing" and acts["PRK"]["team"]
    assert not acts["RUS"]["team"]


def test_a_sealed_move_can_be_opened_again_until_the_turn_is_played(school: School) -> None:
    korea, _ = school.hand("PRK"), school.hand("CHN")
    school.teacher.act("start")
    korea.seal("hold")
    assert korea.seal("snub_beijing").json() == {"refused": "already_sealed"}
    opening = korea.look()["opening"]
    assert korea.post("unseal", opening=opening).status_code == 200
    assert korea.post("unseal", opening=opening).json() == {"refused": "not_sealed"}
    assert korea.seal("snub_beijing").status_code == 200
    assert school.teacher.act("resolve", opening=opening).status_code == 200
    assert school.classroom.rooms[school.code].moves[0]["PRK"] == "snub_beijing"


def test_late_seats_are_played_by_the_rule_of_the_model(school: School) -> None:
    """With no move sealed, a turn is that quarter of the scenario's own story."""
    school.hand("PRK")
    school.teacher.act("start")
    school.teacher.act("resolve", opening=school.teacher.look()["opening"])
    view = until(school.teacher.board, lambda seen: seen["room"]["now"] is not None)["room"]
    first = tell(load("baseline"), seed=1, draw=3, replicate=2).chapters[0]
    assert [act["move"] for act in view["news"][0]["acts"]] == [act.move for act in first.acts]
    assert view["news"][0]["triangle"] == first.triangle


def test_the_timer_resolves_a_turn(school: School) -> None:
    korea, _ = school.hand("PRK"), school.hand("CHN")
    assert school.teacher.act("timer", seconds=60).status_code == 200
    school.teacher.act("start")
    assert korea.look()["left"] == 60
    korea.seal("snub_beijing")
    school.clock.now += 59
    assert korea.look()["left"] == 1
    school.clock.now += 2
    view = until(korea.look, lambda seen: seen["turn"] == 1)
    assert view["left"] == 60  # the next turn has its own
    assert school.classroom.rooms[school.code].moves == [
        {"CHN": None, "KOR": None, "PRK": "snub_beijing", "RUS": None, "USA": None}
    ]


def test_a_seat_that_is_freed_does_not_play_the_turn(school: School) -> None:
    """The last team's device has died: its teacher frees the seat, and it can still take it again and move."""
    korea, china = school.hand("PRK"), school.hand("CHN")
    school.teacher.act("start")
    china.seal("hold")
    school.teacher.act("free", country="PRK")
    school.clock.now += 1.0
    assert korea.look()["turn"] == 0
    again = school.hand("PRK")
    again.seal("snub_beijing")
    assert school.classroom.rooms[school.code].moves[0]["PRK"] == "snub_beijing"


def test_a_turn_that_cannot_be_written_is_played_once_it_can(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fills up after the last seal: the move is sealed, and the turn follows."""
    korea, store = school.hand("PRK"), school.classroom.store
    school.teacher.act("start")
    append = store.append

    def full(event: Mapping[str, Any]) -> None:
        if event["what"] == "resolved":
            raise OSError(28, "No space left on device")
        append(event)

    with monkeypatch.context() as patch:
        patch.setattr(store, "append", full)
        assert korea.seal("hold").status_code == 200
        assert (korea.look()["mine"]["sealed"], korea.look()["turn"]) == ("hold", 0)
    school.clock.now += 6.0
    assert until(korea.look, lambda seen: seen["turn"] == 1)["left"] is None


def test_undo_takes_the_last_turn_back(school: School) -> None:
    korea = school.hand("PRK")
    school.teacher.act("start")
    assert school.teacher.act("undo", opening=korea.look()["opening"]).json() == {"refused": "nothing_to_undo"}
    korea.seal("snub_beijing")
    before = school.told(korea)
    assert before["turn"] == 1
    assert school.teacher.act("undo", opening=before["opening"]).status_code == 200
    after = school.told(korea)
    assert after["turn"] == 0 and after["news"] == [] and after["mine"]["sealed"] is None
    korea.seal("hold")
    assert school.classroom.rooms[school.code].moves[0]["PRK"] == "hold"


def test_a_game_ends_after_its_turns_and_can_begin_anew_with_other_luck(school: School) -> None:
    korea = school.hand("PRK")
    school.teacher.act("start")
    for _ in range(3):
        korea.seal("hold")
    over = school.told(korea)
    assert (over["phase"], over["turn"], over["run"]) == ("over", 3, "3.2")
    assert school.teacher.act("anew").status_code == 200
    anew = school.told(korea)
    assert (anew["phase"], anew["turn"], anew["run"], anew["mine"]["country"]) == ("guess", 0, "3.3", "PRK")


def test_pages_that_know_a_room_are_told_nothing(school: School) -> None:
    korea = school.hand("PRK")
    version = school.told(korea)["version"]
    assert korea.get(f"?since={version}").status_code == 204
    school.hand("CHN")
    assert korea.get(f"?since={version}").status_code == 200


def test_nothing_happens_that_cannot_be_written(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk a team is told so, and finds everything as it was once there is room again."""
    korea = school.hand("PRK")
    school.teacher.act("start")
    before = school.told(korea)

    def full(event: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(school.classroom.store, "append", full)
        answer = korea.seal("hold")
        assert (answer.status_code, answer.json()) == (507, {"refused": "not_saved"})
        assert korea.look() == before
    assert korea.seal("hold").status_code == 200
