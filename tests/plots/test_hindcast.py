"""The picture of a hindcast shows its tables, whole and with nothing over anything else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection, QuadMesh
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from plots import fake
from record.made import DYADS, made
from triangle_sim.plots.hindcast import hindcast, recipe
from triangle_sim.plots.pictures import read_recipe, save
from triangle_sim.plots.style import VERMILLION

from .labels import whole_and_apart


@pytest.fixture(scope="module")
def found():
    return made(years=range(1984, 2001), runs=100, origin=1990, tilt=0.3)


@pytest.fixture(scope="module")
def figure(found):
    return hindcast(found)


def test_bands_and_dots_are_those_of_the_table(found, figure) -> None:
    """A panel a dyad; nine in ten and half of the futures; dots outside the band look otherwise."""
    table = found.predicted()
    for ax, dyad in zip(figure.axes, DYADS, strict=False):
        rows = table[table["dyad"] == dyad]
        bands = [each for each in ax.collections if isinstance(each, PolyCollection)]
        for band, (low, high) in zip(bands, (("q05", "q95"), ("q25", "q75")), strict=True):
            edges = fake.edges(band, rows["year"].tolist())
            np.testing.assert_allclose(edges, (rows[low], rows[high]))
        dots = [line for line in ax.lines if line.get_linestyle() == "None"]
        outside = ~rows["coded"].between(rows["q05"], rows["q95"])
        shown = {(x, y, line.get_color() == VERMILLION) for line in dots for x, y in line.get_xydata().tolist()}
        assert shown == set(zip(rows["year"], rows["coded"], outside, strict=True))


def test_the_calendar_frames_what_was_seen(found, figure) -> None:
    """Shades are chances; a frame stands where the record has the event, and nowhere else."""
    ax = figure.axes[-1]
    (mesh,) = [each for each in ax.collections if isinstance(each, QuadMesh)]
    np.testing.assert_allclose(mesh.get_array(), found.probability.T)
    frames = {(int(p.get_x()), int(p.get_y())) for p in ax.patches if isinstance(p, Rectangle)}
    assert frames == set(zip(*np.nonzero(found.seen), strict=True))


def few():
    """Two years, two events, three runs."""
    small = made(years=range(2012, 2014), runs=3)
    played = replace(small.played, events=small.played.events[:2], happened=small.played.happened[:, :2])
    return replace(small, played=played, seen=small.seen[:, :2], rates=small.rates[:2])


@pytest.mark.parametrize("kind", ["17 years", "small", "2 years"])
def test_labels_are_whole_and_apart(kind, figure) -> None:
    if kind == "small":
        figure = hindcast(made(runs=20), figure=Figure(figsize=(9, 8), dpi=160))
    elif kind == "2 years":
        figure = hindcast(few())
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw_without_rendering()
    boxes = []
    for ax in [figure, *figure.axes]:
        texts = list(ax.texts)
        if ax is not figure and ax.axison:
            ends = ((ax.get_xticklabels(), ax.get_xlim(), 0), (ax.get_yticklabels(), ax.get_ylim(), 1))
            for labels, limits, side in ends:
                texts += [text for text in labels if min(limits) <= text.get_position()[side] <= max(limits)]
            texts.append(ax._left_title)
        boxes += [(t.get_text(), t.get_window_extent(renderer)) for t in texts if t.get_visible() and t.get_text()]
    whole_and_apart(figure, boxes)


def test_the_file_says_how_it_was_made(found, tmp_path) -> None:
    """With the year that its scores begin after."""
    path = save(Figure(figsize=(1, 1)), tmp_path / "a.png", recipe(found))
    assert read_recipe(path)["from"] == "1990" and read_recipe(path)["seed"] == "1"
