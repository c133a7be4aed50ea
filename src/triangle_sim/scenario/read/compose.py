"""Putting a scenario together from the files it builds on.

``extends`` names parents, ``--with`` lays scenarios side by side, ``--set`` comes last. Every ancestor counts once,
parents before children, left before right; see :mod:`triangle_sim.scenario.read.merge` for how two files merge.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as File
from typing import Any

from triangle_sim.errors import Problem, ScenarioError, Severity, quote
from triangle_sim.names import did_you_mean
from triangle_sim.scenario.read import merge as tree
from triangle_sim.scenario.read.library import Layer, Library
from triangle_sim.scenario.read.overrides import override
from triangle_sim.scenario.schema import DESCRIPTIVE
from triangle_sim.scenario.read.merge import Branch, Leaf, Node, Origin, fold, grow, plain, without
from triangle_sim.scenario.read.strict_yaml import Document, Path


@dataclass(frozen=True)
class Composition:
    """The merged data of a scenario and where each piece comes from.

    ``below`` is what the parent says without the scenario itself (None unless there is exactly one parent); ``files``
    lists what was read, parents first.
    """

    data: dict[str, Any]
    origins: Mapping[Path, Origin]
    below: dict[str, Any] | None
    files: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()
    _name: str = field(default="scenario", repr=False)

    def origin(self, path: Path) -> Origin | None:
        """Where ``path`` was written; for a piece of a list, or a key nobody wrote, the nearest thing around it."""
        for cut in range(len(path), -1, -1):
            found = self.origins.get(path[:cut])
            if found is not None:
                return Origin(found.document, (*found.path, *path[cut:]))
        return None

    def problem(
        self, path: Path, message: str, *, help: str = "", key: bool = False, severity: Severity = "error"
    ) -> Problem:
        """A problem with the value (or the key) at ``path``, placed in the file that wrote it."""
        origin = self.origin(path)
        if origin is None:
            return Problem(self._name, message=message, help=help, severity=severity)
        return origin.document.problem(origin.path, message, help=help, key=key, severity=severity)


def compose(
    name_or_path: str | File, *, with_: Sequence[str | File] = (), set_: Mapping[str, Any] | Sequence[str] = ()
) -> Composition:
    """Read a scenario and all it builds on, and merge.

    Raises
    ------
    ScenarioError
        for everything wrong with the files, their parents, and how they fit together.
    """
    library = Library()
    tops = [library.top(ref, option) for ref, option in [(name_or_path, ""), *((ref, "--with") for ref in with_)]]
    set_problems, overlays = override(set_)
    library.problems += set_problems
    layers = [layer for layer in tops if layer is not None]
    for layer in library.layers.values():
        library.problems += _disagreements(layer.parents, layer.root, layer)
    above = fold([*overlays]) if overlays else None
    if len(layers) > 1:
        library.problems += _disagreements(layers, above, None)
    if library.problems:
        raise ScenarioError(library.problems)
    return _merged(layers, overlays, set_given=bool(overlays))


def compose_data(base: Mapping[str, Any], changes: Mapping[str, Any], name: str) -> Composition:
    """``changes`` laid over ``base``, both plain data."""
    grown = [grow(Document(dict(base), name)), grow(Document(dict(changes), "with_"))]
    problems = [tree.same_thing(one, other) for item in grown for one, other in item.twice]
    if problems:
        raise ScenarioError(problems)
    root = fold([item.root for item in grown])
    return Composition(plain(root), tree.origins(root), dict(base), (name,), (), name)


def linear(layers: Sequence[Layer]) -> list[Layer]:
    """All ancestors and the layers themselves: each once, parents before children, left before right."""
    out: dict[int, Layer] = {}

    def visit(layer: Layer) -> None:
        if id(layer) not in out:
            for parent in layer.parents:
                visit(parent)
            out[id(layer)] = layer

    for layer in layers:
        visit(layer)
    return list(out.values())


def _merged(layers: list[Layer], overlays: list[Branch], set_given: bool) -> Composition:
    order = linear(layers)
    main = layers[0]
    # A file's title or question is about that file: a child does not inherit it. The first scenario keeps its own.
    roots = [without(layer.root, DESCRIPTIVE) for layer in order]
    words = Branch({k: n for k, n in main.root.children.items() if k in DESCRIPTIVE}, main.root.origin)
    root = fold([*roots, words, *overlays])
    data = plain(root)
    data.setdefault("name", "+".join(layer.name for layer in layers)[:100])
    if len(layers) > 1 and "name" in words.children and not any("name" in o.children for o in overlays):
        data["name"] = "+".join([data["name"], *(layer.name for layer in layers[1:])])[:100]
    warnings = [problem for layer in order for problem in layer.warnings]
    for index, layer in enumerate(order[1:], 1):
        warnings += _idle_deletions(layer.root, fold(roots[:index]))
    below: dict[str, Any] | None = None
    if len(layers) == 1 and len(main.parents) == 1 and not set_given:  # several parents: their sum is something new
        below = plain(fold(roots[:-1]))
    files = tuple(layer.shown for layer in order)
    return Composition(data, tree.origins(root), below, files, tuple(warnings), main.shown)


def _disagreements(siblings: Sequence[Layer], above: Branch | None, child: Layer | None) -> list[Problem]:
    out: list[Problem] = []
    for (_, left), (index, right) in itertools.combinations(enumerate(siblings), 2):
        in_left, in_right = linear([left]), linear([right])
        only = [
            [without(layer.root, DESCRIPTIVE) for layer in mine if all(layer is not other for other in theirs)]
            for mine, theirs in ((in_left, in_right), (in_right, in_left))
        ]
        if not all(only):
            continue
        one, two = (fold(roots) for roots in only)
        for path in sorted(tree.conflicts(one, two, above)):
            told = " and ".join(_told(tree.at(side, path)) for side in (one, two))
            dotted = ".".join(path)
            message = f"{quote(dotted, 100)} is {told}"
            if child is None:
                help = "settle it with --set, or leave one of the two scenarios out"
                out.append(Problem(f"--with {right.shown}", message=message, help=help))
            else:
                help = f"settle it: give {quote(dotted, 100)} in this file"
                is_list = isinstance(child.document.data["extends"], list)
                where: Path = ("extends", index) if is_list else ("extends",)
                out.append(child.document.problem(where, message, help=help))
    return out


def _told(node: Node | None) -> str:
    if node is None:
        return "absent"
    value = "deleted" if isinstance(node, Leaf) and node.value is None else quote(plain(node), 40)
    return f"{value} in {node.origin.place}"


def _idle_deletions(root: Branch, below: Branch, path: tuple[str, ...] = ()) -> list[Problem]:
    """Warnings for keys that are deleted although no parent has them: most often a misspelling."""
    out: list[Problem] = []
    for key, node in root.children.items():
        under = below.children.get(key)
        if isinstance(node, Leaf) and node.value is None and not node.implied and under is None:
            message = f"nothing to delete: no parent gives {quote('.'.join((*path, key)), 100)}"
            help = did_you_mean(key, below.children, "given by the parents")
            out.append(node.origin.document.problem(node.origin.path, message, help=help, key=True, severity="warning"))
        elif isinstance(node, Branch) and isinstance(under, Branch):
            out += _idle_deletions(node, under, (*path, key))
    return out
