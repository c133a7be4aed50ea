"""Quantiles are numpy's over all runs, of which only the columns asked for are in memory."""

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
from triangle_sim.analysis.quantiles import PROBABILITIES, label, quantiles
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
@settings(max_examples=100, deadline=None, derandomize=True)
def test_any_numbers_at_any_probability(values: list[float], probabilities: list[float]) -> None:
    found = quantiles(Batches(pd.DataFrame({"technology_gained": values}), 7), "technology_gained", probabilities)
    assert found["runs"].tolist() == [len(values)]
    np.testing.assert_array_equal(found.iloc[0, 4:].to_numpy(float), np.quantile(np.asarray(values), probabilities))


def test_the_two_zeros_are_one() -> None:
    found = quantiles(Batches(pd.DataFrame({"technology_gained": [0.0, -0.0, 0.0]})), "technology_gained")
    assert columns(found, PROBABILITIES).tolist() == [[0.0] * 5]


def test_all_outcomes_are_one_pass_of_their_columns() -> None:
    runs = Batches(table(20, 5), 30)
    quantiles(runs, ["technology_gained", "nuclear_test", "technology_gained"], by="theory")
    assert runs.passes == [["theory", "technology_gained", "nuclear_test"]]


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


def test_memory_is_that_of_the_column() -> None:
    runs, size = 1_000_000, 10_000

    class Made:
        """Values made as they are asked for."""

        def scan(self, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
            for number in range(runs // size):
                yield pd.DataFrame({name: np.random.default_rng(number).gamma(2, 3, size) for name in columns})

    tracemalloc.start()
    try:
        assert quantiles(Made(), "technology_gained")["runs"].tolist() == [runs]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # The column, and copies of it as it is put together, freed of missing values, and partly sorted.
    assert 8 * runs < peak < 4 * 8 * runs
