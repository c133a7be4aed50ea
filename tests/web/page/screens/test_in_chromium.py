"""What if and the seat in a browser: the numbers of ``run``, and a game that ``story`` replays, by keyboard alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from triangle_sim.scenario.load import load
from triangle_sim.seat.replay import ending_of
from triangle_sim.story.tell import tell
from triangle_sim.web.words import words
from web.page.screens.conftest import overflows

README = Path(__file__).parents[4] / "README.md"
SETTLED = "[data-settled=true][data-futures='10000']"


def test_a_slider_gives_the_numbers_of_run(tab: Any) -> None:
    """The README's first answer is that of ``run trump_win``: Trump's odds at one are the same futures."""
    told = " ".join(README.read_text(encoding="utf-8").split())
    found = re.search(
        r"in (\d+)% of futures, (\d+)% without \(baseline\): (\S+) points (\[.*?\]); "
        r"Chung (\S+) (\[.*?\]), Lowy (\S+) (\[.*?\])",
        told,
    )
    assert found
    with_, without, gap, ends, chung, chung_ends, lowy, lowy_ends = found.groups()
    tab.goto(f"{tab.address}#v=1&s=whatif&l=en")
    tab.wait_for_selector(SETTLED)
    tab.select_option("#measure", "us_prk_summit")
    tab.focus("#slider-odds-trump_elected")
    tab.keyboard.press("End")
    tab.wait_for_selector("[data-settled=false]")
    tab.wait_for_selector(SETTLED)
    first = tab.inner_text(".answers p >> nth=0")
    assert re.search(rf": {with_} of 100 futures .* Without the changes: {without} of 100\.$", first), first
    against = tab.inner_text(".results li >> nth=0")
    expected = f"{gap} {ends}; Chung {chung} {chung_ends}, Lowy {lowy} {lowy_ends}"
    assert against.endswith(expected), against
    tab.wait_for_url(re.compile("odds.trump_elected=1"))
    assert not overflows(tab)


def test_a_game_is_played_by_keyboard_kept_by_its_link_and_replayed_from_its_file(tab: Any, tmp_path: Path) -> None:
    moves = ("court_moscow", "hold")
    said = words("en").data
    tab.goto(f"{tab.address}#v=1&s=seat&l=en&run=37.4")
    tab.wait_for_selector("button.primary")
    press(tab, "button.primary")
    for move in (*moves, "test_missile"):
        tab.focus(f"#move-{move}")
        tab.keyboard.press("Space")
        press(tab, "button.primary")
    press(tab, "text=Take back one quarter")
    tab.wait_for_selector("[data-quarter='2']")
    happened = tab.locator(".acts > li").all_inner_texts()
    tab.wait_for_url(re.compile("PRK=court_moscow,hold"))
    assert not overflows(tab)
    tab.reload()
    tab.wait_for_selector("[data-quarter='2']")
    press(tab, "text=Let the model play on")
    tab.wait_for_selector("[data-futures='10000']")
    with tab.expect_download() as download:
        press(tab, "text=Save baseline_PRK_37_4.yaml")
    file = tmp_path / "game.yaml"
    download.value.save_as(file)
    scenario = load(str(file))
    story = tell(scenario, seed=scenario.seed, draw=37, replicate=4)
    acts = {act.country: act for act in story.chapters[1].acts}
    assert len(happened) == len(acts) == 5
    for act in acts.values():
        line = f"{said['countries'][act.country]['label']}: {said['moves'][act.country][act.move]['label']}"
        assert any(each.lower().startswith(line.lower()) for each in happened), (line, happened)
    rows = tab.locator("table.stacked tbody tr").all_inner_texts()
    assert [row.split()[0] for row in rows] == [story.chapters[0].quarter, story.chapters[1].quarter]
    best = said["moves"]["PRK"][acts["PRK"].best]["label"]
    assert acts["PRK"].best != moves[1]
    assert best.lower() in rows[1].lower()
    assert f"({100 * acts['PRK'].chance:.0f} in 100)" in rows[1]
    assert said["endings"][ending_of(scenario, scenario.seed, 37, 4)]["label"] in tab.inner_text(
        ".debrief .lead >> nth=0"
    )
    assert not overflows(tab)


def press(tab: Any, target: str) -> None:
    """Presses a button with the keyboard."""
    tab.focus(target)
    tab.keyboard.press("Enter")
