"""Verdicts: planted effects are found, empty ones never pass, and the power is that of a known test."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_1samp

from triangle_sim.analysis.claims.judging import VERDICTS, corrected, judge, together, verdict, without_luck
from triangle_sim.analysis.intervals import Estimate

DRAWS, REPLICATES = 400, 20


def worlds(seed: int = 0, spread: float = 0.1, luck: float = 0.2) -> np.ndarray:
    """Some number in many futures: draws differ by ``spread``, futures of a draw by ``luck``."""
    rng = np.random.default_rng(seed)
    return rng.normal(0.5, spread, (DRAWS, 1)) + rng.normal(0, luck, (DRAWS, REPLICATES))


def events(chance: float, seed: int = 0) -> np.ndarray:
    return (np.random.default_rng(seed).random((DRAWS, REPLICATES)) < chance).astype(float)


PLANTED = [
    ("a clear effect", 0.05, 0.0, "increase", "borne out"),
    ("the same, for a claim of the contrary", 0.05, 0.0, "decrease", "contradicted"),
    ("the other way", -0.05, 0.0, "decrease", "borne out"),
    ("nothing at all", 0.0, 0.0, "increase", "makes no difference"),
    ("a sure effect that is too small", 0.004, 0.0, "increase", "makes no difference"),
    ("one sign in half of the draws, another in the rest", 0.0, 0.05, "increase", "depends"),
]


@pytest.mark.parametrize(("what", "mean", "spread", "direction", "expected"), PLANTED, ids=[row[0] for row in PLANTED])
def test_planted_effects(what: str, mean: float, spread: float, direction: str, expected: str) -> None:
    reference = worlds()
    half = np.where(np.arange(DRAWS) % 2 == 0, spread, -spread)[:, None]
    found = judge("t", reference + mean + half, reference, direction, 0.01)
    assert found.verdict == expected
    assert found.difference.value == pytest.approx(mean)
    assert found.spread == pytest.approx(spread * np.sqrt(DRAWS / (DRAWS - 1)))


def test_an_event_that_never_comes_or_hardly_ever_says_nothing() -> None:
    never = np.zeros((DRAWS, REPLICATES))
    assert judge("t", never, never, "increase", 0.01).verdict == "too rare to say"
    assert judge("t", events(0.004), never, "increase", 0.01).verdict == "too rare to say"
    assert judge("t", 1 - events(0.004), 1 - never, "increase", 0.01).verdict == "too rare to say"
    assert judge("t", events(0.1), never, "increase", 0.01).verdict == "borne out"


def test_a_level_of_zero_can_contradict_or_bear_out_a_threshold() -> None:
    never = np.zeros((DRAWS, REPLICATES))
    below = judge("t", never, 0.05, "below", 0.01, share=True)
    assert (below.verdict, judge("t", never, 0.05, "above", 0.01, share=True).verdict) == ("borne out", "contradicted")
    assert 0 < below.could_tell < 0.05 and below.p < 0.001
    assert judge("t", never[:20], 0.05, "below", 0.01, share=True).verdict == "not settled"


def test_too_few_draws_settle_nothing() -> None:
    rng = np.random.default_rng(3)
    found = judge("t", rng.normal(0.02, 0.3, (8, 4)), np.zeros((8, 4)), "increase", 0.01)
    assert found.verdict == "not settled" and found.could_tell > 0.05
    assert judge("t", np.full((5, 2), np.nan), 0.0, "above", 0.01).verdict == "untested"


def test_what_it_could_tell_is_found_four_times_in_five() -> None:
    """Of many experiments with an effect of just that size, as an independent test counts them."""
    rng = np.random.default_rng(11)
    noise = rng.normal(0, 0.2, (3000, 60))
    size = float(np.mean([judge("t", row[:, None], 0.0, "above", 0.01).could_tell for row in noise[:300]]))
    found = ttest_1samp(noise + size, 0, axis=1).pvalue < 0.05
    assert abs(found.mean() - 0.8) < 0.03


def test_luck_is_taken_out_of_the_spread_over_draws() -> None:
    rng = np.random.default_rng(5)
    gaps = rng.normal(0.1, 0.03, (4000, 1)) + rng.normal(0, 0.2, (4000, 8))
    assert gaps.mean(axis=1).std() > 0.07
    assert without_luck(gaps).std() == pytest.approx(0.03, rel=0.15)
    assert without_luck(gaps[:, :1]).size == 0


numbers = st.floats(-0.2, 0.2)
reaches = st.floats(0.0001, 0.2)


@given(numbers, reaches, reaches, st.floats(0, 0.5), st.floats(0, 1), st.floats(0.001, 0.1))
def test_rules(value: float, reach: float, spread: float, both: float, seen: float, matters: float) -> None:
    difference = Estimate(value, value - reach, value + reach, 100)
    said = {side: verdict(difference, side, matters, 1.4 * reach, spread, both, seen) for side in (1, -1)}
    assert set(said.values()) <= set(VERDICTS)
    mirror = {"borne out": "contradicted", "contradicted": "borne out"}
    assert said[-1] == mirror.get(said[1], said[1]), "what bears out a claim contradicts its contrary"
    if "borne out" in said.values():
        assert abs(value) > reach and abs(value) >= matters and seen >= 0.01
    if said[1] == "makes no difference":
        assert abs(value) + reach < matters * (1 + 1e-9)
    if said[1] == "depends":
        assert both >= 0.1 and abs(value) < max(reach, matters) * (1 + 1e-9)


@given(st.lists(st.sampled_from(VERDICTS), min_size=1, max_size=4))
def test_one_verdict_of_several_theories(verdicts: list[str]) -> None:
    said = together(verdicts)
    assert (said == verdicts[0]) if len(set(verdicts)) == 1 else said in {"depends", "not settled"}
    assert together([]) == "untested"


def test_many_looks_at_nothing_leave_hardly_any_standing() -> None:
    rng = np.random.default_rng(2)
    looks = [judge("t", rng.normal(0, 1, (50, 1)), 0.0, "above", 0.01).p for _ in range(200)]
    assert sum(p < 0.05 for p in looks) > 3
    assert not (corrected([*looks, float("nan")])[:-1] < 0.05).any()
    assert (corrected([1e-9, *looks])[:1] < 0.05).all()
