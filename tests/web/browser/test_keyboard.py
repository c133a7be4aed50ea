"""The whole page from a file on a stick, without a network and without a mouse: guess, watch, change, play, look up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.web.browser.chromium import Tab
from tests.web.browser.keyboard import onward, tab_to

from triangle_sim.web.words import words

SAID = words()


def test_all_of_it_from_a_file_by_keyboard(tab: Tab, file: Path) -> None:
    page = tab.page
    assert tab.open(file.as_uri()) == "guess"
    guess(page)
    histories(page)
    onward(page, "whatif")
    whatif(page)
    onward(page, "seat")
    seat(page)
    onward(page, "triangle")
    triangle(page)
    onward(page, "how")
    how(page)
    onward(page, "limits")
    recipe = page.inner_text("main")
    assert "triangle-sim run mine.yaml" in recipe and 'extends: "baseline"' in recipe
    assert "guess=abandonment.11" in page.url and "PRK=" in page.url


def guess(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main" and "#" not in page.url
    tab_to(page, css="input[name=ending]")
    page.keyboard.press("Space")
    tab_to(page, key="sure")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("output").strip() == SAID("guess.n_of_20", n=11)
    tab_to(page, SAID("guess.onward"))
    page.keyboard.press("Enter")
    page.wait_for_selector(".screen[data-screen=histories] .player")


def histories(page: Any) -> None:
    start = page.inner_text(".quarter")
    tab_to(page, SAID("histories.forward"))
    page.keyboard.press("Enter")
    page.wait_for_function("(start) => document.querySelector('.quarter').textContent !== start", arg=start)
    tab_to(page, css=".player input[type=range]")
    page.keyboard.press("ArrowRight")
    assert page.inner_text(".quarter") == "2024Q4"
    tab_to(page, css=".told summary")
    page.keyboard.press("Enter")
    page.locator(".told[open] .reasons p").first.wait_for()
    tab_to(page, SAID("histories.twenty"))
    page.keyboard.press("Enter")
    tab_to(page, SAID("histories.many", n="2,000"))
    page.keyboard.press("Enter")
    page.wait_for_selector(".many svg.drawn")
    verdict = SAID("histories.verdict", n=11, ending=SAID.name("endings", "abandonment", "label"))
    assert verdict in page.inner_text(".many")
    tab_to(page, css=".press[data-key=dot-0]")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.which').textContent.startsWith('History 2')")


def whatif(page: Any) -> None:
    page.wait_for_selector(".whatif[data-futures]")
    before = page.inner_text(".answers")
    tab_to(page, key="slider-odds-trump_elected")
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    page.wait_for_function("() => document.querySelector('.set').textContent.includes('Trump')")
    page.wait_for_function("() => document.querySelector('.answers').textContent.includes('Without the changes: ')")
    after = page.inner_text(".answers")
    assert after != before and after.count("Without the changes: ") == 3


def seat(page: Any) -> None:
    tab_to(page, SAID("seat.begin", country=SAID.name("countries", "PRK", "the")))
    page.keyboard.press("Enter")
    for quarter in range(3):
        page.wait_for_selector(f".seat[data-quarter='{quarter}'] .moves-of")
        tab_to(page, css="input[name=move]")
        page.keyboard.press("ArrowDown")
        tab_to(page, SAID("seat.seal_this", move=""))
        page.keyboard.press("Enter")
        page.wait_for_selector(f".seat[data-quarter='{quarter + 1}'] .gone")
    tab_to(page, SAID("seat.undo"))
    page.keyboard.press("Enter")
    page.wait_for_selector(".seat[data-quarter='2']")
    tab_to(page, SAID("seat.by_rule"))
    page.keyboard.press("Enter")
    page.wait_for_selector(".seat[data-quarter='3']")
    tab_to(page, SAID("seat.play_on"))
    page.keyboard.press("Enter")
    page.wait_for_selector(".debrief[data-futures] svg.drawn")
    assert page.locator(".debrief tbody tr").count() == 3


def triangle(page: Any) -> None:
    page.wait_for_selector(".pays table", state="attached")
    tab_to(page, key="when")
    page.keyboard.press("End")
    assert page.inner_text(".now").startswith(SAID("triangle.end_of", quarter="2029Q2"))
    tab_to(page, css="[role=button].press")
    before = page.inner_text(".screen")
    page.keyboard.press("Enter")
    assert page.inner_text(".screen") != before
    assert page.evaluate("document.activeElement.matches('[role=button].press')")


def how(page: Any) -> None:
    tab_to(page, key="how-country")
    count = page.locator("main details").count()
    page.keyboard.press("ArrowDown")
    page.wait_for_function("(count) => document.querySelectorAll('main details').length < count / 2", arg=count)
    tab_to(page, css="summary")
    page.keyboard.press("Enter")
    page.locator("main details[open] .reasons p").first.wait_for()
