"""What exists in the model, under the names the ledger uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from triangle_sim import resources
from triangle_sim.claims import ledger
from triangle_sim.countries import JOINT_EFFECTS, countries
from triangle_sim.model.prepared import parameter_table
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.resources import list_scenarios
from triangle_sim.scenario.load import load
from triangle_sim.uncertainty import ParameterTable
from triangle_sim.world import CONDITIONS, variables_of
from triangle_sim.world.start import load_start, worlds


@pytest.fixture(scope="session")
def tables() -> dict[str, ParameterTable]:
    """The parameters of every starting world."""
    cast = countries()
    variables = variables_of(tuple(cast))
    return {w: parameter_table(list(cast.values()), variables, list(JOINT_EFFECTS), load_start(w)) for w in worlds()}


@pytest.fixture(scope="session")
def known_names(tables: dict[str, ParameterTable]) -> set[str]:
    """Every name a place of a claim can have."""
    names = {name for table in tables.values() for name in table}
    for code, country in countries().items():
        names |= {f"interest.{code}.{each}" for each in country.interests()}
        names |= {f"move.{code}.{move.name}" for move in country.menu()}
    names |= {f"joint.{joint.name}" for joint in JOINT_EFFECTS}
    names |= {f"outcome.{each}" for each in OUTCOMES} | {f"environment.{each}" for each in CONDITIONS}
    names |= {f"event.{event}" for scenario in list_scenarios() for event in load(scenario).events}
    return names


@pytest.fixture
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the ledger that a test may spoil; the package reads it in place of its own."""
    own = resources.data_dir("seeds")
    (tmp_path / "claims").mkdir()
    for path in (own / "claims").glob("*.yaml"):
        (tmp_path / path.relative_to(own)).write_bytes(path.read_bytes())
    monkeypatch.setattr(resources, "data_dir", lambda kind: tmp_path)
    ledger.load_claims.cache_clear()
    yield tmp_path
    ledger.load_claims.cache_clear()
