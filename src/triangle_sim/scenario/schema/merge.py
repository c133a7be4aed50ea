"""How the trees of two files merge, once names are brought to their one spelling.

Merging is associative: a chain of files may be folded from either end. Three things make it so. A deleted key stays in
the tree as None until the end. A mapping laid over something that is no mapping is marked as replacing. And an event's
timing brings along the deletion of the timings it excludes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import reduce
from typing import Any

from triangle_sim.errors import Problem, quote
from triangle_sim.names import canonical_name, country_code
from triangle_sim.scenario.document import Node
from triangle_sim.scenario.schema.kinds import KINDS, instead_of_set
from triangle_sim.world.event import EXCLUDES

Keys = tuple[str, ...]


def grow(root: Node) -> tuple[Node, list[Problem]]:
    """A tree that can be merged, made of a mapping as it was written, and what is wrong with its keys.

    Two names that are the same in their one spelling are a problem, and so is the former key ``set``. A warning tells
    of keys with nothing after the colon, which delete what the parents say.
    """
    problems: list[Problem] = []

    def grown(node: Node, path: Keys) -> Node:
        if node.children is None:
            return node
        children: dict[str, Node] = {}
        spelling: dict[str, str] = {}
        for key, item in node.children.items():
            name = _canonical(path, key)
            if name == "set" and not path:
                message = "'set' is now split by kind of number"
                problems.append(item.problem((), message, instead_of_set(item.data), key=True))
            elif name in children:
                first = children[name].key
                message = (
                    f"{quote(key)} is the same as {quote(spelling[name])}{f' at line {first.line}' if first else ''}"
                )
                problems.append(item.problem((), message, "keep one of the two", key=True))
            else:
                empty = item.value is None and item.span is not None and item.span.width == 0
                if empty and not path and key != "extends":
                    message = f"nothing stands after {quote(key + ':')}, which deletes what the parents say of it"
                    help = f"write {quote(key + ': null')} if that is meant, else remove the line"
                    problems.append(item.problem((), message, help, key=True, severity="warning"))
                children[name], spelling[name] = grown(item, (*path, name)), key
        if len(path) == 2 and path[0] == "events":
            for timing in [key for key in EXCLUDES if key in children and children[key].value is not None]:
                for other in EXCLUDES[timing]:
                    children.setdefault(other, replace(children[timing], value=None, implied=True))
        return replace(node, value=children, replaces=_is_one_value(path, children))

    return grown(root, ()), problems


def _is_one_value(path: Keys, children: Mapping[str, Node]) -> bool:
    """Mappings that say one thing: a prior, a mix of theories, a decision rule with its settings."""
    match path:
        case ("theory",) | ("priors", _) | ("theories", _):
            return True
        case ("decision", _):
            return "rule" in children and children["rule"].value is not None
    return False


def _canonical(path: Keys, key: str) -> str:
    match path:
        case ("priors" | "pin",) | ("events", _, "effects" | "shock") | ("theories", _, "priors"):
            return canonical_name(key)
        case (kind,) if kind in KINDS:
            return canonical_name(key)
        case ("decision",) | ("moves", "disable") | ("seats",):
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
    return replace(above, value=children, replaces=below.replaces)


def fold(nodes: Iterable[Node]) -> Node:
    """Trees merged in order, the later over the earlier; at least one."""
    return reduce(merge, nodes)


def plain(node: Node) -> Any:
    """Plain data, deleted keys gone."""
    if node.children is None:
        return node.data
    return {key: plain(child) for key, child in node.children.items() if child.value is not None}


def conflicts(left: Node, right: Node, settled: Node | None, path: Keys = ()) -> Iterable[tuple[Keys, Node, Node]]:
    """Where two siblings disagree and ``settled`` (what lies above both) says nothing: the path and both nodes."""
    above = settled.children if settled else {}
    if above is None or (settled and settled.replaces):
        return
    if left.children is not None and right.children is not None and not (left.replaces or right.replaces):
        for key in sorted(left.children.keys() & right.children.keys()):
            yield from conflicts(left.children[key], right.children[key], above.get(key), (*path, key))
    elif plain(left) != plain(right) and not left.implied:
        yield path, left, right
