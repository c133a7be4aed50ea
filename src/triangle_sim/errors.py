"""Errors a user can act on: what came, where, what exists, what to do.

Everything that reads a file collects :class:`Problem` s and raises them together in one :class:`ScenarioError`;
:func:`render` prints them in the style of a compiler.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]

TOLD = 20
"""Problems that are printed one by one; the others are counted."""

_WINDOW = 110  # characters of a source line that are shown
_LONGEST_PATH, _LONGEST_LINE = 300, 1000  # characters that are shown


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, or odd, in something the user wrote.

    ``path`` names the file as the user would (or an option such as ``--set draws=0``). ``line`` and ``column`` count
    from 1 and are 0 where there is no position. ``source`` is the text of the line, ``width`` the number of characters
    to underline. ``help`` is text, or an object whose ``str`` is: it is made only for problems that are printed.
    """

    path: str
    line: int = 0
    column: int = 0
    message: str = ""
    help: object = field(default="", compare=False)
    severity: Severity = "error"
    source: str = ""
    width: int = 1

    def __str__(self) -> str:
        return render_one(self)


class UsageError(Exception):
    """A mistake of the user outside a scenario's text: a missing file, a wrong option. The exit code is 2."""

    exit_code = 2

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message, help)
        self.message = message
        self.help = help

    def __str__(self) -> str:
        return self.message + (f"\n  = help: {self.help}" if self.help else "")


class ScenarioError(Exception):
    """Everything wrong with a scenario or a data file, at once. The exit code is 2."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(in_order(problems))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return render(self.problems)


def quote(text: object, limit: int = 60) -> str:
    """``text`` in quotes for a message: shortened, and with nothing that could disturb a terminal."""
    return f"'{shortened(text, limit)}'"


def shortened(text: object, limit: int = 60) -> str:
    """The beginning of ``text``, with nothing that could disturb a terminal."""
    try:
        shown = printable(str(text)[: limit + 1])
    except ValueError:  # Python does not write integers of thousands of digits
        shown = "a huge number"
    return shown if len(shown) <= limit else shown[: limit - 3] + "..."


def printable(text: str) -> str:
    """``text`` with control, format and other unprintable characters replaced, and tabs as one space."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c == "\t" else "\N{REPLACEMENT CHARACTER}" for c in text)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems file by file in order of first appearance, by line and column within a file, without repetitions."""
    unique = list(dict.fromkeys(problems))
    files = list(dict.fromkeys(problem.path for problem in unique))
    return sorted(unique, key=lambda p: (files.index(p.path), p.line, p.column))


def render_one(problem: Problem) -> str:
    """One problem: position, message, the line with a caret below it, and what to do."""
    where = shortened(problem.path, _LONGEST_PATH) + (f":{problem.line}:{problem.column}" if problem.line else "")
    lines = [f"{where}: {problem.severity}: {shortened(problem.message, _LONGEST_LINE)}"]
    gutter = " " * max(6, len(str(problem.line)))
    if problem.line and problem.source:
        before, marked, text = _window(problem)
        lines.append(f"{problem.line:>{len(gutter)}} | {text}".rstrip())
        lines.append(f"{gutter} | {' ' * _columns(before)}{'^' * max(1, _columns(marked))}")
    for number, line in enumerate(str(problem.help).splitlines()):
        lines.append(f"{gutter} {'       ' if number else '= help:'} {shortened(line, _LONGEST_LINE)}")
    return "\n".join(lines)


def render(problems: Sequence[Problem]) -> str:
    """The problems by file and line, and a last line that counts them.

    Of more than :data:`TOLD` only so many are printed, errors rather than warnings. With errors the last line ends in
    "nothing was run"; warnings alone stop nothing.
    """
    problems = in_order(problems)
    if not problems:
        return ""
    worst = set(sorted(problems, key=lambda problem: problem.severity != "error")[:TOLD])
    blocks = [render_one(problem) for problem in problems if problem in worst]
    if left := len(problems) - len(blocks):
        blocks.append(f"... and {left:,} more problem{'s' * (left > 1)}")
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    counts = [f"{n:,} {word}{'s' if n > 1 else ''}" for n, word in ((errors, "error"), (warnings, "warning")) if n]
    ending = "; nothing was run." if errors else "."
    return "\n\n".join([*blocks, f"{' and '.join(counts)} in {_places(problems)}{ending}"])


def _places(problems: Sequence[Problem]) -> str:
    names = list(dict.fromkeys(shortened(problem.path, _LONGEST_PATH) for problem in problems))
    if len(names) > 6:
        names = [*names[:5], f"{len(names) - 5:,} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _window(problem: Problem) -> tuple[str, str, str]:
    """What stands before the underlined part, that part, and the whole, cut to a readable width."""
    text = printable(problem.source)
    start = max(0, min(problem.column - 1, len(text)))
    offset = 0 if start < _WINDOW - 20 else start - 40
    end = min(start + max(1, problem.width), max(len(text), start + 1))
    shown = text[offset : offset + _WINDOW]
    return shown[: start - offset], text[start : min(end, offset + _WINDOW)] or " ", shown


def _columns(text: str) -> int:
    """Terminal columns of a text: East Asian wide characters take two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
