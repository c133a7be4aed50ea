"""What one file says, as a tree that remembers where each value was written, and how such trees merge.

Merging is associative: a chain of files may be folded from either end. Three things make it so. A deleted key stays in
the tree as None until the end. A mapping laid over something that is no mapping is marked as replacing. And an event's
timing brings along the deletion of the timings it excludes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from typing import Any

from triangle_sim.errors import Problem, Severity, quote
from triangle_sim.names import canonical_name, country_code
from triangle_sim.scenario.document import Document, Origin, Path
from triangle_sim.scenario.schema.kinds import KINDS, instead_of_set
from triangle_sim.world.event import EXCLUDES


@dataclass(frozen=True)
class Node:
    """A mapping of nodes (``children``), or else a scalar or a list (``value``; None deletes).

    ``implied`` nodes were not written but follow from what was; a mapping that ``replaces`` does not merge with what
    lies below it.
    """

    origin: Origin
    value: Any = None
    children: Mapping[str, Node] | None = None
    implied: bool = False
    replaces: bool = False

    @property
    def deletes(self) -> bool:
        """Whether it removes its key."""
        return self.children is None and self.value is None

    def only(self, keys: Iterable[str]) -> Node:
        """A mapping with these of its keys."""
        kept = frozenset(keys)
        return replace(self, children={k: n for k, n in (self.children or {}).items() if k in kept})

    def without(self, keys: Iterable[str]) -> Node:
        """A mapping without these keys."""
        return self.only(set(self.children or {}) - set(keys))


def grow(document: Document) -> tuple[Node, list[Problem]]:
    """The tree of a document whose data is a mapping, and what is wrong with its keys.

    Names are brought to their one spelling: two keys that then are the same are a problem, and so is the former key
    ``set``.
    """
    problems: list[Problem] = []

    def node(value: Any, raw: Path, path: tuple[str, ...]) -> Node:
        origin = Origin(document, raw)
        if not isinstance(value, dict):
            return Node(origin, value)
        children: dict[str, Node] = {}
        for key, item in value.items():
            name, here = _canonical(path, key), (*raw, key)
            if name == "set" and not path:
                message = "'set' is now split by kind of number"
                problems.append(document.problem(here, message, help=instead_of_set(item), key=True))
            elif name in children:
                problems.append(_same(document, here, children[name].origin.path))
            else:
                children[name] = node(item, here, (*path, name))
        if len(path) == 2 and path[0] == "events":
            for timing in [key for key in EXCLUDES if key in children and not children[key].deletes]:
                for other in EXCLUDES[timing]:
                    children.setdefault(other, Node(children[timing].origin, implied=True))
        return Node(origin, children=children, replaces=_is_one_value(path, value))

    return node(document.data, (), ()), problems


def _same(document: Document, one: Path, other: Path) -> Problem:
    span = document.span(other, key=True)
    message = f"{quote(one[-1])} is the same as {quote(other[-1])}{f' at line {span.line}' if span else ''}"
    return document.problem(one, message, help="keep one of the two", key=True)


def _is_one_value(path: tuple[str, ...], value: Mapping[str, Any]) -> bool:
    """Mappings that say one thing: a prior, a mix of theories, a decision rule with its settings."""
    match path:
        case ("theory",) | ("priors", _):
            return True
        case ("decision", _):
            return value.get("rule") is not None
    return False


def _canonical(path: tuple[str, ...], key: str) -> str:
    match path:
        case ("priors" | "pin",) | ("events", _, "effects" | "shock"):
            return canonical_name(key)
        case (kind,) if kind in KINDS:
            return canonical_name(key)
        case ("decision",) | ("moves", "disable"):
            return country_code(key)
    return key


def merge(below: Node | None, above: Node) -> Node:
    """``above`` laid over ``below``."""
    if above.children is None or above.replaces or below is None:
        return above
    if below.children is None:
        return replace(above, replaces=True)
    children = dict(below.children)
    for key, node in above.children.items():
        children[key] = merge(children.get(key), node)
    return replace(above, children=children, replaces=below.replaces)


def fold(nodes: Iterable[Node]) -> Node:
    """Trees merged in order, the later over the earlier; at least one."""
    return reduce(merge, nodes)


def plain(node: Node) -> Any:
    """Plain data, deleted keys gone."""
    if node.children is None:
        return node.value
    return {key: plain(child) for key, child in node.children.items() if not child.deletes}


def conflicts(
    left: Node, right: Node, settled: Node | None, path: tuple[str, ...] = ()
) -> Iterable[tuple[tuple[str, ...], Node, Node]]:
    """Where two siblings disagree and ``settled`` (what lies above both) says nothing: the path and both nodes."""
    above = settled.children if settled else {}
    if above is None or (settled and settled.replaces):
        return
    if left.children is not None and right.children is not None and not (left.replaces or right.replaces):
        for key in sorted(left.children.keys() & right.children.keys()):
            yield from conflicts(left.children[key], right.children[key], above.get(key), (*path, key))
    elif plain(left) != plain(right) and not left.implied:
        yield path, left, right


@dataclass(frozen=True)
class Merged:
    """The data of a scenario put together from files, and where each piece comes from.

    ``files`` lists what was read, parents first; ``below`` is what the parent says without the scenario itself (None
    unless there is exactly one parent); ``problems`` are what is wrong or odd about how the files fit together.
    """

    root: Node = field(repr=False)
    files: tuple[str, ...] = ()
    below: dict[str, Any] | None = None
    problems: tuple[Problem, ...] = ()

    @cached_property
    def data(self) -> dict[str, Any]:
        """Plain data."""
        data: dict[str, Any] = plain(self.root)
        return data

    def origin(self, path: Path) -> Origin:
        """Where ``path`` was written; for a piece of a list, or a key nobody wrote, the nearest thing around it."""
        node = self.root
        for depth, step in enumerate(path):
            child = (node.children or {}).get(str(step))
            if child is None or child.deletes:
                return Origin(node.origin.document, (*node.origin.path, *path[depth:]))
            node = child
        return node.origin

    def problem(
        self, path: Path, message: str, *, help: object = "", key: bool = False, severity: Severity = "error"
    ) -> Problem:
        """A problem with the value (or the key) at ``path``, placed in the file that wrote it."""
        origin = self.origin(path)
        return origin.document.problem(origin.path, message, help=help, key=key, severity=severity)
