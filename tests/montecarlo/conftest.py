"""A small result, saved at once or streamed into a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from triangle_sim import load, run
from triangle_sim.montecarlo.result import Result
from triangle_sim.scenario.schema import Scenario


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("trump_win").with_(state={"goodwill[RUS,PRK]": 0.25}, note="é — 한국")


@pytest.fixture(scope="module")
def result(scenario: Scenario) -> Result:
    return run(scenario, draws=5, replicates=3, seed=9)


@pytest.fixture(params=["saved", "streamed"])
def folder(request: pytest.FixtureRequest, result: Result, scenario: Scenario, tmp_path: Path) -> Path:
    """A folder of the same runs, saved from memory or written block by block."""
    target = tmp_path / "deep" / "r"
    if request.param == "saved":
        return result.save(target)
    run(scenario, draws=5, replicates=3, seed=9, folder=target)
    return target
