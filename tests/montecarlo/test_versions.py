"""The hash of the model follows what results depend on, and differences between machines are told in words."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from triangle_sim.montecarlo import versions


def test_the_model_hash_follows_model_code_and_not_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "triangle_sim"
    shutil.copytree(versions.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(versions, "PACKAGE", copy)
    fresh: Callable[[], str] = versions.model_hash.__wrapped__
    before = fresh()
    assert before == versions.model_hash()
    (copy / "plots" / "style.py").write_text("changed")
    assert fresh() == before
    (copy / "world" / "dynamics.py").write_text("changed")
    assert fresh() != before


def test_differences_are_told_in_words() -> None:
    ours = versions.here(("numpy", "nosuch"))
    assert {"triangle_sim", "numpy", "platform"} <= set(ours) and versions.differences(ours, ours) == ""
    assert ours["nosuch"] == "not installed"
    theirs = {**ours, "numpy": "1.0"}
    assert versions.differences(ours, theirs) == f"numpy 1.0 there, {ours['numpy']} here"
    del theirs["platform"]
    assert f"platform unknown there, {ours['platform']} here" in versions.differences(ours, theirs)
