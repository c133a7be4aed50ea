"""A small phone in a hand: everything can be tapped, dragged and read, upright and on its side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.web.browser.chromium import SCREENS, Tab
from tests.web.browser.conftest import NewTab
from tests.web.browser.test_screens import BUSY, SPILL

from triangle_sim.web.words import words

SAID = words("en")
PHONE = {"device_scale_factor": 3, "is_mobile": True, "has_touch": True}
UPRIGHT, ASIDE = (360, 640), (640, 360)

SMALL = """(least) => [...document.querySelectorAll("button, select, input, summary, [role=button], .choice, .pick")]
  .filter((each) => each.checkVisibility() && !each.matches(".choice input, .pick input"))
  .map((each) => {
    const { width, height } = each.getBoundingClientRect();
    const touched = each.querySelector(":scope > line"); // what is pressed of a line in a picture is its stroke
    const spare = touched ? parseFloat(getComputedStyle(touched).strokeWidth) : 0;
    return [Math.max(width, spare), Math.max(height, spare), each.outerHTML.slice(0, 200)];
  }).filter(([width, height]) => Math.min(width, height) < least)"""
"""Controls with less than these pixels for a thumb; what a label stands around is pressed by the label."""

ZOOMS = """[...document.querySelectorAll("input:not([type=range], [type=radio], [type=checkbox]), select, textarea")]
  .filter((each) => parseFloat(getComputedStyle(each).fontSize) < 16).map((each) => each.outerHTML.slice(0, 200))"""
"""Fields into which a phone would zoom, for their letters are small."""

HIDDEN = "[...document.querySelectorAll('body [title]')].map((each) => each.outerHTML.slice(0, 200))"
"""What shows something only under a mouse."""


def dragged(page: Any, css: str, share: float) -> None:
    """A finger on a slider's knob, and along it."""
    page.locator(css).scroll_into_view_if_needed()
    box, now = (
        page.locator(css).bounding_box(),
        page.evaluate(
            "(css) => { const { value, min, max } = document.querySelector(css); return (value - min) / (max - min); }",
            css,
        ),
    )
    session, y = page.context.new_cdp_session(page), box["y"] + box["height"] / 2
    along = [box["x"] + box["width"] * (now + (share - now) * step / 4) for step in range(5)]
    for kind, points in [("touchStart", along[:1]), *(("touchMove", [x]) for x in along), ("touchEnd", [])]:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x in points]})
    session.detach()


def held(page: Any) -> None:
    """What holds of every screen in a hand."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth && visualViewport.scale === 1")
    assert not page.evaluate(SPILL, page.viewport_size["width"])
    for check, given in ((SMALL, 44), (ZOOMS, None), (HIDDEN, None)):
        assert not (found := page.evaluate(check, given)), found[:3]


def answered_in_sight(page: Any) -> None:
    """However wide a window, the answer stands beside the sliders, or as one line at the window's edge."""
    own = page.viewport_size
    for width in (320, 780, 830, 860, 1280):
        page.set_viewport_size({"width": width, "height": own["height"]})
        sliders, results = (page.locator(f".whatif .columns > :{at}-child").bounding_box() for at in ("first", "last"))
        beside = results["x"] >= sliders["x"] + sliders["width"]
        assert page.locator(".glance").is_visible() != beside, width
    page.set_viewport_size(own)


def test_all_screens_in_a_hand(new_tab: NewTab, file: Path) -> None:
    tab: Tab = new_tab(UPRIGHT[0], **PHONE)
    page = tab.page
    page.set_viewport_size(dict(zip(("width", "height"), UPRIGHT, strict=True)))
    tab.open(f"{file.as_uri()}#v=1&l=en&run=37.4")
    assert "user-scalable" not in page.locator("meta[name=viewport]").get_attribute("content")
    for at, screen in enumerate(SCREENS):
        page.locator(".tab").nth(at).tap()
        page.wait_for_selector(f".screen[data-screen={screen}] h1")
        if screen == "guess":
            page.locator("label.choice").first.tap()
            dragged(page, "#sure", 0.2)
            assert 2 <= int(page.input_value("#sure")) <= 6
        if screen == "whatif":
            tab.drawn()
            dragged(page, "#slider-odds-trump_elected", 0.9)
            assert 0.8 <= float(page.input_value("#slider-odds-trump_elected")) <= 1
            assert page.inner_text(".glance").startswith(SAID("whatif.ending", ending="under Russia's shield"))
            answered_in_sight(page)
        tab.settled()
        BUSY.get(screen, lambda _: None)(page)
        if screen == "histories":
            page.locator(".twenty .press").nth(3).tap()
            page.get_by_role("button", name=SAID("histories.forward")).tap()
            assert page.inner_text(".quarter") == "2024Q3"
        if screen == "triangle":
            before = page.inner_text(".screen")
            page.locator("[role=button].press").first.tap()
            assert page.inner_text(".screen") != before
        held(page)
        page.set_viewport_size(dict(zip(("width", "height"), ASIDE, strict=True)))
        held(page)
        page.set_viewport_size(dict(zip(("width", "height"), UPRIGHT, strict=True)))
