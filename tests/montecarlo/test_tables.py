"""The tables over quarters: shares that must sum to one do, every row is there once, and every number is a count's."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from montecarlo.helpers import run
from triangle_sim import load
from triangle_sim.montecarlo.folder.contents import TABLES
from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.tally import BANDS
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.scenario.schema import Scenario
from triangle_sim.triangle.ties import DEFAULT_BAND

KEYS = {
    "runs": ["draw", "replicate"],
    "quarters": ["quarter", "variable"],
    "moves": ["quarter", "country", "move"],
    "triangles": ["quarter", "triad", "type"],
    "roles": ["quarter", "triad", "country", "role"],
    "transitions": ["triad", "from", "to"],
    "dwell": ["triad", "type"],
    "happenings": ["quarter", "event", "kind"],
    "bands": ["enter", "triad", "type"],
    "balance": ["quarter"],
    "bounds": ["variable"],
    "parameters": ["draw"],
}


@pytest.fixture(scope="module")
def result() -> Result:
    return run("sino_russian_split", draws=30, replicates=4, jobs=1)


def test_every_row_is_there_once(result: Result) -> None:
    assert set(KEYS) == set(TABLES)
    plan = result.prepared
    rows = {
        "runs": 120,
        "quarters": 21 * (len(plan.variables) + len(plan.conditions)),
        "moves": 20 * sum(len(country.menu()) for country in plan.cast),
        "triangles": 21 * 10 * 5,
        "roles": 21 * 10 * 3 * 7,
        "transitions": 10 * 25,
        "dwell": 10 * 5,
        "happenings": 21 * (len(plan.joint_effects) + len(plan.clock.names)),
        "bands": len(BANDS) * 10 * 5,
        "balance": 21,
        "bounds": len(plan.variables),
        "parameters": 30,
    }
    for name, keys in KEYS.items():
        table = getattr(result, name)
        assert len(table) == rows[name], name
        assert not table.duplicated(keys).any(), name


@pytest.mark.parametrize(
    ("table", "within"),
    [
        ("moves", ["quarter", "country"]),
        ("triangles", ["quarter", "triad"]),
        ("roles", ["quarter", "triad", "country"]),
        ("bands", ["enter", "triad"]),
    ],
)
def test_shares_sum_to_one(table: str, within: list[str], result: Result) -> None:
    frame = getattr(result, table)
    assert frame["share"].between(0, 1).all()
    np.testing.assert_allclose(frame.groupby(within)["share"].sum(), 1.0, rtol=0, atol=1e-12)


def test_departures_sum_to_one_where_any_left(result: Result) -> None:
    table = result.transitions
    left = table[table["from"] != table["to"]].groupby(["triad", "from"])
    sums, counts = left["share"].sum(min_count=1), left["count"].sum()
    np.testing.assert_allclose(sums[counts > 0], 1.0, atol=1e-12)
    assert sums[counts == 0].isna().all()
    assert (table.loc[table["from"] == table["to"], "share"].fillna(0) == 0).all()
    assert table["count"].sum() == 120 * 20 * 10


def test_dwell_accounts_for_every_quarter(result: Result) -> None:
    table = result.dwell
    seen = table[table["spells"] > 0]
    assert table.loc[table["spells"] == 0, "mean_quarters"].isna().all()
    assert round((seen["spells"] * seen["mean_quarters"]).sum()) == 120 * 21 * 10


def test_the_models_own_band_gives_the_models_own_types(result: Result) -> None:
    """The table of bands at the band in use counts what the table of triangles counts."""
    table = result.bands[np.isclose(result.bands["enter"], DEFAULT_BAND.enter)]
    own = table.set_index(["triad", "type"])["share"].sort_index()
    expected = result.triangles.groupby(["triad", "type"])["share"].mean().sort_index()
    np.testing.assert_allclose(own, expected, atol=1e-12)


def test_balance_counts_unbalanced_triads(result: Result) -> None:
    """A triad is unbalanced when the product of its three signs is negative: a romantic triangle or a unit veto."""
    types = result.triangles.groupby(["quarter", "type"])["share"].sum().unstack()
    unbalanced = types["romantic_triangle"] + types["unit_veto"]
    complete = types.drop(columns="indeterminate").sum(axis=1)
    table = result.balance.set_index("quarter")
    np.testing.assert_allclose(table["unbalanced_triads"], (unbalanced / complete).loc[table.index], atol=1e-12)
    assert table["two_camps"].between(0, 1).all()


def test_quantiles_are_in_order_and_in_range(result: Result) -> None:
    levels = result.quarters[["q05", "q25", "q50", "q75", "q95"]].to_numpy()
    assert (np.diff(levels, axis=1) >= 0).all()
    ranges = {name: (v.low, v.high) for name, v in result.prepared.variables.items()}
    for name, part in result.quarters.groupby("variable"):
        low, high = ranges.get(str(name), (0.0, 1.0))
        assert part[["mean", "q05", "q95"]].stack().between(low - 0.002, high + 0.002).all(), name


def test_ever_at_all_lies_between_the_largest_quarter_and_the_sum(result: Result) -> None:
    table = result.happenings
    for _, part in table.groupby(["kind", "event"]):
        ever = float(part.loc[part["quarter"] == "any", "share"].iloc[0])
        by_quarter = part.loc[part["quarter"] != "any", "share"]
        assert by_quarter.max() - 1e-12 <= ever <= by_quarter.sum() + 1e-12
    scenario = table[table["kind"] == "scenario"]
    pd.testing.assert_series_equal(
        scenario[scenario["quarter"] != "any"].groupby("event")["share"].sum(),
        scenario[scenario["quarter"] == "any"].set_index("event")["share"],
        check_index=True,
    )


def test_tables_agree_with_the_run_table(result: Result) -> None:
    ever = result.happenings[result.happenings["quarter"] == "any"].set_index("event")["share"]
    assert ever["us_prk_summit"] == pytest.approx(result.runs["us_prk_summit"].mean(), abs=1e-12)
    last = result.quarters[result.quarters["quarter"] == result.prepared.quarters[-1]].set_index("variable")["mean"]
    assert last["nuclear_missile_capability"] == pytest.approx(result.runs["final_capability"].mean(), abs=1e-8)
    pivot = result.roles[
        (result.roles["triad"] == "CHN-PRK-RUS")
        & (result.roles["country"] == "PRK")
        & (result.roles["role"] == "pivot")
        & (result.roles["quarter"] != result.prepared.quarters[0])
    ]
    assert pivot["share"].mean() == pytest.approx(result.runs["prk_pivot_share"].mean(), abs=1e-12)


def test_the_run_table_has_the_promised_types(result: Result) -> None:
    runs = result.runs
    assert list(runs["draw"]) == [run // 4 for run in range(120)]
    assert list(runs["replicate"]) == [run % 4 for run in range(120)]
    assert set(runs["theory"]) == {"chung-2024", "lowy-2023"}
    for name, outcome in OUTCOMES.items():
        match outcome.kind:
            case "truth":
                assert runs[name].dtype == bool, name
            case "category":
                assert set(runs[name]) <= set(outcome.categories), name
            case "number":
                assert runs[name].notna().all() and np.isfinite(runs[name]).all(), name
            case "quarter":
                assert runs[name].dropna().between(1, 20).all(), name
    assert (runs["us_prk_summit_when"].notna() == runs["us_prk_summit"]).all()
    assert (runs["nuclear_test_when"].notna() == runs["nuclear_test"]).all()


def test_a_scenario_without_events() -> None:
    bare = run(Scenario(name="bare", quarters=2), draws=2, replicates=2)
    assert set(bare.happenings["kind"]) == {"joint"}
    assert len(bare.quarters)


@pytest.mark.parametrize("codes", [["CHN", "PRK", "RUS"], ["PRK", "USA"], ["CHN", "KOR", "RUS", "USA"], ["KOR"]])
def test_fewer_countries_run_too(codes: list[str]) -> None:
    """A world of fewer countries has fewer outcomes, and all its tables."""
    small = run(load("baseline").with_(countries=codes, quarters=3, events={}), draws=2, replicates=2)
    assert len(small.runs) == 4
    assert set(small.moves["country"]) == set(codes)


def test_a_result_is_frozen_and_says_what_it_is(result: Result) -> None:
    with pytest.raises(AttributeError):
        result.draws = 3  # type: ignore[misc]
    shown = repr(result)
    assert "sino_russian_split" in shown and "30 draws x 4 replicates" in shown and "seed 1" in shown
    assert result.scenario.content_hash()[:12] in shown
    frame = result.to_frame()
    frame["draw"] = -1
    assert (result.runs["draw"] >= 0).all() and set(frame["scenario"]) == {"sino_russian_split"}
