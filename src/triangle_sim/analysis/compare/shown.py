"""A comparison shown: as text for a terminal, as Markdown, as HTML for a notebook."""

from __future__ import annotations

import html as html_module
import io
from collections.abc import Sequence

import pandas as pd
from rich.console import Console
from rich.table import Table

from triangle_sim.analysis.compare.compare import Comparison
from triangle_sim.analysis.compare.words import HEAD, below, lines, parts

WIDE, LONG = 104, 999
"""Letters that all columns need; and more than any label has."""


def text(comparison: Comparison, width: int = 120) -> str:
    """All of it as plain text, no line wider than ``width``; narrow pages lack the last columns."""
    letters, columns = (32, len(HEAD)) if width >= WIDE else (18, 4)
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False, markup=False, emoji=False, no_color=True,
                      force_jupyter=False, force_terminal=False)  # fmt: skip
    for part in parts(comparison):
        console.print(f"{part.title}\n\n{part.answer}\n")
        for head, groups in part.tables:
            table = Table(box=None, pad_edge=False)
            table.add_column(head if width >= WIDE else head.split(",")[0], min_width=letters, no_wrap=True)
            for column in HEAD[:columns]:
                table.add_column(column, overflow="fold", justify="left" if column == "theory" else "right")
            for line in lines(groups, letters):
                table.add_row(*line[: columns + 1])
            console.print(table)
            console.print()
        console.print("\n".join([*part.folded, ""]))
    console.print("\n".join(below(comparison)))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()).strip()


def markdown(comparison: Comparison) -> str:
    """All of it as Markdown."""
    out = []
    for part in parts(comparison):
        out += [f"## {_plain(part.title)}", "", _plain(part.answer), ""]
        for head, groups in part.tables:
            out += [_row((head, *HEAD)), _row(["---"] * (len(HEAD) + 1))]
            out += [*map(_row, lines(groups, LONG)), ""]
        out += [line for folded in part.folded for line in (_plain(folded), "")]
    out += [line for each in below(comparison) for line in (_plain(each), "")]
    return "\n".join(out).rstrip() + "\n"


def html(comparison: Comparison) -> str:
    """All of it as HTML, for a notebook."""
    out = []
    for part in parts(comparison):
        out.append(f"<p><b>{_safe(part.title)}</b></p><p>{_safe(part.answer)}</p>")
        for head, groups in part.tables:
            frame = pd.DataFrame(list(lines(groups, LONG)), columns=[head, *HEAD])
            out.append(str(frame.to_html(index=False, border=0)))
        out += [f"<p>{_safe(line)}</p>" for line in part.folded]
    return "\n".join([*out, *(f"<p><small>{_safe(line)}</small></p>" for line in below(comparison))])


def _plain(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def _row(row: Sequence[str]) -> str:
    return "| " + " | ".join(map(_plain, row)) + " |"


def _safe(text: str) -> str:
    return html_module.escape(text)
