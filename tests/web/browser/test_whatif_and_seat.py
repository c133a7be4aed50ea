"""What if and the seat in a browser: the numbers of ``run``, and a game that ``story`` replays, by keyboard alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.web.browser.chromium import overflows

from triangle_sim.scenario.load import load
from triangle_sim.seat.replay import ending_of
from triangle_sim.story.tell import tell
from triangle_sim.web.words import words

README = Path(__file__).parents[3] / "README.md"
SETTLED = "[data-settled=true][data-futures='10000']"


@pytest.mark.long
def test_a_slider_gives_the_numbers_of_run(page: Any) -> None:
    """The README's first answer is that of ``run trump_win``: Trump's odds at one are the same futures."""
    told = " ".join(README.read_text(encoding="utf-8").split())
    found = re.search(
        r"in (\d+)% of futures, (\d+)% without \(baseline\): (\S+) points (\[.*?\]); "
        r"Chung (\S+) (\[.*?\]), Lowy (\S+) (\[.*?\])",
        told,
    )
    assert found
    with_, without, gap, ends, chung, chung_ends, lowy, lowy_ends = found.groups()
    page.goto(f"{page.address}#v=1&s=whatif&l=en")
    page.wait_for_selector(SETTLED)
    page.select_option("#measure", "us_prk_summit")
    page.focus("#slider-odds-trump_elected")
    page.keyboard.press("End")
    page.wait_for_selector("[data-settled=false]")
    page.wait_for_selector(SETTLED)
    first = page.inner_text(".answers p >> nth=0")
    assert re.search(rf": {with_} of 100 futures .* Without the changes: {without} of 100\.$", first), first
    against = page.inner_text(".results li >> nth=0")
    expected = f"{gap} {ends}; Chung {chung} {chung_ends}, Lowy {lowy} {lowy_ends}"
    assert against.endswith(expected), against
    page.wait_for_url(re.compile("odds.trump_elected=1"))
    assert not overflows(page)


def test_a_game_is_played_by_keyboard_kept_by_its_link_and_replayed_from_its_file(page: Any, tmp_path: Path) -> None:
    moves = ("court_moscow", "hold")
    said = words("en").data
    page.goto(f"{page.address}#v=1&s=seat&l=en&run=37.4")
    page.wait_for_selector("button.primary")
    press(page, "button.primary")
    for move in (*moves, "test_missile"):
        page.focus(f"#move-{move}")
        page.keyboard.press("Space")
        press(page, "button.primary")
    press(page, "text=Take back one quarter")
    page.wait_for_selector("[data-quarter='2']")
    happened = page.locator(".acts > li").all_inner_texts()
    page.wait_for_url(re.compile("PRK=court_moscow,hold"))
    assert not overflows(page)
    page.reload()
    page.wait_for_selector("[data-quarter='2']")
    press(page, "text=Let the model play on")
    page.wait_for_selector("[data-futures='10000']")
    with page.expect_download() as download:
        press(page, "text=Save baseline_PRK_37_4.yaml")
    file = tmp_path / "game.yaml"
    download.value.save_as(file)
    scenario = load(str(file))
    story = tell(scenario, seed=scenario.seed, draw=37, replicate=4)
    acts = {act.country: act for act in story.chapters[1].acts}
    assert len(happened) == len(acts) == 5
    for act in acts.values():
        line = f"{said['countries'][act.country]['label']}: {said['moves'][act.country][act.move]['label']}"
        assert any(each.lower().startswith(line.lower()) for each in happened), (line, happened)
    rows = page.locator("table.stacked tbody tr").all_inner_texts()
    assert [row.split()[0] for row in rows] == [story.chapters[0].quarter, story.chapters[1].quarter]
    best = said["moves"]["PRK"][acts["PRK"].best]["label"]
    assert acts["PRK"].best != moves[1]
    assert best.lower() in rows[1].lower()
    assert f"({100 * acts['PRK'].chance:.0f} in 100)" in rows[1]
    assert said["endings"][ending_of(scenario, scenario.seed, 37, 4)]["label"] in page.inner_text(
        ".debrief .lead >> nth=0"
    )
    assert not overflows(page)


def press(page: Any, target: str) -> None:
    """Presses a button with the keyboard."""
    page.focus(target)
    page.keyboard.press("Enter")
