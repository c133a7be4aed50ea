"""Putting a scenario together from the files it builds on.

``extends`` names parents, ``--with`` lays scenarios side by side, ``--set`` comes last. Every ancestor counts once,
parents before children, left before right; see :mod:`triangle_sim.scenario.schema.merge` for how two files merge.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path as File
from typing import Any

from triangle_sim.errors import Problem, ScenarioError, printable, quote
from triangle_sim.names import Suggestion
from triangle_sim.scenario.document import Node, Path
from triangle_sim.scenario.read.extends import Layer, Reader, reference_of
from triangle_sim.scenario.read.overrides import overrides
from triangle_sim.scenario.read.voices import without_idle
from triangle_sim.scenario.schema import DESCRIPTIVE
from triangle_sim.scenario.schema.merge import conflicts, fold, merge, plain


@dataclass(frozen=True)
class Merged:
    """The data of a scenario put together from files, each piece with its place.

    ``files`` lists what was read, parents first; ``problems`` are what is wrong or odd about how they fit together.
    Where the scenario has one parent and nothing beside it, ``below`` is what the parent says without it, and
    ``extends`` what names the parent.
    """

    root: Node = field(repr=False)
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    below: Node | None = None
    extends: Node | None = None


def compose(
    name_or_path: str | File, *, with_: Sequence[str | File] = (), set_: Mapping[str, Any] | Sequence[str] = ()
) -> Merged:
    """Read a scenario and all it builds on, and merge.

    A ScenarioError holds all that cannot be read; what is wrong with what can is among the problems of the merged data.
    """
    reader = Reader()
    asked = [(name_or_path, "scenario"), *((reference, "--with") for reference in with_)]
    layers = [layer for reference, option in asked if (layer := reader.top(reference, option))]
    over, problems = overrides(set_)
    if over is not None:
        over = reader.with_theories(over, File(), File())
    if reader.problems:
        raise ScenarioError([*reader.problems, *problems])
    problems = reader.spelling + problems
    for layer in reader.layers.values():
        problems += _disagreements(layer.parents, layer.root, layer)
    problems += _disagreements(layers, over, None)
    order, main = linear(layers), layers[0]
    below, *roots = [layer.inherited for layer in order]
    for root in roots:
        problems += _idle_deletions(root, below)
        below = merge(below, root)
    # A file's title or question is about that file: a child does not inherit it. The first scenario keeps its own.
    words = main.root.only(DESCRIPTIVE)
    if (compared := reference_of(main)) is not None:
        words = replace(words, value={**words.value, "reference": compared})
    if len(layers) > 1 or "name" not in plain(words):
        name = Node(words.source, "+".join(layer.name for layer in layers)[:100])
        words = replace(words, value={**words.value, "name": name})
    root = without_idle(fold([below, words, *([over] if over else [])]))
    merged = Merged(root, tuple(layer.shown for layer in order), tuple(problems))
    # Several parents, or values set beside the file, make something new even if the file itself says nothing.
    if len(layers) > 1 or len(main.parents) != 1 or over is not None:
        return merged
    parent = fold(layer.inherited for layer in order[:-1])
    return replace(merged, below=parent, extends=main.root.value["extends"])


def linear(layers: Sequence[Layer]) -> list[Layer]:
    """All ancestors and the layers themselves: each once, parents before children, left before right."""
    out: dict[Layer, None] = {}

    def visit(layer: Layer) -> None:
        if layer not in out:
            for parent in layer.parents:
                visit(parent)
            out[layer] = None

    for layer in layers:
        visit(layer)
    return list(out)


def _disagreements(siblings: Sequence[Layer], above: Node | None, child: Layer | None) -> list[Problem]:
    """Values that two siblings give differently and that nothing above them settles."""
    out: list[Problem] = []
    for (_, left), (index, right) in itertools.combinations(enumerate(siblings), 2):
        mine, theirs = linear([left]), linear([right])
        one = [layer.inherited for layer in mine if layer not in theirs]
        two = [layer.inherited for layer in theirs if layer not in mine]
        for path, a, b in conflicts(fold(one), fold(two), above) if one and two else ():
            key = quote(".".join(path), 100)
            message = f"{key} is {_told(a)} and {_told(b)}"
            if child is None:
                help = "settle it with --set, or leave one of the two scenarios out"
                out.append(Problem(f"--with {right.shown}", message=message, help=help))
            else:
                where: Path = ("extends", index)
                out.append(child.root.problem(where, message, f"settle it: give {key} in this file"))
    return out


def _told(node: Node) -> str:
    value = "deleted" if node.value is None else quote(plain(node), 40)
    return f"{value} in {printable(node.place())}"


def _idle_deletions(root: Node, below: Node, path: tuple[str, ...] = ()) -> list[Problem]:
    """Warnings for keys that are deleted although no parent has them: most often a misspelling."""
    out: list[Problem] = []
    known = below.children or {}
    for key, node in (root.children or {}).items():
        under = known.get(key)
        if node.value is None and not node.implied and under is None:
            message = f"nothing to delete: no parent gives {quote('.'.join((*path, key)), 100)}"
            help = Suggestion(key, known, "given by the parents")
            out.append(node.problem((), message, help, key=True, severity="warning"))
        elif node.children is not None and under is not None and under.children is not None:
            out += _idle_deletions(node, under, (*path, key))
    return out
