"""Scenarios compared: what was planted is found, nothing where there is nothing, the same from folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis.batches import with_runs
from analysis.formulas import table
from triangle_sim.analysis.compare.compare import COLUMNS, Comparison, compare, comparison
from triangle_sim.errors import ScenarioError, UsageError
from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.run import run
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.scenario.load import load

ASKED = ["end_state", "us_prk_summit", "technology_gained", "nuclear_test_when", "dependence_on_china", "nuclear_test"]
DESIGN: dict[str, Any] = {"draws": 10, "replicates": 2, "jobs": 1, "backend": "numpy"}
Change = Callable[[pd.DataFrame], pd.DataFrame]


@pytest.fixture(scope="module")
def results() -> list[Result]:
    return [short(name) for name in ("trump_win", "baseline")]


def short(name: str, **design: int) -> Result:
    return run(load(name).with_(quarters=4), **(DESIGN | design))


def planted(result: Result, change: Change, draws: int = 80, replicates: int = 6) -> Comparison:
    """Made-up runs with a change, against the same runs without it."""
    frame = table(draws, replicates)
    return comparison([with_runs(result, rows)[0] for rows in (change(frame.copy()), frame)], ASKED)


def row(found: Comparison, outcome: str, theory: str) -> pd.Series:
    frame = found.to_frame()
    return frame[(frame["outcome"] == outcome) & (frame["theory"] == theory)].iloc[0]


def test_a_planted_difference_is_found_where_it_was_planted(results: list[Result]) -> None:
    """Technology rises by 0.25 on average, under one theory alone, by more in some draws than in others."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        by_draw = np.random.default_rng(4).normal(0.25, 0.2, frame["draw"].max() + 1)[frame["draw"]]
        frame["technology_gained"] += np.where(frame["theory"] == "chung-2024", by_draw, 0)
        return frame

    found = planted(results[0], change)
    hit, spared = (row(found, "technology_gained", theory) for theory in ("chung-2024", "lowy-2023"))
    assert hit["low"] < 0.25 < hit["high"] and hit["verdict"] == "more" and hit["p"] < hit["q"] < 1e-5
    assert 0.02 < hit["flips"] < 0.25 and hit["higher"] == pytest.approx(1 - hit["flips"])
    assert spared["difference"] == 0 and spared["verdict"] == "no clear difference" and spared["higher"] == 0.5
    assert found.contrasts()["outcome"].iloc[0] == "technology_gained"
    assert set(found.to_frame().query("verdict != 'no clear difference'")["outcome"]) == {"technology_gained"}


def test_a_planted_move_between_endings_is_counted(results: list[Result]) -> None:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        frame.loc[(frame["end_state"] == "bloc") & (frame["replicate"] < 2), "end_state"] = "hedging"
        return frame

    found, frame = planted(results[0], change), table(80, 6)
    moved = (frame["end_state"] == "bloc") & (frame["replicate"] < 2)
    endings = found.endings()
    for theory in ("chung-2024", "lowy-2023"):
        share = moved[frame["theory"] == theory].mean()
        rows = endings[endings["theory"] == theory].set_index("ending")
        assert rows.loc["hedging", "difference"] == pytest.approx(share)
        assert rows.loc["bloc", "difference"] == pytest.approx(-share)
        assert rows["distance"].to_numpy() == pytest.approx(share)
        assert rows.loc[["hedging", "bloc"], "verdict"].tolist() == ["more", "less"]
        assert (rows.drop(["hedging", "bloc"])["difference"] == 0).all()


def test_a_spread_is_seen_where_means_are_equal(results: list[Result]) -> None:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        frame["technology_gained"] += np.where(frame["replicate"] % 2, 2.0, -2.0)
        return frame

    found = row(planted(results[0], change), "technology_gained", "lowy-2023")
    assert abs(found["difference"]) < 1e-12 and found["distance"] > 1


def test_a_scenario_against_itself_is_nothing_at_all(results: list[Result]) -> None:
    found = compare([results[0], results[0]])
    frame = found.to_frame()
    assert (frame[["difference", "low", "high", "effect", "flips", "distance"]] == 0).all(axis=None)
    assert (frame["higher"] == 0.5).all() and (frame[["p", "q"]] == 1).all(axis=None)
    assert set(frame["verdict"]) == {"no clear difference"}
    assert [each.name for each in found.futures] == ["trump_win (1)", "trump_win (2)"]


