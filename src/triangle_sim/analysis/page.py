"""Pages of paragraphs and tables, which a terminal, a notebook or a site may set each in its way."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

WIDTH = 118
"""Characters of a line of text."""


@dataclass(frozen=True)
class Rows:
    """A table with what stands above it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Page = list[str | Rows]


def text(page: Page) -> str:
    """As plain text, no line wider than 120."""
    out = io.StringIO()
    console = Console(file=out, width=WIDTH + 2, highlight=False, markup=False, emoji=False, no_color=True,
                      force_jupyter=False, force_terminal=False)  # fmt: skip
    for k, part in enumerate(page):
        if isinstance(part, str):
            console.print(filled(part))
            continue
        console.print(("\n" if k else "") + filled(part.title))
        table = Table(box=None, pad_edge=False)
        for column in part.columns:
            table.add_column(column, overflow="fold")
        for row in part.rows:
            table.add_row(*row)
        console.print(table)
        console.print()
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()).strip()


def markdown(page: Page) -> str:
    """As Markdown."""
    return "\n".join(line for part in page for line in _markdown(part)).rstrip() + "\n"


def filled(paragraph: str, first: str = "", then: str = "", width: int = WIDTH) -> str:
    """A paragraph, or several on lines of their own; each begins with ``first``, its other lines with ``then``."""
    how: dict[str, Any] = {"initial_indent": first, "subsequent_indent": then, "break_long_words": False}
    return "\n".join(textwrap.fill(line, width, break_on_hyphens=False, **how) for line in paragraph.split("\n"))


def _markdown(part: str | Rows) -> Iterator[str]:
    if isinstance(part, str):
        yield from (part, "")
        return
    yield from (f"**{part.title.replace(chr(10), '. ')}**", "")
    yield from map(_line, [part.columns, ["---"] * len(part.columns), *part.rows])
    yield ""


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
