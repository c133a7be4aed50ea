"""Five screens in a browser: by keyboard alone, on a phone and on a wall, saying what Python says of the same run."""

from __future__ import annotations

import re
from typing import Any

import pytest

from triangle_sim.countries import JOINT_EFFECTS
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.scenario.load import load
from triangle_sim.story.tell import tell
from triangle_sim.triangle.typology import PATTERNS, ROLES, ROLES_OF, TYPE_OF, TYPES
from triangle_sim.web.words import words

SCREENS = ("guess", "histories", "triangle", "how", "limits")
EN = words("en")


def opened(tab: Any, state: str) -> None:
    """The page with a state behind `#`, and nothing in it that moves."""
    tab.emulate_media(reduced_motion="reduce")
    tab.goto(f"{tab.address}#v=1&l=en&{state}")
    tab.wait_for_selector(".screen h1")


def to(tab: Any, name: str) -> None:
    """Goes to a control by the Tab key alone."""
    for _ in range(150):
        if tab.evaluate("document.activeElement.textContent.trim()") == name:
            return
        tab.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {name!r}")


def test_a_guess_is_made_by_keyboard_and_met_again_beside_two_thousand_histories(tab: Any) -> None:
    opened(tab, "s=guess")
    tab.locator("input[type=radio]").first.focus()
    tab.keyboard.press("Space")
    for _ in range(3):
        tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Tab")
    for _ in range(4):
        tab.keyboard.press("ArrowLeft")
    assert tab.inner_text("output") == "6 of 20"
    to(tab, EN("guess.onward"))
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".player h2")
    assert "guess=russian_shield.6" in tab.evaluate("location.hash")
    to(tab, EN("histories.twenty"))
    tab.keyboard.press("Enter")
    assert tab.locator(".twenty [role=button]").count() == 20
    counts = [int(count) for count in re.findall(r"(\d+) in 20", tab.inner_text(".counts"))]
    assert sum(counts) == 20
    to(tab, EN("histories.many", n="2,000"))
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".many svg")
    drawn = tab.locator(".many svg")
    bars = [float(each.get_attribute("data-share")) for each in drawn.locator("rect[data-share]").all()]
    assert len(bars) % 2 == 0
    assert [sum(bars[theory::2]) for theory in (0, 1)] == pytest.approx([1.0, 1.0])
    assert float(drawn.locator("rect[data-guess]").get_attribute("data-guess")) == 6 / 20
    assert EN("histories.you_said", n=6) in drawn.text_content()


def test_a_history_on_the_page_is_the_story_that_python_tells(tab: Any) -> None:
    story = tell(load("baseline"), seed=1, draw=3, replicate=2)
    called = {each.says: each.name for each in JOINT_EFFECTS}
    opened(tab, "s=histories&run=3.2")
    tab.wait_for_selector(".player h2")
    to(tab, EN("histories.play"))
    for chapter in story.chapters:
        tab.keyboard.press("ArrowRight")
        assert tab.inner_text(".player h2") == chapter.quarter
        lines = [each.strip() for each in tab.locator(".news .line").all_text_contents()]
        names = [EN.name("meetings", called[says]) for says in chapter.meetings]
        expected = [f"{name[:1].upper()}{name[1:]}." for name in names]
        expected += [EN.name("moves", act.country, act.move, "news") for act in chapter.acts]
        assert set(expected) <= set(lines), chapter.quarter
        changes = [each for each in lines if re.search(r": from [\d.−]+ to [\d.−]+\.$", each)]
        levels = [f"from {each.before:.2f} to {each.after:.2f}.".replace("-", "−") for each in chapter.changes]
        assert [each.rpartition(": ")[2] for each in changes] == levels
        role = EN.name("roles", chapter.role, "label")
        assert f"{EN.name('countries', 'PRK', 'label')}: {role}" in tab.locator(".three desc").text_content()
    ending = OUTCOMES["end_state"].of(story.trajectory)[0]
    assert EN.name("endings", ending, "label") in tab.inner_text(".ended")
    to(tab, EN("histories.again"))
    tab.locator(".told.move summary").first.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".news .told[open] .claims li")


def test_a_triangle_set_by_hand_is_read_as_the_model_reads_it(tab: Any) -> None:
    opened(tab, "s=triangle&run=3.2")
    tab.wait_for_selector(".pays svg")
    assert tab.locator(".card.chosen").count() == 1
    seen = set()
    ties = tab.locator("svg [data-key^=tie-]")
    assert ties.count() == 3
    for step in range(27):  # the signs run through all patterns, as an odometer does
        signs = [{"−": -1, "0": 0, "+": 1}[each.locator("text").text_content()] for each in ties.all()]
        prk_chn, prk_rus, chn_rus = signs
        pattern = PATTERNS.index((prk_chn, chn_rus, prk_rus))
        said = tab.locator(".columns").last.inner_text()
        assert EN.name("types", TYPES[TYPE_OF[pattern]], "label").lower() in said.lower()
        roles = dict(zip(("CHN", "PRK", "RUS"), (ROLES[code[pattern]] for code in ROLES_OF), strict=True))
        for code, role in roles.items():
            wanted = f"{EN.name('countries', code, 'label')}: {EN.name('roles', role, 'label')}"
            assert wanted.lower() in said.lower().replace("\n", ""), (signs, wanted)
        seen.add(tuple(signs))
        ties.nth(0).focus()
        for place in range(1 + (step % 3 == 2) + (step % 9 == 8)):
            ties.nth(place).focus()
            tab.keyboard.press("Enter")
    assert len(seen) == 27


def test_no_screen_is_wider_than_its_window_and_every_picture_has_words(tab: Any) -> None:
    opened(tab, "s=guess&guess=bloc.8")
    for name in SCREENS:
        tab.evaluate("(name) => { location.hash = `v=1&l=en&s=${name}&guess=bloc.8`; }", name)
        tab.wait_for_selector(f".screen.{name} h1")
        for width in (1920, 1280, 320):
            tab.set_viewport_size({"width": width, "height": 900})
            tab.evaluate("(wall) => document.body.classList.toggle('board', wall)", width == 1920)
            tab.wait_for_timeout(60)
            assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (name, width)
        told = "(all) => all.every((svg) => ['title', 'desc'].every((tag) => svg.querySelector(tag).textContent))"
        assert tab.locator("svg.drawn").evaluate_all(told)
