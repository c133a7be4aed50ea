"""The page as one file: nothing from elsewhere, nothing that a text could end, a policy that names its scripts."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from triangle_sim.web.single import PAGE, in_script, page

EVIL = "</script><script>alert(1)</script><!-- \u2028 & ' \" {{pack}}"


class Parts(HTMLParser):
    """What a browser sees: tags with their attributes, and the text of scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style", "title"):
            self.texts.append((tag, ""))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in ("script", "style", "title") and self.texts:
            tag, text = self.texts[-1]
            self.texts[-1] = (tag, text + data)

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(("/" + tag, {}))


@pytest.fixture
def parts(baseline_about: dict[str, Any]) -> Parts:
    about = baseline_about | {"scenario": baseline_about["scenario"] | {"title": EVIL, "question": EVIL}}
    words = {"en": {"ui": {"frame": {"opening": EVIL, "cannot": EVIL}}}}
    return Parts(page({"engine": {"values": "", "wasm": ""}, "about": about, "words": words}))


def test_texts_of_a_scenario_stay_texts(parts: Parts) -> None:
    scripts = [text for tag, text in parts.texts if tag == "script"]
    assert len(scripts) == 3
    rest = json.loads(gzip.decompress(base64.b64decode(json.loads(scripts[0])["rest"])))
    assert rest["about"]["scenario"]["title"] == EVIL
    assert [text for tag, text in parts.texts if tag == "title"] == [EVIL]
    assert json.loads(in_script({"a": EVIL})) == {"a": EVIL}
    assert "<" not in in_script({"a": EVIL})


def test_nothing_comes_from_elsewhere(parts: Parts) -> None:
    for _, attributes in parts.tags:
        for name in ("src", "href", "action", "data", "srcset"):
            assert (attributes.get(name) or "#").startswith(("#", "data:")), attributes
    assert not [text for tag, text in parts.texts if tag == "style" and re.search(r"url\(|@import", text)]
    script = [text for tag, text in parts.texts if tag == "script"][-1]
    addresses = {each for each in re.findall(r"https?://[^\s\"'`)]+", script)}
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"\bfetch\s*\(|XMLHttpRequest|WebSocket|sendBeacon|EventSource|innerHTML|\beval\(", script)


def test_every_sheet_of_the_style_is_inside_in_its_order(parts: Parts) -> None:
    (style,) = [text for tag, text in parts.texts if tag == "style"]
    sheets = [each.read_text(encoding="utf-8") for each in (PAGE / "style").iterdir()]
    assert all(sheet in style for sheet in sheets)
    assert style.index("@media (max-width: 30rem)") < style.index("@media print")
    assert len(style) == pytest.approx(sum(map(len, sheets)), abs=200)


def test_the_policy_names_every_script_and_style_and_lets_nothing_else(parts: Parts) -> None:
    policy = next(a["content"] or "" for tag, a in parts.tags if a.get("http-equiv") == "Content-Security-Policy")
    allowed = dict(each.strip().split(" ", 1) for each in policy.split(";"))
    assert allowed["default-src"] == "'none'"
    assert "connect-src" not in allowed and "frame-src" not in allowed
    run = [text for tag, text in parts.texts if tag == "script"][1:]
    assert allowed["script-src"].split() == [*map(sha256, run), "'wasm-unsafe-eval'"]
    assert allowed["style-src"].split() == [sha256(text) for tag, text in parts.texts if tag == "style"]
    assert not [a for _, a in parts.tags if "style" in a or any(name.startswith("on") for name in a)]


def sha256(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
