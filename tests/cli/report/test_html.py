"""The page of a report stands alone, reads without eyes or colour, and lets nothing in it run."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

import triangle_sim as ts
from triangle_sim.cli.report.document import Code, Document, Heading, Picture, Table, Text
from triangle_sim.cli.report.html import STYLE, html
from triangle_sim.cli.report.markdown import markdown, plain
from triangle_sim.cli.report.sections import _more, report_on
from triangle_sim.plots.style import luminance

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>[a](javascript:alert(1)) | `x` & <b>"
VOID = {"meta", "img", "br", "link", "hr", "input"}


class Page(HTMLParser):
    """Elements with their attributes and texts; fails where an element is not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def document() -> Document:
    data = {"title": EVIL, "question": EVIL, "quarters": 2, "note": EVIL, "claims": ("A31", "A30")}
    scenario = ts.load("trump_win").with_(**data, events={"sino_russian_split": {"title": EVIL}})
    other = ts.load("baseline").with_(quarters=2)
    design = {"draws": 4, "replicates": 2, "seed": 1}
    result = ts.run(scenario, **design, jobs=1, backend="numpy", reference=other)
    return report_on(result)


@pytest.fixture(scope="module")
def page(document: Document) -> Page:
    return Page(html(document))


def test_what_a_scenario_says_is_text_and_nothing_else(document: Document, page: Page) -> None:
    assert EVIL in "".join(page.texts)
    allowed = (
        "html head meta title style body main nav footer h1 h2 p ul li a div table caption thead tbody tr th td pre "
        "figure img figcaption"
    )
    assert {tag for tag, _ in page.elements} <= set(allowed.split())
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)


def test_it_asks_for_nothing(document: Document, page: Page) -> None:
    text = html(document)
    assert not re.findall(r"https?:|//[a-z]|@import|url\(", text.replace("data:image/svg+xml;base64,", ""))
    assert all(str(image["src"]).startswith("data:image/svg+xml;base64,") for image in page.all("img"))
    assert all(str(link["href"]).startswith("#") for link in page.all("a"))
    assert any("default-src 'none'" in str(meta.get("content")) for meta in page.all("meta"))


def test_it_reads_without_eyes(page: Page) -> None:
    assert page.all("html")[0]["lang"] == "en" and len(page.all("h1")) == 1 and len(page.all("main")) == 1
    assert len(page.all("img")) == 5 and all(len(str(image["alt"])) > 60 for image in page.all("img"))
    assert all(cell.get("scope") in ("col", "row") for cell in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table")) > 8
    assert all(box.get("aria-label") for box in page.all("div") if box.get("role") == "region")


def test_links_lead_to_rows_and_sections(page: Page) -> None:
    anchors = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(anchors) == len(set(anchors))
    assert {str(link["href"])[1:] for link in page.all("a")} <= set(anchors)
    assert "claim-A31" in anchors and any(link["href"] == "#claim-A31" for link in page.all("a"))


def test_its_colours_contrast() -> None:
    """WCAG 2.1, 1.4.3: 4.5 to 1 for text on the page's white."""
    for colour in re.findall(r"(?<![-\w])color: (#[0-9a-fA-F]{6})", STYLE):
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5, colour


def test_the_same_result_gives_the_same_page(document: Document) -> None:
    assert html(document) == html(document) and document.recipe.startswith("triangle_sim recipe ")


def test_the_answer_comes_first(document: Document) -> None:
    first = next(block for block in document.blocks if isinstance(block, Text) and block.leads)
    assert document.blocks.index(first) < 4 and "summit" in first.text
    words = " ".join(block.text for block in document.blocks if isinstance(block, Text))
    assert "A model, not a forecast" in words
    headings = [block.anchor for block in document.blocks if isinstance(block, Heading)]
    assert headings[0] == "answer" and headings[-1] == "limits" and {"claims", "theories", "again"} <= set(headings)


def test_what_is_added_to_the_summary_shows() -> None:
    blocks = list(_more({"draws": 3, "signs": [{"sign": "a pact", "lead": 2.0}], "odds": {"x": 1.0}, "said": "Yes."}))
    tables = [block for block in blocks if isinstance(block, Table)]
    assert [table.rows for table in tables] == [[["a pact", "2"]], [("X", "1")]]
    assert any(isinstance(block, Text) and block.text == "Yes." for block in blocks)


def test_markdown_lets_no_markup_in(document: Document) -> None:
    text = re.sub(r"(?ms)^(````*)text$.*?^\1$", "", markdown(document, "pictures"))  # in code nothing is markup
    assert not re.findall(r"(?<!\\)(?:<script|<img|\]\(javascript)", text)
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) >= 3 for row in rows)
    pictures = [block.name for block in document.blocks if isinstance(block, Picture)]
    assert all(f"](pictures/{name}.svg)" in text for name in pictures) and len(pictures) == 5


@pytest.mark.parametrize(
    ("text", "written"),
    [("- a", r"\- a"), ("1. a", r"1\. a"), ("a|b\nc", r"a\|b c"), ("# x", r"\# x"), ("-0.5", "-0.5")],
)
def test_markdown_text_begins_no_list(text: str, written: str) -> None:
    assert plain(text) == written


def test_code_with_fences_stays_code() -> None:
    text = markdown(Document("t", [Code("```\n# x")], "r"), "p")
    assert "````text\n```\n# x\n````" in text
