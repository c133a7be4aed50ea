"""Blocks of a page that are made by a program: what stands between two markers is replaced, the rest is left alone.

<!-- generated: NAME -->
...
<!-- end -->
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def pages() -> list[Path]:
    """Every page that may hold blocks."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def replaced(text: str, kind: str, makers: Mapping[str, Callable[[], str]]) -> str:
    """A page's text with all its blocks of one kind made anew.

    Raises
    ------
    SystemExit
        for a block that nothing makes.
    """

    def fill(match: re.Match[str]) -> str:
        name = match["name"].strip()
        if name not in makers:
            raise SystemExit(f"nothing makes the block '{kind}: {name}'; known: {', '.join(sorted(makers))}")
        return f"<!-- {kind}: {name} -->\n{makers[name]().strip()}\n<!-- end -->"

    return re.sub(rf"<!-- {kind}: (?P<name>[^\n]*?)-->\n.*?<!-- end -->", fill, text, flags=re.DOTALL)


def names(kind: str) -> set[str]:
    """The blocks of one kind that some page holds."""
    found = (re.findall(rf"<!-- {kind}: ([^\n]*?) -->", page.read_text(encoding="utf-8")) for page in pages())
    return {name for listed in found for name in listed}


def diff(page: Path, new: str) -> str:
    """What would change in a page, as a unified diff; empty if nothing would."""
    old = page.read_text(encoding="utf-8").splitlines(keepends=True)
    name = page.relative_to(ROOT).as_posix()
    return "".join(difflib.unified_diff(old, new.splitlines(keepends=True), f"{name} as it is", f"{name} anew"))


def table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    head = list(columns)
    lines = [head, ["---"] * len(head), *([str(cell).replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
