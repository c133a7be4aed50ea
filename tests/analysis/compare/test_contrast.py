"""Paired contrasts: the same draws in both worlds, subtracted draw by draw."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.batches import with_runs
from analysis.formulas import paired, table
from triangle_sim.analysis.compare.contrast import contrast
from triangle_sim.analysis.intervals import mean
from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.run import run

DRAWS, REPLICATES = 20, 4


@pytest.fixture(scope="module")
def results() -> list[Result]:
    return [run(name, draws=DRAWS, replicates=REPLICATES, jobs=1) for name in ("trump_win", "trump_loses")]


@pytest.mark.parametrize("outcome", ["us_prk_summit", "technology_gained", "support_from_both"])
@pytest.mark.parametrize("theory", [None, "chung-2024", "lowy-2023"])
def test_paired_difference_by_hand(outcome: str, theory: str | None, results: list[Result]) -> None:
    a, b = results
    differences, higher = [], 0.0
    for draw in range(DRAWS):
        rows = [r.runs[r.runs["draw"] == draw] for r in (a, b)]
        if theory is not None and rows[0]["theory"].iloc[0] != theory:
            continue
        one, two = (sum(float(x) for x in part[outcome]) / REPLICATES for part in rows)
        differences.append(one - two)
        higher += 1.0 if one > two else 0.5 if one == two else 0.0
    found = contrast(a, b, outcome, theory)
    assert (found.a, found.b, found.theory) == ("trump_win", "trump_loses", theory or "all")
    assert found.difference.value == pytest.approx(np.mean(differences), abs=1e-12)
    assert found.difference.value == pytest.approx(found.level_a - found.level_b, abs=1e-12)
    assert found.difference.draws == len(differences)
    assert found.higher == pytest.approx(higher / len(differences))
    chosen = [r.runs[r.runs["theory"].isin([theory] if theory else r.runs["theory"])] for r in (a, b)]
    pooled = np.sqrt(np.mean([rows[outcome].astype(float).var(ddof=0) for rows in chosen]))
    assert found.effect == pytest.approx(np.mean(differences) / pooled)
    expected = mean(differences, range(len(differences)))
    np.testing.assert_allclose([found.difference.low, found.difference.high], [expected.low, expected.high], atol=1e-12)


def test_pairing_narrows_the_interval(results: list[Result]) -> None:
    a, b = results
    levels = [mean(r.runs["technology_gained"], r.runs["draw"]) for r in results]
    apart = np.hypot(*[(level.high - level.low) / 2 for level in levels])
    paired = contrast(a, b, "technology_gained").difference
    assert (paired.high - paired.low) / 2 < 0.7 * apart


def test_a_category_is_compared_as_a_share(results: list[Result]) -> None:
    a, b = results
    ending = str(b.runs["end_state"].mode().iloc[0])
    found = contrast(a, b, "end_state", category=ending)
    assert found.outcome == f"end_state={ending}"
    assert found.level_b == pytest.approx((b.runs["end_state"] == ending).mean())
    with pytest.raises(ValueError, match="categories"):
        contrast(a, b, "end_state")
    with pytest.raises(ValueError, match="has no categories"):
        contrast(a, b, "technology_gained", category="bloc")


def test_the_same_world_has_no_difference(results: list[Result]) -> None:
    found = contrast(results[0], results[0], "technology_gained")
    assert (found.difference.value, found.difference.low, found.difference.high, found.higher) == (0, 0, 0, 0.5)
    assert found.verdict == "no clear difference"


def test_the_same_values_in_another_order_are_no_difference(results: list[Result]) -> None:
    """Their means may differ by rounding, in some draws up and in others down."""
    frame = table(200, 7)
    backwards = frame.sort_values(["draw", "replicate"], ascending=[True, False])
    a, backwards = (with_runs(results[0], rows)[0] for rows in (frame, backwards))
    for outcome in ("technology_gained", "support_from_both", "us_prk_summit"):
        found = contrast(a, backwards, outcome)
        assert (found.difference.value, found.difference.low, found.difference.high, found.higher) == (0, 0, 0, 0.5)


def test_other_worlds_are_refused(results: list[Result]) -> None:
    a, b = results
    for other in (replace(b, manifest=b.manifest | {key: 9}) for key in ("seed", "replicates")):
        with pytest.raises(ValueError, match="not the same worlds"):
            contrast(a, other, "us_prk_summit")
    with pytest.raises(ValueError, match="unknown outcome"):
        contrast(a, b, "no_such_thing")


def test_shared_draws_are_paired_where_one_has_more(results: list[Result]) -> None:
    a, b = results
    longer = run("trump_loses", draws=DRAWS + 5, replicates=REPLICATES, jobs=1)
    assert contrast(a, longer, "us_prk_summit").difference == contrast(a, b, "us_prk_summit").difference


def test_what_never_happens_in_both_takes_the_whole_horizon(results: list[Result]) -> None:
    a, b = (with_runs(r, r.runs.assign(nuclear_test_when=np.nan))[0] for r in results)
    found = contrast(a, b, "nuclear_test_when")
    horizon = a.scenario.quarters
    assert (found.level_a, found.level_b, found.difference.value, found.ever_a) == (horizon, horizon, 0, 0)
    assert found.verdict == "no clear difference"


def test_worlds_in_which_an_event_never_came_are_not_dropped(results: list[Result]) -> None:
    """It comes at the same time where it comes, but in fewer worlds: that is later, not nothing."""
    runs = results[0].runs
    often = np.where(runs["replicate"] < 3, 8.0, np.nan)
    seldom = np.where(runs["replicate"] < 1, 8.0, np.nan)
    a, b = (with_runs(results[0], runs.assign(nuclear_test_when=when))[0] for when in (seldom, often))
    found = contrast(a, b, "nuclear_test_when")
    assert (found.level_a, found.level_b) == ((8 + 3 * 20) / 4, (3 * 8 + 20) / 4)
    assert (found.ever_a, found.ever_b) == (0.25, 0.75) and found.verdict == "more"


@pytest.mark.parametrize("name", ["technology_gained", "us_prk_summit", "nuclear_test_when"])
def test_contrasts_are_those_of_pandas(name: str, results: list[Result]) -> None:
    """One table has more draws than the other, and another order."""
    frames = table(40, 6), table(50, 6, seed=5).sample(frac=1, random_state=1)
    a, b = (with_runs(results[0], frame)[0] for frame in frames)
    both = paired(*(frame.fillna({"nuclear_test_when": 20.0}) for frame in frames), name)
    found = contrast(a, b, name)
    assert found.difference.draws == len(both) == 40
    assert found.difference.value == pytest.approx((both["a"] - both["b"]).mean(), rel=1e-12)
    assert (found.level_a, found.level_b) == pytest.approx((both["a"].mean(), both["b"].mean()), rel=1e-14)
    assert found.higher == pytest.approx((both["a"] > both["b"]).mean() + (both["a"] == both["b"]).mean() / 2)


def test_verdicts_follow_the_interval(results: list[Result]) -> None:
    runs = results[0].runs
    shifted, _ = with_runs(results[0], runs.assign(final_capability=runs["final_capability"] + 1))
    assert contrast(shifted, results[0], "final_capability").verdict == "more"
    assert contrast(results[0], shifted, "final_capability").verdict == "less"
