"""Strict YAML with positions, for scenarios and for seeds.

The YAML 1.2 core schema, less what makes data files surprising. Refused, each with its place: two equal keys, tags,
anchors and aliases (so nothing can expand), merge keys, several documents, keys that are no plain text, NaN and
infinities, more than 20 levels, more than 48 KiB. A key is always text: ``1: x`` has the key ``"1"``.

Built on PyYAML's pure Python parser, so that messages are the same on every platform.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

import yaml
from yaml.events import AliasEvent, CollectionStartEvent
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from triangle_sim.errors import Problem, ScenarioError, quote, shortened
from triangle_sim.scenario.document import MAX_DEPTH, Node, Source, Span
from triangle_sim.scenario.read.scalars import resolve
from triangle_sim.scenario.read.text_file import MAX_BYTES, lines_of, read_text, unprintable

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
    ("expected ',' or '}'", "a mapping in braces that is not closed here", "add ',' or '}'"),
    ("expected <block end>", "this line does not fit the ones above", "indent it like its neighbours"),
    ("undefined tag handle", "tags are not allowed", "remove the word that begins with '!'"),
    ("another document", "a second document begins here", "one file holds one document: remove '---'"),
    ("incompatible YAML", "the file asks for another version of YAML", "remove the line that begins with %YAML"),
)
"""What PyYAML says contains, what to say instead, and what to do about it."""


def load_file(path: str | os.PathLike[str], shown: str = "", limit: int = MAX_BYTES) -> Node:
    """Read a file of at most ``limit`` bytes, called ``shown`` in the ScenarioError that holds all that is wrong."""
    shown = shown or os.fspath(path)
    return load_text(read_text(path, shown, limit), shown)


def load_text(text: str, name: str = "text") -> Node:
    """Read a text; a ScenarioError holds all that is wrong."""
    text = text.removeprefix("\ufeff")
    if bad := unprintable(text, name):
        raise ScenarioError([bad])
    reader = _Reader(text, name)
    root = reader.read()
    if root is None or reader.problems:
        raise ScenarioError(reader.problems)
    return root


class _TooDeepError(Exception):
    """Nothing after this place is read."""


class _Reader(yaml.SafeLoader):
    """Composes nodes, makes data of them, and collects what is wrong on the way."""

    def __init__(self, text: str, shown: str) -> None:
        super().__init__(text)
        self.source = Source(shown, tuple(lines_of(text)))
        self.problems: list[Problem] = []
        self._depth = 0

    def read(self) -> Node | None:
        try:
            root = self.get_single_node()
        except yaml.MarkedYAMLError as error:
            self._malformed(error)
        except _TooDeepError:
            pass
        except (yaml.YAMLError, ValueError, OverflowError, LookupError, AssertionError) as error:
            # PyYAML turns some malformed escapes and directives into plain Python errors without a position.
            self._report(self.get_mark(), f"cannot be read as YAML: {shortened(error, 80)}")
        else:
            if root is not None:
                return self._tree(root)
            comment = any(line.strip() for line in self.source.lines)
            what = "the file holds nothing but comments" if comment else "the file is empty"
            self._report(None, what, "write at least one line, as in `extends: baseline`")
        return None

    def compose_node(self, parent: Any, index: Any) -> Any:
        """A node without anchors, aliases and tags, none of which is allowed; called by PyYAML."""
        loader: Any = self  # the stubs of PyYAML leave these methods untyped
        event = loader.peek_event()
        if type(event) is AliasEvent:
            loader.get_event()
            self._report(event, f"the alias {quote(f'*{event.anchor}')} is not allowed", "write the value out")
            return ScalarNode("", "", loader.get_mark(), loader.get_mark(), style="'")
        if event.anchor is not None:
            self._report(event, f"the anchor {quote('&' + event.anchor)} is not allowed", "write the value out")
        if event.tag is not None:
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            self._report(event, f"the tag {quote(tag)} is not allowed", "remove it: only plain data is read")
        event.anchor = event.tag = None
        self._depth += 1
        if self._depth > MAX_DEPTH and isinstance(event, CollectionStartEvent):
            self._report(event, f"nested more than {MAX_DEPTH} levels deep", "write it flatter")
            raise _TooDeepError
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """Not PyYAML's types, which are those of YAML 1.1; called by PyYAML."""
        return ""

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

    def _tree(self, node: Any) -> Node:
        if isinstance(node, ScalarNode):
            return Node(self.source, self._scalar(node), span=_span(node))
        if isinstance(node, SequenceNode):
            return Node(self.source, [self._tree(item) for item in node.value], span=_span(node))
        children: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key_node, value in node.value:
            key, child = self._key(key_node), self._tree(value)
            if key in children:
                help = f"it is first given at line {lines[key]}; keep one of the two"
                self._report(key_node, f"the key {quote(key)} is given twice", help)
            elif key is not None:
                place = _span(key_node)
                children[key], lines[key] = replace(child, key=place), place.line
        return Node(self.source, children, span=_span(node))

    def _key(self, node: Any) -> str | None:
        if not isinstance(node, ScalarNode):
            self._report(node, "a key must be plain text", "a list, a mapping or an alias cannot be a key")
        elif node.value == "<<" and node.style is None:
            self._report(node, "merge keys (<<) are not allowed", "to build on another scenario, use 'extends'")
        elif not node.value.strip():
            self._report(node, "a key is missing before ':'", "write a name before the colon")
        else:
            self._scalar(node)
            return str(node.value)
        return None

    def _scalar(self, node: ScalarNode) -> Any:
        if node.style is None:
            try:
                return resolve(node.value)
            except ValueError as error:
                self._report(node, f"{quote(node.value, 30)}: {error}", "write a finite number; put text in quotes")
        elif unprintable(node.value, self.source.name):
            self._report(node, "the text holds a control character", "remove the escape that makes it")
        return node.value

    def _report(self, where: Any, message: str, help: str = "") -> None:
        self.problems.append(self.source.problem(_span(where), message, help))


def _span(where: Any) -> Span:
    """The place of a node, an event or a mark; what does not stand in one line has no width."""
    start = getattr(where, "start_mark", where)
    if start is None:
        return Span(1, 1)
    end = getattr(where, "end_mark", start)
    one_piece = end.line == start.line and not isinstance(where, MappingNode | SequenceNode)
    return Span(start.line + 1, start.column + 1, end.column - start.column if one_piece else 0)
