"""What a report is made of, before it is HTML or Markdown: plain text, of which a renderer escapes every letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """Begins a section; ``anchor`` is what links lead to."""

    text: str
    anchor: str


@dataclass(frozen=True)
class Text:
    """A paragraph; one that ``leads`` is the answer, and is set larger."""

    text: str
    leads: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: Sequence[str]


@dataclass(frozen=True)
class Code:
    """Commands or files, as they are typed."""

    text: str


@dataclass(frozen=True)
class Table:
    """Rows of text under a head; the first column names its row. ``anchors`` are what links to a row lead to."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    anchors: Sequence[str] = ()


@dataclass(frozen=True)
class Picture:
    """A picture as the bytes of an SVG file, and ``alt``, what it shows in words."""

    name: str
    caption: str
    alt: str
    svg: bytes = field(repr=False)


Block = Heading | Text | Bullets | Code | Table | Picture


@dataclass(frozen=True)
class Document:
    """A report: its title, its blocks, and its recipe as :func:`triangle_sim.plots.recipe.marked` has it."""

    title: str
    blocks: Sequence[Block]
    recipe: str
