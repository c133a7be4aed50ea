"""What stays: the state under another language and after a reload, a game in its link, the page from the app's server
and on paper."""

from __future__ import annotations

import re
import threading
from pathlib import Path

from tests.web.browser.chromium import SCREENS, Tab
from tests.web.browser.conftest import NewTab

from triangle_sim.web.serve import address, server
from triangle_sim.web.words import words

SAID, KOREAN = words("en"), words("ko")

DEAD = """[...document.querySelectorAll("body *")].filter((each) => each.checkVisibility()).filter((each) => {
  const look = getComputedStyle(each);
  const control = each.matches("button, input, select") && !each.matches(".card, .card input");
  return (control && look.borderStyle !== "none") || ["sticky", "fixed"].includes(look.position);
}).map((each) => each.outerHTML.slice(0, 200))"""
"""What is of no use on paper: what is there to be pressed, and what is tied to a window."""


def test_another_language_changes_words_alone(tab: Tab, file: Path) -> None:
    page = tab.page
    tab.open(f"{file.as_uri()}#v=1&s=whatif&l=en&ukraine_war=0.3&odds.trump_elected=0.7&guess=bloc.9&run=37.4&q=Who%3F")
    tab.drawn()
    page.select_option("#measure", value="us_prk_summit")
    levels = page.locator(".slider input").evaluate_all("(all) => all.map((each) => each.value)")
    shares = "(all) => all.map((each) => [each.dataset.level, each.getAttribute('width')])"
    drawn = page.locator("[data-level]").evaluate_all(shares)
    page.get_by_role("button", name="한국어").click()
    page.wait_for_function("() => document.documentElement.lang === 'ko' && location.hash.includes('l=ko')")
    tab.drawn()
    assert page.inner_text("h1") == KOREAN("whatif.title")
    assert page.locator(".slider input").evaluate_all("(all) => all.map((each) => each.value)") == levels
    assert page.input_value("#measure") == "us_prk_summit"
    assert len(page.locator("[data-level]").evaluate_all(shares)) == len(drawn)
    for part in ("ukraine_war=0.3", "odds.trump_elected=0.7", "guess=bloc.9", "run=37.4", "q=Who"):
        assert part in page.url
    tab.to("guess")
    assert page.locator("input[name=ending]:checked").get_attribute("value") == "bloc"


def test_a_link_keeps_what_is_set(tab: Tab, file: Path) -> None:
    page = tab.page
    link = "#v=1&s=limits&l=ko&odds.trump_elected=0.7&PRK=hold,-,hold&q=%3Cb%3EWho%3C/b%3E"
    assert tab.open(file.as_uri() + link) == "limits"
    assert page.inner_text("#asked").endswith("<b>Who</b>") and not page.is_visible("#notice")
    assert "70" in page.inner_text("#set")
    page.get_by_role("button", name="English").click()
    page.wait_for_url(lambda url: "l=en" in url)
    assert page.evaluate("document.activeElement.lang") == "en"
    assert "odds.harris_elected=0.3&odds.trump_elected=0.7&PRK=hold,-,hold&q=" in page.url
    page.click("#set button")
    page.wait_for_url(lambda url: "odds" not in url)


def test_a_link_keeps_the_quarter_and_the_question_shown(tab: Tab, file: Path) -> None:
    page = tab.page
    led = "of=met%20us_prk_summit%20after%20us_rus_deal"
    assert tab.open(f"{file.as_uri()}#v=1&s=histories&l=en&run=37.4&at=2026Q2&{led}") == "histories"
    assert page.inner_text(".quarter") == "2026Q2"
    page.get_by_role("button", name=SAID("histories.forward")).click()
    page.wait_for_url(lambda url: "at=2026Q3" in url and led in url)
    tab.to("triangle")
    assert page.inner_text(".now").startswith(SAID("triangle.end_of", quarter="2026Q3"))
    tab.to("whatif")
    tab.drawn()
    what, before = (SAID.name("meetings", name) for name in ("us_prk_summit", "us_rus_deal"))
    asked = SAID("whatif.met_after", what=what[0].upper() + what[1:], before=before)
    assert page.inner_text(".answers p >> nth=0").startswith(f"{asked}: ")
    page.reload()
    tab.drawn()
    assert (page.input_value("#measure"), page.input_value("#after")) == ("us_prk_summit", "us_rus_deal")
    page.select_option("#after", "")
    page.wait_for_url(lambda url: "of=us_prk_summit" in url)
    tab.to("histories")
    page.get_by_role("button", name=SAID("histories.another")).click()
    page.wait_for_url(lambda url: "run=74.0" in url and "at=" not in url)


