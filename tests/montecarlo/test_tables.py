"""The tables over quarters: shares that must sum to one do, every row is there once, and every number is a count's."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from montecarlo.helpers import run
from triangle_sim import load
from triangle_sim.montecarlo.folder.contents import SMALL, TABLES
from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.tables import ALL, of_theory
from triangle_sim.montecarlo.tally import BANDS
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.scenario.schema import Scenario
from triangle_sim.triangle.ties import DEFAULT_BAND

VIEWS = (ALL, "chung-2024", "lowy-2023")
KEYS = {
    "runs": ["draw", "replicate"],
    "quarters": ["theory", "quarter", "variable"],
    "moves": ["theory", "quarter", "country", "move"],
    "triangles": ["theory", "quarter", "triad", "type"],
    "roles": ["theory", "quarter", "triad", "country", "role"],
    "transitions": ["theory", "triad", "from", "to"],
    "dwell": ["theory", "triad", "type"],
    "happenings": ["theory", "quarter", "event", "kind"],
    "bands": ["theory", "enter", "triad", "type"],
    "balance": ["theory", "quarter"],
    "bounds": ["theory", "variable"],
    "parameters": ["draw"],
}


@pytest.fixture(scope="module")
def result() -> Result:
    return run("sino_russian_split", draws=30, replicates=4, jobs=1)


class View:
    """A result's tables over quarters, and its runs, as one theory has them."""

    def __init__(self, result: Result, theory: str) -> None:
        self.result, self.prepared = result, result.prepared
        self.runs = result.runs if theory == ALL else result.runs[result.runs["theory"] == theory]
        self.theory, self.count = theory, len(self.runs)

    def __getattr__(self, name: str) -> pd.DataFrame:
        return of_theory(getattr(self.result, name), self.theory)


@pytest.fixture(scope="module", params=VIEWS)
def view(request: pytest.FixtureRequest, result: Result) -> View:
    """Every statement about a table holds for all runs and for those under each theory."""
    return View(result, request.param)


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
        assert len(table) == rows[name] * (len(VIEWS) if name in SMALL else 1), name
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
def test_shares_sum_to_one(table: str, within: list[str], view: View) -> None:
    frame = getattr(view, table)
    assert frame["share"].between(0, 1).all()
    np.testing.assert_allclose(frame.groupby(within)["share"].sum(), 1.0, rtol=0, atol=1e-12)


def test_departures_sum_to_one_where_any_left(view: View) -> None:
    table = view.transitions
    left = table[table["from"] != table["to"]].groupby(["triad", "from"])
    sums, counts = left["share"].sum(min_count=1), left["count"].sum()
    np.testing.assert_allclose(sums[counts > 0], 1.0, atol=1e-12)
    assert sums[counts == 0].isna().all()
    assert (table.loc[table["from"] == table["to"], "share"].fillna(0) == 0).all()
    assert table["count"].sum() == view.count * 20 * 10


def test_dwell_accounts_for_every_quarter(view: View) -> None:
    table = view.dwell
    seen = table[table["spells"] > 0]
    assert table.loc[table["spells"] == 0, "mean_quarters"].isna().all()
    assert round((seen["spells"] * seen["mean_quarters"]).sum()) == view.count * 21 * 10


def test_the_models_own_band_gives_the_models_own_types(view: View) -> None:
    """The table of bands at the band in use counts what the table of triangles counts."""
    table = view.bands[np.isclose(view.bands["enter"], DEFAULT_BAND.enter)]
    own = table.set_index(["triad", "type"])["share"].sort_index()
    expected = view.triangles.groupby(["triad", "type"])["share"].mean().sort_index()
    np.testing.assert_allclose(own, expected, atol=1e-12)


def test_balance_counts_unbalanced_triads(view: View) -> None:
    """A triad is unbalanced when the product of its three signs is negative: a romantic triangle or a unit veto."""
    types = view.triangles.groupby(["quarter", "type"])["share"].sum().unstack()
    unbalanced = types["romantic_triangle"] + types["unit_veto"]
    complete = types.drop(columns="indeterminate").sum(axis=1)
    table = view.balance.set_index("quarter")
    np.testing.assert_allclose(table["unbalanced_triads"], (unbalanced / complete).loc[table.index], atol=1e-12)
    assert table["two_camps"].between(0, 1).all()


def test_quantiles_are_in_order_and_in_range(view: View) -> None:
    levels = view.quarters[["q05", "q25", "q50", "q75", "q95"]].to_numpy()
    assert (np.diff(levels, axis=1) >= 0).all()
    ranges = {name: (v.low, v.high) for name, v in view.prepared.variables.items()}
    for name, part in view.quarters.groupby("variable"):
        low, high = ranges.get(str(name), (0.0, 1.0))
        assert part[["mean", "q05", "q95"]].stack().between(low - 0.002, high + 0.002).all(), name


def test_ever_at_all_lies_between_the_largest_quarter_and_the_sum(view: View) -> None:
    table = view.happenings
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


def test_tables_agree_with_the_run_table(view: View) -> None:
    ever = view.happenings[view.happenings["quarter"] == "any"].set_index("event")["share"]
    assert ever["us_prk_summit"] == pytest.approx(view.runs["us_prk_summit"].mean(), abs=1e-12)
    last = view.quarters[view.quarters["quarter"] == view.prepared.quarters[-1]].set_index("variable")["mean"]
    assert last["nuclear_missile_capability"] == pytest.approx(view.runs["final_capability"].mean(), abs=1e-8)
    pivot = view.roles[
        (view.roles["triad"] == "CHN-PRK-RUS")
        & (view.roles["country"] == "PRK")
        & (view.roles["role"] == "pivot")
        & (view.roles["quarter"] != view.prepared.quarters[0])
    ]
    assert pivot["share"].mean() == pytest.approx(view.runs["prk_pivot_share"].mean(), abs=1e-12)


def test_the_rows_of_all_runs_are_those_of_the_theories_together(result: Result) -> None:
    every = result.transitions.set_index(["theory", "triad", "from", "to"])["count"].unstack("theory")
    assert (every[ALL] == every["chung-2024"] + every["lowy-2023"]).all()
    share = result.runs["theory"].value_counts(normalize=True)
    moves = result.moves.set_index(["theory", "quarter", "country", "move"])["share"].unstack("theory")
    mixed = sum(moves[theory] * share[theory] for theory in share.index)
    np.testing.assert_allclose(moves[ALL], mixed, atol=1e-12)


def test_a_theory_that_no_draw_took_has_no_rows() -> None:
    alone = run(
        load("baseline").with_(theory={"lowy-2023": 1.0, "chung-2024": None}, quarters=2), draws=2, replicates=2
    )
    assert list(alone.balance["theory"].unique()) == [ALL, "lowy-2023"]
    pd.testing.assert_frame_equal(of_theory(alone.moves), of_theory(alone.moves, "lowy-2023").reset_index(drop=True))


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
