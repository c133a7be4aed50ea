"""A sweep drawn: theories look as in every other picture, and the threshold's label keeps off the lines."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import to_hex

from triangle_sim.analysis.drivers.sweep import Sweep
from triangle_sim.analysis.drivers.target import target_of
from triangle_sim.plots.style import theory_colour
from triangle_sim.plots.sweep import sweep_sheet
from triangle_sim.scenario.load import load


def planted(rising: bool) -> Sweep:
    """From 5 to 45 in a hundred under one theory and 10 points less under the other, or the other way round."""
    baseline, theory = load("baseline"), np.array(["chung-2024", "lowy-2023"] * 20)
    levels = np.array([0.15, 0.3, 0.5]) if rising else np.array([0.5, 0.3, 0.15])
    means = np.clip(levels[:, None] - 0.1 * (theory == "lowy-2023"), 0, 1)
    values = {"pin.ukraine_war": (0.0, 0.5, 1.0)}
    target = target_of("us_prk_summit", baseline)
    return Sweep(baseline, values, (target,), 0.48, theory, {"us_prk_summit": means}, 10, 1)


@pytest.mark.parametrize("rising", [True, False])
def test_theories_keep_their_colours_and_the_label_keeps_off(rising: bool) -> None:
    figure = sweep_sheet(planted(rising))
    (ax,) = figure.axes
    colours = {to_hex(line.get_color()).lower() for line in ax.lines}
    for name in ("chung-2024", "lowy-2023"):
        assert to_hex(theory_colour(name, ["chung-2024", "lowy-2023"])).lower() in colours
    (label,) = [text for text in ax.texts if text.get_text() == "48 %"]
    assert label.get_ha() == ("left" if rising else "right")
