"""The command `report`: a saved result as one page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from triangle_sim.cli import options
from triangle_sim.cli.output import say, writable
from triangle_sim.errors import UsageError

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

SUFFIXES = {".html": "html", ".htm": "html", ".md": "md", ".markdown": "md"}


def report(
    folder: options.Folder,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="default DIR/report.html, or DIR/report.md")
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="as Markdown, with its pictures beside it")] = False,
) -> None:
    """Write a saved result as one page that needs nothing else: answer, tables, pictures, claims, limits."""
    from triangle_sim.montecarlo.folder.contents import REPORTS
    from triangle_sim.montecarlo.result import read

    target = output or folder / REPORTS[markdown]
    kind = SUFFIXES.get(target.suffix.lower())
    if kind is None or (markdown and kind != "md"):
        help = "end its name in .md" if markdown else "end its name in .html or .md"
        raise UsageError(f"-o {target}: a report is HTML or Markdown", help)
    result = read(folder)
    writable(target.parent)
    files = pages(result, kind, target.name)
    for name, data in files.items():
        path = target.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    print(target)
    say(f"Open it in a browser or print it. Next: triangle-sim verify {target}" if kind == "html" else
        f"{len(files) - 1} pictures beside it. Next: triangle-sim verify {target}")  # fmt: skip


def pages(result: Result, kind: str, name: str) -> dict[str, bytes]:
    """The files of a report by their paths from its folder, the report itself under its ``name``."""
    from triangle_sim.cli.report.document import Picture
    from triangle_sim.cli.report.html import html
    from triangle_sim.cli.report.markdown import markdown
    from triangle_sim.cli.report.sections import report_on

    document = report_on(result)
    if kind == "html":
        return {name: html(document).encode()}
    beside = f"{Path(name).stem}-pictures"
    drawn = [block for block in document.blocks if isinstance(block, Picture)]
    return {name: markdown(document, beside).encode(), **{f"{beside}/{one.name}.svg": one.svg for one in drawn}}
