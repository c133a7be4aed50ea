"""Strict YAML with positions, for scenarios and for seeds.

The YAML 1.2 core schema, less what makes data files surprising. Refused, each with its place: two equal keys, tags,
anchors and aliases (so nothing can expand), merge keys, several documents, keys that are no plain text, NaN and
infinities, more than 20 levels, more than 48 KiB. A key is always text: ``1: x`` has the key ``"1"``.

Built on PyYAML's pure Python parser, so that messages are the same on every platform.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml

from triangle_sim.errors import Problem, ScenarioError, quote, shortened
from triangle_sim.scenario.document import MAX_DEPTH, Node, Source, Span
from triangle_sim.scenario.read.scalars import resolve
from triangle_sim.scenario.read.text_file import MAX_BYTES, end_of, read_text

NON_PRINTABLE = yaml.reader.Reader.NON_PRINTABLE

_ADVICE = (
    ("'\\t'", "a tab where YAML wants spaces", "replace tabs by spaces"),
    ("mapping values are not allowed", "a ':' where no key can stand", "put the text before it in quotes, or indent"),
    ("could not find expected ':'", "a line without ':'", "write 'key: value', or put longer text in quotes"),
    ("expected the node content", "a value is missing or malformed here", "write a value, or put it in quotes"),
    ("'%'", "a value cannot begin with '%'", "put it in quotes"),
    ("'@'", "a value cannot begin with '@'", "put it in quotes"),
    ("'`'", "a value cannot begin with '`'", "put it in quotes"),
    ("end of stream", "a quotation mark that is never closed", "close it"),
    ("expected ',' or ']'", "a list that is not closed here", "add ',' or ']'"),
    (
        "expected ',' or '}'",
        "a mapping in braces that is not closed here",
        "add ',' or '}'; in braces a name with brackets stands in quotes: \"goodwill[RUS,PRK]\"",
    ),
    ("expected <block end>", "this line does not fit the ones above", "indent it like its neighbours"),
    ("undefined tag handle", "tags are not allowed", "remove the word that begins with '!'"),
    ("incompatible YAML", "the file asks for another version of YAML", "remove the line that begins with %YAML"),
)
"""What PyYAML says contains, what to say instead, and what to do about it."""


def load_file(path: str | os.PathLike[str], shown: str = "", limit: int = MAX_BYTES) -> Node:
    """Read a file of at most ``limit`` bytes, called ``shown`` in the ScenarioError that holds all that is wrong."""
    shown = shown or os.fspath(path)
    return load_text(read_text(path, shown, limit), shown)


def load_text(text: str, name: str = "text") -> Node:
    """Read a text; a ScenarioError holds all that is wrong."""
    source = Source(name, tuple(text.splitlines()))
    if bad := NON_PRINTABLE.search(text):
        binary = {"\0": "a NUL character: is this a binary file?"}
        what = binary.get(bad[0], f"a control character (U+{ord(bad[0]):04X})")
        raise ScenarioError([source.problem(end_of(text[: bad.start()]), what, "remove it")])
    reader = _Reader(text, source)
    root = reader.read()
    if root is None or reader.problems:
        raise ScenarioError(reader.problems)
    return root


class _TooDeepError(Exception):
    """Nothing after this place is read."""


class _Reader:
    """Makes nodes of the events of a YAML parser, and collects what is wrong on the way."""

    def __init__(self, text: str, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self._parser: Any = yaml.SafeLoader(text)  # the stubs of PyYAML leave its methods untyped

    def read(self) -> Node | None:
        try:
            return self._document()
        except yaml.MarkedYAMLError as error:
            self._malformed(error)
        except _TooDeepError:
            pass
        except (yaml.YAMLError, ValueError, OverflowError, LookupError, AssertionError) as error:
            # PyYAML turns some malformed escapes and directives into plain Python errors without a position.
            self._report(self._parser.get_mark(), f"cannot be read as YAML: {shortened(error, 80)}")
        return None

    def _document(self) -> Node | None:
        following = self._parser.get_event
        following()
        if isinstance(following(), yaml.StreamEndEvent):
            comment = any(line.strip() for line in self.source.lines)
            what = "the file holds nothing but comments" if comment else "the file is empty"
            self._report(None, what, "write at least one line, as in `extends: baseline`")
            return None
        root = self._node(following())
        following()
        if not isinstance(second := following(), yaml.StreamEndEvent):
            self._report(second, "a second document begins here", "one file holds one document: remove '---'")
        return root

    def _node(self, event: Any, depth: int = 0) -> Node:
        place = _span(event)
        if isinstance(event, yaml.AliasEvent):
            self._report(event, f"the alias {quote(f'*{event.anchor}')} is not allowed", "write the value out")
            return Node(self.source, span=place)
        if event.anchor is not None:
            self._report(event, f"the anchor {quote('&' + event.anchor)} is not allowed", "write the value out")
        if event.tag is not None:
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            self._report(event, f"the tag {quote(tag)} is not allowed", "remove it: only plain data is read")
        if isinstance(event, yaml.ScalarEvent):
            return Node(self.source, self._scalar(event), span=place)
        if depth == MAX_DEPTH:
            self._report(event, f"nested more than {MAX_DEPTH} levels deep", "write it flatter")
            raise _TooDeepError
        if isinstance(event, yaml.SequenceStartEvent):
            items = [self._node(item, depth + 1) for item in self._until(yaml.SequenceEndEvent)]
            return Node(self.source, items, span=place)
        children: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key_event in self._until(yaml.MappingEndEvent):
            key, at = self._key(key_event, depth), _span(key_event)
            child = self._node(self._parser.get_event(), depth + 1)
            if key in children:
                help = f"it is first given at line {lines[key]}; keep one of the two"
                self._report(key_event, f"the key {quote(key)} is given twice", help)
            elif key is not None:
                children[key], lines[key] = replace(child, key=at), at.line
        return Node(self.source, children, span=place)

    def _until(self, end: type[yaml.Event]) -> Iterator[Any]:
        while not isinstance(event := self._parser.get_event(), end):
            yield event

    def _key(self, event: Any, depth: int) -> str | None:
        self._node(event, depth + 1)
        if not isinstance(event, yaml.ScalarEvent):
            self._report(event, "a key must be plain text", "a list, a mapping or an alias cannot be a key")
        elif event.value == "<<" and event.style is None:
            self._report(event, "merge keys (<<) are not allowed", "to build on another scenario, use 'extends'")
        elif not event.value.strip():
            self._report(event, "a key is missing before ':'", "write a name before the colon")
        else:
            return str(event.value)
        return None

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        if event.style is None:
            try:
                return resolve(event.value)
            except ValueError as error:
                self._report(event, f"{quote(event.value, 30)}: {error}", "write a finite number; put text in quotes")
        elif NON_PRINTABLE.search(event.value):
            self._report(event, "the text holds a control character", "remove the escape that makes it")
        return event.value

    def _malformed(self, error: yaml.MarkedYAMLError) -> None:
        said = error.problem or error.context or "malformed"
        known = (row[1:] for row in _ADVICE if row[0] in said)
        message, help = next(known, (f"malformed YAML: {said}", ""))
        mark, context = error.problem_mark or error.context_mark, error.context_mark
        if context and ("end of stream" in said or "expected ':'" in said):
            mark = context  # where the quotation or the stray line began, not where it was found missing
        elif context and mark and context.line != mark.line:
            help = f"{help}; what it belongs to begins at line {context.line + 1}".removeprefix("; ")
        self._report(mark, message, help)

    def _report(self, where: Any, message: str, help: str = "") -> None:
        self.problems.append(self.source.problem(_span(where), message, help))


def _span(where: Any) -> Span:
    """The place of an event or a mark; what does not stand in one line has no width."""
    start = getattr(where, "start_mark", where)
    if start is None:
        return Span(1, 1)
    end = getattr(where, "end_mark", start)
    one_piece = end.line == start.line and not isinstance(where, yaml.CollectionStartEvent)
    return Span(start.line + 1, start.column + 1, end.column - start.column if one_piece else 0)
