"""A guess met again beside two thousand histories, and a triangle set by hand that is read as the model reads it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from triangle_sim.triangle.typology import PATTERNS, ROLES, ROLES_OF, TYPE_OF, TYPES
from triangle_sim.web.words import words

EN = words("en")


def opened(page: Any, state: str) -> None:
    """The page with a state behind `#`."""
    page.goto(f"{page.address}#v=1&l=en&{state}")
    page.wait_for_selector(".screen h1")


def to(page: Any, name: str) -> None:
    """Goes to a control by the Tab key alone."""
    for _ in range(150):
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {name!r}")


def test_a_guess_is_made_by_keyboard_and_met_again_beside_two_thousand_histories(page: Any) -> None:
    opened(page, "s=guess")
    page.locator("input[type=radio]").first.focus()
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    assert page.inner_text("output") == "6 of 20"
    to(page, EN("guess.onward"))
    page.keyboard.press("Enter")
    page.wait_for_selector(".player h2")
    assert "guess=russian_shield.6" in page.evaluate("location.hash")
    to(page, EN("histories.twenty"))
    page.keyboard.press("Enter")
    assert page.locator(".twenty [role=button]").count() == 20
    counts = [int(count) for count in re.findall(r"(\d+) in 20", page.inner_text(".counts"))]
    assert sum(counts) == 20
    to(page, EN("histories.many", n="2,000"))
    page.keyboard.press("Enter")
    page.wait_for_selector(".many svg")
    drawn = page.locator(".many svg")
    bars = [float(each.get_attribute("data-share")) for each in drawn.locator("rect[data-share]").all()]
    assert len(bars) % 2 == 0
    assert [sum(bars[theory::2]) for theory in (0, 1)] == pytest.approx([1.0, 1.0])
    assert float(drawn.locator("rect[data-guess]").get_attribute("data-guess")) == 6 / 20
    assert EN("histories.you_said", n=6) in drawn.text_content()


def test_histories_of_what_was_set_before_do_not_come_late(page: Any) -> None:
    opened(page, "s=histories&odds.trump_elected=1")
    page.wait_for_selector(".player h2")
    shown = page.evaluate("""async ([many, clear]) => {
        const buttons = [...document.querySelectorAll("button")];
        const press = (text) => buttons.find((each) => each.textContent === text).click();
        press(many);
        press(clear);
        await new Promise((go) => setTimeout(go, 1500));
        return document.querySelector(".many").textContent;
    }""", [EN("histories.many", n="2,000"), EN("frame.clear")])  # fmt: skip
    assert shown == ""


def test_a_triangle_set_by_hand_is_read_as_the_model_reads_it(page: Any) -> None:
    opened(page, "s=triangle&run=3.2")
    page.wait_for_selector(".pays svg")
    assert page.locator(".card.chosen").count() == 1
    seen = set()
    ties = page.locator("svg [data-key^=tie-]")
    assert ties.count() == 3
    for step in range(27):  # the signs run through all patterns, as an odometer does
        signs = [{"−": -1, "0": 0, "+": 1}[each.locator("text").text_content()] for each in ties.all()]
        prk_chn, prk_rus, chn_rus = signs
        pattern = PATTERNS.index((prk_chn, chn_rus, prk_rus))
        said = page.locator(".columns").last.inner_text()
        assert EN.name("types", TYPES[TYPE_OF[pattern]], "label").lower() in said.lower()
        roles = dict(zip(("CHN", "PRK", "RUS"), (ROLES[code[pattern]] for code in ROLES_OF), strict=True))
        for code, role in roles.items():
            wanted = f"{EN.name('countries', code, 'label')}: {EN.name('roles', role, 'label')}"
            assert wanted.lower() in said.lower().replace("\n", ""), (signs, wanted)
        seen.add(tuple(signs))
        ties.nth(0).focus()
        for place in range(1 + (step % 3 == 2) + (step % 9 == 8)):
            ties.nth(place).focus()
            page.keyboard.press("Enter")
    assert len(seen) == 27
