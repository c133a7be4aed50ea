"""Plain data that remembers where in a text each piece stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from triangle_sim.errors import Problem, Severity

Path = tuple[str | int, ...]
"""Where something is in the data: keys and positions in lists."""


@dataclass(frozen=True)
class Span:
    """A piece of one line: line and column from 1, width in characters."""

    line: int
    column: int
    width: int = 1


@dataclass(frozen=True)
class Document:
    """Plain data (``dict``, ``list``, ``str``, ``int``, ``float``, ``bool``, ``None``) and where each piece stands.

    ``keys`` has the span of a mapping's key under the path of its value, ``values`` the span of every value.
    """

    data: Any
    name: str
    lines: tuple[str, ...] = ()
    keys: Mapping[Path, Span] = field(default_factory=dict)
    values: Mapping[Path, Span] = field(default_factory=dict)

    def span(self, path: Path, *, key: bool = False) -> Span | None:
        """Where ``path`` stands: a plain value itself, a mapping or list by its key, else the nearest thing around."""
        for cut in range(len(path), -1, -1):
            near = path[:cut]
            at_key = self.keys.get(near)
            at_value = self.values.get(near)
            if at_key and (key or cut < len(path) or at_value is None or at_value.width == 0 or self._holds_more(near)):
                return at_key
            if at_value:
                return Span(at_value.line, at_value.column, max(1, at_value.width))
        return None

    def problem(
        self, path: Path, message: str, *, help: str = "", key: bool = False, severity: Severity = "error"
    ) -> Problem:
        """A problem at ``path``; the caret is under the value, or under its key."""
        span = self.span(path, key=key)
        if span is None:
            return Problem(self.name, message=message, help=help, severity=severity)
        source = self.lines[span.line - 1] if span.line <= len(self.lines) else ""
        return Problem(self.name, span.line, span.column, message, help, severity, source, span.width)

    def _holds_more(self, path: Path) -> bool:
        value = self.data
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return False
        return isinstance(value, dict | list)
