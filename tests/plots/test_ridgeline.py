"""A ridge is a density of a scenario's draws, on the same axis as the others'."""

from __future__ import annotations

import numpy as np
import pytest

from triangle_sim.plots.base import NotInResultError
from triangle_sim.plots.ridgeline import ridgeline

from .compared import KINDS, made
from .labels import whole_and_apart
from .test_extremes import extents


@pytest.mark.parametrize("kind", ["four", "awkward titles"])
def test_labels_are_whole_and_apart(kind: str) -> None:
    figure = ridgeline(KINDS[kind]())
    whole_and_apart(figure, extents(figure))


def test_ridges_are_densities_of_the_draws() -> None:
    """Every ridge has the same height, and its tick stands at the level of the table."""
    found = made(2, ("technology_gained",))
    (ax,) = ridgeline(found).axes
    ticks = [line.get_xdata()[0] for line in ax.lines if len(line.get_xdata()) == 2 and line.get_linewidth() == 1.6]
    levels = [level for row in found.to_frame().query("theory != 'all'").itertuples() for level in row[5:7]]
    assert ticks == pytest.approx(levels)
    ridges = [line.get_ydata() for line in ax.lines if len(line.get_xdata()) > 2]
    assert [ridge.max() - ridge.min() for ridge in map(np.asarray, ridges)] == pytest.approx([1.15] * 4, rel=0.1)


def test_what_cannot_be_drawn_is_said() -> None:
    with pytest.raises(NotInResultError, match="did you mean 'technology_gained'"):
        ridgeline(made(), "technology_gaine")
    with pytest.raises(NotInResultError):
        ridgeline(made(2, ("end_state",)))
