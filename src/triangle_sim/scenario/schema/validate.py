"""Validating data: all that is wrong with it at once, where it was written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from triangle_sim.errors import Problem
from triangle_sim.names import suggest
from triangle_sim.scenario.document import Node, Path
from triangle_sim.scenario.schema.explain import Explained, explained, schema_of
from triangle_sim.scenario.schema.merge import merge, plain

MOST = 50
"""Unknown keys for which the one that is meant is looked for."""

M = TypeVar("M", bound=BaseModel)


class Validated(NamedTuple, Generic[M]):
    """A model of data, every error of shape and range where it was written, and the data with its keys as meant.

    With errors it is the model without the parts that are wrong in themselves, so that one error does not hide others;
    None if nothing sensible is left.
    """

    model: M | None
    problems: list[Problem]
    root: Node


def validate(root: Node, model: type[M]) -> Validated[M]:
    """A model of the data. What stands under a misspelt key is looked at as if the key were spelt right."""
    problems: list[Problem] = []
    made, found = _made(plain(root), model)
    for _ in range(3):  # there may be more under a key that was misspelt
        misspelt = _misspelt(found)
        if not misspelt:
            break
        problems += [root.problem(e.path, e.message, e.help, key=True) for e, _ in misspelt]
        for each, meant in misspelt:
            root = _respelt(root, each.path, meant)
        made, found = _made(plain(root), model)
    problems += [root.problem(e.path, e.message, e.help, key=e.key) for e in found]
    data = plain(root)
    for _ in range(6):  # a part without one of its own parts may be wrong in turn
        for each in sorted(found, key=lambda each: -len(each.path)):  # what holds a wrong part goes after that part
            _remove(data, each.path)
        if not found:
            break
        made, found = _made(data, model)
    return Validated(made, problems, root)


def _made(data: Any, model: type[M]) -> tuple[M | None, list[Explained]]:
    """The model, or what is wrong."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, [explained(item, schema_of(model)) for item in error.errors(include_url=False)]


def _misspelt(found: Iterable[Explained]) -> list[tuple[Explained, str]]:
    """Unknown keys with the one that is meant, where one comes near; of very many the first."""
    unknown = [each for each in found if each.known][:MOST]
    return [(each, meant) for each in unknown for meant in suggest(str(each.path[-1]), each.known)]


def _respelt(node: Node, path: Path, meant: str) -> Node:
    """Data in which what stands at ``path`` stands, or lies over what stands, under the key that is ``meant``."""
    if len(path) > 1:
        value: Any = node.value.copy()  # of a mapping or a list
        value[path[0]] = _respelt(value[path[0]], path[1:], meant)
        return replace(node, value=value)
    children = dict(node.value)
    wrong = children.pop(path[0])
    return replace(node, value={**children, meant: merge(children.get(meant), wrong)})


def _remove(data: Any, path: Path) -> None:
    """Remove the deepest mapping entry on a path; a list goes as a whole."""
    holder: Any = None
    for step in path:
        if not isinstance(data, dict) or step not in data:
            break
        holder, last, data = data, step, data[step]
    if holder is not None:
        del holder[last]
