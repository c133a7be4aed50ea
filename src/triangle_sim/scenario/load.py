"""Loading a scenario: read, merge, validate; and the same for changes made in Python."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from triangle_sim.errors import Problem, ScenarioError
from triangle_sim.scenario.read.compose import Composition, compose, compose_data
from triangle_sim.scenario.schema.explain import explain
from triangle_sim.scenario.read.overrides import key_path, plain_data
from triangle_sim.scenario.schema import Scenario
from triangle_sim.scenario.read.strict_yaml import Path

if TYPE_CHECKING:
    from triangle_sim.scenario.check.catalogue import Catalogue

Reference = str | os.PathLike[str]


@dataclass(frozen=True)
class Checked:
    """What is known of a scenario after reading it: never raises, so that several can be looked at.

    ``scenario`` is None if there are errors. ``composition`` is None if the files could not be merged.
    """

    scenario: Scenario | None
    problems: tuple[Problem, ...]
    composition: Composition | None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that forbid a run."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is legal but odd."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")


def load(
    name_or_path: Reference,
    *,
    with_: Sequence[Reference] = (),
    set_: Mapping[str, Any] | Sequence[str] = (),
    catalogue: Catalogue | None = None,
) -> Scenario:
    """A scenario by its bundled name or path, after ``extends``, with others laid over it and single values set.

    With a ``catalogue`` its names and values are checked against the model as well.

    Raises
    ------
    ScenarioError
        with everything that is wrong, each at its file, line and column.
    """
    checked = check(name_or_path, with_=with_, set_=set_, catalogue=catalogue)
    if checked.scenario is None:
        raise ScenarioError(checked.errors)
    return checked.scenario


def check(
    name_or_path: Reference,
    *,
    with_: Sequence[Reference] = (),
    set_: Mapping[str, Any] | Sequence[str] = (),
    catalogue: Catalogue | None = None,
) -> Checked:
    """Everything wrong or odd about a scenario, at once; for the arguments see :func:`load`."""
    try:
        composition = compose(_path(name_or_path), with_=[_path(ref) for ref in with_], set_=set_)
    except ScenarioError as error:
        return Checked(None, error.problems, None)
    return check_composition(composition, catalogue)


def check_composition(composition: Composition, catalogue: Catalogue | None = None) -> Checked:
    """Validate merged data and, with a catalogue, its meaning."""
    scenario, problems = validate(composition)
    errors = list(problems)
    found = [*problems, *composition.warnings]
    if catalogue is not None:
        from triangle_sim.scenario.check.lint import lint

        # One error of shape must not hide the others: what can be read is looked at without what cannot.
        readable = scenario or _readable(composition)
        if readable is not None:
            meant = lint(readable, composition, catalogue)
            found += meant if not problems else [problem for problem in meant if problem.severity == "error"]
            errors += [problem for problem in meant if problem.severity == "error"]
    return Checked(None if errors else scenario, tuple(found), composition)


def validate(composition: Composition) -> tuple[Scenario | None, list[Problem]]:
    """The scenario, or every error of shape and range where it was written."""
    try:
        return Scenario.model_validate(composition.data), []
    except ValidationError as error:
        told = [explain(item) for item in error.errors(include_url=False)]
        return None, [composition.problem(t.path, t.message, help=t.help, key=t.key) for t in told]


def changed(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """A validated copy of a scenario: mappings merge key by key, None deletes, everything else replaces.

    Raises
    ------
    ScenarioError
        with everything that is wrong with the changes.
    """
    composition = compose_data(scenario.data(), plain_data(changes), scenario.name)
    copy, problems = validate(composition)
    if copy is None:
        raise ScenarioError(problems)
    return copy


def from_data(data: Mapping[str, Any], name: str = "scenario") -> Scenario:
    """A scenario from plain data without ``extends``.

    Raises
    ------
    ScenarioError
        with everything that is wrong.
    """
    composition = compose_data({}, {"name": name, **plain_data(data)}, name)
    scenario, problems = validate(composition)
    if scenario is None:
        raise ScenarioError(problems)
    return scenario


def _path(reference: Reference) -> Any:
    from pathlib import Path as File

    return reference if isinstance(reference, str) else File(reference)


def _readable(composition: Composition) -> Scenario | None:
    """The scenario without the parts that are wrong in themselves; None if nothing sensible is left."""
    data: Any = _copy(composition.data)
    for _ in range(20):
        try:
            return Scenario.model_validate(data)
        except ValidationError as error:
            before = _size(data)
            for path in sorted((explain(item).path for item in error.errors(include_url=False)), key=len, reverse=True):
                _remove(data, path)
            if _size(data) == before:
                return None
    return None


def _remove(data: Any, path: Path) -> None:
    """Remove the deepest existing mapping entry on the path (a list loses its whole entry)."""
    holder: Any = None
    key: Any = None
    for step in path:
        if not isinstance(data, dict) or step not in data:
            break
        holder, key, data = data, step, data[step]
    if holder is not None:
        del holder[key]


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value


def _size(value: Any) -> int:
    return 1 + sum(map(_size, value.values())) if isinstance(value, dict) else 1


__all__ = ["Checked", "changed", "check", "check_composition", "from_data", "key_path", "load", "validate"]
