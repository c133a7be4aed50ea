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
from triangle_sim.montecarlo import journal, store
from triangle_sim.montecarlo.manifest import model_hash
from triangle_sim.montecarlo.result import LARGE, TABLES, Result
from triangle_sim.scenario.schema import Scenario


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("trump_win").with_(set={"goodwill[RUS,PRK]": 0.25}, note="é — 한국")


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


def _manifest(change: Callable[[dict[str, Any]], Any]) -> Callable[[Path], Any]:
    def damage(folder: Path) -> None:
        path = folder / "manifest.json"
        path.write_text(json.dumps(change(json.loads(path.read_text("utf-8")))))

    return damage


def _file(pattern: str, change: Callable[[bytes], bytes]) -> Callable[[Path], Any]:
    def damage(folder: Path) -> None:
        (path,) = folder.glob(pattern)
        path.write_bytes(change(path.read_bytes()))

    return damage


BEYOND_REPAIR: dict[str, Callable[[Path], Any]] = {
    "no manifest": lambda folder: (folder / "manifest.json").unlink(),
    "manifest is no JSON": _file("manifest.json", lambda _: b"{"),
    "manifest is a list": _manifest(lambda _: [1]),
    "manifest is binary": _file("manifest.json", lambda _: b"\xff\xfe\x00\x01"),
    "another format": _manifest(lambda facts: facts | {"format": 999}),
    "a scenario that is none": _manifest(lambda facts: facts | {"scenario": {"quarters": -1}}),
    "a manifest without a design": _manifest(lambda facts: {key: facts[key] for key in ("format", "scenario")}),
    "blocks that are none": _manifest(lambda facts: facts | {"regions": [{"draws": [5, 0]}]}),
    "no blocks": _manifest(lambda facts: facts | {"regions": []}),
    "blocks twice": _manifest(lambda facts: facts | {"regions": facts["regions"] * 2}),
    "blocks of more draws": _manifest(
        lambda facts: facts | {"regions": [region | {"draws": [0, 10**9]} for region in facts["regions"]]}
    ),
    "blocks between numbers": _manifest(
        lambda facts: facts | {"regions": [region | {"replicates": [0, 3.0]} for region in facts["regions"]]}
    ),
    "other draws": _manifest(lambda facts: facts | {"draws": facts["draws"] + 1}),
    "no draws": _manifest(lambda facts: facts | {"draws": 0, "runs": 0}),
    "true draws": _manifest(lambda facts: facts | {"draws": True}),
    "other runs": _manifest(lambda facts: facts | {"runs": 7}),
    "no number of runs": _manifest(lambda facts: {key: facts[key] for key in facts if key != "runs"}),
    "no backend": _manifest(lambda facts: {key: facts[key] for key in facts if key != "backend"}),
    "a backend that is none": _manifest(lambda facts: facts | {"backend": "abacus"}),
    "a seed that is none": _manifest(lambda facts: facts | {"seed": -1}),
    "a status that is none": _manifest(lambda facts: facts | {"status": "tired"}),
    "part 0 of 0": _manifest(lambda facts: facts | {"part": [1, 0]}),
    "a part that is none": _manifest(lambda facts: facts | {"part": "1/2"}),
    "a command that is none": _manifest(lambda facts: facts | {"command": [1]}),
    "half a command": _manifest(lambda facts: facts | {"command": "triangle-sim 'run"}),
    "no scenario": _manifest(lambda facts: facts | {"scenario": {}}),
    "another scenario": _manifest(lambda facts: facts | {"scenario": facts["scenario"] | {"quarters": 3}}),
    "another hash": _manifest(lambda facts: facts | {"scenario_sha256": "0" * 64}),
    "a manifest without end": _file("manifest.json", lambda _: b"[" * 100_000),
}
REPAIRABLE: dict[str, Callable[[Path], Any]] = {
    "no table": lambda folder: (folder / "moves.parquet").unlink(),
    "half a table": _file("moves.parquet", lambda data: data[:100]),
    "a flipped bit in a table": _file("moves.parquet", lambda data: data[:200] + bytes([data[200] ^ 1]) + data[201:]),
    "an empty block": _file("runs/*.parquet", lambda _: b""),
    "half a block": _file("runs/*.parquet", lambda data: data[: len(data) // 2]),
    "a flipped bit in a block": _file("runs/*.parquet", lambda data: data[:999] + bytes([data[999] ^ 4]) + data[1000:]),
    "a flipped bit in parameters": _file("parameters/*", lambda data: data[:99] + bytes([data[99] ^ 4]) + data[100:]),
    "half the counts": _file("counts/*.parquet", lambda data: data[: len(data) // 2]),
    "no block": lambda folder: next((folder / "runs").iterdir()).unlink(),
    "no blocks": lambda folder: shutil.rmtree(folder / "runs"),
    "no journal": lambda folder: (folder / "blocks.jsonl").unlink(),
    "half a journal": _file("blocks.jsonl", lambda data: data[: len(data) // 2]),
    "a journal of noise": _file("blocks.jsonl", lambda data: bytes(range(256)) * 9),
}


@pytest.mark.parametrize("how", BEYOND_REPAIR)
def test_a_folder_without_a_manifest_is_refused(how: str, folder: Path) -> None:
    from triangle_sim.cli.telling import tell_story
    from triangle_sim.montecarlo.grow import extend
    from triangle_sim.montecarlo.run import resume

    BEYOND_REPAIR[how](folder)
    for use in (read, resume, lambda path: extend(path, draws=9)):
        with pytest.raises(UsageError, match=str(folder)):
            use(folder)
    with pytest.raises(UsageError, match=str(folder)):
        tell_story(str(folder), "0.0", None, [], [], False)


@pytest.mark.parametrize("how", REPAIRABLE)
def test_damage_is_found_when_it_is_read_and_mended_by_resume(how: str, folder: Path) -> None:
    import warnings

    from triangle_sim.montecarlo.run import resume

    before = table_bytes(read(folder))
    whole = contents(folder)
    REPAIRABLE[how](folder)
    with pytest.raises(UsageError, match=r"triangle-sim resume") as caught:
        table_bytes(read(folder))
    assert str(folder) in str(caught.value)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says what it computes again; other tests look at that
        resume(folder)
    assert table_bytes(read(folder)) == before
    assert contents(folder) == whole


@pytest.mark.parametrize("found", [None, b"", b"mine: 1\n"])
def test_the_scenario_file_says_what_was_run(found: bytes | None, folder: Path) -> None:
    """One that is missing or empty is written again; one that somebody has changed is kept beside it."""
    from triangle_sim.montecarlo.run import resume

    whole, file = contents(folder), folder / "scenario.yaml"
    file.unlink() if found is None else file.write_bytes(found)
    with pytest.warns(UserWarning, match="scenario.yaml did not say what was run"):
        resume(folder)
    expected = whole | ({"scenario.found.yaml": found} if found else {})
    assert contents(folder) == expected


def test_a_scenario_file_of_another_size_is_no_news(folder: Path) -> None:
    """It is what a machine leaves that stops while a folder is made larger."""
    from triangle_sim.montecarlo.run import resume

    whole, file = contents(folder), folder / "scenario.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("draws: 5", "draws: 50"), "utf-8")
    assert contents(folder) != whole
    resume(folder)  # a warning would fail it
    assert contents(folder) == whole


def test_only_files_of_blocks_are_removed(folder: Path) -> None:
    from triangle_sim.montecarlo.run import resume

    whole = contents(folder)
    for name in ("d00000000-00000007.r00000000-00000002.parquet", "mine.parquet", "d1.parquet"):
        (folder / "runs" / name).write_bytes(b"x")
    resume(folder)
    assert contents(folder) == whole | {"runs/mine.parquet": b"x", "runs/d1.parquet": b"x"}


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
