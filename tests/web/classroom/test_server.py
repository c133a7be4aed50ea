"""The command as a process: killed without warning, it goes on where it was; and a demonstration plays itself."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from triangle_sim.errors import UsageError
from triangle_sim.web.classroom import serve
from triangle_sim.web.classroom.app import make_app
from triangle_sim.web.classroom.classroom import Classroom
from triangle_sim.web.classroom.connections import MOST_EACH, Counted
from triangle_sim.web.classroom.demo import demonstrate
from triangle_sim.web.classroom.serve import bound, config
from web.classroom.conftest import until


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str, str, list[str]]]:
    """A server as a process of its own: the process, its address, the teacher's token, the codes."""
    words = [sys.executable, "-m", "triangle_sim", "classroom", "--port", "0", "--folder", str(folder), *options]
    with (
        open(folder.with_suffix(".err"), "w", encoding="utf-8") as errors,
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=folder.parent) as process,
    ):
        try:
            lines = []
            assert process.stdout is not None
            for line in process.stdout:
                lines.append(line)
                if "Ctrl-C" in line:
                    break
            text = "".join(lines)
            found = re.search(r"(http://127\.0\.0\.1:\d+)/board#(\S+)", text)
            codes = re.search(r"room code +(.*)", text)
            assert found and codes, text + folder.with_suffix(".err").read_text(encoding="utf-8")
            yield process, found[1], found[2], codes[1].split()
        finally:
            process.kill()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="signals are of POSIX")
def test_a_killed_server_loses_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "class"
    headers: dict[str, str] = {}

    def look(address: str, code: str) -> Any:
        return httpx.get(f"{address}/api/rooms/{code}", headers=headers).json()

    with serving(folder, "--rooms", "2") as (process, address, teacher, codes):
        until(lambda: _answers(address), bool)
        taken = httpx.post(f"{address}/api/rooms/{codes[0]}/seats", json={"country": "PRK"}).json()
        headers["authorization"] = f"Bearer {taken['token']}"
        httpx.post(f"{address}/api/board/{codes[0]}/start", json={}, headers={"authorization": f"Bearer {teacher}"})
        for move in ("court_beijing", "test_missile"):
            opening = look(address, codes[0])["opening"]
            sealed = {"opening": opening, "move": move}
            answer = httpx.post(f"{address}/api/rooms/{codes[0]}/seal", json=sealed, headers=headers)
            assert answer.status_code == 200, answer.text
        before = until(lambda: look(address, codes[0]), lambda view: view["now"] is not None)
        assert "server" not in httpx.get(address).headers
        process.send_signal(signal.SIGKILL)
        process.wait()
    with serving(folder) as (process, address, again, same):
        assert (again, same) == (teacher, codes)
        until(lambda: _answers(address), bool)
        after = until(lambda: look(address, codes[0]), lambda view: view["now"] is not None)
        assert after["turn"] == 2 and after["mine"] == before["mine"]
        assert after["version"] != before["version"]
        assert (after["news"], after["now"], after["seats"]) == (before["news"], before["now"], before["seats"])
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 130
    said = folder.with_suffix(".err").read_text(encoding="utf-8")
    assert "is kept in" in said and "Traceback" not in said
    assert taken["token"] not in said and "127.0.0.1" not in said


@pytest.mark.skipif(sys.platform != "linux", reason="only here has the loopback other addresses")
def test_one_device_does_not_take_all_connections(opened: Callable[..., Classroom]) -> None:
    """450 idle connections of one address, more than there are in all: others are served, it gets its share."""
    with bound(0, False) as place:
        server = uvicorn.Server(config(make_app(opened(rooms=1))))
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[place])))
        thread.start()
        port = place.getsockname()[1]
        try:
            until(lambda: _answers(f"http://127.0.0.1:{port}"), bool)
            idle = [socket.create_connection(("127.0.0.1", port), source_address=("127.0.0.2", 0)) for _ in range(450)]
            until(lambda: len(idle) - sum(map(_closed, idle)), lambda still: still <= MOST_EACH)
            assert _answers(f"http://127.0.0.1:{port}")
            for each in idle:
                each.close()
            until(lambda: Counted.open["127.0.0.2"], lambda still: not still)
        finally:
            server.should_exit = True
            thread.join(timeout=20)


def _closed(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


@pytest.mark.skipif(sys.platform != "linux", reason="what is asked is Linux's")
def test_addresses_are_found_without_a_way_out() -> None:
    """As on a laptop that is itself the hotspot."""
    assert "127.0.0.1" in serve._of_interfaces()
    assert not any(each.startswith("127.") for each in serve.addresses())


def test_without_a_network_the_teacher_is_told(
    opened: Callable[..., Classroom], monkeypatch: pytest.MonkeyPatch
) -> None:
    classroom = opened()
    monkeypatch.setattr(serve, "addresses", lambda: [])
    assert "No network was found" in serve.announced(classroom, 8765, lan=True)
    assert "No network" not in serve.announced(classroom, 8765, lan=False)
    monkeypatch.setattr(serve, "addresses", lambda: ["192.0.2.7", "10.42.0.1"])
    assert "http://192.0.2.7:8765/ or http://10.42.0.1:8765/" in serve.announced(classroom, 8765, lan=True)
    classroom.store.close()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/api/about", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with bound(0, False) as place, socket.socket() as other:
        other.close()
        place.listen()
        with pytest.raises(UsageError, match="cannot be used"):
            bound(place.getsockname()[1], False)
        assert place.getsockname()[0] == "127.0.0.1"


def test_without_its_libraries_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from triangle_sim.cli.classroom import need_server

    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(UsageError, match="Starlette and uvicorn") as error:
        need_server()
    assert "pip install 'triangle-sim[classroom]'" in str(error.value)


def test_a_demonstration_plays_every_seat_the_same_way_with_the_same_seed(
    opened: Callable[..., Classroom], tmp_path: Path
) -> None:
    games = []
    for _ in range(2):
        classroom = opened(turns=2)
        asyncio.run(asyncio.wait_for(demonstrate(classroom, seed=7, pace=0.0), 60))
        classroom.store.close()
        (tmp_path / "class" / "classroom.jsonl").unlink()
        rooms = list(classroom.rooms.values())
        assert all(room.phase == "over" and room.turn == 2 for room in rooms)
        assert all(None not in turn.values() for room in rooms for turn in room.moves)
        assert all(seat.guess for room in rooms for seat in room.seats.values())
        games.append([room.moves for room in rooms])
    assert games[0] == games[1]
    assert games[0][0] != games[0][1]


def test_a_demonstration_leaves_a_seat_to_people_who_take_it(opened: Callable[..., Classroom]) -> None:
    classroom = opened(rooms=1, turns=2)
    (room,) = classroom.rooms.values()

    async def play() -> None:
        from triangle_sim.web.classroom import rules

        playing = asyncio.create_task(demonstrate(classroom, seed=7, pace=0.02))
        while room.phase == "guess":
            await asyncio.sleep(0.01)
        await classroom.happen(room, lambda: rules.free(room, "PRK"))
        await classroom.happen(room, lambda: rules.take(room, "PRK"))
        turn = room.turn
        while len(room.sealed) < 4:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        assert room.turn == turn and "PRK" not in room.sealed  # it waits for them
        await classroom.happen(room, lambda: rules.seal(room, "PRK", room.opening, "hold", classroom.playing.menus))
        assert room.turn == turn + 1
        playing.cancel()

    asyncio.run(play())
    classroom.store.close()
