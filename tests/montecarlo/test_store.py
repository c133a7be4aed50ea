"""The result folder: what is read is what was run, and enough to make it again; what is damaged is found."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from montecarlo.helpers import contents, table_bytes
from triangle_sim import load, read, run
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.folder import journal, reading as store
from triangle_sim.montecarlo.folder.manifest import model_hash
from triangle_sim.montecarlo.result import LARGE, TABLES, Result
from triangle_sim.scenario.schema import Scenario


def test_what_is_read_is_what_was_run(result: Result, folder: Path) -> None:
    again = read(folder)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(result, name), check_exact=True)
    assert again.scenario == result.scenario
    assert again.manifest == json.loads((folder / "manifest.json").read_text("utf-8"))
    assert again.manifest | {"regions": []} == result.manifest | {"regions": []}
    assert repr(again) == repr(result)


def test_what_is_scanned_is_what_is_read(folder: Path) -> None:
    again = read(folder)
    columns = ["draw", "theory", "end_state", "nuclear_test_when"]
    scanned = pd.concat(list(again.scan(columns)), ignore_index=True)
    pd.testing.assert_frame_equal(scanned, again.runs[columns], check_exact=True)


def test_saving_what_was_read_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    assert contents(read(folder).save(tmp_path / "again")) == contents(folder)


def test_nothing_else_lies_there(folder: Path) -> None:
    assert sorted(path.name for path in folder.parent.iterdir()) == ["r"]
    tables = {f"{name}.parquet" for name in TABLES if name not in LARGE}
    assert {path.name for path in folder.iterdir()} == {
        *tables, *LARGE, "counts", "manifest.json", "scenario.yaml", "blocks.jsonl"
    }  # fmt: skip
    assert [path.name for path in (folder / "runs").iterdir()] == ["d00000000-00000004.r00000000-00000002.parquet"]


def test_the_manifest_makes_it_again(folder: Path, tmp_path: Path) -> None:
    facts = json.loads((folder / "manifest.json").read_text("utf-8"))
    design = {key: facts[key] for key in ("draws", "replicates", "seed")}
    again = run(Scenario.model_validate(facts["scenario"]), **design)
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


def test_the_model_hash_follows_model_code_and_not_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from triangle_sim.montecarlo.folder import manifest
    from triangle_sim.resources import PACKAGE

    copy = tmp_path / "triangle_sim"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(manifest, "PACKAGE", copy)
    fresh: Callable[[], str] = model_hash.__wrapped__
    before = fresh()
    assert before == model_hash()
    (copy / "plots" / "style.py").write_text("changed")
    assert fresh() == before
    (copy / "world" / "dynamics.py").write_text("changed")
    assert fresh() != before


@pytest.mark.parametrize("file", ["manifest.json", "d00000000", "bounds.parquet", "blocks.jsonl"])
def test_a_disk_that_fills_up_leaves_nothing_of_what_is_saved(
    file: str, result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.replace

    def full(path: Path, target: Path) -> Any:
        if file in path.name:
            raise OSError(errno.ENOSPC, "No space left on device")
        return whole(path, target)

    monkeypatch.setattr(journal.Path, "replace", full)
    with pytest.raises(OSError, match="No space left") as caught:
        result.save(tmp_path / "r")
    assert caught.value.filename == str(tmp_path / "r")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError("no font"), MemoryError])
def test_a_failing_picture_leaves_nothing(error: Any, result: Result, tmp_path: Path) -> None:
    def also(folder: Path) -> None:
        (folder / "half.png").write_bytes(b"half")
        raise error

    with pytest.raises(error if isinstance(error, type) else type(error)):
        store.save(result, tmp_path / "r", also)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_folder_is_never_touched(result: Result, scenario: Scenario, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("r", "file", "link", "file/below"):
        with pytest.raises(UsageError):
            result.save(tmp_path / name)
        with pytest.raises(UsageError):
            run(scenario, draws=1, replicates=1, folder=tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "link", "r"]
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("stored", [True, False])
def test_a_scan_names_columns_that_are_not_there(stored: bool, result: Result, folder: Path) -> None:
    source = read(folder) if stored else result
    assert sum(len(part) for part in source.scan(["draw", "theory"])) == 15
    with pytest.raises(ValueError, match="no column 'nosuch'; there are draw, replicate, theory"):
        list(source.scan(["draw", "nosuch"]))
    with pytest.raises(ValueError, match=r"as a list, e\.g\. \['draw'\]"):
        source.scan("draw")


def test_numbers_of_numpy_are_numbers(scenario: Scenario, result: Result, tmp_path: Path) -> None:
    import numpy as np

    run(scenario, draws=np.int64(5), replicates=np.int32(3), seed=np.uint8(9), folder=tmp_path / "r")  # type: ignore[arg-type]
    pd.testing.assert_frame_equal(read(tmp_path / "r").runs, result.runs, check_exact=True)
    for seed in (-1, 2**64):
        with pytest.raises(ValueError, match=f"a seed lies in .* got {seed}"):
            run(scenario, draws=1, replicates=1, seed=seed, folder=tmp_path / "s")
    assert not (tmp_path / "s").exists()
    run(scenario.with_(quarters=1), draws=1, replicates=1, seed=2**64 - 1, folder=tmp_path / "s")
    assert read(tmp_path / "s").seed == 2**64 - 1


def test_a_folder_that_another_process_has_just_made(
    scenario: Scenario, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from triangle_sim.montecarlo import run as running

    whole, beside = contents(folder), list(folder.parent.iterdir())
    monkeypatch.setattr(running, "check_folder", lambda *_: False)  # it was not there yet
    with pytest.raises(UsageError, match="another process has just made it"):
        run(scenario, draws=5, replicates=3, folder=folder)
    assert contents(folder) == whole and list(folder.parent.iterdir()) == beside
