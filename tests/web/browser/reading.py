"""What the page tells those who cannot see it, or see it badly: names, headings, pictures in words, contrast."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tests.web.browser.chromium import Tab

CONTROLS = {"button", "link", "checkbox", "radio", "slider", "textbox", "combobox", "spinbutton", "DisclosureTriangle",
            "option"}  # fmt: skip
PICTURES = {"img", "image", "graphics-document"}
LEAST = 4.5
"""Contrast of text that WCAG 2.2 asks for (1.4.3, level AA)."""

HEADINGS = """[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((each) => each.checkVisibility())
  .map((each) => [Number(each.localName[1]), each.textContent.trim()])"""

# Each text with the colour it is written in and the one behind it; letters in pictures lie on shapes, and are left to
# the tests of those.
COLOURS = """() => {
  const numbers = (text) => text.match(/[\\d.]+/g).map(Number);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const [r, g, b, a = 1] = numbers(getComputedStyle(at).backgroundColor);
      if (a === 1) return [r, g, b];
      if (a > 0) return null;
    }
    return [255, 255, 255];
  };
  const bright = (rgb) => rgb.map((each) => each / 255)
    .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
    .reduce((sum, each, at) => sum + each * [0.2126, 0.7152, 0.0722][at], 0);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Map();
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || holder.closest("script, svg, noscript")) continue;
    if (!holder.checkVisibility() || holder.closest("button:disabled")) continue; // what cannot be pressed may be pale
    const [text, under] = [numbers(getComputedStyle(holder).color).slice(0, 3), behind(holder)];
    const [high, low] = [bright(text), bright(under)].sort((one, other) => other - one);
    const key = `${text} on ${under}`;
    if (!found.has(key)) found.set(key, [(high + 0.05) / (low + 0.05), holder.textContent.trim().slice(0, 60)]);
  }
  return [...found].map(([key, [ratio, text]]) => [key, ratio, text]);
}"""


def nodes(tab: Tab) -> list[dict[str, Any]]:
    """Chromium's own accessibility tree: role, name and properties of what a screen reader meets."""
    session = tab.page.context.new_cdp_session(tab.page)
    found = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [each for each in found if not each["ignored"]]


def headed(page: Any) -> None:
    """One first heading, none empty, no level left out on the way down."""
    headings = page.evaluate(HEADINGS)
    levels = [level for level, _ in headings]
    assert levels.count(1) == 1 and levels[0] == 1, headings
    assert all(after <= before + 1 for before, after in pairwise(levels)), headings
    assert all(text for _, text in headings), headings


def named(tab: Tab) -> None:
    """The page's regions; every control has a name, every picture a name and a text that says it."""
    told = nodes(tab)
    roles = [each["role"]["value"] for each in told]
    assert {"main", "banner", "contentinfo", "navigation"} <= set(roles), roles
    assert sum(role in CONTROLS for role in roles) > 10
    for each, role in zip(told, roles, strict=True):
        said = {part: each.get(part, {}).get("value", "").strip() for part in ("name", "description")}
        assert role not in CONTROLS | PICTURES or said["name"], each
        assert role not in PICTURES or said["description"], each


def legible(page: Any) -> None:
    """Every text stands out from what is behind it."""
    found = page.evaluate(COLOURS)
    assert found and not [each for each in found if each[1] < LEAST], sorted(found, key=lambda each: each[1])[:3]
