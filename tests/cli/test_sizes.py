"""Sizes of the record and parameters of one's own, at the command line."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import triangle_sim
from triangle_sim.uncertainty import sizes

from .conftest import Call

SMALL = ("--draws", "3", "--replicates", "2", "--set", "quarters=1")


@pytest.fixture
def seeds(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where fitted sizes would lie; there are none."""
    monkeypatch.setattr(sizes, "data_dir", lambda kind: here / "seeds")
    return sizes.path_of("record")


def test_sizes_that_are_not_there_are_one_error_where_they_are_asked_for(seeds: Path, call: Call, write) -> None:
    write("mine.yaml", "extends: baseline\nsizes: record\n")
    says = "there are no sizes fitted to the record: seeds/sizes/record.parquet is missing"
    call("run", "mine.yaml", *SMALL).refused("mine.yaml:2:8: error: " + says, "set sizes: judgement")
    call("run", "baseline", "--set", "sizes=record").refused(says)
    call("show", "baseline", "--set", "sizes=fitted").refused("'sizes' cannot be", "known: judgement, record")
    write("judged.yaml", "extends: baseline\nsizes: judgement\n")
    assert call("check", "judged.yaml").code == 0


def test_sizes_are_shown_and_a_result_says_which(seeds: Path, call: Call) -> None:
    fit = pd.DataFrame({"theory": ["chung-2024", "lowy-2023"], "member": 0, "rationality.PRK": [7.0, 8.0]})
    sizes.write(seeds, fit, {"seed": 1})
    assert "Sizes: fitted to the record" in call("show", "baseline", "--set", "sizes=record").out
    assert "Sizes: judgement" in call("show", "baseline", "--set", "sizes=judgement").out
    assert call("run", "baseline", *SMALL, "--set", "sizes=record", "-o", "r", "--no-figures").code == 0
    found = triangle_sim.read("r")
    assert set(found.parameters["rationality.PRK"]) <= {7.0, 8.0} and found.manifest["sizes"] == "record"
    told = call("story", "r", "--run", "2.1")
    assert told.code == 0 and told.out == f"{found.story((2, 1))}\n"
    sizes.write(seeds, fit, {"seed": 2})
    call("story", "r", "--run", "2.1").refused("not those of this result; its runs cannot be replayed")


def test_a_run_with_parameters_of_ones_own_is_told_from_its_folder(call: Call) -> None:
    scenario = triangle_sim.load("baseline").with_(quarters=2)
    frame = pd.DataFrame({"rationality.PRK": [5.0, 900.0]})
    result = triangle_sim.run(scenario, parameters=frame, replicates=2, folder="r", backend="numpy")
    told = call("story", "r", "--run", "1.1")
    assert told.code == 0 and told.out == f"{result.story((1, 1))}\n"
    assert told.out != call("story", "r/scenario.yaml", "--run", "1.1").out
    call("extend", "r", "--draws", "4").refused("cannot be made larger: its draws were given parameters")
    assert call("resume", "r", "--no-figures").code == 0
