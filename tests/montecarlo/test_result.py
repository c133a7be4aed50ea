"""What is read is what was run, and enough to make it again."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from montecarlo.helpers import contents, run, table_bytes
from triangle_sim import load, read
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.folder.contents import LARGE, SMALL, TABLES
from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.versions import model_hash
from triangle_sim.scenario.schema import Scenario


def test_what_is_read_is_what_was_run(result: Result, folder: Path) -> None:
    again = read(folder)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(result, name), check_exact=True)
    assert again.scenario == result.scenario
    assert again.manifest == json.loads((folder / "manifest.json").read_text("utf-8"))
    assert again.manifest == result.manifest
    assert repr(again) == repr(result)


def test_a_table_is_read_once_and_cannot_be_replaced(result: Result) -> None:
    assert result.moves is result.moves
    with pytest.raises(AttributeError):
        result.draws = 3  # type: ignore[misc]


@pytest.mark.parametrize("stored", [True, False])
def test_what_is_scanned_is_what_is_read(stored: bool, result: Result, folder: Path) -> None:
    source = read(folder) if stored else result
    columns = ["draw", "theory", "end_state", "nuclear_test_when"]
    scanned = pd.concat(list(source.scan(columns)), ignore_index=True)
    pd.testing.assert_frame_equal(scanned, result.runs[columns], check_exact=True)
    with pytest.raises(ValueError, match="no column 'nosuch'; there are draw, replicate, theory"):
        list(source.scan(["draw", "nosuch"]))
    with pytest.raises(ValueError, match=r"as a list, e\.g\. \['draw'\]"):
        source.scan("draw")


def test_saving_what_was_read_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    assert read(folder).save(tmp_path / "again") == tmp_path / "again"
    assert contents(tmp_path / "again") == contents(folder)


def test_nothing_else_lies_there(folder: Path) -> None:
    assert sorted(path.name for path in folder.parent.iterdir()) == ["r"]
    tables = {f"{name}.parquet" for name in SMALL}
    assert {path.name for path in folder.iterdir()} == {
        *tables, *LARGE, "counts", "manifest.json", "scenario.yaml", "blocks.jsonl"
    }  # fmt: skip
    assert [path.name for path in (folder / "runs").iterdir()] == ["d00000000-00000004.r00000000-00000002.parquet"]


def test_the_manifest_makes_it_again(folder: Path) -> None:
    facts = json.loads((folder / "manifest.json").read_text("utf-8"))
    again = run(
        Scenario.model_validate(facts["scenario"]), **{key: facts[key] for key in ("draws", "replicates", "seed")}
    )
    assert table_bytes(again) == table_bytes(read(folder))


def test_the_saved_scenario_file_makes_it_again(folder: Path) -> None:
    scenario = load(folder / "scenario.yaml")
    assert scenario.content_hash() == read(folder).scenario.content_hash()
    assert table_bytes(run(scenario)) == table_bytes(read(folder))  # its own design is the one that was asked for


def test_the_manifest_says_what_bits_depend_on(result: Result) -> None:
    facts = result.manifest
    assert facts["scenario_sha256"] == result.scenario.content_hash()
    assert facts["model_sha256"] == model_hash() and len(facts["model_sha256"]) == 64
    assert (facts["draws"], facts["replicates"], facts["seed"], facts["runs"]) == (5, 3, 9, 15)
    assert (facts["backend"], facts["precision"]) == ("numpy", "double")
    assert {"mesa", "numpy", "scipy"} <= set(facts["versions"])
    assert "forecast" in facts["not_a_forecast"]
    assert str(Path.home()) not in json.dumps(facts)


def test_an_existing_folder_is_never_touched(result: Result, scenario: Scenario, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("r", "file", "link", "file/below"):
        for use in (result.save, lambda folder: run(scenario, draws=1, replicates=1, folder=folder, force=True)):
            with pytest.raises(UsageError):
                use(tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "link", "r"]
    assert (tmp_path / "file").read_text() == "mine" and not list((tmp_path / "r").iterdir())
