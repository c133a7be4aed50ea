"""A picture alone can be checked: its runs, its numbers, its very pixels; whatever is changed in it is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

import triangle_sim as ts
from triangle_sim.analysis.verify.recheck import Verification
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.workers.running import Running
from triangle_sim.plots.again import check_file, check_pictures, redraw_figure
from triangle_sim.plots.numbers import NUMBERS
from triangle_sim.plots.pictures import MORE, PICTURES, draw, picture, save
from triangle_sim.plots.recipe import read_recipe, recipe


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("again") / "run"
    short = ts.load("baseline").with_(quarters=2)
    result = ts.run(short, draws=4, replicates=3, seed=5, jobs=1, backend="numpy", folder=folder)
    for kind in ("png", "svg"):
        save(draw(result, "network"), folder / "figures" / f"network.{kind}", recipe(result, None, "network"))
    return folder


def look(path: Path, folder: Path | None = None) -> list[Verification]:
    redraw = redraw_figure(path.suffix.removeprefix("."))
    return list(check_file(path, folder, False, Running(jobs=1), redraw))


def wrong(found: list[Verification]) -> str:
    return "; ".join(each.what for each in found if each.same is False)


def test_a_picture_far_from_its_folder_is_made_again(made: Path, tmp_path: Path) -> None:
    alone = Path(shutil.copy(made / "figures" / "network.svg", tmp_path))
    for found in (look(alone), look(made / "figures" / "network.svg")):
        assert [each.same for each in found] == [True] * len(found)
        assert "the same file to the byte" in found[-1].what
        assert any("all 12 futures" in each.what for each in found) == (found[0].what.count("folder") == 0)


def test_a_pixel_that_was_changed_is_told(made: Path, tmp_path: Path) -> None:
    with Image.open(made / "figures" / "network.png") as image:
        stated, pixels = PngInfo(), image.convert("RGBA")
        for key, text in image.info.items():
            if isinstance(text, str):
                stated.add_text(key, text)
    pixels.save(tmp_path / "same.png", pnginfo=stated)  # written by another program: other bytes, the same picture
    assert "to the pixel" in look(tmp_path / "same.png")[-1].what
    pixels.putpixel((40, 40), (0, 0, 0, 255))
    pixels.save(tmp_path / "other.png", pnginfo=stated)
    assert "changed after it was made" in wrong(look(tmp_path / "other.png"))


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("numbers_sha256", "0" * 64, "numbers it shows are not those"),
        ("sample_sha256", "0" * 64, "not those that its recipe was made of"),
        ("seed", "6", "says otherwise than its runs: seed"),
        ("figure", "nothing", "a picture that there is not"),
    ],
)
def test_a_recipe_that_was_changed_is_told(key: str, value: str, says: str, made: Path, tmp_path: Path) -> None:
    result = ts.read(made)
    stated = recipe(result, None, "network") | {key: value}
    path = save(draw(result, "network"), tmp_path / "a.png", stated)
    assert says in wrong(look(path, made))


def test_numbers_of_other_runs_are_told(made: Path, tmp_path: Path) -> None:
    """Somebody draws another run and gives it the recipe of this one."""
    other = ts.run(ts.load("baseline").with_(quarters=2), draws=4, replicates=3, seed=6, jobs=1, backend="numpy")
    path = save(draw(other, "network"), tmp_path / "a.svg", recipe(ts.read(made), None, "network"))
    assert "it was changed after it was made" in wrong(look(path, made))


def test_another_model_says_so(made: Path, tmp_path: Path) -> None:
    result = ts.read(made)
    stated = recipe(result, None, "network")
    stated["manifest"] = json.dumps(json.loads(stated["manifest"]) | {"model_sha256": "0" * 64})
    path = tmp_path / "a.png"
    path.write_bytes(picture(draw(result, "network"), "png", stated))
    (found,) = look(path)
    assert found.same is False and "another version of the model" in found.what


def test_a_folder_of_other_runs_is_refused(made: Path, tmp_path: Path) -> None:
    ts.run(ts.load("baseline").with_(quarters=2), draws=2, replicates=1, jobs=1, backend="numpy", folder=tmp_path / "b")
    with pytest.raises(UsageError, match="does not hold the runs"):
        look(made / "figures" / "network.png", tmp_path / "b")


def test_a_picture_without_a_recipe_is_refused(tmp_path: Path) -> None:
    Image.new("RGB", (2, 2)).save(tmp_path / "a.png")
    with pytest.raises(UsageError, match="no recipe"):
        look(tmp_path / "a.png")


def test_pictures_of_a_folder(made: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "run"))
    assert [each.same for each in check_pictures(folder)] == [True]
    svg = folder / "figures" / "network.svg"
    svg.write_text(svg.read_text().replace("<g id=", "<g class='x' id=", 1))
    assert "network.svg" in wrong(list(check_pictures(folder)))


def test_every_picture_has_numbers(made: Path) -> None:
    assert set(NUMBERS) == set(PICTURES | MORE)
    result = ts.read(made)
    stated = read_recipe(made / "figures" / "network.png")
    assert stated == recipe(result, None, "network")