def test_a_file_does_not_pretend_to_hold_the_theory_looked_at(tab: Tab, file: Path) -> None:
    page, said = tab.page, SAID("whatif.keep_theory", theory=SAID.name("theories", "lowy-2023", "author"))
    tab.open(f"{file.as_uri()}#v=1&s=limits&l=en&theory=lowy-2023")
    assert said in page.inner_text("main") and "# looked at under lowy-2023" in page.inner_text("main")
    tab.to("whatif")
    assert said in page.inner_text("main")
    page.click("#set button")
    assert said not in page.inner_text("main")


def test_a_browser_that_cannot_is_told_so(tab: Tab, file: Path) -> None:
    page = tab.page
    page.add_init_script("delete globalThis.DecompressionStream")
    page.goto(file.as_uri())
    page.wait_for_selector("#wait.warning")
    assert "DecompressionStream" in page.inner_text("#wait") and "Firefox" in page.inner_text("#wait")
    assert len(tab.wrong) == 1 and "DecompressionStream" in tab.wrong.pop()


def test_a_game_survives_a_reload_and_travels_in_its_link(tab: Tab, new_tab: NewTab, file: Path) -> None:
    page = tab.page
    tab.open(f"{file.as_uri()}#v=1&s=seat&l=en&run=37.4")
    page.locator("button.primary").click()
    for _ in range(2):
        page.locator("input[name=move][value=court_moscow]").check()
        page.locator("button.primary").click()
    page.wait_for_function("() => location.hash.includes('PRK=court_moscow,court_moscow')")
    told = page.inner_text(".gone")
    page.reload()
    assert tab.shown() == "seat" and page.inner_text(".gone") == told
    other = new_tab(320)
    other.open(page.url)
    assert other.page.inner_text(".gone") == told
    page.get_by_role("button", name=SAID("seat.undo")).click()
    page.wait_for_function("() => location.hash.endsWith('PRK=court_moscow&run=37.4')")
    page.go_back()
    page.go_forward()
    assert tab.shown() == "seat"


def test_the_page_of_the_app_is_the_same_page(new_tab: NewTab, file: Path) -> None:
    with server(file.read_text(encoding="utf-8")) as serving:
        thread = threading.Thread(target=serving.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        tab = new_tab(offline=False)
        tab.open(address(serving))
        for screen in SCREENS:
            tab.to(screen)
        tab.page.go_back()
        assert tab.shown() == "how" and tab.page.url.startswith(f"{address(serving)}#v=1&s=how")
        serving.shutdown()
        thread.join()


def test_paper_has_the_text_and_no_buttons(tab: Tab, file: Path) -> None:
    page = tab.page
    tab.open(f"{file.as_uri()}#v=1&l=en&guess=bloc.7")
    for screen in SCREENS:
        page.emulate_media(media="screen")
        tab.to(screen)
        assert page.evaluate(DEAD)
        page.emulate_media(media="print")
        assert page.evaluate(DEAD) == [], screen
        assert page.locator("h1").is_visible() and page.locator("#foot .recipe").is_visible()
        if screen in ("guess", "histories"):
            assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1, screen


def test_pictures_are_the_same_whatever_the_system_is_set_to(tab: Tab, file: Path) -> None:
    page = tab.page
    tab.open(f"{file.as_uri()}#v=1&s=histories&l=en&run=37.4")
    page.locator(".net svg").scroll_into_view_if_needed()
    box = {side: round(place) for side, place in page.locator(".net svg").bounding_box().items()}
    inside = {"x": box["x"] + 2, "y": box["y"] + 2, "width": box["width"] - 4, "height": box["height"] - 4}
    drawn = page.screenshot(clip=inside)
    for how in ({"color_scheme": "dark"}, {"forced_colors": "active"}):
        page.emulate_media(**how)
        assert page.screenshot(clip=inside) == drawn, how
