"""A small result, saved at once or streamed into a folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from montecarlo.helpers import run
from triangle_sim import load
from triangle_sim.montecarlo.result import Result
from triangle_sim.scenario.schema import Scenario


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return load("trump_win").with_(state={"goodwill[RUS,PRK]": 0.25}, note="é — 한국", quarters=4)


@pytest.fixture(scope="session")
def result(scenario: Scenario) -> Result:
    return run(scenario, draws=5, replicates=3, seed=9)


@pytest.fixture(scope="session", params=["saved", "streamed"])
def original(
    request: pytest.FixtureRequest, result: Result, scenario: Scenario, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder of the same runs, saved from memory or written block by block."""
    target = tmp_path_factory.mktemp("original") / "r"
    if request.param == "saved":
        return result.save(target)
    run(scenario, draws=5, replicates=3, seed=9, folder=target)
    return target


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(original, tmp_path / "deep" / "r"))
