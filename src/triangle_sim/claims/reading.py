"""Reading a bundled data file: plain checks of shape that collect every error with its line.

Positions are worked out only when something is wrong: the files ship with the package and are almost always right, and
the ledger is read on every ``triangle-sim check``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from triangle_sim.errors import Problem, ScenarioError, quote
from triangle_sim.names import did_you_mean
from triangle_sim.resources import read_yaml

_MISSING: Any = object()


@dataclass
class Report:
    """What is wrong with one file."""

    text: str
    shown: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, at: tuple[Any, ...], message: str, help: str = "") -> None:
        """Note a problem with the value at ``at`` (keys and indices from the top of the file)."""
        line, column = _position(self.text, at)
        lines = self.text.splitlines()
        source = lines[line - 1] if 0 < line <= len(lines) else ""
        self.problems.append(Problem(self.shown, line, column, message, help, source=source))

    def finish(self) -> None:
        """Raise a :class:`ScenarioError` if anything was noted."""
        if self.problems:
            raise ScenarioError(self.problems)


@dataclass(frozen=True)
class Node:
    """A value and where it stands. Every reading returns something usable, and notes what is wrong.

    What is absent reads as empty without a word: :meth:`keys` of the mapping around it has said so.
    """

    report: Report
    at: tuple[Any, ...]
    value: Any

    @property
    def given(self) -> bool:
        """Whether the value is there at all."""
        return self.value is not _MISSING

    def wrong(self, message: str, help: str = "") -> None:
        """Note a problem with this value."""
        self.report.add(self.at, message, help)

    def keys(self, needed: Collection[str], optional: Collection[str] = ()) -> Node:
        """Check that this is a mapping with the keys it needs and no others; returns itself."""
        if not self.given:
            return self
        if not isinstance(self.value, dict):
            self.wrong(f"expected a mapping, got {_kind(self.value)}", f"with the keys {', '.join(sorted(needed))}")
            return Node(self.report, self.at, _MISSING)
        known = {*needed, *optional}
        for key in self.value:
            if key not in known:
                self[key].wrong(f"unknown key {quote(key)}", did_you_mean(str(key), known, "known keys"))
        for key in sorted(set(needed) - set(self.value)):
            self.wrong(f"{quote(key)} is missing")
        return self

    def __getitem__(self, key: Any) -> Node:
        value = self.value.get(key, _MISSING) if isinstance(self.value, dict) else _MISSING
        return Node(self.report, (*self.at, key), value)

    def __iter__(self) -> Iterator[Node]:
        """The items of a list with at least one."""
        if not self.given:
            return
        if not isinstance(self.value, list) or not self.value:
            self.wrong(f"expected a list with at least one item, got {_kind(self.value)}")
            return
        for k, item in enumerate(self.value):
            yield Node(self.report, (*self.at, k), item)

    def text(self) -> str:
        """Words."""
        if self.given and not (isinstance(self.value, str) and self.value.strip()):
            self.wrong(f"expected words, got {_kind(self.value)}")
        return self.value if isinstance(self.value, str) else ""

    def one_of(self, known: Collection[str]) -> str:
        """One of some words."""
        if self.given and self.value not in known:
            self.wrong(f"{quote(self.value)} is not known here", did_you_mean(str(self.value), known))
        return str(self.value) if self.given else ""

    def names(self) -> tuple[str, ...]:
        """A list of different names."""
        found = [node.text() for node in self]
        for name in sorted({name for name in found if found.count(name) > 1}):
            self.wrong(f"{quote(name)} is named twice")
        return tuple(found)

    def number(self) -> float | None:
        """A number, or None where there is none."""
        if not self.given:
            return None
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            self.wrong(f"expected a number, got {_kind(self.value)}")
            return None
        return float(self.value)


def parse(path: Path, shown: str) -> Node:
    """A file as its top node; ``shown`` is its name in errors.

    Raises
    ------
    ScenarioError
        if it is not YAML at all.
    """
    report = Report(path.read_text(encoding="utf-8"), shown)
    try:
        data = read_yaml(path)
    except yaml.YAMLError as error:
        mark: Any = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        message = f"cannot be read as YAML: {getattr(error, 'problem', None) or error}"
        lines = report.text.splitlines()
        source = lines[line - 1] if 0 < line <= len(lines) else ""
        raise ScenarioError([Problem(shown, line, column, message, source=source)]) from None
    return Node(report, (), data)


def _position(text: str, at: tuple[Any, ...]) -> tuple[int, int]:
    """Line and column, from 1, of the value at ``at`` or of the nearest thing around it that exists."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if node is None:
        return 1, 1
    mark = node.start_mark
    for step in at:
        if isinstance(node, yaml.MappingNode):
            pairs = {key.value: (key, value) for key, value in node.value}
            if step not in pairs:
                break
            key, node = pairs[step]
            mark = key.start_mark
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            mark = node.start_mark
        else:
            break
    return mark.line + 1, mark.column + 1


def _kind(value: Any) -> str:
    kinds = {dict: "a mapping", list: "a list", bool: "true or false", int: "a number", float: "a number"}
    if value is None or value in ("", [], {}):
        return "nothing"
    return kinds.get(type(value), quote(value))
