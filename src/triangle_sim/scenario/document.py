"""Plain data that remembers where in a text each piece stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from triangle_sim.errors import Problem, ScenarioError, Severity
from triangle_sim.quarters import Quarter

Path = tuple[str | int, ...]
"""Where something is in the data: keys and positions in lists."""

MAX_DEPTH = 20
"""Deepest nesting of mappings and lists."""


@dataclass(frozen=True)
class Span:
    """A piece of one line: line and column from 1, width in characters; mappings, lists and empty values have none."""

    line: int
    column: int
    width: int = 0


@dataclass(frozen=True)
class Document:
    """Plain data (``dict``, ``list``, ``str``, ``int``, ``float``, ``bool``, ``None``) and where each piece stands.

    ``keys`` has the span of a mapping's key under the path of its value, ``values`` the span of every value. Data that
    was not read from a text has neither.
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
            if at_key and (key or cut < len(path) or at_value is None or at_value.width == 0):
                return at_key
            if at_value:
                return Span(at_value.line, at_value.column, max(1, at_value.width))
        return None

    def problem(
        self, path: Path, message: str, *, help: object = "", key: bool = False, severity: Severity = "error"
    ) -> Problem:
        """A problem at ``path``; the caret is under the value, or under its key."""
        span = self.span(path, key=key)
        if span is None:
            return Problem(self.name, message=message, help=help, severity=severity)
        source = self.lines[span.line - 1] if span.line <= len(self.lines) else ""
        return Problem(self.name, span.line, span.column, message, help, severity, source, span.width)


@dataclass(frozen=True)
class Origin:
    """A place in a document, by the path as the document spells it."""

    document: Document
    path: Path

    @property
    def place(self) -> str:
        """``file:line``."""
        span = self.document.span(self.path)
        return self.document.name + (f":{span.line}" if span else "")


def plain_data(value: Any, depth: int = 0) -> Any:
    """Python values as files hold them: quarters as text, models, tuples and sets as mappings and lists.

    A ScenarioError refuses data nested too deeply, as what contains itself is.
    """
    if depth > MAX_DEPTH:
        raise ScenarioError([Problem("scenario", message=f"nested more than {MAX_DEPTH} levels deep")])
    if isinstance(value, Quarter):
        return str(value)
    if isinstance(value, Enum):
        return plain_data(value.value, depth + 1)
    if hasattr(value, "model_dump"):
        return plain_data(value.model_dump(by_alias=True, exclude_none=True), depth + 1)
    if isinstance(value, Mapping):
        return {str(key): plain_data(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [plain_data(item, depth + 1) for item in items]
    if hasattr(value, "item") and getattr(value, "ndim", None) == 0:  # a NumPy number, without importing NumPy
        return plain_data(value.item(), depth + 1)
    return value + 0.0 if isinstance(value, float) else value  # minus zero is zero
