"""Only what the product wrote is removed or replaced; everything else in a folder is the user's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from montecarlo.helpers import run, small
from triangle_sim import extend, read, resume
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.folder import contents
from triangle_sim.plots.pictures import PICTURES

MINE = (
    "notes.txt",
    ".notes.txt.part",
    ".part",
    "runs/mine.parquet",
    "runs/d1.parquet",
    "runs/.mine.parquet.part",
    "runs/.d00000006.part",
    "counts/.d00000000-00000004.parquet.bak",
    "deep/.manifest.json.part",
    "deep/runs/d00000000-00000004.parquet",
    "figures/mine.png",
    "figures/my_fan.svg",
    "figures/.fan.png.part",
    ".figures.part/mine.png",
)
LEFT = (
    ".manifest.json.part",
    ".blocks.jsonl.part",
    ".scenario.yaml.part",
    ".bands.parquet.part",
    "runs/.d00000000-00000004.r00000000-00000002.parquet.part",
    "parameters/.d00000000-00000004.parquet.part",
    ".figures.part/fan.png",
)
"""Files that a process leaves unfinished when it is killed."""


def litter(folder: Path, paths: tuple[str, ...]) -> dict[str, bytes]:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(b"x")
    return dict.fromkeys(paths, b"x")


def everything(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_pictures_are_those_that_are_drawn() -> None:
    assert tuple(PICTURES) == contents.PICTURES


def test_resume_removes_what_a_killed_process_left_and_nothing_else(folder: Path) -> None:
    whole, mine = everything(folder), litter(folder, MINE)
    litter(folder, LEFT)
    resume(folder)
    assert everything(folder) == whole | mine


def test_blocks_of_another_design_do_not_stay(folder: Path) -> None:
    whole = everything(folder)
    litter(folder, ("runs/d00000000-00000007.r00000000-00000002.parquet", "counts/d00000000-00000001.parquet"))
    resume(folder)
    assert everything(folder) == whole


def test_extend_replaces_pictures_of_the_smaller_design_and_nothing_else(folder: Path) -> None:
    mine = litter(folder, MINE)
    litter(folder, tuple(f"figures/{name}.png" for name in PICTURES))
    extend(folder, draws=6)
    assert {name: data for name, data in everything(folder).items() if name in MINE} == mine
    assert {path.name for path in (folder / "figures").iterdir()} == {"mine.png", "my_fan.svg", ".fan.png.part"}


def test_force_replaces_a_result_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    mine = litter(folder, MINE)
    run(small(), draws=4, replicates=2, folder=folder, force=True)
    run(small(), draws=4, replicates=2, folder=tmp_path / "fresh")
    assert everything(folder) == everything(tmp_path / "fresh") | mine
    assert read(folder).seed == 1


def test_force_keeps_a_scenario_file_that_somebody_has_changed(folder: Path) -> None:
    (folder / "scenario.yaml").write_text("mine: 1\n")
    with pytest.warns(UserWarning, match=r"what was there is now scenario\.found\.yaml"):
        run(small(), draws=4, replicates=2, folder=folder, force=True)
    assert (folder / "scenario.found.yaml").read_text() == "mine: 1\n"


def test_force_replaces_a_result_of_an_earlier_format(folder: Path, tmp_path: Path) -> None:
    text = (folder / "manifest.json").read_text()
    (folder / "manifest.json").write_text(text.replace('"format": 3', '"format": 2'))
    with pytest.raises(UsageError, match=r"exists already\n.*--force"):
        run(small(), draws=4, replicates=2, folder=folder)
    with pytest.warns(UserWarning, match=r"scenario\.found\.yaml"):  # nobody knows what was written there
        run(small(), draws=4, replicates=2, folder=folder, force=True)
    run(small(), draws=4, replicates=2, folder=tmp_path / "fresh")
    assert {name: data for name, data in everything(folder).items() if "found" not in name} == everything(
        tmp_path / "fresh"
    )


@pytest.mark.parametrize("manifest", [None, "{}", "[1]", '{"format": "3", "triangle_sim": "1"}'])
def test_force_does_not_replace_what_is_no_result(manifest: str | None, tmp_path: Path) -> None:
    mine = litter(tmp_path / "r", ("notes.txt", "runs/d00000000-00000004.parquet"))
    if manifest is not None:
        mine["manifest.json"] = manifest.encode()
        (tmp_path / "r" / "manifest.json").write_text(manifest)
    with pytest.raises(UsageError, match="exists already") as caught:
        run(small(), draws=1, replicates=1, folder=tmp_path / "r", force=True)
    assert "--force" not in str(caught.value)
    assert everything(tmp_path / "r") == mine


def test_without_force_nothing_is_replaced_and_the_refusal_mentions_it(folder: Path) -> None:
    whole = everything(folder)
    with pytest.raises(UsageError, match=r"exists already\n.*replace it with --force"):
        run(small(), draws=1, replicates=1, folder=folder)
    assert everything(folder) == whole


def test_nothing_is_removed_through_links(folder: Path, tmp_path: Path) -> None:
    whole = everything(folder)
    (tmp_path / "precious").write_text("mine")
    os.symlink(tmp_path / "precious", folder / ".manifest.json.part")
    resume(folder)
    assert (tmp_path / "precious").read_text() == "mine" and everything(folder) == whole
