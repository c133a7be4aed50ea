"""Finding and reading scenario files and the files they extend."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path as File

from triangle_sim.errors import Problem, ScenarioError, UsageError, quote
from triangle_sim.names import did_you_mean
from triangle_sim.resources import bundled_as, data_dir, list_scenarios, scenario_path
from triangle_sim.scenario.document import Node, Path
from triangle_sim.scenario.read.strict_yaml import load_file
from triangle_sim.scenario.read.text_file import MAX_BYTES
from triangle_sim.scenario.read.voices import embed, is_path, states_priors
from triangle_sim.scenario.schema import DESCRIPTIVE
from triangle_sim.scenario.schema.merge import grow

MAX_FILES = 20
"""The most files that are read."""

LONGEST = 4096
"""Characters of a path: no system takes longer ones."""


@dataclass(eq=False)
class Layer:
    """One file: its name in messages, where it lies, what it says itself (``root``), and the files it extends."""

    shown: str
    file: File
    root: Node
    parents: list[Layer] = field(default_factory=list)

    @cached_property
    def inherited(self) -> Node:
        """What a child takes over."""
        return self.root.only(self.root.value.keys() - {*DESCRIPTIVE, "extends"})

    @property
    def name(self) -> str:
        """The scenario's name: as given, else the file's."""
        given = self.root.data.get("name")
        if isinstance(given, str) and given:
            return given
        stem = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in File(self.shown).stem)
        return stem.lstrip(". ")[:100] or "scenario"


@dataclass
class Reader:
    """Reads each file once.

    ``problems`` are why files cannot be read, ``spelling`` is what is wrong or odd with the keys of those that can.
    """

    layers: dict[str, Layer] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    spelling: list[Problem] = field(default_factory=list)
    _bytes_left: int = MAX_BYTES
    _trail: list[str] = field(default_factory=list)

    def top(self, reference: str | File, option: str) -> Layer | None:
        """A scenario that was asked for: a path, or a bundled name."""
        text = os.fspath(reference)
        if isinstance(reference, File) or is_path(text):
            return self._open(File(text), text)
        try:
            path = scenario_path(text)
            return self._open(path, bundled_as(path))
        except UsageError as error:
            local = next((f for f in (f"{text}.yaml", f"{text}.yml", text) if os.path.isfile(f)), None)
            if local is None and text and os.path.isdir(text):
                return self._open(File(text), text)
            help = f"for the file beside you, write ./{local}" if local else error.help
            self.problems.append(Problem(option, message=error.message, help=help))
            return None

    def _parent(self, reference: str, child: Layer, where: Path) -> Layer | None:
        """A file that ``child`` extends: a path or a name beside it, else a bundled name."""
        folder, shown = child.file.parent, File(child.shown).parent
        named = reference if is_path(reference) or os.path.isdir(folder / reference) else f"{reference}.yaml"
        if named == reference or os.path.exists(folder / named):
            return self._open(folder / named, os.path.normpath(shown / named), (child, where))
        try:
            path = scenario_path(reference)
            return self._open(path, bundled_as(path), (child, where))
        except UsageError:
            known = {path.stem for path in folder.glob("*.yaml") if path.is_file()} - {child.file.stem}
            help = did_you_mean(reference, {*list_scenarios(), *known}, "known scenarios", 20)
            self.problems.append(child.root.problem(where, f"no scenario {quote(reference)} to extend", help))
            return None

    def _open(self, file: File, shown: str, by: tuple[Layer, Path] | None = None) -> Layer | None:
        odd = "\0" in str(file) or len(str(file)) > LONGEST  # it will not be opened, and resolving it may take long
        identity = str(file) if odd else os.path.realpath(file)
        if by is not None and (refusal := self._refusal(identity, shown)):
            self.problems.append(by[0].root.problem(by[1], refusal, "let it extend something else"))
            return None
        if identity in self.layers:
            return self.layers[identity]
        try:
            written = load_file(file, shown, self._bytes_left)
            if written.children is None:
                help = "write keys with values, as in `extends: baseline`"
                raise ScenarioError([written.problem((), "a scenario is a mapping of keys to values", help)])
            if states_priors(written):
                help = f"let a scenario name it, as in: triangle-sim run baseline --set theory={shown}"
                raise ScenarioError([written.problem(("priors",), "this is a theory, not a scenario", help, key=True)])
        except ScenarioError as error:
            self.problems += [_where_extended(problem, by) for problem in error.problems]
            return None
        self._bytes_left -= _size(written)
        root, problems = grow(written)
        root = self.with_theories(root, file.parent, File(shown).parent)
        self.spelling += problems
        layer = self.layers[identity] = Layer(shown, file, root)
        self._trail.append(identity)
        for where, reference in self._references(root):
            parent = self._parent(reference, layer, where)
            if parent is not None and parent not in layer.parents:
                layer.parents.append(parent)
        self._trail.pop()
        return layer

    def with_theories(self, root: Node, folder: File, shown: File) -> Node:
        """What a scenario says, with the files of theories that it names, by paths from ``folder``."""
        found = embed(root, folder, shown, self._theory)
        self.problems += found.unreadable
        self.spelling += found.spelling
        return found.root

    def _theory(self, file: File, shown: str) -> Node:
        """The text of a theory of one's own. Raises ScenarioError if it cannot be read."""
        written = load_file(file, shown, self._bytes_left)
        self._bytes_left -= _size(written)
        return written

    def _refusal(self, identity: str, shown: str) -> str:
        if identity in self._trail:
            circle = [self.layers[step].shown for step in self._trail[self._trail.index(identity) :]]
            return f"'extends' goes in a circle: {' -> '.join([*circle, shown])}"
        if identity not in self.layers and len(self.layers) >= MAX_FILES:
            return f"more than {MAX_FILES} files are involved"
        return ""

    def _references(self, root: Node) -> Iterator[tuple[Path, str]]:
        given = root.data.get("extends")
        items = given if isinstance(given, list) else [] if given is None else [given]
        if len(items) > MAX_FILES:
            message = f"'extends' lists {len(items):,} scenarios, at most {MAX_FILES} are read"
            self.problems.append(root.problem(("extends",), message))
            return
        for index, item in enumerate(items):
            where: Path = ("extends", index) if isinstance(given, list) else ("extends",)
            if isinstance(item, str) and item.strip():
                yield where, item.strip()
            else:
                message = f"'extends' takes the name or path of a scenario, or a list of them, not {quote(item)}"
                self.problems.append(root.problem(where, message, "as in `extends: baseline`"))


