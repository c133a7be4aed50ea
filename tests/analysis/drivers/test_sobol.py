"""Indices where they are known: Ishigami's function (1990), and planted variances under luck."""

import numpy as np
import pytest

from triangle_sim.analysis.drivers.sobol import estimate, sobol


@pytest.fixture(autouse=True)
def _fewer_resamples(monkeypatch):
    monkeypatch.setattr("triangle_sim.analysis.drivers.sobol.RESAMPLES", 100)


FACTORS = ["x1", "x2", "x3"]
PUBLISHED = {"first": [0.3139, 0.4424, 0.0], "total": [0.5576, 0.4424, 0.2437]}
"""Saltelli et al. 2008, Global Sensitivity Analysis: The Primer, for a = 7 and b = 0.1."""
VARIANCE = 13.8446


def ishigami(points):
    x1, x2, x3 = np.pi * (2 * points - 1)
    return np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)


def with_luck(size, replicates):
    def play(points, luck):
        rows = points.shape[1]
        return ishigami(points)[:, None] + np.random.default_rng(luck).normal(0, size, (rows, replicates))

    return play


@pytest.mark.parametrize(("size", "replicates"), [(0.0, 1), (4.0, 8)])
def test_ishigamis_indices_are_the_published_ones_with_luck_and_without(size, replicates):
    found = sobol(FACTORS, FACTORS, with_luck(size, replicates), rows=2048, seed=1)
    assert found.variance == pytest.approx(VARIANCE, rel=0.05)
    assert found.luck == pytest.approx(size**2 / (size**2 + VARIANCE), abs=0.03)
    for kind, values in PUBLISHED.items():
        assert found.table[kind].tolist() == pytest.approx(values, abs=0.04)
        assert (found.table[f"{kind}_low"] <= np.add(values, 0.01)).all()
        assert (found.table[f"{kind}_high"] >= np.subtract(values, 0.01)).all()
    errors = [abs(part.first.to_numpy() - PUBLISHED["first"]).max() for _, part in found.convergence.groupby("rows")]
    assert errors[-1] < errors[0]


def test_planted_variances_of_groups_are_recovered():
    """Ten factors add up; those of a group share its part: 0.6, 0.3, 0.1."""
    names = [f"p{k}" for k in range(10)]
    groups = ["a"] * 4 + ["b"] * 3 + ["c"] * 3
    shares = {"a": 0.6, "b": 0.3, "c": 0.1}
    sizes = np.asarray([np.sqrt(12 * shares[group] / groups.count(group)) for group in groups])

    def play(points, luck):
        return (sizes @ points)[:, None] + np.random.default_rng(luck).normal(0, 1.5, (points.shape[1], 6))

    found = sobol(names, groups, play, rows=1024, seed=3)
    for kind in ("first", "total"):
        assert dict(zip(found.table.factor, found.table[kind], strict=True)) == pytest.approx(shares, abs=0.06)


def test_an_outcome_that_is_luck_alone_has_no_drivers():
    rng = np.random.default_rng(1)
    same = np.zeros((64, 1))
    first, total, variance, luck = estimate(same, same[None], same)
    assert (first[0], total[0], variance, luck) == (0.0, 0.0, 0.0, 0.0)
    noise = rng.normal(size=(3, 4000, 5))
    _, _, variance, luck = estimate(noise[0], noise[1:2], noise[2])
    assert variance < 0.02 and luck > 0.98
