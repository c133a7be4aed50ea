"""A whole game in browsers: five teams, each in a context of its own, and the board; keyboard, reload, console."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from triangle_sim.web.classroom.app import make_app
from triangle_sim.web.classroom.classroom import Classroom
from triangle_sim.web.classroom.serve import announced, bound

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this system")

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
WIDEST = """[...document.querySelectorAll("body *")].filter((e) => !e.closest(".scroll, .unseen, .skip")
  && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).slice(0, 3).map((e) => e.outerHTML)"""
SMALLEST = """Math.min(...[...document.querySelectorAll("main *")]
  .filter((e) => e.textContent && !e.children.length && e.getClientRects().length && !e.closest("svg"))
  .map((e) => parseFloat(getComputedStyle(e).fontSize)))"""
MOVES = {"CHN": "tighten_enforcement", "KOR": "hold", "PRK": "snub_beijing", "RUS": "court_pyongyang", "USA": "hold"}


@pytest.fixture
def served(opened: Callable[..., Classroom]) -> Iterator[tuple[Classroom, str]]:
    """A classroom on a port of this machine, in a thread."""
    classroom = opened(rooms=2, turns=2)
    place = bound(0, False)
    announced(classroom, place.getsockname()[1], False)
    config = uvicorn.Config(make_app(classroom), log_level="warning", access_log=False, ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[place])))
    thread.start()
    try:
        yield classroom, f"http://127.0.0.1:{place.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        place.close()


def test_five_teams_and_a_board_play_a_game(served: tuple[Classroom, str], tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    classroom, address = served
    code = next(iter(classroom.rooms))
    room = classroom.rooms[code]
    trouble: list[str] = []

    def page(width: int, path: str) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 700}, locale="en-US")
        made = context.new_page()
        made.on("console", lambda said: trouble.append(said.text) if said.type in ("error", "warning") else None)
        made.on("pageerror", lambda error: trouble.append(str(error)))
        made.on("request", lambda asked: asked.url.startswith((address, "data:", "blob:")) or trouble.append(asked.url))
        made.on("dialog", lambda asked: asked.accept())
        made.goto(address + path)
        return made

    def fits(seen: Any) -> None:
        wide = seen.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        widest = seen.evaluate(WIDEST) if wide > 0 else ""
        assert wide <= 0, (seen.url, widest)

    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        board = page(1920, f"/board#{classroom.teacher}")
        board.get_by_text(code, exact=True).last.wait_for()
        assert classroom.teacher not in board.url
        teams = {country: page(320 if country == "PRK" else 1280, "/") for country in room.countries}
        for country, team in teams.items():
            # By keyboard alone: the code, the seat, the guess.
            team.get_by_label("Room code").focus()
            team.keyboard.type(code.lower())
            team.keyboard.press("Enter")
            team.locator(f'[data-key="seat-{country}"]').press("Enter")
            team.locator('[data-key="guess-bloc"]').press("Enter")
            team.locator('[data-key="guess-bloc"][aria-pressed="true"]').wait_for()
            fits(team)
        assert sorted(room.taken) == sorted(room.countries)
        teams["PRK"].reload()
        teams["PRK"].locator('[data-key="guess-bloc"][aria-pressed="true"]').wait_for()
        board.locator('[data-key="start"]').press("Enter")
        for turn in range(2):
            for country, team in teams.items():
                move = team.locator(f'[data-key="move-{MOVES[country]}"]')
                move.focus()
                team.keyboard.press("Space")
                team.locator('[data-key="seal"]').press("Enter")
                if turn == 0 and country == "KOR":
                    team.get_by_text("Sealed:").wait_for()
                    board.locator(".seats .has_sealed").nth(1).wait_for()
                    assert "snub" not in board.content()
                    fits(team)
                    fits(board)
            teams["PRK"].get_by_text(["Turn 2 of 2", "Looking back"][turn]).first.wait_for()
            assert room.turn == turn + 1
            if turn == 0:
                teams["USA"].reload()
                teams["USA"].get_by_text("Pyongyang cancels exchanges with China").wait_for()
                board.get_by_text("Pyongyang cancels exchanges with China").wait_for()
                board.locator("svg.drawn").first.wait_for()
                assert board.evaluate(SMALLEST) >= 28
        for seen in (board, teams["PRK"]):
            seen.get_by_text("Your history over the model's futures").wait_for()
            seen.locator(".debrief svg.drawn").first.wait_for()
            fits(seen)
        assert teams["PRK"].locator(".review tbody tr").count() >= 2
        assert teams["PRK"].locator(".review > tbody > tr > td:last-child > div").count() >= 2  # why, good move or bad
        with teams["PRK"].expect_download() as saved:
            teams["PRK"].locator('[data-key="export"]').press("Enter")
        file = tmp_path / "game.yaml"
        saved.value.save_as(file)
        assert "PRK: [snub_beijing, snub_beijing]" in file.read_text(encoding="utf-8")
        teams["CHN"].locator('[data-key="speak-ko"]').press("Enter")
        teams["CHN"].get_by_text("돌아보기").first.wait_for()
        assert teams["CHN"].evaluate("document.documentElement.lang") == "ko"
        board.locator('[data-key="undo"]').press("Enter")
        teams["PRK"].get_by_text("Turn 2 of 2").first.wait_for()
        assert room.turn == 1
        browser.close()
    assert trouble == []