def _size(written: Node) -> int:
    return sum(len(line.encode()) + 1 for line in written.source.lines)


def reference_of(layer: Layer) -> Node | None:
    """What a file is compared with, as one would call it from here: what it says, else the first that it extends."""
    given: Node | None = layer.root.value.get("reference")
    if given is None:
        names = [_called(parent.file, parent.shown) for parent in layer.parents]
        return Node(layer.root.source, names[0], implied=True) if names else None
    if not isinstance(given.value, str):
        return given
    name = given.value.strip()
    named = name if is_path(name) else f"{name}.yaml"
    file = layer.file.parent / named
    if len(name) > LONGEST or "\0" in name or not (is_path(name) or os.path.isfile(file)):
        return given
    return replace(given, value=_called(file, os.path.normpath(File(layer.shown).parent / named)))


def _called(file: File, shown: str) -> str:
    """A bundled scenario by its name, any other by its path."""
    resolved, bundled = os.path.realpath(file), os.path.realpath(data_dir("scenarios"))
    return file.stem if resolved.startswith(bundled + os.sep) else shown


def _where_extended(problem: Problem, by: tuple[Layer, Path] | None) -> Problem:
    """A problem with a parent as a whole (it is missing, it is a directory) is told where it is extended."""
    if by is None or problem.line:
        return problem
    message = f"cannot extend {quote(problem.path)}: {problem.message}"
    return by[0].root.problem(by[1], message, problem.help)
