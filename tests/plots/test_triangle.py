"""Areas are as high as the result's shares."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import PolyCollection

from triangle_sim.montecarlo.tables import of_theory
from triangle_sim.plots import triangle
from triangle_sim.plots.calendar import position

from . import fake


@pytest.fixture(scope="module")
def result():
    return fake.result(draws=60, replicates=10)


@pytest.mark.parametrize(("place", "frame", "column"), [(0, "triangles", "type"), (1, "roles", "role")])
@pytest.mark.parametrize("theory", fake.THEORIES)
def test_areas_are_as_high_as_the_shares(result, place, frame, column, theory):
    ax = triangle.triangle(result).axes[2 * place + fake.THEORIES.index(theory)]
    table = of_theory(getattr(result, frame), theory)
    bands = [band for band in ax.collections if isinstance(band, PolyCollection)]
    assert {band.get_label() for band in bands} == set(table[column])
    for band in bands:
        rows = table[table[column] == band.get_label()]
        low, high = fake.edges(band, [position(quarter) for quarter in rows["quarter"]])
        np.testing.assert_allclose(high - low, rows["share"], atol=1e-12)


def test_the_strip_is_named_after_the_country():
    _, _, strip, _ = triangle.triangle(fake.result(draws=2, replicates=2)).axes
    assert strip.get_title(loc="left") == "North Korea's role in it"
