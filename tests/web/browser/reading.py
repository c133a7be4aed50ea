"""What the page tells those who cannot see it, or see it badly: names, headings, pictures in words."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tests.web.browser.chromium import Tab

CONTROLS = {"button", "link", "checkbox", "radio", "slider", "textbox", "combobox", "spinbutton", "DisclosureTriangle",
            "option"}  # fmt: skip
PICTURES = {"img", "image", "graphics-document"}
HEADINGS = """[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((each) => each.checkVisibility())
  .map((each) => [Number(each.localName[1]), each.textContent.trim()])"""


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
