"""Screening finds what was planted, and luck alone is not taken for an effect."""

import numpy as np
import pytest

from triangle_sim.analysis.drivers.morris import morris


def test_planted_effects_come_out_in_their_order_and_the_rest_is_not_clear_of_luck():
    names = [f"p{k:02}" for k in range(30)]

    def play(points, luck):
        noise = np.random.default_rng(len(points[0])).normal(0, 0.3, (points.shape[1], 20))
        noise += np.random.default_rng(int(1e6 * points.sum())).normal(0, 0.3, noise.shape)
        return (2.0 * points[3] - 1.0 * points[7])[:, None] + noise

    found = morris(names, play, paths=20, seed=1)
    assert found.parameter[:2].tolist() == ["p03", "p07"]
    # From the 5th to the 95th percentile is 0.9 of the range.
    assert found.direction[:2].tolist() == pytest.approx([2.0 * 0.9, -1.0 * 0.9], abs=0.15)
    assert found.clear[:2].all()
    assert found.clear[2:].mean() < 0.15
    assert found.effect[2:].mean() == pytest.approx(found.luck[2:].mean(), rel=0.25)
