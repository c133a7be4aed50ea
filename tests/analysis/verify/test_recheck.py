"""A folder that holds what the model gives passes; whatever is changed in it is told, with the place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import triangle_sim as ts
from triangle_sim.analysis.verify import recheck
from triangle_sim.analysis.verify.recheck import Verification, check_folder
from triangle_sim.analysis.verify.rerun import digests_of, rerun_digests, sample_of
from triangle_sim.montecarlo.blocks import Region
from triangle_sim.montecarlo.folder.parquet import Seal, label_of, parquet_of, parquet_of_columns
from triangle_sim.montecarlo.workers.running import Running


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recheck") / "run"
    short, other = (ts.load(name).with_(quarters=2) for name in ("trump_win", "baseline"))
    ts.run(short, draws=4, replicates=3, seed=5, jobs=1, backend="numpy", folder=folder, reference=other)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "run"))


def look(folder: Path, every: bool = False) -> list[Verification]:
    return list(check_folder(folder, every, Running(jobs=1)))


def rewrite(folder: Path, name: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    """Change a file and note its new checksum, as somebody would who knows how folders work."""
    path = folder / name
    old = path.read_bytes()
    frame = change(pd.read_parquet(path))
    new = (
        parquet_of_columns({key: frame[key].to_numpy() for key in frame}, label_of(old))
        if label_of(old)
        else parquet_of(frame)
    )
    path.write_bytes(new)
    journal = folder / "blocks.jsonl"
    lines = [json.loads(line) for line in journal.read_text().splitlines()]
    for line in lines:
        if name in line["files"]:
            line["files"][name] = Seal.of(new)
    journal.write_text("".join(json.dumps(line) + "\n" for line in lines))


def test_what_was_made_here_is_the_same_to_the_bit(made: Path) -> None:
    found = look(made, every=True)
    assert [each.same for each in found] == [True] * len(found)
    assert any("12 of 12 futures" in each.what for each in found)
    assert any("12 futures of baseline" in each.what for each in found)


def test_a_file_that_is_not_what_was_written_is_told(folder: Path) -> None:
    path = folder / "moves.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    (found,) = look(folder)
    assert found.same is False and "moves.parquet" in found.what


def test_one_changed_outcome_is_found_though_its_checksum_fits(folder: Path) -> None:
    (name,) = (f"runs/{path.name}" for path in (folder / "runs").iterdir())

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        frame.loc[7, "technology_gained"] += 1e-12
        return frame

    rewrite(folder, name, change)
    wrong = [each.what for each in look(folder) if each.same is False]
    assert len(wrong) == 1 and "technology_gained in 1 of 12 rows" in wrong[0]


def test_a_changed_table_does_not_follow_from_the_counts(folder: Path) -> None:
    rewrite(folder, "quarters.parquet", lambda frame: frame.assign(q50=frame["q50"] + 0.001))
    assert [each.what for each in look(folder) if each.same is False] == [
        "these tables do not follow from the stored counts: quarters"
    ]


def test_another_version_of_the_model_says_so_and_runs_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any) -> None:
        raise AssertionError("nothing must be run")

    facts = json.loads((folder / "manifest.json").read_text()) | {"model_sha256": "0" * 64}
    (folder / "manifest.json").write_text(json.dumps(facts))
    monkeypatch.setattr(recheck, "compute", never)
    (found,) = look(folder)
    assert found.same is False and "another version of the model" in found.what and "0" * 12 in found.what


def test_a_sample_of_runs_alone_gives_what_is_stored(made: Path) -> None:
    result = ts.read(made)
    assert digests_of(result) == rerun_digests(result.manifest, result.scenario)
    assert digests_of(result) != rerun_digests({**result.manifest, "seed": 6}, result.scenario)


def test_the_sample_is_spread_over_all_blocks() -> None:
    cells = list(Region((0, 10), (0, 10), 10).cells())
    assert [cell.draws for cell in sample_of(cells)] == [(0, 1), (4, 5), (9, 10)]
    assert sample_of(cells[:2]) == cells[:2]
