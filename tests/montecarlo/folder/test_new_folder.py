"""A new folder appears whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest

from montecarlo.helpers import contents, run
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo import run as running
from triangle_sim.montecarlo.folder import journal
from triangle_sim.montecarlo.result import Result
from triangle_sim.scenario.schema import Scenario


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
    with pytest.raises(OSError, match=r"No space left.*free some space") as caught:
        result.save(tmp_path / "r")
    assert caught.value.filename == str(tmp_path / "r")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_whatever_stops_saving_leaves_nothing(
    error: Any, result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise error

    monkeypatch.setattr(journal.Journal, "finish", stop)
    with pytest.raises(error):
        result.save(tmp_path / "r")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_another_process_has_just_made(
    scenario: Scenario, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, beside = contents(folder), list(folder.parent.iterdir())
    monkeypatch.setattr(running, "check_folder", lambda *_: False)  # it was not there yet
    monkeypatch.setattr(running, "is_result", lambda *_: False)
    with pytest.raises(UsageError, match="another process has just made it"):
        run(scenario, draws=5, replicates=3, folder=folder)
    assert contents(folder) == whole and list(folder.parent.iterdir()) == beside


def test_a_name_too_long_is_told(scenario: Scenario, tmp_path: Path) -> None:
    with pytest.raises((UsageError, OSError), match="too long"):
        run(scenario, draws=1, replicates=1, folder=tmp_path / ("x" * 300))
    assert list(tmp_path.iterdir()) == []
