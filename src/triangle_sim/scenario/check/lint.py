"""Checks that need knowledge of the model: unknown names, values out of range, and what is legal but odd."""

from __future__ import annotations

from triangle_sim.errors import Problem
from triangle_sim.scenario.check import design, events, names, priors
from triangle_sim.scenario.check.catalogue import Catalogue
from triangle_sim.scenario.check.look import Look
from triangle_sim.scenario.read.compose import Merged
from triangle_sim.scenario.schema import Scenario

CHECKS = (
    *(names.countries, names.numbers, names.theories_and_worlds, names.claims),
    *(priors.fixed_twice, priors.reach, priors.weights),
    *(events.effects, events.conditions, events.calendar, events.odds, events.groups),
    *(design.rules, design.one_equilibrium, design.menus, design.sizes, design.says_something),
)


def lint(scenario: Scenario, merged: Merged, catalogue: Catalogue) -> list[Problem]:
    """All problems of meaning, errors and warnings, each at the place that wrote it."""
    look = Look(scenario, merged, catalogue)
    return [problem for check in CHECKS for problem in check(look)]
