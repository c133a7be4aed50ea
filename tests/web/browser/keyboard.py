"""A reader without a mouse: Tab until something is reached, with its focus seen on the way."""

from __future__ import annotations

from typing import Any

FOCUSED = """() => {
  const at = document.activeElement;
  const ring = [at, at.closest(".choice")].filter(Boolean).some((each) => {
    const look = getComputedStyle(each);
    return look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
  });
  const box = at.getBoundingClientRect();
  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0;
  const name = at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent;
  return { tag: at.localName, id: at.id, name: name.trim().slice(0, 200), ring, seen };
}"""

LONGEST = 120


def tab_to(page: Any, name: str = "", *, key: str = "", css: str = "") -> None:
    """Press Tab until what has this name (or its beginning), id or selector is in focus; each stop must be seen."""
    for _ in range(LONGEST):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        assert at["seen"] and at["ring"], f"no focus is seen on {at}"
        if (
            (name and at["name"].startswith(name))
            or (key and at["id"] == key)
            or (css and page.evaluate(f"document.activeElement.matches({css!r})"))
        ):
            return
    raise AssertionError(f"Tab never reaches {name or key or css}")


def onward(page: Any, screen: str) -> None:
    """Along the screen's end to the next one."""
    tab_to(page, css=".steps .next")
    page.keyboard.press("Enter")
    page.wait_for_selector(f".screen[data-screen={screen}] h1")
    assert page.evaluate("document.activeElement.id") == "main"
