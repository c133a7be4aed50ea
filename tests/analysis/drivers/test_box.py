"""A planted box is found again, measured on other draws; noise yields none that holds."""

import numpy as np
import pandas as pd
import pytest

from triangle_sim.analysis.drivers.box import find_box, halved, over_draws
from triangle_sim.analysis.drivers.tree import grow_tree

RNG = np.random.default_rng(1)
DRAWS = np.repeat(np.arange(600), 2)
CASES = pd.DataFrame(np.repeat(RNG.random((600, 6)), 2, axis=0), columns=[f"p{k}" for k in range(6)])
INSIDE = ((CASES.p0 > 0.6) & (CASES.p1 < 0.5)).to_numpy()
TRUTH = RNG.random(1200) < np.where(INSIDE, 0.9, 0.1)


def test_a_planted_box_is_recovered_by_prim(monkeypatch):
    monkeypatch.setattr("triangle_sim.analysis.drivers.box.RESAMPLES", 4)
    box = find_box(CASES.iloc[:, :4], TRUTH, DRAWS, seed=1)
    limits = {limit.name: limit for limit in box.limits}
    assert set(limits) == {"p0", "p1"} and box.holds
    assert limits["p0"].low == pytest.approx(0.6, abs=0.05) and limits["p0"].high is None
    assert limits["p1"].high == pytest.approx(0.5, abs=0.05) and limits["p1"].low is None
    assert all(limit.kept == 1.0 and limit.quasi_p < 1e-6 for limit in box.limits)
    assert box.density == pytest.approx(0.9, abs=0.1) and box.low <= 0.9 <= box.high + 0.05
    assert box.coverage == pytest.approx(0.18 / 0.26, abs=0.1)
    assert box.base == pytest.approx(TRUTH[~halved(DRAWS)].mean())


def test_a_planted_box_is_recovered_by_a_tree():
    tree = grow_tree(CASES, TRUTH, DRAWS, seed=1)
    best = tree.leaves[0]
    assert {(name, sign): pytest.approx(level, abs=0.06) for name, sign, level in best.path} == {
        ("p0", ">"): 0.6,
        ("p1", "<="): 0.5,
    }
    assert best.share == pytest.approx(0.9, abs=0.1)
    assert sum(leaf.mass for leaf in tree.leaves) == pytest.approx(1.0)


@pytest.mark.long
def test_noise_has_no_box():
    noise = np.random.default_rng(5).random(1200) < 0.2
    found = find_box(CASES[["p0", "p1", "p2"]], noise, DRAWS, seed=1)
    assert found is None or not found.holds


def test_without_cases_of_interest_there_is_no_search():
    assert find_box(CASES, np.zeros(1200, bool), DRAWS, seed=1) is None


def test_resamples_without_a_case_of_interest_find_nothing(monkeypatch):
    """Of what happens in one future of hundreds: there is no box to look for in a resample that leaves it out."""
    monkeypatch.setattr("triangle_sim.analysis.drivers.box.RESAMPLES", 6)
    rare = np.zeros(1200, bool)
    rare[[np.flatnonzero(halved(DRAWS))[0], np.flatnonzero(~halved(DRAWS))[0]]] = True
    found = find_box(CASES[["p0", "p1"]], rare, DRAWS, seed=1)
    assert found is None or max(found.kept.values()) < 1.0


def test_the_interval_of_a_share_is_over_draws_not_over_futures():
    """Every draw all or nothing: as many futures a draw as one likes do not narrow it."""
    whole = np.ones(4000, bool)
    draws = np.repeat(np.arange(40), 100)
    part = draws % 2 == 0
    low, high = over_draws(part, whole, draws, 1)
    assert high - low == pytest.approx(2 * 1.96 * 0.5 / np.sqrt(40), rel=0.15)
