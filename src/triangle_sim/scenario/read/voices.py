"""Theories of one's own: ``theory: {my/theory.yaml: 0.5, lowy-2023: 0.5}`` names a file beside the scenario.

The file is read with the scenario and carried in it, under ``theories`` by its name, so that a result, a worker and a
cluster have it too; ``theory`` then names it as it names a bundled one. Every piece remembers its place in the file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path as File
from typing import NamedTuple

from triangle_sim.errors import Problem, ScenarioError, quote
from triangle_sim.scenario.document import Node
from triangle_sim.scenario.read.strict_yaml import load_file
from triangle_sim.scenario.schema.merge import grow
from triangle_sim.scenario.schema.theory import RESERVED
from triangle_sim.world.theories import theory_names

Load = Callable[[File, str], Node]
"""Reads a file, called by the second argument in messages; raises ScenarioError."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,79}")


def is_path(reference: str) -> bool:
    """Whether a reference is a path, not a bundled name."""
    return reference.endswith((".yaml", ".yml")) or "/" in reference or os.sep in reference


def is_theory(reference: str) -> bool:
    """Whether a reference is a bundled theory or a file that states one, not a scenario."""
    if not is_path(reference):
        return reference in theory_names()
    try:
        return states_priors(load_file(reference))
    except ScenarioError:
        return False


def name_of(reference: str) -> str:
    """The name of a theory that :func:`is_theory` has found."""
    if not is_path(reference):
        return reference
    written = load_file(reference)
    return str(written.data.get("name", File(reference).stem))


def not_a_name(name: object) -> str:
    """Why a theory cannot be called so; empty if it can."""
    if isinstance(name, str) and _NAME.fullmatch(name) and name not in RESERVED:
        return ""
    reserved = f"; not {' or '.join(RESERVED)}, which tables call all draws together" if name in RESERVED else ""
    return f"a name takes letters, digits, points, underscores and hyphens, beginning with a letter{reserved}"


def states_priors(root: Node) -> bool:
    """Whether a file is a theory, not a scenario: its priors say what they rest on."""
    priors = root.children and root.children.get("priors")
    entries = (priors.children if priors else None) or {}
    return any("prior" in (entry.children or {}) for entry in entries.values())


class Embedded(NamedTuple):
    """A scenario with its files of theories in it: why some cannot be read, what is wrong with those that can."""

    root: Node
    unreadable: list[Problem]
    spelling: list[Problem]


def embed(root: Node, folder: File, shown: File, load: Load) -> Embedded:
    """Put the files that a scenario's ``theory`` names under its ``theories``.

    Paths are taken from ``folder``, which messages call ``shown``.
    """
    theory = (root.children or {}).get("theory")
    if theory is None:
        return Embedded(root, [], [])
    if theory.children is None:
        asked = {theory.value: theory} if isinstance(theory.value, str) else {}
    else:
        asked = theory.children
    if not any(is_path(reference) for reference in asked):
        return Embedded(root, [], [])
    unreadable: list[Problem] = []
    spelling: list[Problem] = []
    mix: dict[str, Node] = {}
    own: dict[str, Node] = dict((root.value.get("theories") or Node(root.source, {})).children or {})
    for reference, item in asked.items():
        name = reference
        if is_path(reference):
            at = ("theory",) if theory.children is None else ("theory", reference)
            try:
                name, voice, found = _read(folder / reference, os.path.normpath(shown / reference), load)
            except ScenarioError as error:
                unreadable += [_where_named(problem, root, at) for problem in error.problems]
                continue
            spelling += found
            if name in own or name in mix:
                help = "give each theory a name of its own, with 'name:' in its file"
                spelling.append(root.problem(at, f"a second theory is called {quote(name)}", help, key=True))
            own[name] = voice
        mix[name] = item
    if theory.children is not None:
        named = replace(theory, value=mix)
    else:
        named = replace(theory, value=next(iter(mix), theory.value))
    carried = Node(root.source, own)
    return Embedded(replace(root, value={**root.value, "theory": named, "theories": carried}), unreadable, spelling)


def _read(file: File, shown: str, load: Load) -> tuple[str, Node, list[Problem]]:
    """A theory's name, what its file says, and what is wrong with its keys."""
    written = load(file, shown)
    if written.children is None or "priors" not in written.children:
        help = "write a theory to start from with: triangle-sim new --theory NAME"
        raise ScenarioError([written.problem((), "a theory states 'priors'", help)])
    given = written.children.get("name")
    name = given.value if given is not None else File(shown).stem
    if reason := not_a_name(name):
        kind = "name" if given is not None else "file name"
        raise ScenarioError([written.problem(("name",), f"{quote(name)} cannot be the {kind} of a theory", reason)])
    voice = replace(written, value={key: node for key, node in written.children.items() if key != "name"})
    grown, problems = grow(Node(written.source, {"theories": Node(written.source, {name: voice})}))
    return name, grown.value["theories"].value[name], problems


def _where_named(problem: Problem, root: Node, at: tuple[str, ...]) -> Problem:
    """A problem with a file as a whole is told where the scenario names it."""
    if problem.line:
        return problem
    message = f"cannot take the theory {quote(problem.path)}: {problem.message}"
    return root.problem(at, message, problem.help, key=len(at) > 1)


def without_idle(root: Node) -> Node:
    """A scenario without files of theories that a parent named and nobody asks for any more."""
    own = (root.children or {}).get("theories")
    if own is None or own.children is None:
        return root
    asked = (root.value["theory"].data if "theory" in root.value else None) or {}
    left = {name: node for name, node in own.children.items() if node.key is not None or name in asked}
    if left == own.children:
        return root
    children = {key: node for key, node in root.value.items() if key != "theories"}
    return replace(root, value=children | ({"theories": replace(own, value=left)} if left else {}))
