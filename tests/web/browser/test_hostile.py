"""Nonsense and malice behind `#` and in a scenario's texts: nothing runs, one plain notice, and the page works on."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from tests.web.browser.chromium import SCREENS, Tab
from triangle_sim.scenario.load import load
from triangle_sim.web.share import share
from triangle_sim.web.words import words

SAID = words()
EVIL = "<img src=x onerror=\"pwned=1\"></script><script>globalThis.pwned = 1</script><svg onload='pwned=1'>&lt;b&gt;"
MARK = quote(EVIL)

LINKS = {
    "markup": f"#v=1&s=limits&q={MARK}&{MARK}={MARK}&theory={MARK}&odds.{MARK}=1&PRK={MARK}",
    "prototype": "#v=1&s=limits&__proto__=1&constructor=0.5&odds.__proto__=1&odds.constructor=0.5&when.toString=2025Q1"
    "&hazard.hasOwnProperty=1&theory=__proto__&guess=constructor.9&PRK=__proto__,constructor&__proto__.polluted=1",
    "numbers": "#v=1&s=limits&ukraine_war=1e999&us_deal_appetite=NaN&sino_us_stake=-Infinity&odds.trump_elected=1e3"
    "&run=99999999999.1&guess=bloc.999&hazard.ukraine_war_ends=0x1",
    "encodings": "#v=1&s=limits&%=1&%E0%A4%A=%FF&=&==&&&&%00=%00&q=%u0041&ukraine_war=%",
    "long": "#v=1&s=limits&q=" + "a" * 200_000,
    "many": "#v=1&s=limits" + "&x=1" * 1200,
    "version": "#v=999&s=limits&ukraine_war=1",
    "address": "#javascript:pwned=1",
    "screen": "#v=1&s=__proto__&l=..%2F&l=xx",
}


def test_links_with_nonsense_are_one_plain_notice(tab: Tab, file: Path) -> None:
    page = tab.page
    for kind, link in LINKS.items():
        if kind in ("markup", "prototype"):
            tab.open(file.as_uri() + link)
        else:  # followed within the page
            page.evaluate("(link) => { location.hash = link }", link)
        page.wait_for_function("(said) => document.getElementById('notice').textContent === said", arg=SAID("frame.ignored"))
        assert tab.shown() in ("guess", "limits"), kind
        assert page.evaluate("[globalThis.pwned ?? null, {}.polluted ?? null]") == [None, None], kind
        assert not page.locator("main img, header img, main script, .warning").count(), kind
        if kind == "markup":
            assert page.inner_text("#asked").endswith(EVIL[:300])
        tab.to("whatif")
        assert not page.locator(".slider.changed").count(), kind
        page.locator("#slider-conditions-ukraine_war").press("Home")
        page.wait_for_function("() => location.hash.includes('ukraine_war=0')")
        page.evaluate("() => { location.hash = '#v=1&s=guess' }")
        page.wait_for_selector("#notice", state="hidden")
    tab.to("whatif")
    tab.drawn()
    assert "NaN" not in page.inner_text("main")


def test_texts_of_a_scenario_stay_texts(tab: Tab, tmp_path: Path) -> None:
    scenario = load("baseline")
    events = {name: each.model_copy(update={"title": f"{EVIL} {name}"}) for name, each in scenario.events.items()}
    evil = scenario.with_(title=EVIL, question=EVIL, events=events)
    path = tmp_path / "page.html"
    share(evil, path)
    page = tab.page
    tab.open(f"{path.as_uri()}#v=1&l=en&run=37.4")
    for screen in SCREENS:
        tab.to(screen)
        tab.drawn()
        assert EVIL in page.inner_text("header")
        assert page.evaluate("document.querySelectorAll('main img, header img, main script, [onload], [onerror]').length") == 0
        if screen == "histories":
            page.locator(".player input[type=range]").fill("3")
        if screen == "whatif":
            assert f"{EVIL} trump_elected" in page.inner_text("main")
            page.locator("#slider-odds-trump_elected").press("End")
            page.wait_for_function("() => location.hash.includes('trump_elected=1')")
            assert EVIL in page.inner_text("#set")
        if screen == "seat":
            page.locator("button.primary").click()
            page.locator("input[name=move]").first.check()
            page.locator("button.primary").click()
            page.wait_for_selector(".gone")
    assert EVIL in page.title()
    assert page.evaluate("globalThis.pwned ?? null") is None
