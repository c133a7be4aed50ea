"""Files: the recipe inside, PNG only."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from triangle_sim.plots import base, endings, png

from . import fake


def test_the_recipe_is_in_the_file(tmp_path):
    result = fake.result(draws=40, replicates=5)
    recipe = base.recipe(result, "triangle-sim run baseline --seed 1")
    path = png.save(endings.endings(result), tmp_path / "endings.png", recipe)
    found = png.read_recipe(path)
    assert found == {
        "command": "triangle-sim run baseline --seed 1", "scenario": "baseline", "scenario_sha256": "3f9a1c0b",
        "draws": "40", "replicates": "5", "seed": "1", "version": "0.1.0",
    }  # fmt: skip
    raw = path.read_bytes()
    assert b"a model, not a forecast" in raw
    assert b"triangle_sim 0.1.0" in raw
    assert b"matplotlib" not in raw.lower()


def test_a_recipe_may_hold_any_letters(tmp_path):
    path = png.save(Figure(), tmp_path / "a.png", {"scenario": "북한", "command": "run \N{EN DASH}x"})
    assert png.read_recipe(path)["scenario"] == "북한"


def test_only_png(tmp_path):
    with pytest.raises(ValueError, match=r"must end in \.png"):
        png.save(Figure(), tmp_path / "a.jpg")
