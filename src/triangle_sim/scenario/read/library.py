"""Finding and reading scenario files and their parents."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path as File

from triangle_sim.errors import Problem, ScenarioError, UsageError, quote
from triangle_sim.names import did_you_mean
from triangle_sim.resources import list_scenarios, scenario_path
from triangle_sim.scenario.read.merge import Branch, grow, same_thing, without
from triangle_sim.scenario.read.text_file import name_a_file_in
from triangle_sim.scenario.read.strict_yaml import Document, Path, load_file

MAX_DEPTH = 10
MAX_FILES = 50


@dataclass(eq=False)
class Layer:
    """One file: its name in messages, where it lies, what it says itself (``root``), and the files it extends."""

    shown: str
    file: File
    document: Document
    root: Branch
    parents: list[Layer] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The scenario's name: as given, else the file's."""
        given = self.document.data.get("name")
        if isinstance(given, str) and given:
            return given
        stem = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in File(self.shown).stem)
        return stem.lstrip(". ")[:100] or "scenario"


def looks_like_path(reference: str) -> bool:
    """Whether a reference is a path, not the name of a bundled scenario."""
    return reference.endswith((".yaml", ".yml")) or "/" in reference or os.sep in reference


class Library:
    """Reads each file once and collects everything that is wrong on the way."""

    def __init__(self) -> None:
        self.layers: dict[str, Layer] = {}
        self.problems: list[Problem] = []

    def top(self, reference: str | File, option: str = "") -> Layer | None:
        """A scenario named on the command line: a path, or a bundled name."""
        text = os.fspath(reference)
        if isinstance(reference, File) or looks_like_path(text):
            return self._open(File(text), text, [], None)
        try:
            return self._open(scenario_path(text), f"scenarios/{text}.yaml", [], None)
        except UsageError as error:
            local = next((f for f in (f"{text}.yaml", f"{text}.yml", text) if _is_file(f)), None)
            help = f"for the file beside you, write ./{local}" if local else error.help
            message = error.message
            if local is None and _is_folder(text):
                message, help = f"{quote(text)} is a directory, not a scenario", name_a_file_in(text)
            self.problems.append(Problem(option or "scenario", message=message, help=help))
            return None

    def _parent(self, reference: str, child: Layer, where: Path, trail: list[str]) -> Layer | None:
        is_path = looks_like_path(reference)
        file = child.file.parent / (reference if is_path else f"{reference}.yaml")
        shown = os.path.normpath(File(child.shown).parent / (reference if is_path else f"{reference}.yaml"))
        if not _is_file(file) and not is_path:
            # A name that no file beside this one has is a bundled one.
            try:
                file, shown = scenario_path(reference), f"scenarios/{reference}.yaml"
            except UsageError:
                if found := next(filter(_is_folder, (file, file.parent / reference)), None):
                    self._no_folder(found, child, where)
                    return None
                beside = {path.stem for path in child.file.parent.glob("*.yaml") if path.is_file()} - {child.file.stem}
                help = did_you_mean(reference, {*_bundled(), *beside}, "known scenarios", 20)
                message = f"no scenario {quote(reference)} to extend"
                self.problems.append(child.document.problem(where, message, help=help))
                return None
        if not _exists(file):
            beside = {path.name for path in file.parent.glob("*.yaml")} if _exists(file.parent) else set()
            message = f"no file {quote(reference)} to extend"
            help = did_you_mean(file.name, beside, "files there") or "paths count from the folder of this file"
            self.problems.append(child.document.problem(where, message, help=help))
            return None
        if _is_folder(file):
            self._no_folder(file, child, where)
            return None
        return self._open(file, shown, trail, (child, where))

    def _no_folder(self, folder: File, child: Layer, where: Path) -> None:
        message = f"{quote(folder.name)} is a directory, not a scenario to extend"
        shown = os.path.relpath(folder, child.file.parent)
        self.problems.append(child.document.problem(where, message, help=name_a_file_in(folder, shown)))

    def _open(self, file: File, shown: str, trail: list[str], by: tuple[Layer, Path] | None) -> Layer | None:
        identity = os.path.realpath(file) if "\0" not in str(file) else str(file)
        if by is not None and self._refused(identity, shown, trail, by):
            return None
        if identity in self.layers:
            return self.layers[identity]
        try:
            document = load_file(file, shown)
        except ScenarioError as error:
            self.problems += error.problems
            return None
        if not isinstance(document.data, dict):
            help = "write keys with values, as in `extends: baseline`"
            self.problems.append(document.problem((), "a scenario is a mapping of keys to values", help=help))
            return None
        grown = grow(document)
        self.problems += [same_thing(*pair) for pair in grown.twice]
        layer = Layer(shown, file, document, without(grown.root, ["extends"]))
        layer.warnings += _empty_keys(document)
        self.layers[identity] = layer
        for where, reference in self._references(layer):
            parent = self._parent(reference, layer, where, [*trail, identity])
            if parent is not None and parent not in layer.parents:
                layer.parents.append(parent)
        return layer

    def _refused(self, identity: str, shown: str, trail: list[str], by: tuple[Layer, Path]) -> bool:
        child, where = by
        message = ""
        if identity in trail:
            names = [self.layers[step].shown for step in trail[trail.index(identity) :]]
            message = f"'extends' goes in a circle: {' -> '.join([*names, shown])}"
        elif len(trail) >= MAX_DEPTH:
            message = f"'extends' is nested more than {MAX_DEPTH} files deep"
        elif len(self.layers) >= MAX_FILES:
            message = f"more than {MAX_FILES} files are involved"
        if message:
            self.problems.append(child.document.problem(where, message, help="let it extend something else"))
        return bool(message)

    def _references(self, layer: Layer) -> list[tuple[Path, str]]:
        given = layer.document.data.get("extends")
        items = given if isinstance(given, list) else [] if given is None else [given]
        out: list[tuple[Path, str]] = []
        for index, item in enumerate(items):
            where: Path = ("extends", index) if isinstance(given, list) else ("extends",)
            if isinstance(item, str) and item.strip() and "\0" not in item:
                out.append((where, item.strip()))
            else:
                message = f"'extends' takes the name or path of a scenario, or a list of them, not {quote(item)}"
                self.problems.append(layer.document.problem(where, message, help="as in `extends: baseline`"))
        return out


def _exists(file: str | File) -> bool:
    try:
        return os.path.exists(file)
    except (OSError, ValueError):  # a name no file system takes
        return False


def _is_file(file: str | File) -> bool:
    return _exists(file) and os.path.isfile(file)


def _is_folder(file: str | File) -> bool:
    return _exists(file) and os.path.isdir(file)


def _bundled() -> list[str]:
    try:
        return list_scenarios()
    except UsageError:
        return []


def _empty_keys(document: Document) -> list[Problem]:
    """Warnings for top-level keys with nothing after the colon, which delete what the parents say."""
    out = []
    for key, value in document.data.items():
        span = document.values.get((key,))
        if value is None and span is not None and span.width == 0 and key != "extends":
            message = f"nothing stands after '{key}:', which deletes what the parents say of it"
            help = f"write '{key}: null' if that is meant, else remove the line"
            out.append(document.problem((key,), message, help=help, key=True, severity="warning"))
    return out
