"""Lines for the terminal, counted in its columns, of which a Korean letter takes two."""

from __future__ import annotations

import shutil
import textwrap

from rich.cells import cell_len

WIDTH = 80
"""Columns of the longest line; a terminal that is narrower has shorter ones."""
NARROWEST = 30
_SECOND = "\N{WORD JOINER}"
"""Stands after a wide letter for its second column while lines are filled."""


def wrap(text: str, indent: str = "  ", more: str = "    ") -> str:
    """Text in lines of the terminal's width; what goes on is indented by ``more``."""
    filled = textwrap.fill(
        "".join(each + _SECOND * (cell_len(each) - 1) for each in text), width(), initial_indent=indent,
        subsequent_indent=indent + more, break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    return filled.replace(_SECOND, "")


def width() -> int:
    """Columns of a line, in the terminal that there is."""
    return max(NARROWEST, min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns))


def pad(text: str, width: int) -> str:
    """Text with spaces after it up to a width in columns."""
    return text + " " * (width - cell_len(text))


def capital(text: str) -> str:
    """Text that begins with a capital letter, where its letters have any."""
    return text[:1].upper() + text[1:]