def test_the_table_holds_every_number_once(results: list[Result]) -> None:
    found = compare([*results, short("trump_loses")])
    frame = found.contrasts()
    assert list(frame.columns) == COLUMNS
    assert set(frame["outcome"]) == {name for name, outcome in OUTCOMES.items() if outcome.kind != "category"}
    assert set(found.endings()["ending"]) == set(OUTCOMES["end_state"].categories)
    assert not found.to_frame().duplicated(["a", "b", "outcome", "theory"]).any()
    assert set(zip(frame["a"], frame["b"], strict=True)) == {("trump_win", "trump_loses"), ("baseline", "trump_loses")}
    assert found.looks == 2 * 2 * (len(OUTCOMES) - 1 + len(OUTCOMES["end_state"].categories))
    for _, rows in frame[frame["theory"] != "all"].groupby("a"):
        assert rows.groupby("outcome", sort=False)["effect"].agg(lambda e: e.abs().max()).is_monotonic_decreasing


def test_folders_and_scenarios_give_the_same_table(results: list[Result], tmp_path: Path) -> None:
    """Scenarios, results and folders, mixed; scenarios are played in the design of the folder."""
    expected = compare(results).to_frame()
    folder = results[1].save(tmp_path / "saved")
    for sources in ([results[0].scenario, folder], [results[0], str(folder)]):
        assert_frame_equal(compare(sources, jobs=1, backend="numpy").to_frame(), expected)


def test_other_worlds_are_compared_without_pairing_and_said_to_be(results: list[Result]) -> None:
    a, b = (with_runs(results[0], table(40, 5, seed))[0] for seed in (1, 2))
    b.manifest["seed"] = 9
    found = comparison([a, b], ASKED)
    assert "not the same worlds" in found.notes[0] and "not all the same worlds" in repr(found)
    frames = [table(40, 5, seed).query("theory == 'lowy-2023'") for seed in (1, 2)]
    means = [frame.groupby("draw")["technology_gained"].mean() for frame in frames]
    one = row(found, "technology_gained", "lowy-2023")
    assert one["difference"] == pytest.approx(means[0].mean() - means[1].mean())
    reach = np.hypot(*(mean.std() / np.sqrt(len(mean)) for mean in means))
    assert one["high"] - one["difference"] == pytest.approx(2.02 * reach, rel=0.02) and np.isnan(one["flips"])


def test_draws_that_only_one_has_are_left_out(results: list[Result]) -> None:
    longer = short("baseline", draws=12)
    found = compare([results[0], longer])
    assert_frame_equal(found.to_frame(), compare(results).to_frame())
    assert "share 10 draws" in found.notes[0]


def test_times_are_counted_up_to_the_shorter_horizon(results: list[Result]) -> None:
    brief = run(results[0].scenario.with_(name="brief", quarters=3), **DESIGN)
    found = compare([results[0], brief], ["us_prk_summit_when"])
    assert found.contrasts()[["level_a", "level_b"]].le(3).all(axis=None)
    assert any("up to 3" in note for note in found.notes)


def test_scenarios_without_a_theory_in_common_are_compared_as_a_whole(results: list[Result]) -> None:
    one, other = (results[0].scenario.with_(name=name, theory={name: 1.0}, quarters=2)
                  for name in ("chung-2024", "lowy-2023"))  # fmt: skip
    found = compare([one, other], ["technology_gained"], **DESIGN)
    assert found.theories == ["all"] and found.looks == 1 and "under all" not in repr(found)


@pytest.mark.parametrize(
    ("sources", "options", "says"),
    [
        (["baseline"], {}, "at least two"),
        ("baseline", {}, "at least two"),
        (["baseline", "trump_win"], {"outcomes": ["no_such"]}, "unknown outcome 'no_such'"),
        (["baseline", "trump_wim"], {}, "did you mean 'trump_win'"),
    ],
)
def test_what_cannot_be_compared(sources: list[str], options: dict[str, list[str]], says: str) -> None:
    with pytest.raises((UsageError, ScenarioError), match=says):
        compare(sources, **options)


def test_a_design_is_not_asked_of_what_is_finished(results: list[Result]) -> None:
    with pytest.raises(UsageError, match="seed cannot be chosen"):
        compare(results, seed=3)


def test_outcomes_without_a_meaning_are_refused(results: list[Result]) -> None:
    few = results[0].scenario.with_(countries=["KOR"], quarters=1)
    with pytest.raises(UsageError, match="has a meaning"):
        compare([few, few], ["us_prk_summit"], **DESIGN)


def test_every_column_is_explained() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "compare.md").read_text(encoding="utf-8")
    section = page.split("## The columns")[1].split("\n## ")[0]
    assert [column for column in COLUMNS if f"`{column}`" not in section] == []
