"""Bundled files, in a checkout and in a wheel."""

from __future__ import annotations

from pathlib import Path

import pytest

from triangle_sim import resources
from triangle_sim.errors import UsageError


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package = tmp_path / "src" / "triangle_sim"
    package.mkdir(parents=True)
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "baseline.yaml").touch()
    (tmp_path / "seeds" / "facts").mkdir(parents=True)
    (tmp_path / "seeds" / "facts" / "2024Q3.yaml").touch()
    monkeypatch.setattr(resources, "PACKAGE", package)
    return tmp_path


def test_files_of_a_checkout(checkout: Path) -> None:
    assert resources.list_scenarios() == ["baseline"]
    assert resources.scenario_path("baseline") == checkout / "scenarios" / "baseline.yaml"
    assert resources.seed_path("facts", "2024Q3.yaml").is_file()


def test_files_of_a_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "triangle_sim"
    (package / "_data" / "scenarios").mkdir(parents=True)
    (package / "_data" / "scenarios" / "one.yaml").touch()
    monkeypatch.setattr(resources, "PACKAGE", package)
    assert resources.list_scenarios() == ["one"]
    with pytest.raises(UsageError, match="lacks the bundled seeds"):
        resources.seed_path("facts")


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "", "a/b", "baselin", "x\0y"])
def test_only_bundled_names_are_found(checkout: Path, name: str) -> None:
    with pytest.raises(UsageError, match="unknown scenario"):
        resources.scenario_path(name)
    with pytest.raises(UsageError, match="in the bundled facts"):
        resources.seed_path("facts", name)
