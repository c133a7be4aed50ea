"""Edges of fans are the result's quantiles."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import PolyCollection

from triangle_sim.montecarlo.tables import of_theory
from triangle_sim.plots import fan
from triangle_sim.plots.calendar import position

from . import fake


@pytest.fixture(scope="module")
def result():
    return fake.result(draws=60, replicates=10)


@pytest.mark.parametrize("variable", ["goodwill[RUS,PRK]", "goodwill[ Russia , North Korea ]", "chinese_supply"])
@pytest.mark.parametrize("theory", [None, "all", "lowy-2023"])
def test_a_fan_has_its_quantiles_for_edges(result, variable, theory):
    ax = fan.fan(result, variable, ax=fake.axes(), theory=theory)
    name = variable if variable == "chinese_supply" else "goodwill[RUS,PRK]"
    views = [theory] if theory else list(fake.THEORIES)
    bands = {band.get_label(): band for band in ax.collections if isinstance(band, PolyCollection)}
    medians = {line.get_label(): line for line in ax.lines if line.get_label().endswith("q50")}
    assert len(bands) == 2 * len(views) and len(medians) == len(views)
    for view in views:
        rows = of_theory(result.quarters[result.quarters["variable"] == name], view)
        xs, whose = [position(quarter) for quarter in rows["quarter"]], "" if theory else f"{view} "
        for label in ("q05-q95", "q25-q75"):
            low, high = fake.edges(bands[whose + label], xs)
            np.testing.assert_allclose(low, rows[label[:3]])
            np.testing.assert_allclose(high, rows[label[4:]])
        np.testing.assert_allclose(medians[f"{whose}q50"].get_ydata(), rows["q50"])
        np.testing.assert_allclose(medians[f"{whose}q50"].get_xdata(), xs)


def test_a_sheet_has_a_panel_for_every_variable_and_a_key_to_read_them_by(result):
    figure = fan.fan_sheet(result)
    assert [ax.get_title(loc="left") != "" for ax in figure.axes] == [True] * len(fan.DEFAULT) + [False]
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.texts] == [
        "median, if Chung 2024 is right", "median, if Lowy 2023 is right", "9 in 10 futures", "half of them",
    ]  # fmt: skip
    few = fan.fan_sheet(result, ["chinese_supply"])
    assert len(few.axes) == len(few.legends) == 1
