"""What a scenario can name, taken from the model itself: nothing here is a list kept by hand."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from triangle_sim.model.prepared import parameter_table
from triangle_sim.claims import load_claims
from triangle_sim.countries import JOINT_EFFECTS
from triangle_sim.countries import countries as all_countries
from triangle_sim.decision import RULES
from triangle_sim.errors import UsageError, quote
from triangle_sim.names import country_code, did_you_mean
from triangle_sim.scenario.check.catalogue import Catalogue, Quantity
from triangle_sim.uncertainty import Parameter
from triangle_sim.world import CONDITIONS, Variable, variables_of
from triangle_sim.world.environment import Condition
from triangle_sim.world.start import load_start, worlds
from triangle_sim.world.theories import theory_names


def model_catalogue(countries: Iterable[str] | None = None, world: str = "2024Q3") -> Catalogue:
    """Countries and menus, variables, parameters, claims, theories, worlds and decision rules of the model.

    Parameters
    ----------
    countries
        codes (or other names) of the countries that take part; default: all known ones.
    world
        the starting world, which gives the parameters ``start.X`` and ``rest.X`` their defaults.

    Raises
    ------
    UsageError
        for an unknown country or world, with what exists.
    """
    known = all_countries()
    codes = tuple(sorted(known if countries is None else {country_code(name) for name in countries}))
    for code in codes:
        if code not in known:
            raise UsageError(f"unknown country {quote(code)}", did_you_mean(code, known))
    if world not in worlds():
        raise UsageError(f"unknown starting world {quote(world)}", did_you_mean(world, worlds()))
    return _catalogue(codes, world)


@lru_cache(maxsize=16)
def _catalogue(codes: tuple[str, ...], world: str) -> Catalogue:
    known = all_countries()
    cast = [known[code] for code in codes]
    variables = variables_of(codes)
    joints = [joint for joint in JOINT_EFFECTS if set(joint.countries) <= set(codes)]
    table = parameter_table(cast, variables, joints, load_start(world))
    return Catalogue(
        moves={country.code: tuple(move.name for move in country.menu()) for country in cast},
        state={name: _range(variable) for name, variable in variables.items()},
        environment={name: _range(condition) for name, condition in sorted(CONDITIONS.items())},
        parameters={name: _quantity(parameter) for name, parameter in table.items()},
        claims=tuple(load_claims()),
        theories=tuple(theory_names()),
        worlds=tuple(worlds()),
        rules=tuple(sorted(RULES)),
    )


def _range(variable: Variable | Condition) -> Quantity:
    return Quantity(variable.low, variable.high, variable.unit, variable.meaning)


def _quantity(parameter: Parameter) -> Quantity:
    low, high = (bound if math.isfinite(bound) else None for bound in (parameter.low, parameter.high))
    return Quantity(low, high, parameter.unit, parameter.meaning, parameter.default)
