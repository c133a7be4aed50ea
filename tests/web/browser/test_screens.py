"""Every screen, on a desk and on a phone, in both languages: what it must have, and that nothing spills over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.web.browser.chromium import SCREENS, Tab
from tests.web.browser.conftest import NewTab
from triangle_sim.montecarlo.versions import version
from triangle_sim.web.words import leaves, words

WIDTHS = (320, 1280)
SMALLEST, ON_A_TIE = 15.8, 14.0
"""Pixels of the smallest letters on a page that is written in 18: a footnote's, at 0.88; and numbers on the ten ties of a
picture that is as narrow as a phone."""

TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const out = [];
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (text && !holder.closest("script, title, desc, .unseen, .skip") && holder.checkVisibility({ visibilityProperty: true })) {
      out.push([parseFloat(getComputedStyle(holder).fontSize), text, Boolean(holder.closest("svg"))]);
    }
  }
  return out;
}"""
SPILL = """(width) => [...document.querySelectorAll("body *")]
  .filter((each) => !each.closest(".scroll, .unseen, .skip") && each.getBoundingClientRect().right > width + 1)
  .slice(0, 3).map((each) => each.outerHTML.slice(0, 300))"""


def keys() -> re.Pattern[str]:
    """Any key of the words, as it is shown where its text is missing."""
    sections = "|".join(words("en").data["ui"])
    return re.compile(rf"\b(?:{sections})\.[a-z_]+\b(?!\.yaml)|\{{\w+\}}|\bundefined\b|\bNaN\b|\[object")


def test_the_pattern_of_bare_keys_finds_them() -> None:
    assert keys().search("press histories.on now") and keys().search("{n} of 20") and not keys().search("2024. Play it.")
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


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_screen(new_tab: NewTab, file: Path, language: str) -> None:
    tab = new_tab()
    page = tab.page
    bare = keys()
    headings = set()
    for at, screen in enumerate(SCREENS):
        if at == 0:
            tab.open(f"{file.as_uri()}#v=1&l={language}&guess=bloc.7")
            about = facts(tab)
        else:
            tab.to(screen)
        tab.settled()
        assert page.get_attribute("html", "lang") == language
        headings.add(page.inner_text("h1"))
        assert page.locator(".tab[aria-current]").inner_text().startswith(str(at + 1))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert over <= 0 and not page.evaluate(SPILL, width), (screen, width, page.evaluate(SPILL, width))
            texts = page.evaluate(TEXTS)
            small = [each for each in texts if each[0] < (ON_A_TIE if each[2] and width == 320 else SMALLEST)]
            assert not small, (screen, width, small[:5])
            assert not [text for _, text, _ in texts if bare.search(text)], (screen, width)
            said = page.locator("#foot").inner_text()
            design, scenario = about["design"], about["scenario"]
            for part in (scenario["name"], design["draws"], design["replicates"], design["seed"], version(),
                         scenario["hash"][:12], about["model_hash"][:12]):  # fmt: skip
                assert str(part) in said, (screen, width, part)
        assert words(language)("frame.no_forecast") in said
    assert len(headings) == len(SCREENS)


def test_large_print_makes_letters_large(new_tab: NewTab, file: Path) -> None:
    tab = new_tab(1920)
    tab.open(file.as_uri())
    tab.page.get_by_role("button", name=words("en")("frame.board")).click()
    for screen in SCREENS:
        tab.to(screen)
        tab.settled()
        assert min(size for size, *_ in tab.page.evaluate(TEXTS)) >= SMALLEST * 28 / 18, screen
        assert tab.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, screen
