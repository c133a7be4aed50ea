"""What is refused before anybody reads it: other hosts, other sites' pages, bodies too large, slow or broken."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from triangle_sim.web.classroom import guard
from triangle_sim.web.classroom.app import make_app
from triangle_sim.web.classroom.guard import LARGEST_BODY
from web.classroom.conftest import HOST, School


@pytest.mark.parametrize(
    "host", ["example.org", "127.0.0.1.example.org", "localhost.", "[::2]", "", "127.0.0.1:8765:1"]
)
def test_other_hosts_are_refused(school: School, host: str) -> None:
    answer = school.client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert answer.json() == {"refused": "unknown_host"}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:1", "LOCALHOST:8765", "[::1]:8765", "[::1]"])
def test_this_machine_by_its_names_is_not(school: School, host: str) -> None:
    assert school.client.get("/", headers={"host": host}).status_code == 200


def test_a_machine_of_the_network_only_where_it_was_let_in(school: School) -> None:
    assert school.client.get("/", headers={"host": "192.168.7.7:8765"}).status_code == 421


def test_large_bodies_are_refused_unread(school: School, journal: Any) -> None:
    korea = school.hand("PRK")
    journal()
    for size in (LARGEST_BODY + 1, 10_000_000):
        answer = school.client.post(f"/api/rooms/{school.code}/seal", content=b" " * size, headers=korea.headers)
        assert (answer.status_code, answer.json()) == (413, {"refused": "too_large"})
    assert journal()


def test_a_body_without_a_length_is_refused_while_it_arrives(school: School) -> None:
    """Ten megabytes are on offer; the server stops asking for them after a little more than it takes."""
    app = make_app(school.classroom)
    asked, answers = 0, []

    async def receive() -> dict[str, Any]:
        nonlocal asked
        asked += 1
        return {"type": "http.request", "body": b" " * 4096, "more_body": asked < 2500}

    async def send(message: Any) -> None:
        answers.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/api/rooms/X/seal", "headers": [(b"host", b"localhost")],
        "query_string": b"", "raw_path": b"/", "root_path": "", "scheme": "http", "http_version": "1.1",
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    assert answers[0]["status"] == 413
    assert asked <= LARGEST_BODY / 4096 + 1


def test_a_body_that_does_not_come_is_not_waited_for(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "PATIENCE", 0.05)
    answers = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(60)
        raise AssertionError

    async def send(message: Any) -> None:
        answers.append(message)

    scope = {"type": "http", "method": "POST", "path": "/api/rooms/X/seal", "headers": [(b"host", b"localhost")]}
    asyncio.run(guard.Guard(make_app(school.classroom), guard.LOCAL)(scope, receive, send))
    assert answers[0]["status"] == 408


@pytest.mark.parametrize("length", ["-1", "1e3", "0x10", "9" * 400, "٣"])
def test_broken_lengths_are_refused(school: School, length: str) -> None:
    headers = {"content-length": length.encode()}
    assert school.client.post("/api/rooms/X/seal", headers=headers).status_code in (400, 413)


def test_another_sites_page_is_refused_and_a_link_to_a_page_is_not(school: School) -> None:
    """Blind requests, of which a foreign page sees no answer, neither change anything nor use up anybody's tries."""
    for headers in ({"origin": "http://example.org"}, {"origin": "null"}, {"origin": "http://127.0.0.1:8766"},
                    {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}):  # fmt: skip
        for _ in range(25):
            answer = school.client.get("/api/rooms/BBBBB", headers=headers)
        assert (answer.status_code, answer.json()) == (403, {"refused": "foreign_page"})
    own = {"origin": HOST, "sec-fetch-site": "same-origin"}
    assert school.client.get(f"/api/rooms/{school.code}", headers=own).status_code == 200
    assert school.client.get("/", headers={"sec-fetch-site": "cross-site"}).status_code == 200
