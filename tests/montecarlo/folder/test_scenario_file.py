"""The scenario file of a folder says what was run; what a user has made of it is kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from montecarlo.helpers import contents
from triangle_sim import resume


@pytest.mark.parametrize("found", [None, b"", b"mine: 1\n", b"\xff\x00"])
def test_the_scenario_file_says_what_was_run(found: bytes | None, folder: Path) -> None:
    """One that is missing or empty is written again; one that somebody has changed is kept beside it."""
    whole, file = contents(folder), folder / "scenario.yaml"
    file.unlink() if found is None else file.write_bytes(found)
    with pytest.warns(UserWarning, match="scenario.yaml was not what was run"):
        resume(folder)
    assert contents(folder) == whole | ({"scenario.found.yaml": found} if found else {})


def test_every_edit_is_kept(folder: Path) -> None:
    whole, kept = contents(folder), {}
    for name in ("scenario.found.yaml", "scenario.found-2.yaml", "scenario.found-3.yaml"):
        kept[name] = f"mine: {name}\n".encode()
        (folder / "scenario.yaml").write_bytes(kept[name])
        with pytest.warns(UserWarning, match=f"what was there is now {name}"):
            resume(folder)
        assert contents(folder) == whole | kept


def test_what_is_no_file_is_put_aside(folder: Path) -> None:
    whole = contents(folder)
    (folder / "scenario.yaml").unlink()
    os.mkfifo(folder / "scenario.yaml")
    with pytest.warns(UserWarning, match=r"what was there is now scenario\.found\.yaml"):
        resume(folder)
    assert contents(folder) == whole and (folder / "scenario.found.yaml").is_fifo()


def test_a_file_too_large_to_compare_is_put_aside(folder: Path) -> None:
    whole = contents(folder)
    os.truncate(folder / "scenario.yaml", 10**8)
    with pytest.warns(UserWarning, match=r"what was there is now scenario\.found\.yaml"):
        resume(folder)
    assert (folder / "scenario.found.yaml").stat().st_size == 10**8
    (folder / "scenario.found.yaml").unlink()
    assert contents(folder) == whole
