"""Shares over draws as they are: what goes together with a driver counts, what chance shows does not."""

import numpy as np
import pytest

from triangle_sim.analysis.drivers.as_is import reliability, shares_as_they_are


def test_a_planted_share_is_recovered_and_what_is_tied_to_it_shows_too(monkeypatch):
    monkeypatch.setattr("triangle_sim.analysis.drivers.as_is.RESAMPLES", 10)
    rng = np.random.default_rng(2)
    values = rng.normal(size=(20, 1000))
    values[4] = 0.8 * values[3] + 0.6 * values[4]
    probability = np.sqrt(0.5) * values[3] + np.sqrt(0.5) * values[9] ** 2 / np.sqrt(2)
    played = probability[:, None] + rng.normal(0, 1.0, (1000, 10))
    found = shares_as_they_are([f"p{k}" for k in range(20)], values, played, seed=1).set_index("parameter")
    assert found.share[["p3", "p9", "p4"]].tolist() == pytest.approx([0.5, 0.5, 0.32], abs=0.1)
    assert set(found.index[found.clear]) == {"p3", "p9", "p4"}
    assert reliability(played) == pytest.approx(1.0 / 1.1, abs=0.02)
