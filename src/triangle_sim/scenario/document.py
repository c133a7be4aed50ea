"""Plain data that remembers where in a text each piece stands."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
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
class Source:
    """A text by its name in messages; what does not come from a text has no lines."""

    name: str
    lines: tuple[str, ...] = ()

    def problem(self, span: Span | None, message: str, help: object = "", *, severity: Severity = "error") -> Problem:
        """A problem at a place of the text, or with the whole of it."""
        if span is None:
            return Problem(self.name, message=message, help=help, severity=severity)
        line = self.lines[span.line - 1] if span.line <= len(self.lines) else ""
        return Problem(self.name, span.line, span.column, message, help, severity, line, max(1, span.width))


@dataclass(frozen=True)
class Node:
    """A piece of data: a scalar, a list of nodes, or a mapping of keys to nodes. None deletes its key.

    ``key`` and ``span`` say where in its ``source`` the key and the value stand. ``implied`` nodes were not written but
    follow from what was; a mapping that ``replaces`` does not merge with what lies below it.
    """

    source: Source
    value: Any = None
    key: Span | None = None
    span: Span | None = None
    implied: bool = False
    replaces: bool = False

    @property
    def children(self) -> dict[str, Node] | None:
        """What a mapping holds; None for anything else."""
        return self.value if isinstance(self.value, dict) else None

    @property
    def data(self) -> Any:
        """Plain data: ``dict``, ``list``, ``str``, ``int``, ``float``, ``bool``, ``None``."""
        if isinstance(self.value, dict):
            return {key: node.data for key, node in self.value.items()}
        return [node.data for node in self.value] if isinstance(self.value, list) else self.value

    def only(self, keys: Container[str]) -> Node:
        """A mapping with these of its keys."""
        return replace(self, value={key: self.value[key] for key in self.value if key in keys})

    def where(self, path: Path = (), *, key: bool = False) -> tuple[Source, Span | None]:
        """The place of a plain value at ``path``, else of its key; where nothing is, of the nearest thing around."""
        node, found = self, True
        for step in path:
            inner: Node | None = None
            if isinstance(node.value, dict):
                inner = node.value.get(str(step))
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                inner = node.value[step]
            if inner is None or inner.implied:
                found = False
                break
            node = inner
        at_value = found and not key and node.span is not None and node.span.width > 0
        return node.source, node.span if at_value or node.key is None else node.key

    def place(self, path: Path = ()) -> str:
        """``file:line`` of what stands at ``path``."""
        source, span = self.where(path)
        return source.name + (f":{span.line}" if span else "")

    def problem(
        self, path: Path, message: str, help: object = "", *, key: bool = False, severity: Severity = "error"
    ) -> Problem:
        """A problem with the value (or the key) at ``path``."""
        source, span = self.where(path, key=key)
        return source.problem(span, message, help, severity=severity)


def tree(value: Any, source: Source, depth: int = 0) -> Node:
    """Python values as files hold them: quarters as text, models, tuples and sets as mappings and lists.

    A ScenarioError refuses data nested too deeply, as what contains itself is.
    """
    if depth > MAX_DEPTH:
        raise ScenarioError([Problem("scenario", message=f"nested more than {MAX_DEPTH} levels deep")])
    if hasattr(value, "model_dump"):
        value = value.model_dump(mode="json", by_alias=True, exclude_none=True)
    elif isinstance(value, Quarter):
        value = str(value)
    elif isinstance(value, set | frozenset):
        value = sorted(value, key=str)
    elif hasattr(value, "item") and getattr(value, "ndim", None) == 0:  # a NumPy number, without importing NumPy
        value = value.item()
    if isinstance(value, Mapping):
        value = {str(key): tree(item, source, depth + 1) for key, item in value.items()}
    elif isinstance(value, list | tuple):
        value = [tree(item, source, depth + 1) for item in value]
    return Node(source, value + 0.0 if isinstance(value, float) else value)  # minus zero is zero
