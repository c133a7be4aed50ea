"""One pass over the runs: the numbers of pandas on the whole table, the same bits in any cut, memory by draws."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import astuple, replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.batches import Tables, with_runs
from analysis.formulas import THEORIES, draw_means, share, table, variance
from triangle_sim.analysis.by_draw import SUMMARY, add_up, by_draw
from triangle_sim.analysis.compare.compare import compare
from triangle_sim.analysis.counting import category_shares
from triangle_sim.analysis.intervals import mean
from triangle_sim.analysis.summary import advice, components, endings, headline
from triangle_sim.analysis.variance import variance_components
from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.run import run
from triangle_sim.plots.endings import endings as endings_picture

NUMBERS = [name for name in table(2, 1).columns[4:]]


@pytest.fixture(scope="module")
def small() -> Result:
    return run("baseline", draws=4, replicates=2, jobs=1)


def summary(result: Result) -> tuple[Any, ...]:
    return endings(result), headline(result), components(result), advice(result)


def test_the_whole_summary_is_one_pass_that_loads_no_runs(small: Result) -> None:
    result, runs = with_runs(small, table(50, 8), size=13)
    endings_picture(result)
    summary(result)
    assert [set(columns) for columns in runs.passes] == [{"draw", "theory", *SUMMARY}]


def test_a_comparison_is_one_pass_for_each_result(small: Result) -> None:
    full = run("trump_win", draws=12, replicates=3, jobs=1)
    made = [with_runs(each, each.runs, size=10) for each in (full, run("baseline", draws=12, replicates=3, jobs=1))]
    assert len(compare([result for result, _ in made]).to_frame()) > 60
    assert [len(runs.passes) for _, runs in made] == [1, 1]


@pytest.mark.parametrize("size", [1, 7, 100])
def test_the_cut_into_batches_changes_no_bit(size: int, small: Result) -> None:
    frame = table(50, 8)
    assert summary(with_runs(small, frame, 10_000)[0]) == summary(with_runs(small, frame, size)[0])


def test_another_order_changes_last_digits_only(small: Result) -> None:
    frame = table(50, 8)
    one, other = (summary(with_runs(small, rows, 17)[0]) for rows in (frame, frame.sample(frac=1, random_state=3)))
    assert one[0] == other[0] and one[3] == other[3]  # counts, and what is said of them
    for (_, _, by_view), (_, _, again) in zip(one[1], other[1], strict=True):
        for view, found in by_view.items():
            assert astuple(again[view]) == pytest.approx(astuple(found), rel=1e-12)
    for name, found in one[2].items():
        assert astuple(other[2][name]) == pytest.approx(astuple(found), rel=1e-12)


@pytest.mark.parametrize("name", NUMBERS)
def test_means_are_those_of_pandas(name: str) -> None:
    frame = table(60, 9)
    sums = add_up([frame[:101], frame[101:]], [name], 60)
    expected = draw_means(frame[name], frame["draw"])
    np.testing.assert_allclose(sums.numbers[name].means(), expected, rtol=1e-14, atol=1e-16)
    assert sums.numbers[name].count.tolist() == frame[name].groupby(frame["draw"]).count().tolist()


@pytest.mark.parametrize("name", NUMBERS)
def test_variance_components_are_those_of_pandas(name: str) -> None:
    for frame in (table(60, 9), table(31, 1, seed=2), table(9, 40, seed=3)):
        found = variance_components(frame[name], frame["draw"], frame["theory"])
        expected = variance(frame[name], frame["draw"], frame["theory"])
        np.testing.assert_allclose([found.theory, found.parameters, found.luck], expected, rtol=1e-10, atol=1e-15)


def test_shares_are_those_of_the_rows() -> None:
    frame = table(60, 9)
    sums = add_up([frame], ["end_state"], 60)
    for theory in (None, *THEORIES):
        rows = frame if theory is None else frame[frame["theory"] == theory]
        found = category_shares(sums, "end_state", ["unsettled", "bloc"], theory)
        assert list(found) == ["unsettled", "bloc", "abandonment", "hedging"]
        for name, estimate in found.items():
            assert estimate.value == pytest.approx((rows["end_state"] == name).mean(), abs=1e-15)
            expected = share(rows["end_state"] == name, rows["draw"])
            assert (estimate.low, estimate.high) == (expected.low, expected.high)


def test_headlines_are_the_intervals_of_the_rows(small: Result) -> None:
    frame = table(60, 9)
    for name, _, by_view in headline(with_runs(small, frame)[0]):
        for view, found in by_view.items():
            rows = frame if view == "all" else frame[frame["theory"] == view]
            assert found == (share if frame[name].dtype == bool else mean)(rows[name], rows["draw"])


def test_what_does_not_vary_has_no_variance_at_all() -> None:
    """0.3 is no binary number: rounding must not pass for variance, nor be split into shares."""
    draw = np.repeat(np.arange(10), 7)
    split = variance_components(np.full(70, 0.3), draw, np.where(draw < 3, "a", "b"))
    assert (split.theory, split.parameters, split.luck) == (0.0, 0.0, 0.0)


def test_a_missing_category_and_strings_of_any_kind_are_counted() -> None:
    frame = pd.DataFrame({"draw": [0, 0, 1, 1], "theory": "one", "end_state": ["bloc", None, "bloc", "hedging"]})
    for kind in ("object", "string", "category"):
        found = add_up([frame.astype({"end_state": kind})], ["end_state"], 2)
        counts = {name: count.tolist() for name, count in found.counts["end_state"].items()}
        assert counts == {"bloc": [1, 1], "nan": [1, 0], "hedging": [0, 1]}
        assert found.commonest("end_state") == "bloc"


def test_the_first_of_equally_common_endings_is_the_commonest() -> None:
    frame = pd.DataFrame({"draw": [0, 0, 1, 1], "theory": "one", "end_state": ["hedging", "bloc", "bloc", "hedging"]})
    assert add_up([frame], ["end_state"], 2).commonest("end_state") == "bloc" == frame["end_state"].mode().iloc[0]


def test_what_an_older_result_lacks_is_no_error_unless_asked_for(small: Result) -> None:
    result, _ = with_runs(small, table(5, 2).drop(columns="technology_gained"))
    assert "end_state" in by_draw(result, ["end_state"])
    with pytest.raises(KeyError, match="technology_gained"):
        by_draw(result, ["technology_gained"])


class Made:
    """Runs made as they are asked for, so that only what is kept of them is in memory."""

    def __init__(self, draws: int, runs: int) -> None:
        self.draws, self.runs = draws, runs

    def scan(self, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        size = 10_000
        per = self.runs // self.draws
        for number in range(self.runs // size):
            batch = table(1, size, seed=number)
            draw = (np.arange(number * size, (number + 1) * size) // per).astype(np.int32)
            theory = np.asarray(THEORIES, object)[draw % 2]
            yield batch.assign(draw=draw, theory=theory)[list(columns)]


def peak(result: Result, draws: int, runs: int) -> int:
    """Bytes at the most while the whole summary is made of so many runs."""
    made = replace(result, manifest=result.manifest | {"draws": draws}, tables=Tables(result.tables, Made(draws, runs)))
    tracemalloc.start()
    try:
        found = summary(made)
        assert by_draw(made, SUMMARY).runs.tolist() == [runs // draws] * draws
        assert found[0][0][2]["all"].draws == draws
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_goes_with_draws_and_not_with_runs(small: Result) -> None:
    peak(small, 100, 20_000)  # imports and caches
    few, many = peak(small, 1000, 200_000), peak(small, 1000, 600_000)
    assert many < 1.05 * few
    # Seven columns of four words, three categories, runs and theories: some forty words a draw with the copies.
    wide = peak(small, 50_000, 200_000)
    assert 49_000 * 8 * 4 < wide - few < 49_000 * 8 * 60
