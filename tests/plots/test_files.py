"""Files: the recipe inside, the same bytes for the same picture, no pyplot, no settings left changed."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace

import matplotlib
import pytest
from matplotlib.figure import Figure

from triangle_sim.plots import base, dots, endings, fan, placing as layout, png as files, style
from triangle_sim.plots.pictures import PICTURES, save_pictures

from . import fake


@pytest.fixture(scope="module")
def result():
    return fake.result(draws=40, replicates=5)


def test_a_run_gets_its_four_pictures(result, tmp_path):
    paths = save_pictures(result, tmp_path / "figures")
    assert [path.name for path in paths] == [f"{name}.png" for name in PICTURES]
    assert set(PICTURES) == {"fan", "endings", "triangle", "network"}


def test_a_picture_that_cannot_be_is_left_out(result, tmp_path):
    without = replace(result, triangles=result.triangles[:0], roles=result.roles[:0])
    assert {path.stem for path in save_pictures(without, tmp_path)} == {"fan", "endings", "network"}


def test_no_picture_loads_the_runs(result, tmp_path):
    class Unloaded:
        """The result, but for the table of all runs."""

        def __getattr__(self, name):
            assert name != "runs", "the runs must not be loaded"
            return getattr(result, name)

    whole, unloaded = save_pictures(result, tmp_path / "a"), save_pictures(Unloaded(), tmp_path / "b")
    assert [path.read_bytes() for path in whole] == [path.read_bytes() for path in unloaded]
    dots.dotplot(Unloaded(), "nuclear_test_when")


def test_a_file_that_cannot_be_written_is_an_error(result, tmp_path):
    (tmp_path / "figures").write_text("in the way")
    with pytest.raises(OSError, match="figures"):
        save_pictures(result, tmp_path / "figures")


def test_lines_are_broken_where_measuring_them_says_so():
    text = "WAVE To. AVATAR Yo, fi ffl “Ta” · 500 draws × 20 replicates, seed 1 · Ménage à trois, 35 % (32–38) " * 3
    for size, bold in ((8.0, False), (13.0, True)):
        for end in range(1, len(text), 7):
            width = layout.text_width(text[:end], size, bold)
            for inches in (0.5 * width, 0.9 * width, 0.999 * width, width, 1.001 * width, 1.1 * width, 2 * width):
                assert layout.fits(text[:end], inches, size, bold) == (width <= inches), (text[:end], inches / width)


def test_the_recipe_is_in_the_file(result, tmp_path):
    recipe = base.recipe(result, "triangle-sim run baseline --seed 1")
    path = files.save(endings.endings(result), tmp_path / "endings.png", recipe)
    found = files.read_recipe(path)
    assert found == {
        "command": "triangle-sim run baseline --seed 1", "scenario": "baseline", "scenario_sha256": "3f9a1c0b",
        "draws": "40", "replicates": "5", "seed": "1", "version": "0.1.0",
    }  # fmt: skip
    raw = path.read_bytes()
    assert b"a model, not a forecast" in raw
    assert b"triangle_sim 0.1.0" in raw
    assert b"matplotlib" not in raw.lower()


def test_a_recipe_may_hold_any_letters(tmp_path):
    path = files.save(Figure(), tmp_path / "a.png", {"scenario": "북한", "command": "run \N{EN DASH}x"})
    assert files.read_recipe(path)["scenario"] == "북한"


@pytest.mark.parametrize("name", PICTURES)
def test_the_same_picture_has_the_same_bytes(name, result, tmp_path):
    one, two = (files.save(PICTURES[name](result), tmp_path / f"{n}.png", base.recipe(result)) for n in "ab")
    assert one.read_bytes() == two.read_bytes()


def test_settings_of_the_caller_neither_leak_in_nor_change(result, tmp_path):
    plain = files.save(fan.fan_sheet(result), tmp_path / "a.png").read_bytes()
    with matplotlib.rc_context({"axes.facecolor": "black", "font.size": 30, "lines.linewidth": 9, "axes.grid": True}):
        before = dict(matplotlib.rcParams)
        assert files.save(fan.fan_sheet(result), tmp_path / "b.png").read_bytes() == plain
        assert dict(matplotlib.rcParams) == before


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


def test_only_png(tmp_path):
    with pytest.raises(ValueError, match=r"must end in \.png"):
        files.save(Figure(), tmp_path / "a.jpg")


def test_captions_state_scenario_design_seed_version_and_that_it_is_a_model(result):
    text = base.caption([result])
    assert text == "scenario baseline · 40 draws × 5 replicates, seed 1 · triangle_sim 0.1.0 · a model, not a forecast"
    other = fake.result(draws=1, replicates=1, seed=7, name="other")
    assert "other (1 draw × 1 replicate, seed 7)" in base.caption([result, other])


def test_every_text_on_a_fill_can_be_read():
    looks = {**style.TRIANGLE_LOOK, **style.ROLE_LOOK, **style.END_LOOK, **style.SPREAD_LOOK}
    for colour in {*(look.colour for look in looks.values()), *style.COUNTRY_COLOUR.values()}:
        light, dark = sorted((style.luminance(colour), style.luminance(style.ink_on(colour))), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, colour


@pytest.mark.parametrize("looks", [style.TRIANGLE_LOOK, style.ROLE_LOOK, style.END_LOOK, style.SPREAD_LOOK])
def test_no_two_look_alike_in_grey(looks):
    seen = list(looks.values())
    for number, one in enumerate(seen):
        for other in seen[number + 1 :]:
            assert one.hatch != other.hatch or abs(style.luminance(one.colour) - style.luminance(other.colour)) > 0.1


def test_four_pictures_are_quick(tmp_path):
    """About 0.8 s of processor time on a 2020s core; the limit leaves room for slow and busy machines."""
    result = fake.result()
    start = time.process_time()
    save_pictures(result, tmp_path)
    assert time.process_time() - start < 5
