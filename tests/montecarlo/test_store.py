"""The result folder: whole or not at all, read back as it was, and enough to make it again."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from montecarlo.helpers import parquet
from triangle_sim import load, read, run
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo import store
from triangle_sim.montecarlo.manifest import model_hash
from triangle_sim.montecarlo.result import TABLES, Result
from triangle_sim.scenario.schema import Scenario


@pytest.fixture(scope="module")
def result() -> Result:
    scenario = load("trump_win").with_(set={"goodwill[RUS,PRK]": 0.25}, note="é — 한국")
    return run(scenario, draws=5, replicates=3, seed=9)


@pytest.fixture
def folder(result: Result, tmp_path: Path) -> Path:
    saved: Path = result.save(tmp_path / "deep" / "r")
    return saved


def test_what_is_read_is_what_was_saved(result: Result, folder: Path) -> None:
    again = read(folder)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(result, name), check_exact=True)
    assert again.scenario == result.scenario
    assert again.manifest == result.manifest == json.loads((folder / "manifest.json").read_text("utf-8"))
    assert repr(again) == repr(result)


def test_saving_what_was_read_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = read(folder).save(tmp_path / "again")
    for path in [*sorted(folder.glob("*.parquet")), folder / "manifest.json"]:
        assert (again / path.name).read_bytes() == path.read_bytes(), path.name
    assert load(again / "scenario.yaml") == load(folder / "scenario.yaml")


def test_nothing_else_lies_beside_it(folder: Path) -> None:
    assert sorted(path.name for path in folder.parent.iterdir()) == ["r"]
    names = {*(f"{name}.parquet" for name in TABLES), "manifest.json", "scenario.yaml"}
    assert {path.name for path in folder.iterdir()} == names


def test_the_manifest_makes_it_again(folder: Path, tmp_path: Path) -> None:
    facts = json.loads((folder / "manifest.json").read_text("utf-8"))
    design = {key: facts[key] for key in ("draws", "replicates", "seed")}
    again = run(Scenario.model_validate(facts["scenario"]), **design)
    made = parquet(again, tmp_path / "again")
    assert made == {name: (folder / f"{name}.parquet").read_bytes() for name in TABLES}
    assert (tmp_path / "again" / "manifest.json").read_bytes() == (folder / "manifest.json").read_bytes()


def test_the_saved_scenario_file_makes_it_again(folder: Path, tmp_path: Path) -> None:
    scenario = load(folder / "scenario.yaml")
    assert scenario.content_hash() == read(folder).scenario.content_hash()
    made = parquet(run(scenario), tmp_path / "again")  # its own design is the one that was asked for
    assert made == {name: (folder / f"{name}.parquet").read_bytes() for name in TABLES}


def test_the_manifest_says_what_bits_depend_on(result: Result) -> None:
    facts = result.manifest
    assert facts["scenario_sha256"] == result.scenario.content_hash()
    assert facts["model_sha256"] == model_hash() and len(facts["model_sha256"]) == 64
    assert (facts["draws"], facts["replicates"], facts["seed"], facts["runs"]) == (5, 3, 9, 15)
    assert {"mesa", "numpy", "scipy"} <= set(facts["versions"])
    assert "forecast" in facts["not_a_forecast"]
    assert str(Path.home()) not in json.dumps(facts)


def test_the_model_hash_follows_model_code_and_not_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    from triangle_sim.montecarlo import manifest
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


def _full(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("table", ["runs", "bounds", "parameters"])
def test_a_disk_that_fills_up_leaves_nothing(
    table: str, result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyarrow.parquet as pq

    whole = pq.write_table
    monkeypatch.setattr(pq, "write_table", lambda t, path, **k: (_full if table in path.name else whole)(t, path, **k))
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


def test_an_existing_folder_is_never_touched(result: Result, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("r", "file", "link", "file/below"):
        with pytest.raises(UsageError):
            result.save(tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "link", "r"]
    assert (tmp_path / "file").read_text() == "mine"


def _damage(folder: Path, how: str) -> None:
    manifest = folder / "manifest.json"
    facts = json.loads(manifest.read_text("utf-8"))
    match how:
        case "no manifest":
            manifest.unlink()
        case "manifest is no JSON":
            manifest.write_text("{")
        case "manifest is a list":
            manifest.write_text("[1]")
        case "manifest is binary":
            manifest.write_bytes(b"\xff\xfe\x00\x01")
        case "another format":
            manifest.write_text(json.dumps(facts | {"format": 999}))
        case "a scenario that is none":
            manifest.write_text(json.dumps(facts | {"scenario": {"quarters": -1}}))
        case "a manifest without a design":
            manifest.write_text(json.dumps({"format": facts["format"], "scenario": facts["scenario"]}))
        case "no table":
            (folder / "moves.parquet").unlink()
        case "half a table":
            (folder / "moves.parquet").write_bytes((folder / "moves.parquet").read_bytes()[:100])
        case "an empty table":
            (folder / "runs.parquet").write_bytes(b"")


DAMAGES = [
    "no manifest",
    "manifest is no JSON",
    "manifest is a list",
    "manifest is binary",
    "another format",
    "a scenario that is none",
    "a manifest without a design",
    "no table",
    "half a table",
    "an empty table",
]


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_folder_is_refused(how: str, folder: Path) -> None:
    _damage(folder, how)
    with pytest.raises(UsageError, match=str(folder)):
        read(folder)


@pytest.mark.parametrize("how", DAMAGES[:7])
def test_a_story_of_a_damaged_folder_is_refused(how: str, folder: Path) -> None:
    from triangle_sim.cli.telling import tell_story

    _damage(folder, how)
    with pytest.raises(UsageError, match=str(folder)):
        tell_story(str(folder), "0.0", None, [], [], False)
