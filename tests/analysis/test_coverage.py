"""Intervals of an answer hold what they promise where the answer is known: 95% of them within 93 to 97 of a hundred.

Futures are made up: each draw has its own chance of an event without the scenario and with it, and luck decides. The
true difference is the mean of those chances over all possible draws, which is known.
"""

from __future__ import annotations

import numpy as np
import pytest

from triangle_sim.analysis.answers.answers import Means, estimate

TRIALS = 1500
A, B = 3.0, 7.0
"""Chances without the scenario are Beta(3, 7)."""


def futures(rng: np.random.Generator, draws: int, replicates: int, effect: float) -> Means:
    """Means by draw. With the scenario a chance goes from p to p + e (1 - p), where e is Beta with mean ``effect``; the
    same luck plays both."""
    without = rng.beta(A, B, draws)
    strength = rng.beta(effect * 8, (1 - effect) * 8, draws) if effect else np.zeros(draws)
    with_ = without + strength * (1 - without)
    luck = rng.random((replicates, draws))
    theory = np.full(draws, "one")
    return Means((luck < with_).mean(axis=0), (luck < without).mean(axis=0), theory, theory)


def true_difference(effect: float) -> float:
    return effect * (1 - A / (A + B))


@pytest.mark.parametrize(("draws", "replicates", "effect"), [(50, 20, 0.2), (200, 5, 0.05), (30, 10, 0.5)])
def test_the_paired_difference(draws: int, replicates: int, effect: float) -> None:
    rng = np.random.default_rng(2024)
    held = 0
    for _ in range(TRIALS):
        gap = estimate("us_prk_summit", futures(rng, draws, replicates, effect), None, replicates).difference
        held += gap.low <= true_difference(effect) <= gap.high
    assert 0.93 <= held / TRIALS <= 0.97


@pytest.mark.parametrize(("draws", "replicates"), [(50, 20), (200, 5)])
def test_the_share(draws: int, replicates: int) -> None:
    rng = np.random.default_rng(1961)
    held = 0
    for _ in range(TRIALS):
        means = futures(rng, draws, replicates, 0.0)._replace(without=None)
        level = estimate("us_prk_summit", means, None, replicates).with_
        held += level.low <= A / (A + B) <= level.high
    assert 0.93 <= held / TRIALS <= 0.97


def test_an_unpaired_interval_would_be_too_wide() -> None:
    """The reason to play both on the same worlds."""
    rng = np.random.default_rng(7)
    paired, apart = [], []
    for _ in range(200):
        means = futures(rng, 50, 20, 0.2)
        it = estimate("us_prk_summit", means, None, 20)
        gap = it.difference
        paired.append(gap.high - gap.low)
        apart.append(2 * 1.96 * np.sqrt((means.with_.var(ddof=1) + means.without.var(ddof=1)) / 50))
    assert np.mean(paired) < 0.7 * np.mean(apart)
