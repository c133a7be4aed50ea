"""Futures are found by what happens in them: conditions are read and never evaluated, and the middle is a medoid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triangle_sim.analysis.futures import choose, condition, distances
from triangle_sim.errors import UsageError
from triangle_sim.outcomes import OUTCOMES

RUNS = pd.DataFrame({
    "draw": [0, 0, 1, 1], "replicate": [0, 1, 0, 1], "theory": ["chung-2024", "chung-2024", "lowy-2023", "lowy-2023"],
    "us_prk_summit": [False, True, True, False], "end_state": ["bloc", "bloc", "hedging", "bloc"],
    "technology_gained": [1.0, 3.5, 3.0, 4.0], "nuclear_test_when": [np.nan, 2.0, np.nan, 9.0],
})  # fmt: skip


@dataclass
class Runs:
    frame: pd.DataFrame

    @property
    def scenario(self) -> Any:
        return type("Scenario", (), {"quarters": 20})

    def scan(self, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        yield self.frame.iloc[2:][list(columns)]  # blocks come in any order
        yield self.frame.iloc[:2][list(columns)]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("us_prk_summit", [0, 1, 1, 0]),
        ("not us_prk_summit", [1, 0, 0, 1]),
        ("us_prk_summit = no", [1, 0, 0, 1]),
        ("end_state=bloc", [1, 1, 0, 1]),
        ("end_state != bloc", [0, 0, 1, 0]),
        ("technology_gained>3", [0, 1, 0, 1]),
        ("technology_gained >= 3.0", [0, 1, 1, 1]),
        ("technology_gained<1e1", [1, 1, 1, 1]),
        ("nuclear_test_when=never", [1, 0, 1, 0]),
        ("nuclear_test_when<=2", [0, 1, 0, 0]),
        ("theory=lowy-2023", [0, 0, 1, 1]),
    ],
)
def test_conditions_hold_where_they_should(text: str, held: list[int]) -> None:
    assert condition(text, ["chung-2024", "lowy-2023"]).holds(RUNS).tolist() == [bool(each) for each in held]


@pytest.mark.parametrize(
    "text",
    ["", "us_prk_sumit", "end_state=blok", "end_state", "technology_gained", "technology_gained>x", "us_prk_summit>1",
     "not end_state=bloc", "theory=marx", "technology_gained>nan", "technology_gained>__import__('os')", "1", "= 3",
     "nuclear_test_when=sometimes"],
)  # fmt: skip
def test_what_is_no_condition_is_refused_with_help(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        condition(text, ["chung-2024"])
    assert caught.value.help


@given(st.text(max_size=60))
@settings(max_examples=40, deadline=None)
def test_any_text_is_a_condition_or_refused(text: str) -> None:
    try:
        found = condition(text)
    except UsageError:
        return
    assert found.name in OUTCOMES


def test_the_first_of_all_that_fulfil_every_condition() -> None:
    found: Any = choose(Runs(RUNS), [condition("end_state=bloc"), condition("technology_gained>3")])  # type: ignore[arg-type]
    assert (found.run, found.matches, found.runs, found.others) == ((0, 1), 2, 4, ((1, 1),))
    assert "0.1" in str(found) and "1.1" in str(found)


def test_none_says_how_many_fulfil_each_alone() -> None:
    with pytest.raises(UsageError, match=r"none of 4 futures") as caught:
        choose(Runs(RUNS), [condition("end_state=hedging"), condition("technology_gained>3")])  # type: ignore[arg-type]
    assert "end_state=hedging in 1, technology_gained>3 in 2" in caught.value.help


def test_the_one_in_the_middle_is_the_medoid_of_squared_distances() -> None:
    rng = np.random.default_rng(3)
    columns = ["technology_gained", "final_capability", "nuclear_test_when"]
    runs = pd.DataFrame(rng.normal(size=(60, 3)) * [1.0, 50.0, 3.0], columns=columns)
    runs.loc[::4, "nuclear_test_when"] = np.nan
    chosen = np.flatnonzero(rng.random(60) < 0.5)
    found = chosen[distances(runs, chosen, columns, 20).argmin()]
    values = runs.fillna({"nuclear_test_when": 21.0}).to_numpy()
    scaled = (values / values.std(axis=0))[chosen]
    sums = ((scaled[:, None] - scaled[None]) ** 2).sum(axis=(1, 2))
    assert found == chosen[sums.argmin()]
