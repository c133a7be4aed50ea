"""Bars of variance are as long as their shares."""

from __future__ import annotations

import numpy as np
import pandas as pd

from triangle_sim.plots import bars


def test_parts_of_the_variance_are_as_long_as_their_shares():
    frame = pd.DataFrame({"outcome": ["a", "b"], "theory": [0.5, np.nan], "parameters": [0.3, np.nan],
                          "luck": [0.1, np.nan]})  # fmt: skip
    (ax,) = bars.variance_sheet(frame).axes
    assert [(patch.get_label(), patch.get_x(), patch.get_width()) for patch in ax.patches] == [
        ("theory", 0.0, 0.5), ("parameters", 0.5, 0.3), ("luck", 0.8, 0.1)]  # fmt: skip
    assert " does not vary" in {text.get_text() for text in ax.texts}
