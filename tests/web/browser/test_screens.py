"""Every screen, on a desk and on a phone, in both languages: what it must have, and that nothing spills over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.web.browser.chromium import SCREENS, Tab
from tests.web.browser.conftest import NewTab
from tests.web.browser.reading import headed, named
from tests.web.browser.seeing import apart, legible

from triangle_sim.montecarlo.versions import version
from triangle_sim.scenario.load import load
from triangle_sim.web.words import leaves, words

WIDTHS = 320, 1280
SMALLEST, ON_A_TIE = 15.8, 14.0
"""Pixels of the smallest letters on a page that is written in 18: a footnote's, at 0.88; and numbers on the ten ties of
a picture that is as narrow as a phone."""

TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const out = [];
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (text && !holder.closest("script, title, desc, .unseen, .skip") && holder.checkVisibility()) {
      out.push([parseFloat(getComputedStyle(holder).fontSize), text, Boolean(holder.closest("svg"))]);
    }
  }
  return out;
}"""
SENTENCES = """() => [...document.querySelectorAll("p, li, dd, td, th, summary, label, button, figcaption, svg text")]
  .filter((each) => !each.closest("code, pre")).map((each) => each.textContent)"""
SPILL = """(width) => [...document.querySelectorAll("body *")]
  .filter((each) => !each.closest(".scroll, .unseen, .skip") && each.getBoundingClientRect().right > width + 1)
  .slice(0, 3).map((each) => each.outerHTML.slice(0, 300))"""


def keys() -> re.Pattern[str]:
    """Any key of the words, as it is shown where its text is missing."""
    sections = "|".join(words("en").data["ui"])
    return re.compile(rf"\b(?:{sections})\.[a-z_]+\b(?!\.yaml)|\{{\w+\}}|\bundefined\b|\bNaN\b|\[object")


def test_the_pattern_of_bare_keys_finds_them() -> None:
    found = [bool(keys().search(each)) for each in ("press histories.on now", "{n} of 20", "NaN", "2024. Play it.")]
    assert found == [True, True, True, False]
    assert not [text for at, text in leaves(words("en").data) if keys().sub("", text) != text and "{" not in text]


def facts(tab: Tab) -> dict[str, Any]:
    """What the footer must say, from the pack itself."""
    about = tab.page.evaluate("""async () => {
      const { rest } = JSON.parse(document.getElementById("pack").textContent);
      const bytes = Uint8Array.from(atob(rest), (each) => each.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      return JSON.parse(await new Response(stream).text()).about;
    }""")
    return dict(about)


def on_a(page: Any, width: int, bare: re.Pattern[str]) -> str:
    """A screen at a width: nothing spills over, letters are large enough, no key of the words shows; its footer."""
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert over <= 0 and not page.evaluate(SPILL, width), page.evaluate(SPILL, width)
    apart(page)
    legible(page)
    large = 28 / 18 if width > 1280 else 1
    texts = page.evaluate(TEXTS)
    small = [each for each in texts if each[0] < large * (ON_A_TIE if each[2] and width == 320 else SMALLEST)]
    assert texts and not small, small[:5]
    assert not [text for _, text, _ in texts if bare.search(text)]
    return str(page.inner_text("#foot"))


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_screen(new_tab: NewTab, file: Path, language: str) -> None:
    tab, said = new_tab(), words(language)
    page, bare = tab.page, keys()
    tab.open(f"{file.as_uri()}#v=1&l={language}&guess=bloc.7&run=37.4")
    about, titles = facts(tab), set()
    design, scenario = about["design"], about["scenario"]
    recipe = [scenario["name"], said(f"frame.sizes.{load('baseline').sizes}"), design["draws"], design["replicates"],
              design["seed"], version(), scenario["hash"][:12], about["model_hash"][:12],
              said("frame.no_forecast")]  # fmt: skip
    board = page.get_by_role("button", name=said("frame.board"))
    for at, screen in enumerate(SCREENS):
        tab.to(screen)
        tab.settled() if language == "en" else tab.drawn()
        BUSY.get(screen, lambda _: None)(page)
        assert page.get_attribute("html", "lang") == language
        assert page.locator(".tab[aria-current]").inner_text().startswith(str(at + 1))
        titles.add(page.inner_text("h1"))
        headed(page)
        named(tab)
        for width in WIDTHS:
            foot = on_a(page, width, bare)
            assert not [part for part in recipe if str(part) not in foot], (screen, width, foot)
        if language != "en":
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            articles = [each["article"] for each in about["theories"].values()]
            assert [each for each in map(str, page.evaluate(SENTENCES)) if in_english(each, articles)] == []
        if language == "en":
            board.click()
            on_a(page, 1920, bare)
            board.click()
    assert len(titles) == len(SCREENS)


def in_english(text: str, articles: list[str]) -> bool:
    """Whether a text has three English words in a row, other than in titles of articles and commands to type."""
    text = re.sub(r"triangle-sim [a-z]+ \S+", "", text)
    for title in articles:
        text = text.replace(title, "")
    return bool(re.search("[A-Za-z]+(?: [a-z]+){2}", text))


def histories(page: Any) -> None:
    page.locator(".player input[type=range]").fill("3")
    page.locator(".told summary").first.click()
    page.locator(".further button").nth(1).click()
    page.locator(".further button").nth(2).click()
    page.wait_for_selector(".many svg.drawn")


def seat(page: Any) -> None:
    page.locator("button.primary").click()
    page.locator("input[name=move]").nth(1).check()
    page.locator("button.primary").click()
    page.wait_for_selector(".gone")
    page.locator("#think").uncheck()


BUSY = {"histories": histories, "seat": seat}
"""What a reader does on a screen, so that more of it shows."""
