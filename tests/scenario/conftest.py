"""Helpers to write scenario files and read what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from triangle_sim.errors import render
from triangle_sim.scenario.load import Checked, check

from .fake import CATALOGUE

Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test works in an empty folder, so that errors show bare file names."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """``write("a.yaml", text)``: a file in the working folder."""

    def one(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
        return path

    return one


@pytest.fixture
def told(write: Write) -> Callable[..., str]:
    """``told(text)``: what a user reads about a scenario with this text."""

    def one(text: str, **options: object) -> str:
        write("s.yaml", text)
        return render(checked("s.yaml", **options).problems)

    return one


def checked(name: str, **options: object) -> Checked:
    """``check`` against the small catalogue."""
    return check(name, catalogue=CATALOGUE, **options)  # type: ignore[arg-type]
