"""What `run` says at the end agrees with the run table."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis.batches import with_runs
from triangle_sim import load
from triangle_sim.analysis.summary import (
    advice,
    band_sensitivity,
    components,
    endings,
    headline,
    triangle_shares,
)
from triangle_sim.analysis.variance import variance_components
from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.run import run
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.wording import in_words


def theories(result: Result) -> list[str]:
    return sorted(set(result.runs["theory"]))


@pytest.fixture(scope="module")
def result() -> Result:
    return run("trump_win", draws=30, replicates=4, jobs=1)


def test_endings_are_shares_of_runs(result: Result) -> None:
    found = endings(result)
    assert [name for name, _, _ in found] == list(OUTCOMES["end_state"].categories)
    for view in ("all", *theories(result)):
        part = result.runs if view == "all" else result.runs[result.runs["theory"] == view]
        assert sum(by_view[view].value for _, _, by_view in found) == pytest.approx(1.0)
        for name, _, by_view in found:
            assert set(by_view) == {"all", *theories(result)}
            assert by_view[view].value == pytest.approx((part["end_state"] == name).mean())
            assert by_view[view].low <= by_view[view].value <= by_view[view].high
            assert by_view[view].draws == part["draw"].nunique()


def test_counts_in_twenty_add_up(result: Result) -> None:
    words = [in_twenty for _, in_twenty, _ in endings(result)]
    numbers = [int(word.split()[0]) for word in words if word[0].isdigit()]
    assert sum(numbers) == 20
    assert all(word == "none" or " in 20" in word for word in words)


def test_headlines_are_means_by_theory(result: Result) -> None:
    for name, question, by_view in headline(result):
        assert question == OUTCOMES[name].question
        assert set(by_view) == {"all", *theories(result)}
        assert by_view["all"].value == pytest.approx(result.runs[name].astype(float).mean())
        for theory in theories(result):
            part = result.runs[result.runs["theory"] == theory]
            assert by_view[theory].value == pytest.approx(part[name].astype(float).mean())


def test_triangle_shares_leave_the_start_out(result: Result) -> None:
    types, roles = triangle_shares(result)
    assert sum(types.values()) == pytest.approx(1.0) and sum(roles.values()) == pytest.approx(1.0)
    assert roles["pivot"] == pytest.approx(result.runs["prk_pivot_share"].mean())


def test_the_commonest_type_is_followed_through_the_bands() -> None:
    rows = [(0.1, "CHN-PRK-RUS", "bloc", 0.9), (0.3, "CHN-PRK-RUS", "bloc", 0.4), (0.1, "CHN-PRK-RUS", "veto", 0.1),
            (0.3, "CHN-PRK-RUS", "veto", 0.6), (0.1, "B-C-D", "veto", 1.0)]  # fmt: skip
    bands = pd.DataFrame(rows, columns=["enter", "triad", "type", "share"])
    other = bands.assign(theory="lowy-2023", share=bands["share"].to_numpy()[::-1])
    bands = pd.concat([bands.assign(theory="all"), other])
    assert band_sensitivity(SimpleNamespace(bands=bands)) == ("bloc", {0.1: 0.9, 0.3: 0.4})


def test_variance_components_are_those_of_the_run_table(result: Result) -> None:
    found = components(result)
    runs = result.runs
    split = variance_components(runs["technology_gained"], runs["draw"], runs["theory"])
    assert found["technology_gained"].shares() == pytest.approx(split.shares())
    commonest = runs["end_state"].mode().iloc[0]
    assert f"end_state={commonest}" in found
    for split in found.values():
        assert sum(split.shares().values()) == pytest.approx(1.0)
        assert min(split.shares().values()) >= 0


def test_advice_names_the_commonest_ending_and_settles_no_theory(result: Result) -> None:
    said = advice(result)
    assert in_words(str(result.runs["end_state"].mode().iloc[0])) in said
    assert "Neither settles which theory is right." in said


def test_advice_where_all_runs_end_alike(result: Result) -> None:
    alike, _ = with_runs(result, result.runs.assign(end_state="bloc"))
    assert "Every run ends the same way" in advice(alike)
    assert next(by_view["all"].value for name, _, by_view in endings(alike) if name == "bloc") == 1.0


@pytest.mark.parametrize(("draws", "replicates"), [(1, 1), (1, 3), (2, 1)])
def test_the_smallest_designs_are_summed_up(draws: int, replicates: int) -> None:
    small = run("baseline", draws=draws, replicates=replicates)
    assert len(endings(small)) and len(headline(small)) and advice(small)
    for split in components(small).values():
        assert np.isfinite(split.total)


@pytest.mark.parametrize("codes", [["KOR"], ["PRK", "USA"], ["CHN", "PRK", "RUS"]])
def test_worlds_of_few_countries_are_summed_up(codes: list[str]) -> None:
    small = run(load("baseline").with_(countries=codes, quarters=2, events={}), draws=3, replicates=2)
    assert endings(small) == []
    for name, _, _ in headline(small):
        assert set(OUTCOMES[name].needs) <= set(codes)
    assert isinstance(advice(small), str)
