"""Quantiles without loading the runs are numpy's on all of them, to the last bit."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.batches import Batches
from analysis.formulas import table
from triangle_sim.analysis import quantiles as module
from triangle_sim.analysis.quantiles import PROBABILITIES, Search, from_keys, label, quantiles, to_keys
from triangle_sim.montecarlo.run import run

ASKED = (0.0, 0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999, 1.0)
VALUES = st.floats(allow_nan=False, allow_infinity=False, width=64).map(lambda value: value / 4)
"""Over the whole range of doubles, subnormal ones included; a quarter, so that differences are finite."""


def columns(found: pd.DataFrame, probabilities: Sequence[float]) -> np.ndarray:
    return found[[label(p) for p in probabilities]].to_numpy(float)


@pytest.mark.parametrize("size", [1, 77, 100_000])
@pytest.mark.parametrize(
    "name", ["technology_gained", "rok_rus_cooperation_gain", "us_prk_summit", "nuclear_test_when"]
)
def test_they_are_those_of_numpy(name: str, size: int) -> None:
    frame = table(60, 9)
    found = quantiles(Batches(frame, size), name, ASKED)
    known = frame[name].dropna().to_numpy(float)
    assert found[["outcome", "theory", "runs", "missing"]].to_numpy().tolist() == [
        [name, "all", len(known), len(frame) - len(known)]
    ]
    np.testing.assert_array_equal(columns(found, ASKED)[0], np.quantile(known, ASKED))


def test_by_theory_they_are_those_of_its_runs() -> None:
    frame = table(60, 9).sample(frac=1, random_state=1)
    names = ["technology_gained", "nuclear_test_when"]
    found = quantiles(Batches(frame, 50), names, by="theory")
    assert found["outcome"].tolist() == [names[0]] * 2 + [names[1]] * 2
    for row in found.to_dict("records"):
        values = frame.loc[frame["theory"] == row["theory"], row["outcome"]]
        assert (row["runs"], row["missing"]) == (values.count(), values.isna().sum())
        expected = np.quantile(values.dropna(), PROBABILITIES)
        assert [row[label(p)] for p in PROBABILITIES] == expected.tolist()


@given(st.lists(VALUES, min_size=1, max_size=60), st.lists(st.floats(0, 1), min_size=1, max_size=5))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_numbers_at_any_probability(values: list[float], probabilities: list[float]) -> None:
    """Drawers of more than two numbers are opened bit by bit: all four passes."""
    search = Search(probabilities, few=2)
    array = np.asarray(values)
    passes = 0
    searching = True
    while searching:
        for part in np.array_split(array, 3):
            search.see(part)
        searching = search.narrow()
        passes += 1
    assert passes <= 4
    found = [search.quantile(p) for p in probabilities]
    np.testing.assert_array_equal(found, np.quantile(array, probabilities))


@given(st.lists(VALUES, min_size=2, max_size=20))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_keys_are_in_the_order_of_the_numbers_and_lead_back(values: list[float]) -> None:
    array = np.asarray(values)
    keys = to_keys(array)
    np.testing.assert_array_equal(from_keys(keys), array)
    np.testing.assert_array_equal(np.argsort(keys, kind="stable"), np.argsort(array, kind="stable"))


def test_the_two_zeros_are_one() -> None:
    found = quantiles(Batches(pd.DataFrame({"technology_gained": [0.0, -0.0, 0.0]})), "technology_gained")
    assert columns(found, PROBABILITIES).tolist() == [[0.0] * 5]


def test_many_numbers_that_are_nearly_equal() -> None:
    """More in the first drawer than are counted one by one, so that it has to be opened in steps."""
    values = np.random.default_rng(4).normal(0.7, 1e-9, 3 * module.FEW)
    runs = Batches(pd.DataFrame({"technology_gained": values}), 20_000)
    np.testing.assert_array_equal(
        columns(quantiles(runs, "technology_gained", ASKED), ASKED)[0], np.quantile(values, ASKED)
    )
    assert 2 < len(runs.passes) <= 4


def test_what_takes_few_values_is_found_at_once() -> None:
    values = np.repeat([0.0, 0.3, 1.0, np.nan], 2 * module.FEW)
    runs = Batches(pd.DataFrame({"technology_gained": values}), 20_000)
    found = columns(quantiles(runs, "technology_gained", ASKED), ASKED)[0]
    np.testing.assert_array_equal(found, np.quantile(values[~np.isnan(values)], ASKED))
    assert len(runs.passes) == 1


def test_what_never_happened_has_no_quantiles() -> None:
    found = quantiles(Batches(pd.DataFrame({"nuclear_test_when": [np.nan, np.nan]})), ["nuclear_test_when"], [0.5])
    assert found[["runs", "missing"]].to_numpy().tolist() == [[0, 2]] and np.isnan(found["q50"][0])


def test_a_folder_and_its_result_give_the_same(tmp_path: Path) -> None:
    result = run("baseline", draws=6, replicates=3, jobs=1)
    folder = result.save(tmp_path / "saved")
    names = ["technology_gained", "us_prk_summit"]
    expected = np.quantile(result.runs[names].to_numpy(float), PROBABILITIES, axis=0).T
    for source in (result, folder, str(folder)):
        np.testing.assert_array_equal(columns(quantiles(source, names), PROBABILITIES), expected)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"outcomes": "end_state"}, "'end_state' is a category and has no quantiles"),
        ({"outcomes": "technology_gaind"}, "unknown outcome 'technology_gaind'; known: .*technology_gained"),
        ({"outcomes": "technology_gained", "probabilities": [0.5, 5]}, "between 0 and 1, got 5"),
        ({"outcomes": "technology_gained", "by": "draw"}, "by='draw': give 'theory'"),
    ],
)
def test_what_cannot_be_answered_is_an_error(asked: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        quantiles(Batches(table(3, 2)), **asked)


@pytest.mark.parametrize(
    ("share", "name"), [(0.05, "q05"), (0.5, "q50"), (1.0, "q100"), (0.975, "q97.5"), (0.001, "q00.1")]
)
def test_columns_are_named_by_per_cents(share: float, name: str) -> None:
    assert label(share) == name


def test_memory_does_not_grow_with_the_runs() -> None:
    class Made:
        """Values of few sizes and of many, made as they are asked for."""

        def __init__(self, runs: int) -> None:
            self.runs = runs

        def scan(self, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
            for number in range(self.runs // 10_000):
                rng = np.random.default_rng(number)
                yield pd.DataFrame({name: rng.gamma(2, 3, 10_000) for name in columns})

    def peak(runs: int) -> int:
        tracemalloc.start()
        try:
            assert quantiles(Made(runs), "technology_gained")["runs"].tolist() == [runs]
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(20_000)
    assert peak(1_000_000) < 1.3 * peak(200_000)
