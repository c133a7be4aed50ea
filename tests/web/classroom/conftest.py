"""A classroom of two rooms that answers in this process, and hands that hold its seats."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from triangle_sim.scenario.load import load
from triangle_sim.web.classroom.app import make_app
from triangle_sim.web.classroom.classroom import Classroom
from triangle_sim.web.classroom.playing import Playing
from triangle_sim.web.classroom.store import Store

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # newer Starlettes would rather have another client than httpx
    from starlette.testclient import TestClient

HOST = "http://127.0.0.1:8765"


@dataclass
class Clock:
    """Seconds that pass when a test says so."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Hand:
    """What speaks to the server for one seat, or for the teacher."""

    client: TestClient
    code: str
    token: str = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"} if self.token else {}

    def post(self, what: str, **body: Any) -> Any:
        return self.client.post(f"/api/rooms/{self.code}/{what}", json=body, headers=self.headers)

    def get(self, what: str = "") -> Any:
        return self.client.get(f"/api/rooms/{self.code}{what}", headers=self.headers)

    def look(self) -> dict[str, Any]:
        return dict(self.get().json())

    def act(self, action: str, **body: Any) -> Any:
        return self.client.post(f"/api/board/{self.code}/{action}", json=body, headers=self.headers)

    def seal(self, move: str) -> Any:
        return self.post("seal", opening=self.look()["opening"], move=move)

    def board(self) -> dict[str, Any]:
        return dict(self.client.get(f"/api/board?room={self.code}", headers=self.headers).json())


@dataclass
class School:
    """The classroom under test."""

    classroom: Classroom
    client: TestClient
    folder: Path
    clock: Clock
    code: str = field(init=False)
    teacher: Hand = field(init=False)

    def __post_init__(self) -> None:
        self.code = next(iter(self.classroom.rooms))
        self.teacher = Hand(self.client, self.code, self.classroom.teacher)

    def hand(self, country: str, code: str = "") -> Hand:
        """A team that has just taken a seat."""
        hand = Hand(self.client, code or self.code)
        answer = hand.post("seats", country=country)
        assert answer.status_code == 201, answer.text
        hand.token = answer.json()["token"]
        return hand

    def told(self, hand: Hand) -> dict[str, Any]:
        """The room once its news are there."""
        return until(hand.look, lambda view: view["now"] is not None)


def until(look: Callable[[], Any], there: Callable[[Any], bool], seconds: float = 20.0) -> Any:
    """What ``look`` sees once it is what is waited for."""
    end = time.monotonic() + seconds
    while not there(seen := look()):
        assert time.monotonic() < end, seen
        time.sleep(0.02)
    return seen


@pytest.fixture
def playing() -> Playing:
    return Playing(load("baseline"), seed=1, draw=3, replicate=2)


@pytest.fixture
def opened(tmp_path: Path, playing: Playing) -> Callable[..., Any]:
    """Opens the classroom of the test's folder; a second call opens it again."""

    def open_(**how: Any) -> Classroom:
        return Classroom(Store.open(tmp_path / "class"), playing, **{"rooms": 2, "turns": 3, "futures": (3, 2), **how})

    return open_


@pytest.fixture
def school(opened: Callable[..., Classroom], tmp_path: Path) -> Iterator[School]:
    clock = Clock()
    classroom = opened(clock=clock)
    with TestClient(make_app(classroom), base_url=HOST) as client:
        yield School(classroom, client, tmp_path / "class", clock)


@pytest.fixture
def journal(school: School) -> Iterator[Any]:
    """Says whether nothing was written since the last call."""
    path = school.folder / "classroom.jsonl"
    last = path.read_bytes()

    def unchanged() -> bool:
        nonlocal last
        before, last = last, path.read_bytes()
        return before == last

    yield unchanged
