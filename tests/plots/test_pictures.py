"""The four pictures of a run: which there are, the same bytes again, from sums and not from the runs, their recipe."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from matplotlib.figure import Figure

from triangle_sim.plots import dots, endings
from triangle_sim.plots.pictures import PICTURES, read_recipe, recipe, save, save_pictures

from . import fake


@pytest.fixture(scope="module")
def result():
    return fake.result(draws=40, replicates=5)


@pytest.fixture(scope="module")
def saved(result, tmp_path_factory):
    """Its pictures."""
    return save_pictures(result, tmp_path_factory.mktemp("saved") / "figures")


def test_a_run_gets_its_four_pictures(saved):
    assert [path.name for path in saved] == [f"{name}.png" for name in PICTURES]
    assert set(PICTURES) == {"fan", "endings", "triangle", "network"}


def test_a_picture_that_cannot_be_is_left_out(result, tmp_path):
    without = replace(result, triangles=result.triangles[:0], roles=result.roles[:0])
    assert {path.stem for path in save_pictures(without, tmp_path, names=("triangle", "endings"))} == {"endings"}


def test_drawn_again_pictures_have_the_same_bytes_and_none_loads_the_runs(result, saved, tmp_path):
    class Unloaded:
        """The result, but for the table of all runs."""

        def __getattr__(self, name):
            assert name != "runs", "the runs must not be loaded"
            return getattr(result, name)

    again = save_pictures(Unloaded(), tmp_path)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in saved]
    dots.dotplot(Unloaded(), "nuclear_test_when")


def test_a_file_that_cannot_be_written_is_an_error(result, tmp_path):
    (tmp_path / "figures").write_text("in the way")
    with pytest.raises(OSError, match="figures"):
        save_pictures(result, tmp_path / "figures")


def test_the_recipe_is_in_the_file(tmp_path):
    result = fake.result(draws=40, replicates=5)
    stated = recipe(result, "triangle-sim run baseline --seed 1")
    path = save(endings.endings(result), tmp_path / "endings.png", stated)
    found = read_recipe(path)
    assert found == {
        "command": "triangle-sim run baseline --seed 1", "scenario": "baseline", "scenario_sha256": "3f9a1c0b",
        "draws": "40", "replicates": "5", "seed": "1", "version": "0.1.0",
    }  # fmt: skip
    raw = path.read_bytes()
    assert b"a model, not a forecast" in raw
    assert b"triangle_sim 0.1.0" in raw
    assert b"matplotlib" not in raw.lower()


def test_a_recipe_may_hold_any_letters(tmp_path):
    path = save(Figure(), tmp_path / "a.png", {"scenario": "북한", "command": "run \N{EN DASH}x"})
    assert read_recipe(path)["scenario"] == "북한"


def test_no_other_kind_of_file(tmp_path):
    with pytest.raises(ValueError, match=r"must end in \.png, \.svg or \.pdf"):
        save(Figure(), tmp_path / "a.jpg")


def test_pyplot_is_never_imported():
    code = (
        "import sys\nfrom plots import fake\nfrom triangle_sim.plots import bars, dots, pictures\n"
        "import tempfile\npictures.save_pictures(fake.result(4, 2), tempfile.mkdtemp())\n"
        "dots.dotplot(fake.result(4, 2), 'prk_pivot_share')\n"
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{code}"], check=True)


def test_importing_the_package_does_not_import_matplotlib():
    code = "import triangle_sim.plots; assert 'matplotlib' not in sys.modules and 'pandas' not in sys.modules"
    subprocess.run([sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}"], check=True)
