"""No number without a source, and no source that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from triangle_sim.claims import load_claims
from triangle_sim.countries import JOINT_EFFECTS, countries
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.resources import list_scenarios, read_seed
from triangle_sim.scenario.load import load
from triangle_sim.uncertainty import ParameterTable
from triangle_sim.world import CONDITIONS, DRIVERS, variables_of
from triangle_sim.world.start import worlds
from triangle_sim.world.theories import load_theory, theory_names

RECORD = read_seed("facts", "record.yaml")
PATTERNS = {pattern["id"] for pattern in read_seed("facts", "patterns.yaml")["patterns"]}
IDS = {"judgement", *load_claims(), *PATTERNS, *RECORD["events"], *(f"facts:{name}" for name in RECORD["facts"])}
CITED = re.compile(r"\b(?:[A-Z]+\d+|judgement|facts:\w+)\b")


def check(what: str, cited: Iterable[str], known: set[str] = IDS) -> None:
    """At least one source, each of them known."""
    cited = tuple(cited)
    assert cited, f"{what} has no source"
    assert set(cited) <= known, f"{what} cites {sorted(set(cited) - known)}"


@pytest.mark.parametrize("code", countries())
def test_interests_moves_and_their_effects(code: str) -> None:
    country = countries()[code]
    for interest in country.interests().values():
        check(f"interest.{code}.{interest.name}", interest.claims)
    for move in country.moves:
        check(f"move.{code}.{move.name}", move.claims)
        for name, effect in move.pushes().items():
            check(f"effect.{code}.{move.name}.{name}", effect.claims)


def test_joint_effects_drivers_conditions_variables_outcomes() -> None:
    for joint in JOINT_EFFECTS:
        check(f"joint.{joint.name}", joint.claims)
        for name, effect in joint.pushes().items():
            check(f"joint.{joint.name}.{name}", effect.claims)
    for driver in DRIVERS:
        check(driver.name, driver.sources)
    for condition in CONDITIONS.values():
        check(f"environment.{condition.name}", condition.sources)
    for variable in variables_of(tuple(countries())).values():
        check(variable.name, variable.sources)
    for outcome in OUTCOMES.values():
        check(f"outcome.{outcome.name}", outcome.claims)


@pytest.mark.parametrize("world", worlds())
def test_every_parameter_of_a_world(world: str, tables: dict[str, ParameterTable]) -> None:
    data = read_seed("facts", f"{world}.yaml")
    for parameter in tables[world].values():
        check(parameter.name, parameter.sources, IDS | set(data["sources"]))
        assert parameter.unit and parameter.meaning, parameter.name
    for block in ("ties", "stocks", "environment"):
        for name, entry in data[block].items():
            check(f"{world}: {name}", entry["source"], IDS | set(data["sources"]))


@pytest.mark.parametrize("name", theory_names())
def test_priors_of_a_theory_cite_claims_of_its_article_and_name_parameters(
    name: str, tables: dict[str, ParameterTable]
) -> None:
    theory = load_theory(name)
    for parameter, claims in theory.claims.items():
        check(f"{name}: {parameter}", claims)
        own = {load_claims()[claim].source for claim in claims if claim in load_claims()}
        assert own <= {theory.article}, f"{name}: {parameter} cites the other article"
        assert all(parameter in table for table in tables.values()), parameter


@pytest.mark.parametrize("name", list_scenarios())
def test_events_of_a_scenario_and_the_claims_it_bears_on(name: str) -> None:
    scenario = load(name)
    check(name, scenario.claims)
    for event_name, event in scenario.events.items():
        check(f"{name}: {event_name}", (*event.claims, *CITED.findall(event.source)))
        assert event.source, f"{name}: {event_name} does not say where its odds and effects come from"
