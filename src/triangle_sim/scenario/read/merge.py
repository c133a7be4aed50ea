"""What one file says, as a tree that remembers where each value was written, and how such trees merge.

Merging is associative: a chain of files may be folded from either end. Three things make it so. A deleted key stays in
the tree as a leaf ``None`` until the end. A mapping laid over something that is no mapping is marked as replacing. And
an event's timing brings along the deletion of the timings it excludes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from triangle_sim.errors import Problem, quote
from triangle_sim.names import canonical_name, country_code
from triangle_sim.world.event import EXCLUDES
from triangle_sim.scenario.read.strict_yaml import Document, Path


@dataclass(frozen=True)
class Origin:
    """A place in a file: the document and the path as the file spells it."""

    document: Document
    path: Path

    @property
    def place(self) -> str:
        """``file:line``."""
        span = self.document.span(self.path)
        return self.document.name + (f":{span.line}" if span else "")


@dataclass(frozen=True)
class Leaf:
    """A scalar or a list; ``None`` deletes. ``implied`` leaves were not written but follow from what was."""

    value: Any
    origin: Origin
    implied: bool = False


@dataclass(frozen=True)
class Branch:
    """A mapping; ``replaces`` means that it does not merge with what lies below."""

    children: Mapping[str, Node]
    origin: Origin
    replaces: bool = False


Node = Leaf | Branch


@dataclass
class Grown:
    """A tree and what is odd about its spelling: keys that name the same thing twice ``(origin, other origin)``."""

    root: Branch
    twice: list[tuple[Origin, Origin]] = field(default_factory=list)


def grow(document: Document) -> Grown:
    """The tree of a document whose data is a mapping; names are brought to their one spelling."""
    twice: list[tuple[Origin, Origin]] = []
    root = _grow(document, document.data, (), (), twice)
    assert isinstance(root, Branch)
    return Grown(root, twice)


def _grow(document: Document, value: Any, raw: Path, path: tuple[str, ...], twice: list[tuple[Origin, Origin]]) -> Node:
    origin = Origin(document, raw)
    if not isinstance(value, dict):
        return Leaf(_canonical_items(path, value), origin)
    children: dict[str, Node] = {}
    for key, item in value.items():
        name = _canonical_key(path, key)
        if name in children:
            twice.append((Origin(document, (*raw, key)), children[name].origin))
            continue
        children[name] = _grow(document, item, (*raw, key), (*path, name), twice)
    if len(path) == 2 and path[0] == "events":
        for timing, excluded in EXCLUDES.items():
            given = children.get(timing)
            if given is not None and not (isinstance(given, Leaf) and (given.value is None or given.implied)):
                for other in excluded:
                    children.setdefault(other, Leaf(None, given.origin, implied=True))
    return Branch(children, origin, _is_one_value(path, value))


def _is_one_value(path: tuple[str, ...], value: Mapping[str, Any]) -> bool:
    """Mappings that say one thing: a prior, a mix of theories, a decision rule with its settings."""
    match path:
        case ("theory",) | ("priors", _):
            return True
        case ("decision", _):
            return value.get("rule") is not None
    return False


def _canonical_key(path: tuple[str, ...], key: str) -> str:
    match path:
        case ("set",) | ("priors",) | ("pin",) | ("events", _, "effects") | ("events", _, "shock"):
            return canonical_name(key)
        case ("decision",) | ("moves", "disable"):
            return country_code(key)
    return key


def _canonical_items(path: tuple[str, ...], value: Any) -> Any:
    if not isinstance(value, list):
        return value
    match path:
        case ("countries",):
            return [country_code(item) if isinstance(item, str) else item for item in value]
        case ("events", _, "condition"):
            return [
                {k: canonical_name(v) if k == "variable" and isinstance(v, str) else v for k, v in item.items()}
                if isinstance(item, dict)
                else item
                for item in value
            ]
    return value


def merge(below: Node | None, above: Node) -> Node:
    """``above`` laid over ``below``."""
    if isinstance(above, Leaf) or above.replaces or below is None:
        return above
    if isinstance(below, Leaf):
        return Branch(above.children, above.origin, replaces=True)
    children = dict(below.children)
    for key, node in above.children.items():
        children[key] = merge(children.get(key), node)
    return Branch(children, above.origin, below.replaces)


def fold(nodes: Iterable[Branch]) -> Branch:
    """Branches merged in order, the later over the earlier; at least one."""

    def over(below: Branch, above: Branch) -> Branch:
        merged = merge(below, above)
        assert isinstance(merged, Branch)
        return merged

    return reduce(over, nodes)


def without(root: Branch, keys: Iterable[str]) -> Branch:
    """A branch without some of its keys."""
    dropped = frozenset(keys)
    return Branch({k: n for k, n in root.children.items() if k not in dropped}, root.origin, root.replaces)


def plain(node: Node) -> Any:
    """Plain data, deleted keys gone."""
    if isinstance(node, Leaf):
        return node.value
    return {key: plain(child) for key, child in node.children.items() if not _deleted(child)}


def origins(node: Node, path: Path = ()) -> dict[Path, Origin]:
    """Where each piece of :func:`plain` was written."""
    out = {path: node.origin}
    if isinstance(node, Branch):
        for key, child in node.children.items():
            if not _deleted(child):
                out |= origins(child, (*path, key))
    return out


def _deleted(node: Node) -> bool:
    return isinstance(node, Leaf) and node.value is None


def conflicts(left: Node, right: Node, settled: Node | None, path: tuple[str, ...] = ()) -> Iterable[tuple[str, ...]]:
    """Paths at which two siblings disagree and ``settled`` (what lies above both) says nothing."""
    if isinstance(settled, Leaf) or (isinstance(settled, Branch) and settled.replaces):
        return
    if isinstance(left, Branch) and isinstance(right, Branch) and not (left.replaces or right.replaces):
        above = settled.children if isinstance(settled, Branch) else {}
        for key in left.children.keys() & right.children.keys():
            yield from conflicts(left.children[key], right.children[key], above.get(key), (*path, key))
    elif plain(left) != plain(right) and not (isinstance(left, Leaf) and left.implied):
        yield path


def at(node: Node, path: Iterable[str]) -> Node | None:
    """The node at a path, or None."""
    for key in path:
        if not isinstance(node, Branch) or key not in node.children:
            return None
        node = node.children[key]
    return node


def same_thing(one: Origin, other: Origin) -> Problem:
    """The problem that two keys of one mapping name the same thing."""
    span = other.document.span(other.path, key=True)
    line = f" at line {span.line}" if span else ""
    message = f"{quote(one.path[-1])} is the same as {quote(other.path[-1])}{line}"
    return one.document.problem(one.path, message, help="keep one of the two", key=True)
