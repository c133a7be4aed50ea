"""Tables of a hindcast, on predictions and a record that are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from record.made import DYADS, made
from triangle_sim.record.comparison import spans


def test_a_record_of_the_models_own_is_held_as_it_should() -> None:
    """Over many records drawn as the runs are, bands hold their nominal shares; and it misses less than any rival."""
    shares, misses = [], []
    for seed in range(12):
        table = made(runs=200, seed=seed).ties().set_index("predictor")
        shares.append(table.loc["model", ["held_50", "held_90"]].astype(float))
        misses.append(table["crps"])
    # Years of a dyad hang together: ten dyads of twelve records say about as much as 300 independent values.
    assert np.mean(shares, axis=0) == pytest.approx([0.5, 0.9], abs=0.05)
    mean = dict(zip(table.index, np.mean(misses, axis=0), strict=True))
    assert mean["model"] < min(mean[name] for name in ("persistence", "random_walk", "era_mean"))


def test_only_years_after_the_origin_are_scored() -> None:
    """What was predicted for those before does not matter, and neither does what was coded."""
    one = made(origin=2018)
    coded, ties = one.coded.copy(), one.played.ties.copy()
    coded[:7] += 5.0
    ties[:7] -= 5.0
    other = replace(one, coded=coded, played=replace(one.played, ties=ties))
    assert one.years == tuple(range(2019, 2025))
    assert one.ties().equals(other.ties()) and one.by_year().equals(other.by_year())
    assert one.by_year()["year"].tolist() == list(one.years)


def test_tables_agree_with_each_other() -> None:
    """Means by dyad, by year, and of single values are means of the same scores."""
    found = made()
    total = found.ties().set_index("predictor")["crps"]
    cells = found.predicted()
    for name in total.index:
        assert found.by_dyad()[name].mean() == pytest.approx(total[name])
        assert found.by_year()[name].mean() == pytest.approx(total[name])
        assert cells[f"crps_{name}"].mean() == pytest.approx(total[name])
    assert cells[f"crps_{name}"].isna().sum() == len(DYADS)  # the year of origin
    assert found.by_dyad()["held_90"].mean() == pytest.approx(found.ties()["held_90"][0])


def test_the_record_favours_the_theory_that_is_nearer() -> None:
    """With the other half moved away, in every dyad; with both alike, over all dyads neither."""
    found = made(runs=800)
    away = found.played.ties + np.where(found.played.theory == "lowy-2023", 0.5, 0.0)
    favours = replace(found, played=replace(found.played, ties=away)).favours().set_index("dyad")
    assert favours.loc["all", "favours"] == "chung-2024" and favours.loc["all", "high"] < 0
    assert found.favours().set_index("dyad").loc["all", "favours"] == "neither"


def test_a_difference_that_does_not_matter_favours_nobody() -> None:
    """However sure: here the theories differ by a hundredth of the coder's error everywhere."""
    found = made(runs=1000)
    twin = found.played.ties.copy()
    twin[..., 1::2] = twin[..., 0::2] + 0.0015
    same = replace(found, played=replace(found.played, ties=twin))
    assert set(same.favours()["favours"]) == {"neither"}


def test_events_by_hand() -> None:
    """Two years, four runs: chances are counts and a half over five, scores their misses."""
    found = made(years=range(2012, 2015), runs=4)
    happened = np.zeros_like(found.played.happened)
    happened[1, 0, :3] = happened[2, 0, :1] = True
    seen = np.zeros_like(found.seen)
    seen[1, 0] = True
    table = replace(found, seen=seen, played=replace(found.played, happened=happened)).events()
    row = table.iloc[0]
    assert (row["years_seen"], row["seen"], row["asked"]) == ("2013", 1, 2)
    assert (row["said_when_seen"], row["said_else"]) == pytest.approx((3.5 / 5, 1.5 / 5))
    assert row["brier"] == pytest.approx((0.3**2 + 0.3**2) / 2) and row["log"] == pytest.approx(-np.log(0.7))
    assert row["brier_base"] == pytest.approx((0.75**2 + 0.25**2) / 2)
    assert table.iloc[-1]["brier"] == pytest.approx(table.iloc[:-1]["brier"].mean())


def test_the_answer_says_what_the_tables_say() -> None:
    """With the numbers of the model and of the walk."""
    found = made()
    table = found.ties().set_index("predictor")
    for name, text in (("model", "the record by {:.2f}"), ("random_walk", "from 2012 by {:.2f}")):
        assert text.format(table.loc[name, "crps"]) in found.summary()
    assert f"hold {table.loc['model', 'held_90']:.0%} of" in found.summary()


def test_years_in_words() -> None:
    """Runs of years as spans."""
    assert spans([2018, 2013, 2017, 2016]) == "2013, 2016-2018"
    assert spans([]) == ""


def test_labels_tell_hindcasts_apart() -> None:
    """Files of one do not replace those of another."""
    labels = [made().label, made(origin=2019).label, made(origin=2019, restart=True).label, made(restart=True).label]
    assert labels == ["now", "now_from_2019", "now_anew_2019", "now_anew_2012"]


def test_a_hindcast_shows_its_answer() -> None:
    """Not its arrays."""
    said = repr(made(origin=2018))
    assert said.startswith("Over 2019-2024 the model's ties miss the record by") and len(said) < 900
