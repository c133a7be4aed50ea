"""What each article says must follow does, under its own theory: directions, not sizes.

Differences are paired by draw. A comparison passes where its 95% interval over draws lies on the right side of zero, so
an effect that does not exist would pass in 2.5% of seeds (one-sided); the seed is fixed.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from triangle_sim.analysis.compare.contrast import Contrast, contrast
from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.run import run

DRAWS, REPLICATES, SEED = 200, 10, 1
THEORIES = ("chung-2024", "lowy-2023")


@lru_cache
def result(name: str) -> Result:
    return run(name, draws=DRAWS, replicates=REPLICATES, seed=SEED, jobs=1)


def difference(a: str, b: str, outcome: str, theory: str) -> Contrast:
    found = contrast(result(a), result(b), outcome, theory)
    assert found.difference.draws > DRAWS / 3
    return found


@pytest.mark.parametrize("theory", THEORIES)
@pytest.mark.parametrize("other", ["baseline", "trump_loses"])
def test_trumps_win_brings_summits(other: str, theory: str) -> None:
    assert difference("trump_win", other, "us_prk_summit", theory).verdict == "more"


@pytest.mark.parametrize("theory", THEORIES)
def test_the_wars_end_brings_seoul_and_moscow_together(theory: str) -> None:
    assert difference("ukraine_war_ends", "baseline", "rok_rus_cooperation_gain", theory).verdict == "more"


@pytest.mark.parametrize("theory", THEORIES)
def test_the_wars_end_dries_up_technology(theory: str) -> None:
    assert difference("ukraine_war_ends", "baseline", "technology_gained", theory).verdict == "less"


@pytest.mark.parametrize("theory", THEORIES)
def test_a_split_makes_north_korea_the_pivot(theory: str) -> None:
    assert difference("sino_russian_split", "baseline", "prk_pivot_share", theory).verdict == "more"


@pytest.mark.parametrize("theory", THEORIES)
@pytest.mark.parametrize("outcome", ["bound_by_both", "both_treaties"])
def test_in_1961_the_split_bound_both_patrons(outcome: str, theory: str) -> None:
    """At least three times as often as without it: the 95% interval of ``a - 3 b`` over draws lies above zero."""
    split, unity = (result(f"sino_soviet_{world}_1961").runs for world in ("split", "unity"))
    levels = []
    for runs in (split, unity):
        part = runs[runs["theory"] == theory]
        levels.append(part[outcome].groupby(part["draw"]).mean().to_numpy())
    excess = levels[0] - 3 * levels[1]
    assert excess.mean() - 1.98 * excess.std(ddof=1) / np.sqrt(excess.size) > 0
    assert difference("sino_soviet_split_1961", "sino_soviet_unity_1961", outcome, theory).verdict == "more"
