"""Loading a scenario: read it and all it extends, merge, validate, and check it against the model."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as File
from typing import Any

from triangle_sim.errors import Problem, ScenarioError, render, shortened
from triangle_sim.scenario.check import answers, design, events, names, priors
from triangle_sim.scenario.check.catalogue import Catalogue, catalogue_now, model_catalogue
from triangle_sim.scenario.check.look import Look
from triangle_sim.scenario.document import Source, tree
from triangle_sim.scenario.read.compose import Merged, compose
from triangle_sim.scenario.read.overrides import key_path
from triangle_sim.scenario.schema import DESCRIPTIVE, Scenario
from triangle_sim.scenario.schema.validate import validate

CHECKS = (
    *(names.countries, names.numbers, names.pins, names.theories_and_worlds, names.voices, names.sizes, names.claims),
    *(priors.fixed_twice, priors.reach, priors.weights),
    *(events.effects, events.conditions, events.calendar, events.groups),
    *(answers.answers, answers.reference),
    *(design.rules, design.one_equilibrium, design.menus, design.seats, design.sizes, design.says_something),
)
"""Checks that need knowledge of the model: unknown names, values out of range, and what is legal but odd."""

ACTS = (names.countries, names.pins, design.rules, design.one_equilibrium, design.menus, design.seats)
"""Those of who does what, whose mistakes would else come to light late, or never."""

Reference = str | os.PathLike[str]


@dataclass(frozen=True)
class Checked:
    """What is known of a scenario after reading it: nothing is raised, so that several can be looked at.

    ``scenario`` is None if there are errors. ``merged`` is None if the files could not be merged.
    """

    scenario: Scenario | None
    problems: tuple[Problem, ...]
    merged: Merged | None

    def __repr__(self) -> str:
        name = f"{self.scenario.name}: " if self.scenario is not None else ""
        return render(self.problems) or f"{name}nothing is wrong."

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
) -> Scenario:
    """A scenario by its bundled name or path, after ``extends``, with others laid over it and single values set.

    Parameters
    ----------
    name_or_path
        ``"baseline"``, ``"./mine.yaml"``, or any path object.
    with_
        scenarios to lay beside it; where two of them disagree, ``set_`` must settle it.
    set_
        single values as on the command line: ``{"ukraine_war": 0.2, "quarters": 12}`` or ``["ukraine_war=0.2"]``.

    Raises
    ------
    ScenarioError
        with everything that is wrong, each at its file, line and column.
    TypeError
        for an argument that is none of these.
    """
    checked = check(name_or_path, with_=with_, set_=set_)
    if checked.scenario is None:
        raise ScenarioError(checked.errors)
    return checked.scenario


def load_reference(scenario: Scenario, set_: Mapping[str, Any] | Sequence[str] = ()) -> Scenario | None:
    """What a scenario is compared with; None if it names nothing, or something that means the same.

    It lasts as long as the scenario. What was ``set_`` for the scenario counts for both, but for what concerns events:
    that is the scenario's own. Raises a ScenarioError if it is not valid.
    """
    if scenario.reference is None:
        return None
    words = dict(set_) if isinstance(set_, Mapping) else dict(text.partition("=")[::2] for text in set_)
    shared = {key: value for key, value in words.items() if key_path(key)[0] not in ("events", "groups", *DESCRIPTIVE)}
    found = load(scenario.reference, set_=[f"{key}={value}" for key, value in shared.items()])
    found = found if found.quarters == scenario.quarters else found.with_(quarters=scenario.quarters)
    return None if found.content_hash() == scenario.content_hash() else found


def check(
    name_or_path: Reference,
    *,
    with_: Sequence[Reference] = (),
    set_: Mapping[str, Any] | Sequence[str] = (),
    catalogue: Catalogue | None = None,
) -> Checked:
    """Everything wrong or odd about a scenario, at once; for the arguments see :func:`load`.

    Names and ranges are those of the ``catalogue``, by default the model's.
    """
    if isinstance(with_, str | bytes) or not isinstance(with_, Sequence):
        raise TypeError(f"with_ takes a list of names or paths of scenarios, not {shortened(repr(with_))}")
    if not isinstance(set_, Mapping | Sequence) or not all(isinstance(key, str) for key in set_):
        raise TypeError(
            f"set_ takes a mapping of names to values, or a list of texts NAME=VALUE, not {shortened(repr(set_))}"
        )
    references = [_reference(each) for each in (name_or_path, *with_)]
    try:
        merged = compose(references[0], with_=references[1:], set_=set_)
    except ScenarioError as error:
        return Checked(None, error.problems, None)
    scenario, wrong, root = validate(merged.root, Scenario)
    problems = [*wrong, *merged.problems]
    if scenario is not None:
        look = Look(scenario, replace(merged, root=root), catalogue or model_catalogue())
        for find in CHECKS:
            find(look)
        # While something is wrong with a file itself, what is merely odd about its meaning can wait.
        failed = any(problem.severity == "error" for problem in problems)
        problems += [problem for problem in look.problems if problem.severity == "error" or not failed]
    found = Checked(scenario, tuple(problems), merged)
    return replace(found, scenario=None) if found.errors else found


def must_fit(scenario: Scenario) -> None:
    """Check who does what in a scenario that was made in Python, as :func:`load` checks one from a file.

    Raises
    ------
    ScenarioError
        for countries, rules, moves and pins that there are not, or that contradict each other.
    """
    if _act_wrongly(scenario, model_catalogue()) and (errors := _act_wrongly(scenario, catalogue_now())):
        raise ScenarioError(errors)


def _act_wrongly(scenario: Scenario, catalogue: Catalogue) -> list[Problem]:
    look = Look(scenario, Merged(tree(scenario.data(), Source(scenario.name))), catalogue)
    for find in ACTS:
        find(look)
    return [problem for problem in look.problems if problem.severity == "error"]


def _reference(given: Any) -> str | File:
    if isinstance(given, str):
        return given
    if isinstance(given, os.PathLike) and isinstance(os.fspath(given), str):
        return File(given)
    raise TypeError(f"a scenario is given by its name or path, not by {shortened(repr(given))}")
