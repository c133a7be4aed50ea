"""A report as Markdown, with its pictures as files beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote as in_address

from triangle_sim.cli.report.document import Block, Bullets, Code, Document, Heading, Picture, Table, Text

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#!&~$])")


def markdown(document: Document, pictures: str) -> str:
    """The text; ``pictures`` is the folder of the pictures, as seen from the file."""
    lines = [f"# {plain(document.title)}", ""]
    for block in document.blocks:
        lines += [*_block(block, pictures), ""]
    return "\n".join([*lines, "A model, not a forecast.", "", f"<!-- {document.recipe} -->", ""])


def _block(block: Block, pictures: str) -> Iterator[str]:
    match block:
        case Heading(text, _):
            yield f"## {plain(text)}"
        case Text(text, leads):
            yield f"**{plain(text)}**" if leads else plain(text)
        case Bullets(items):
            yield from (f"- {plain(item)}" for item in items)
        case Code(text):
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
            yield from (f"{fence}text", text, fence)
        case Table():
            yield from _table(block)
        case Picture():
            yield f"![{plain(block.alt)}]({in_address(f'{pictures}/{block.name}.svg')})"
            yield ""
            yield plain(block.caption)


def _table(table: Table) -> Iterator[str]:
    yield f"**{plain(table.caption)}**"
    yield ""
    yield f"| {' | '.join(map(plain, table.head))} |"
    yield f"|{' --- |' * len(table.head)}"
    yield from (f"| {' | '.join(map(plain, row))} |" for row in table.rows)


def plain(text: str) -> str:
    """Text in one line, in which nothing is markup; at its start no list, heading or quotation begins."""
    escaped = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return re.sub(r"^(\d*)([-+.)])(?=\s|$)", r"\1\\\2", escaped)
