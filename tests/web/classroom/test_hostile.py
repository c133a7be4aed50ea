"""Requests that no honest page sends: each is refused with its own status, and changes nothing."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from triangle_sim.web.classroom.guard import HEADERS
from web.classroom.conftest import HOST, Hand, School


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'"PRK"', b"{}", b'{"country": 3}', b'{"country": "PRK", "admin": true}', b"\xff\xfe",
     b'{"country": NaN}', b'{"country": "PRK", "country": 1e999}', b'{"country": ' + b"9" * 9000 + b"}",
     b'{"country": ["PRK"]}', b'{"country": {"$ne": ""}}', b"[" * 8000, b'{"country": "' + b"P" * 5000 + b'"}'],
)  # fmt: skip
def test_malformed_bodies_are_refused(school: School, journal: Any, content: bytes) -> None:
    headers = {"content-type": "application/json"}
    answer = school.client.post(f"/api/rooms/{school.code}/seats", content=content, headers=headers)
    assert (answer.status_code, answer.json()) == (400, {"refused": "malformed"})
    assert journal()


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_a_form_of_another_site_can_send_is_refused(school: School, kind: str) -> None:
    answer = school.client.post(
        f"/api/rooms/{school.code}/seats", content=b'{"country": "PRK"}', headers={"content-type": kind}
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("code", ["XXXXX", "xxxxx", "<script>", "%00", "..%2f..%2fetc", "9" * 5000, "' OR 1=1 --"])
def test_unknown_rooms_are_not_found(school: School, code: str) -> None:
    answer = school.client.get(f"/api/rooms/{code}")
    assert answer.status_code == 404
    assert set(answer.json()) == {"refused"}


def test_codes_may_be_typed_in_small_letters(school: School) -> None:
    assert school.client.get(f"/api/rooms/{school.code.lower()}").json()["code"] == school.code


def test_whoever_tries_codes_must_wait_and_a_seat_plays_on(school: School) -> None:
    korea = school.hand("PRK")
    found = [school.client.get(f"/api/rooms/BBBB{letter}").status_code for letter in "BCDFGHJKMNPRSTVWXZBCDFG"]
    assert found == [404] * 20 + [429] * 3
    assert school.client.get(f"/api/rooms/{school.code}").status_code == 429  # or the search would go on
    assert korea.get().status_code == 200
    assert school.teacher.act("start").status_code == 200


@pytest.mark.parametrize("token", ["-", "", "None", "null", "undefined"])
def test_a_free_seat_has_no_key(school: School, token: str) -> None:
    """What stands for no token opens neither a room's debrief nor the way around the wait for wrong codes."""
    korea, stranger = school.hand("PRK"), Hand(school.client, school.code, token)
    assert stranger.get().json()["mine"] is None
    assert stranger.post("guess", ending="bloc").json() == {"refused": "not_your_seat"}
    school.teacher.act("start")
    school.teacher.act("finish")
    assert stranger.get("/debrief").json() == stranger.get("/export").json() == {"refused": "not_your_seat"}
    for _ in range(21):
        Hand(school.client, "BBBBB", token).get()
    assert stranger.get().status_code == 429
    assert korea.get().status_code == 200


def test_nobody_moves_for_another_seat(school: School, journal: Any) -> None:
    korea, china = school.hand("PRK"), school.hand("CHN")
    other = next(code for code in school.classroom.rooms if code != school.code)
    foreign = school.hand("PRK", other)
    school.teacher.act("start")
    opening = korea.look()["opening"]
    journal()
    # The body cannot name a country; a token counts in its own room alone; the teacher's moves nobody.
    assert korea.post("seal", opening=opening, move="hold", country="CHN").status_code == 400
    for token in (foreign.token, "", "x", china.token[:-1], china.token + "x", school.teacher.token):
        stranger = Hand(school.client, school.code, token)
        assert stranger.post("seal", opening=opening, move="hold").status_code == 403, token
        assert stranger.post("leave").status_code == 403
    for odd in (b"Bearer \xff\xfe", b"Basic " + korea.token.encode(), korea.token.encode(), b"Bearer"):
        answer = school.client.post(
            f"/api/rooms/{school.code}/seal", json={"opening": opening, "move": "hold"}, headers={"authorization": odd}
        )
        assert answer.status_code == 403
    assert school.client.post(f"/api/rooms/{school.code}/seal?token={korea.token}",
                              json={"opening": opening, "move": "hold"}).status_code == 403  # fmt: skip
    assert journal()


