"""What files carry: the same recipe back from each kind, the same bytes again, nothing from a broken file."""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib.figure import Figure

from triangle_sim.errors import UsageError
from triangle_sim.plots.pictures import picture, save
from triangle_sim.plots.recipe import FORMATS, marked, read_recipe, recipe_in

STATED = {"scenario": "북한 <b>&amp;", "command": "run (a) \\ b --set x='y'", "version": "0.1.0", "seed": "1"}


@pytest.mark.parametrize("kind", FORMATS)
def test_a_recipe_comes_back_as_it_was_put_in(kind: str, tmp_path: Path) -> None:
    assert read_recipe(save(Figure(figsize=(1, 1)), tmp_path / f"a.{kind}", STATED)) == STATED


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_picture_has_the_same_bytes_and_no_date(kind: str) -> None:
    def drawn() -> bytes:
        figure = Figure(figsize=(2, 2))
        figure.subplots().fill_between([0, 1], [0, 1], hatch="//")
        return picture(figure, kind, STATED)

    data = drawn()
    assert data == drawn()
    assert b"a model, not a forecast" in data and b"CreationDate" not in data and b"dc:date" not in data


@pytest.mark.parametrize("kind", [*FORMATS, "html", "md"])
@pytest.mark.parametrize("data", [b"", b"x" * 50, b"triangle_sim recipe !!!!", b"triangle_sim recipe AAAA"])
def test_a_broken_file_has_no_recipe(kind: str, data: bytes) -> None:
    assert recipe_in(data, kind) == {}


def test_a_recipe_stands_in_any_text() -> None:
    assert recipe_in(f"<!-- {marked(STATED)} -->".encode(), "md") == STATED
    assert "--" not in marked(STATED) and "<" not in marked(STATED)


@pytest.mark.parametrize("name", ["a.jpg", "a", "none.png"])
def test_what_is_no_picture_is_said(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    with pytest.raises(UsageError):
        read_recipe(tmp_path / name)
