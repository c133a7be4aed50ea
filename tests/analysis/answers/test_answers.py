"""The answer: against whole runs of both scenarios; kept beside the result; what is clear, what would make it so."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ttest_1samp

from triangle_sim import load
from triangle_sim.analysis.answers.against import against, keep
from triangle_sim.analysis.answers.answers import Compared, Means, answers, compare, estimate, is_clear, moved, starts
from triangle_sim.analysis.by_draw import by_draw
from triangle_sim.analysis.compare.contrast import contrast
from triangle_sim.analysis.intervals import Estimate, mean_of
from triangle_sim.montecarlo.result import Result, read
from triangle_sim.montecarlo.run import run
from triangle_sim.outcomes import OUTCOMES

DRAWS, REPLICATES = 24, 4
HOW = {"draws": DRAWS, "replicates": REPLICATES, "jobs": 1, "backend": "numpy"}


@pytest.fixture(scope="module")
def scenario():
    asked = [
        *load("trump_win").data()["answers"],
        {"ending": "russian_shield"},
        {"outcome": "change us_prk_dialogue", "expected": "more"},
    ]
    return load("trump_win").with_(quarters=8, answers=asked)


@pytest.fixture(scope="module")
def other():
    return load("trump_loses").with_(quarters=8)


@pytest.fixture(scope="module")
def result(scenario, other, tmp_path_factory: pytest.TempPathFactory) -> Result:
    return run(scenario, reference=other, folder=tmp_path_factory.mktemp("kept") / "r", **HOW)


@pytest.fixture(scope="module")
def whole(other) -> Result:
    """The reference as a run of its own."""
    return run(other, **HOW)


@pytest.mark.parametrize("column", ["us_prk_summit", "technology_gained", "end_state=russian_shield"])
def test_the_difference_is_that_of_two_whole_runs(column: str, result: Result, whole: Result) -> None:
    outcome, _, category = column.partition("=")
    found = compare(result, column)
    assert set(found) == {"all", "chung-2024", "lowy-2023"}
    for view, it in found.items():
        expected = contrast(result, whole, outcome, None if view == "all" else view, category or None)
        np.testing.assert_allclose(
            [it.with_.value, it.without, it.difference.value, it.difference.low, it.difference.high],
            [expected.level_a, expected.level_b, *_numbers(expected.difference)],
            atol=1e-12,
        )
        assert it.verdict in (expected.verdict, "never")


def _numbers(gap: Estimate) -> tuple[float, float, float]:
    return gap.value, gap.low, gap.high


def test_answers_come_in_the_order_of_the_file(result: Result) -> None:
    summit, led, shield, talks = answers(result)
    assert [each.kind for each in (summit, led, shield, talks)] == ["share", "share", "share", "number"]
    assert summit.asks == "Does Kim get his summit?" and shield.asks == "Does it end as russian shield?"
    assert led.views["all"].with_.value <= summit.views["all"].with_.value
    assert summit.views["all"].with_.value == pytest.approx(result.runs["us_prk_summit"].mean())
    assert set(shield.start) == {"all", "chung-2024", "lowy-2023"} and summit.start == {}


def test_what_is_kept_is_read_again_and_made_again_when_it_does_not_fit(result: Result, scenario) -> None:
    folder = Path(result.tables.source.folder)
    keep(result, folder)
    first = (folder / "answers.parquet").read_bytes()
    again = read(folder)
    pd.testing.assert_series_equal(pd.Series(against(again).columns["us_prk_summit"]),
                                   pd.Series(against(result).columns["us_prk_summit"]))  # fmt: skip
    marked = pd.read_parquet(folder / "answers.parquet").assign(us_prk_summit=7.0)
    (folder / "answers.parquet").write_bytes(_relabelled(first, marked))
    assert against(read(folder)).columns["us_prk_summit"][0] == 7.0, "it is read, not played"
    (folder / "answers.parquet").write_bytes(b"no table")
    fresh = read(folder)
    keep(fresh, folder)
    assert (folder / "answers.parquet").read_bytes() == first


def _relabelled(data: bytes, frame: pd.DataFrame) -> bytes:
    from triangle_sim.montecarlo.folder.parquet import label_of, parquet_of_columns

    return parquet_of_columns({name: frame[name].to_numpy() for name in frame}, label_of(data))


def test_without_a_reference_there_are_levels_and_starts(scenario) -> None:
    alone = run(scenario, draws=6, replicates=2, jobs=1, backend="numpy")
    first = answers(alone)[0].views["all"]
    assert math.isnan(first.without) and first.width == pytest.approx(first.with_.high - first.with_.low)
    assert moved(alone) == ({}, [])
    endings = OUTCOMES["end_state"].categories
    begun = [starts(against(alone), {"all": None}, name, by_draw(alone, ())) for name in endings]
    assert sum(each["all"] for each in begun) == pytest.approx(1.0)


def test_a_planted_effect_is_found_and_settled() -> None:
    """Shares of 0.5 and 0.3 by draw, and a theory in which nothing differs."""
    rng = np.random.default_rng(5)
    theory = np.repeat(["a", "b"], 200)
    base = rng.beta(3, 7, 400)
    means = Means(base + np.where(theory == "a", 0.2, 0.0) + rng.normal(0, 0.02, 400), base, theory, theory)
    a, b = (estimate("us_prk_summit", means, view, 10) for view in "ab")
    assert a.verdict == "more" and a.difference.value == pytest.approx(0.2, abs=0.006), "four standard errors"
    assert b.verdict == "no clear difference" and b.difference.low < 0 < b.difference.high


def test_what_no_draw_shows_is_not_known_to_be_never() -> None:
    theory, none = np.full(40, "a"), np.zeros(40)
    it = estimate("us_prk_summit", Means(none, none, theory, theory), None, 10)
    assert it.verdict == "never" and (it.difference.low, it.difference.high) == (0, 0)
    assert it.width == pytest.approx(it.with_.high) and 0.05 < it.width < 0.1


def test_draws_that_would_tell_are_those_at_which_the_interval_leaves_zero() -> None:
    rng = np.random.default_rng(3)
    gaps = rng.normal(0.02, 0.5, 300)
    it = Compared(Estimate(0.5, 0.4, 0.6, 300), 0.48, mean_of(gaps))
    needed = int(it.draws_to_tell())
    assert it.verdict == "no clear difference" and needed > 300
    reach = 1.96 * gaps.std(ddof=1) / math.sqrt(needed)
    assert reach == pytest.approx(abs(gaps.mean()), rel=0.01)
    assert replace(it, difference=Estimate(0.0, -0.1, 0.1, 300)).draws_to_tell() == math.inf


@pytest.mark.parametrize("looks", [1, 10])
def test_clear_is_a_t_test_at_a_shared_level(looks: int) -> None:
    rng = np.random.default_rng(11)
    for shift in np.linspace(0, 0.8, 9):
        gaps = rng.normal(shift, 1.0, 25)
        assert is_clear(mean_of(gaps), looks) == (ttest_1samp(gaps, 0).pvalue < 0.05 / looks)
    assert not is_clear(mean_of(np.array([0.5])))


def test_what_moved_is_clear_somewhere_and_comes_by_size(result: Result) -> None:
    clear, rest = moved(result)
    assert not set(clear) & set(rest) and "us_prk_summit" not in {*clear, *rest}, "it was asked for"
    sizes = [max(abs(c.size) for view, c in views.items() if view != "all") for views in clear.values()]
    assert sizes == sorted(sizes, reverse=True) or len(sizes) < 2
    for name in rest:
        assert compare(result, name)["all"].with_.draws == DRAWS