def test_moves_are_of_the_countrys_own_menu(school: School, journal: Any) -> None:
    korea = school.hand("PRK")
    school.teacher.act("start")
    journal()
    for move in ("sanction", "build_trilateral", "", "hold ", "HOLD", "__class__", "<b>hold</b>", "hold\x00"):
        assert korea.seal(move).json() == {"refused": "not_on_the_menu"}, move
    assert journal()


def test_replayed_early_and_late_moves_are_refused(school: School) -> None:
    korea = school.hand("PRK")
    assert korea.post("seal", opening=0, move="hold").status_code == 409  # before the first turn
    school.teacher.act("start")
    opening = korea.look()["opening"]
    sent = {"opening": opening, "move": "hold"}
    assert korea.post("seal", opening=opening + 1, move="hold").status_code == 409
    assert korea.post("seal", **sent).status_code == 200
    assert korea.post("seal", **sent).json() == {"refused": "turn_not_open"}
    # A turn that was taken back and opened again is another one.
    school.teacher.act("undo", opening=korea.look()["opening"])
    assert korea.look()["turn"] == 0
    assert korea.post("seal", **sent).json() == {"refused": "turn_not_open"}
    school.teacher.act("finish")
    assert korea.post("seal", opening=korea.look()["opening"], move="hold").status_code == 409


def test_a_teachers_double_click_resolves_one_turn(school: School) -> None:
    school.hand("PRK")
    school.teacher.act("start")
    opening = school.teacher.look()["opening"]
    assert [school.teacher.act("resolve", opening=opening).status_code for _ in range(2)] == [200, 409]


def test_only_the_teacher_pulls_levers(school: School, journal: Any) -> None:
    korea = school.hand("PRK")
    journal()
    bodies: dict[str, dict[str, Any]] = {
        "start": {}, "finish": {}, "anew": {}, "resolve": {"opening": 0}, "undo": {"opening": 0},
        "timer": {"seconds": 1}, "free": {"country": "PRK"},
    }  # fmt: skip
    for action, body in bodies.items():
        assert korea.act(action, **body).json() == {"refused": "not_the_teacher"}, action
        assert Hand(school.client, school.code).act(action, **body).status_code == 403, action
    assert school.client.get("/api/board", headers=korea.headers).status_code == 403
    assert school.teacher.act("shutdown").status_code == 404
    assert school.teacher.act("timer", seconds=10**9).status_code == 400
    assert school.teacher.act("timer", seconds=True).status_code == 400
    assert journal()


def test_every_answer_keeps_to_itself(school: School) -> None:
    paths = ["/", "/board", "/classroom/js/team.js", "/page/style.css", "/api/about", "/api/words", "/nowhere",
             f"/api/rooms/{school.code}", "/api/rooms/XXXXX", "/api/board"]  # fmt: skip
    answers = [school.client.get(path) for path in paths]
    answers += [school.client.get("/", headers={"host": "evil"}), school.client.put("/"),
                school.client.post("/api/rooms/X/seal", content=b" " * 20_000)]  # fmt: skip
    for answer in answers:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, answer.url
        assert "set-cookie" not in answer.headers and "access-control-allow-origin" not in answer.headers
    assert "'self'" in HEADERS["content-security-policy"] and "unsafe" not in HEADERS["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    ["/classroom/../classroom.py", "/classroom/..%2fapp.py", "/page/..%2f..%2fresources.py", "/page/%2e%2e/pack.py",
     "/classroom//etc/passwd"],
)  # fmt: skip
def test_only_pages_are_served(school: School, path: str) -> None:
    assert school.client.get(path).status_code == 404


def test_no_secret_is_shown_or_logged(school: School, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    korea = school.hand("PRK")
    school.teacher.act("start")
    korea.seal("snub_beijing")
    texts = [
        korea.get().text,
        school.client.get("/api/about").text,
        str(school.teacher.board()),
        school.client.get("/board").text,
    ]
    for secret in (korea.token, school.teacher.token):
        assert not any(secret in text for text in texts)
        assert secret not in "".join(record.getMessage() for record in caplog.records if record.name != "httpx")
        assert not any(secret in str(answer.url) for answer in (korea.get(), school.client.get(f"{HOST}/board")))


def test_a_scenarios_title_is_text_to_pages(school: School) -> None:
    """Titles travel as JSON, which no browser reads as a page."""
    answer = school.client.get("/api/about")
    assert answer.headers["content-type"].startswith("application/json")
    names = ("team", "board", "seat", "news", "debrief", "review", "levers", "around", "pictures", "ask", "kept")
    sources = [school.client.get(f"/classroom/js/{name}.js").text for name in names]
    assert all(sources)
    assert not any(word in text for text in sources for word in ("innerHTML", "outerHTML", "insertAdjacent", "eval("))
