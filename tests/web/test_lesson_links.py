"""The links of the lessons and of the page on the page: every part of them means something."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from web.node import in_node, needs_node

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = [*sorted((DOCS / "lessons").glob("*.md")), DOCS / "page.md"]


def links() -> list[str]:
    """What stands behind `#` in them."""
    found = [each for page in PAGES for each in re.findall(r"#(v=1&[^\s`]*)", page.read_text(encoding="utf-8"))]
    return [each for each in found if "..." not in each]


def examples() -> list[str]:
    """The parts that the table of links explains."""
    table = (DOCS / "page.md").read_text(encoding="utf-8").split("| part |")[1].split("\n\n")[0]
    return [each for each in re.findall(r"^\| `([^`]+)`", table, re.M) if "..." not in each]


@needs_node
def test_every_part_of_a_link_is_understood(baseline_about: dict[str, Any]) -> None:
    asked = [*links(), *(f"v=1&{part}" for part in examples())]
    assert len(links()) >= 6 and len(examples()) >= 8
    states = in_node(
        """
        const { read } = await module("link.js");
        out = given.links.map((link) => read("#" + link, given.about));
        """,
        {"links": asked, "about": baseline_about},
    )
    assert [link for link, state in zip(asked, states, strict=True) if state["ignored"]] == []
