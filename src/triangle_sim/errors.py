"""Errors a user can act on: what came, where, what exists, what to do.

Everything that reads a file collects :class:`Problem` s and raises them together in one :class:`ScenarioError`;
:func:`render` prints them in the style of a compiler.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from rich.cells import cell_len

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
        """Position, message, the line with a caret below it, and what to do."""
        where = shortened(self.path, _LONGEST_PATH) + (f":{self.line}:{self.column}" if self.line else "")
        lines = [f"{where}: {self.severity}: {shortened(self.message, _LONGEST_LINE)}"]
        gutter = " " * max(6, len(str(self.line)))
        if self.line and self.source:
            text = printable(self.source)
            start = min(self.column - 1, len(text))
            offset = 0 if start < _WINDOW - 20 else start - 40
            before, after = text[offset:start], text[start : offset + _WINDOW]
            carets = "^" * max(1, cell_len(after[: self.width]))
            lines.append(f"{self.line:>{len(gutter)}} | {before}{after}".rstrip())
            lines.append(f"{gutter} | {' ' * cell_len(before)}{carets}")
        for number, line in enumerate(str(self.help).splitlines()):
            lines.append(f"{gutter} {'       ' if number else '= help:'} {shortened(line, _LONGEST_LINE)}")
        return "\n".join(lines)


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


def render(problems: Iterable[Problem]) -> str:
    """The problems by file and line, and a last line that counts them.

    Of more than :data:`TOLD` only so many are printed, errors rather than warnings. With errors the last line ends in
    "nothing was run"; warnings alone stop nothing.
    """
    problems = in_order(problems)
    if not problems:
        return ""
    told = set(sorted(problems, key=lambda problem: problem.severity != "error")[:TOLD])
    blocks = [str(problem) for problem in problems if problem in told]
    if left := len(problems) - len(blocks):
        blocks.append(f"... and {left:,} more problem{'s' * (left > 1)}")
    found = Counter(problem.severity for problem in problems)
    counts = [f"{n:,} {word}{'s' * (n > 1)}" for word in ("error", "warning") if (n := found[word])]
    names = list(dict.fromkeys(shortened(problem.path, _LONGEST_PATH) for problem in problems))
    if len(names) > 6:
        names = [*names[:5], f"{len(names) - 5:,} more"]
    places = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    ending = "; nothing was run." if found["error"] else "."
    return "\n\n".join([*blocks, f"{' and '.join(counts)} in {places}{ending}"])
