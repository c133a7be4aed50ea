"""Strict YAML with positions, for scenarios and for seeds.

The YAML 1.2 core schema, less what makes data files surprising. Refused, each with its place: two equal keys, tags,
anchors and aliases (so nothing can expand), merge keys, several documents, keys that are no plain text, NaN and
infinities, more than 20 levels, more than 1 MiB. A key is always text: ``1: x`` has the key ``"1"``.

Built on the event stream of PyYAML's pure Python parser, which does not recurse: depth is checked before anything is
composed, and messages are the same on every platform.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any, cast

import yaml
from yaml import events as ev

from triangle_sim.errors import Problem, ScenarioError, quote
from triangle_sim.scenario.read.document import Document, Path, Span
from triangle_sim.scenario.read.text_file import lines_of, read_text, unprintable
from triangle_sim.scenario.read.scalars import resolve
from triangle_sim.scenario.read.syntax_errors import explain

MAX_DEPTH = 20
MAX_NODES = 100_000
MAX_PROBLEMS = 100


def load_file(path: str | os.PathLike[str], shown: str = "") -> Document:
    """Read a file; ``shown`` is its name in errors.

    Raises
    ------
    ScenarioError
        with all that is wrong with it.
    """
    shown = shown or os.fspath(path)
    return load_text(read_text(path, shown), shown)


def load_text(text: str, name: str = "text") -> Document:
    """Read a text.

    Raises
    ------
    ScenarioError
        with all that is wrong with it.
    """
    text = text.removeprefix("\ufeff")
    bad = unprintable(text, name)
    if bad:
        raise ScenarioError([bad])
    reader = _Reader(text, name)
    document = reader.document()
    if reader.problems:
        raise ScenarioError(reader.problems)
    return document


class _UnreadableError(Exception):
    """Nothing after this place can be understood."""


class _Reader:
    """Builds data from events and collects what is wrong on the way."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name, self.lines = text, name, tuple(lines_of(text))
        self.problems: list[Problem] = []
        self.keys: dict[Path, Span] = {}
        self.values: dict[Path, Span] = {}
        self.nodes = 0
        self.events = self._parse()

    def document(self) -> Document:
        data: Any = None
        with contextlib.suppress(_UnreadableError):
            data = self._documents()
        return Document(data, self.name, self.lines, self.keys, self.values)

    def _documents(self) -> Any:
        data: Any = None
        seen = 0
        for event in self.events:
            if isinstance(event, ev.DocumentStartEvent):
                seen += 1
                if seen > 1:
                    self.report(event, "a second document begins here", "one file holds one document: remove '---'")
                    raise _UnreadableError
                data = self.node(next(self.events), ())
        if not seen:
            comment = any(line.strip() for line in self.lines)
            what = "the file holds nothing but comments" if comment else "the file is empty"
            self.problems.append(Problem(self.name, 1, 1, what, "write at least one line, as in `extends: baseline`"))
        return data

    def node(self, event: Any, path: Path) -> Any:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.report(event, f"the file holds more than {MAX_NODES:,} values")
            raise _UnreadableError
        if isinstance(event, ev.AliasEvent):
            self.report(event, f"the alias *{event.anchor} is not allowed", "write the value out in each place")
            return None
        node = cast(ev.NodeEvent, event)
        if node.anchor is not None:
            self.report(event, f"the anchor &{node.anchor} is not allowed", "write the value out in each place")
        if getattr(event, "tag", None) is not None:
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            self.report(event, f"the tag {quote(tag)} is not allowed", "remove it: only plain data is read")
        self.values[path] = _span(event)
        if isinstance(event, ev.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, ev.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(inner := next(self.events), ev.SequenceEndEvent):
                items.append(self.node(inner, (*path, len(items))))
            return items
        return self.mapping(path)

    def mapping(self, path: Path) -> dict[str, Any]:
        out: dict[str, Any] = {}
        while not isinstance(event := next(self.events), ev.MappingEndEvent):
            key = self.key(event, path)
            value_event = next(self.events)
            if key is None:
                self.node(value_event, (*path, "?"))
                continue
            if key in out:
                first = self.keys[*path, key]
                help = f"it is first given at line {first.line}; keep one of the two"
                self.report(event, f"the key {quote(key)} is given twice", help)
                self.node(value_event, (*path, key, "?"))
                continue
            self.keys[*path, key] = _span(event)
            out[key] = self.node(value_event, (*path, key))
        return out

    def key(self, event: Any, path: Path) -> str | None:
        if not isinstance(event, ev.ScalarEvent):
            self.node(event, (*path, "?"))
            self.report(event, "a key must be plain text", "a list, a mapping or an alias cannot be a key")
            return None
        self.node(event, (*path, "?"))
        del self.values[*path, "?"]
        text = str(event.value)
        if text == "<<" and event.style is None:
            self.report(event, "merge keys (<<) are not allowed", "to build on another scenario, use 'extends'")
            return None
        if not text.strip():
            self.report(event, "a key is missing before ':'", "write a name before the colon")
            return None
        return text

    def scalar(self, event: ev.ScalarEvent) -> Any:
        value = str(event.value)
        if event.style is None:
            try:
                return resolve(value)
            except ValueError as error:
                self.report(event, f"{quote(value, 30)}: {error}", "write a finite number; put text in quotes")
                return None
        if unprintable(value, self.name):
            self.report(event, "the text holds a control character", "remove the escape that makes it")
        return value

    def report(self, event: Any, message: str, help: str = "") -> None:
        span = _span(event)
        source = self.lines[span.line - 1] if span.line <= len(self.lines) else ""
        width = max(1, span.width)
        self.problems.append(Problem(self.name, span.line, span.column, message, help, "error", source, width))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _UnreadableError

    def _parse(self) -> Iterator[Any]:
        depth = 0
        loader: Any = yaml.SafeLoader(self.text)
        try:
            while loader.check_event():
                event = loader.get_event()
                if isinstance(event, ev.CollectionStartEvent):
                    depth += 1
                    if depth > MAX_DEPTH:
                        self.report(event, f"nested more than {MAX_DEPTH} levels deep", "write it flatter")
                        raise _UnreadableError
                elif isinstance(event, ev.CollectionEndEvent):
                    depth -= 1
                yield event
        except yaml.MarkedYAMLError as error:
            self.problems.append(explain(error, self.name, self.lines))
            raise _UnreadableError from None
        except (yaml.YAMLError, ValueError, OverflowError, LookupError, RecursionError, AssertionError) as error:
            # PyYAML turns some malformed escapes and directives into plain Python errors without a position.
            mark: Any = loader.get_mark()
            text = " ".join(str(error).split())[:80]
            source = self.lines[mark.line] if mark.line < len(self.lines) else ""
            message = f"cannot be read as YAML: {text}"
            self.problems.append(Problem(self.name, mark.line + 1, mark.column + 1, message, source=source))
            raise _UnreadableError from None


def _span(event: Any) -> Span:
    start, end = event.start_mark, event.end_mark
    same = end.line == start.line
    width = end.column - start.column if same else 1
    if isinstance(event, ev.CollectionStartEvent):
        width = 1
    return Span(start.line + 1, start.column + 1, width)


__all__ = ["MAX_DEPTH", "Document", "Path", "Span", "load_file", "load_text"]
