"""What a scenario can name, taken from the model itself: nothing here is a list kept by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import import_module

from triangle_sim.claims import load_claims
from triangle_sim.countries import JOINT_EFFECTS, countries
from triangle_sim.countries.parameters import parameter_table
from triangle_sim.decision import RULES
from triangle_sim.uncertainty import Parameter, ParameterTable
from triangle_sim.world import CONDITIONS, Condition, Variable, variables_of
from triangle_sim.world.start import load_start, worlds
from triangle_sim.world.theories import load_theory, theory_names

ENDING = "end_state"
"""The outcome whose categories are the endings."""

Quantity = Variable | Condition | Parameter
"""What has a range, a unit and a meaning."""


@dataclass(frozen=True)
class Catalogue:
    """Everything a scenario can name.

    ``moves`` maps each country to its menu; ``state`` holds ties (``goodwill[RUS,PRK]``) and stocks; ``environment``
    what events set; ``parameters`` all dotted names; ``worlds`` the starting worlds; ``theories`` the parameters with
    their priors under each; ``outcomes`` each outcome's categories, of which most have none; ``meetings`` the pairs of
    moves that meet.
    """

    moves: Mapping[str, tuple[str, ...]]
    state: Mapping[str, Quantity]
    environment: Mapping[str, Quantity]
    parameters: Mapping[str, Quantity]
    theories: Mapping[str, ParameterTable]
    claims: tuple[str, ...] = ()
    worlds: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    outcomes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meetings: tuple[str, ...] = ()

    @cached_property
    def variables(self) -> dict[str, Quantity]:
        """State and environment together."""
        return {**self.state, **self.environment}

    @cached_property
    def quantities(self) -> dict[str, Quantity]:
        """State, environment and parameters together."""
        return {**self.parameters, **self.variables}

    @property
    def countries(self) -> tuple[str, ...]:
        """Codes of all countries, in alphabetical order."""
        return tuple(sorted(self.moves))


def catalogue_now() -> Catalogue:
    """Countries and menus, variables, parameters, claims, theories, worlds and decision rules of the model.

    Every known country counts. The parameters ``start.X`` and ``rest.X`` are those of the latest world.
    """
    known = countries()
    variables = variables_of(tuple(known))
    table = parameter_table(list(known.values()), variables, list(JOINT_EFFECTS), load_start(worlds()[-1]))
    return Catalogue(
        moves={code: tuple(move.name for move in country.menu()) for code, country in known.items()},
        state=variables,
        environment=dict(sorted(CONDITIONS.items())),
        parameters=table,
        theories={name: table.with_priors(load_theory(name).priors) for name in theory_names()},
        claims=tuple(load_claims()),
        worlds=tuple(worlds()),
        rules=tuple(sorted(RULES)),
        outcomes=_outcomes(),
        meetings=tuple(sorted(joint.name for joint in JOINT_EFFECTS)),
    )


def _outcomes() -> dict[str, tuple[str, ...]]:
    """Outcomes are measured on what the model did, so they lie above this layer, and are found by name."""
    registry = import_module("triangle_sim.outcomes").OUTCOMES
    return {name: each.categories for name, each in registry.items()}


@lru_cache(maxsize=1)
def model_catalogue() -> Catalogue:
    """:func:`catalogue_now`, once a process: without what is added to the model afterwards."""
    return catalogue_now()
