"""Dots lie at the quantiles of the outcome."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.collections import EllipseCollection

from triangle_sim.analysis.counting import in_twenty
from triangle_sim.plots import dots

from . import fake


@pytest.fixture(scope="module")
def result():
    return fake.result(draws=60, replicates=10)


def test_dots_lie_at_the_quantiles():
    values = np.linspace(0, 1, 2001)
    result = fake.result(draws=3, replicates=667)
    result = replace(result, runs=result.runs.assign(prk_pivot_share=values))
    ax = dots.dotplot(result, "prk_pivot_share").axes[0]
    (line,) = ax.lines
    assert line.get_xdata() == [0.5, 0.5]
    (cloud,) = [cloud for cloud in ax.collections if isinstance(cloud, EllipseCollection)]
    assert abs(cloud.get_offsets()[:, 0].mean() - 0.5) < 1e-9 and len(cloud.get_offsets()) == 20
    xs, heights = dots.stack(np.array([0.0, 0.1, 0.2, 5.0]), 0.3)
    np.testing.assert_allclose(xs, [0.1, 0.1, 0.1, 5.0])
    assert heights.tolist() == [0, 1, 2, 0]


@pytest.mark.parametrize("outcome", ["prk_pivot_share", "final_capability", "nuclear_test"])
def test_there_are_twenty_dots(result, outcome):
    ax = dots.dotplot(result, outcome).axes[0]
    (cloud,) = [cloud for cloud in ax.collections if isinstance(cloud, EllipseCollection)]
    places = cloud.get_offsets()
    assert len(places) == len({tuple(place) for place in places.tolist()}) == 20
    if outcome == "nuclear_test":
        yes = int(np.sum(places[:, 0] > 0.5))
        assert yes == in_twenty([1 - result.runs[outcome].mean(), result.runs[outcome].mean()])[1]


def test_what_never_happened_has_no_dot_but_is_told(result):
    ax = dots.dotplot(result, "nuclear_test_when").axes[0]
    (cloud,) = [cloud for cloud in ax.collections if isinstance(cloud, EllipseCollection)]
    never = result.runs["nuclear_test_when"].isna().mean()
    assert len(cloud.get_offsets()) == in_twenty([1 - never, never])[0]
    assert any(text.get_text().startswith("never: ") for text in ax.texts)
