"""Outcomes alone are those of a whole run; what is switched off is what a scenario with zeros would be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from triangle_sim import load
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo import sample as module
from triangle_sim.montecarlo.compute import columns, simulate
from triangle_sim.montecarlo.off import switched_off
from triangle_sim.montecarlo.sample import sample
from triangle_sim.scenario.schema import Scenario
from triangle_sim.uncertainty import Table

SHORT = load("trump_win").with_(quarters=6)
COLUMNS = ["end_state=bloc", "end_state=russian_shield", "playoff_success", "us_prk_summit_when", "mean chinese_supply"]
TERMS = ["weight.PRK.supply", "effect.PRK.court_moscow.goodwill[PRK,RUS]", "driver.ukraine_war.goodwill[RUS,PRK]"]


def play(scenario: Scenario, **how: Any) -> dict[str, Any]:
    options = {"draws": 6, "replicates": 4, "seed": 3, "backend": "numpy", "jobs": 1} | how
    return dict(sample(scenario, COLUMNS, **options).values)


def same(one: dict[str, Any], two: dict[str, Any]) -> bool:
    return all(np.array_equal(one[name], two[name], equal_nan=True) for name in COLUMNS)


def test_columns_are_those_of_whole_runs() -> None:
    t = simulate(SHORT, 3, np.arange(24) // 4, np.arange(24) % 4)
    whole, found = columns(t), play(SHORT)
    assert np.array_equal(found["end_state=bloc"].ravel(), whole["end_state"] == "bloc")
    assert np.array_equal(found["playoff_success"].ravel(), whole["playoff_success"])
    assert np.array_equal(found["us_prk_summit_when"].ravel(), whole["us_prk_summit_when"], equal_nan=True)
    assert np.allclose(found["mean chinese_supply"].ravel(), t["chinese_supply"][1:].mean(axis=0))
    assert np.array_equal(sample(SHORT, [], draws=6, replicates=4, seed=3, backend="numpy").theory, t.theory[::4])


def test_results_depend_neither_on_threads_nor_on_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = play(SHORT)
    monkeypatch.setattr(module, "PIECE", 5)
    assert same(whole, play(SHORT, jobs=3))


@pytest.mark.parametrize("sizes", ["judgement", "record"])
def test_off_is_zero_in_the_scenario_to_the_last_bit(sizes: str) -> None:
    scenario = SHORT.with_(sizes=sizes)
    zero = play(scenario.with_(parameters=dict.fromkeys(TERMS, 0.0)))
    assert same(play(scenario, off=TERMS), zero) and not same(play(scenario), zero)


def test_off_holds_over_draws_that_are_given() -> None:
    given = {"rationality.PRK": np.linspace(50, 200, 6), TERMS[0]: np.linspace(0.1, 0.5, 6)}
    table, zero = (Table.of(list(each), list(each.values())) for each in (given, given | {TERMS[0]: np.zeros(6)}))
    assert same(play(SHORT, table=table, off=TERMS[:1]), play(SHORT, table=zero))


def test_an_event_that_is_off_leaves_no_trace_and_moves_no_other() -> None:
    """The two outcomes of an election share one random number: with one of them off, the other comes when it came."""
    scenario = load("baseline").with_(quarters=6)
    names = ("trump_elected", "harris_elected")
    inert = {name: {"effects": {}, "shock": {}} for name in names}
    events = {name: event.model_copy(update=inert.get(name, {})) for name, event in scenario.events.items()}
    one = scenario.model_copy(update={"events": events})
    assert same(play(scenario, off=[f"event.{name}" for name in names]), play(one))
    assert not same(play(scenario), play(one))


def test_a_compiled_program_serves_what_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    llvm = pytest.importorskip("triangle_sim.backends.llvm")
    off, whole = [*TERMS, "event.trump_elected"], load("trump_win")  # its program serves other tests too
    play(whole, backend="llvm")
    monkeypatch.setattr(llvm, "program", None)  # nothing more can be compiled
    found, expected = play(whole, backend="llvm", off=off), play(whole, off=off)
    assert np.allclose(found["mean chinese_supply"], expected["mean chinese_supply"], rtol=0, atol=1e-9)


def test_nothing_is_as_near_zero_as_bounds_allow() -> None:
    table, events = switched_off(SHORT, ["foresight.PRK", "weight.PRK.supply"])
    assert table is not None and not events
    assert dict(zip(table.names, table.values[:, 0], strict=True)) == {"foresight.PRK": 1.0, "weight.PRK.supply": 0.0}


def test_a_column_that_a_world_cannot_have_is_missing() -> None:
    alone = SHORT.with_(countries=["CHN", "PRK", "RUS"])
    assert np.isnan(
        sample(alone, ["end_state=bloc"], draws=2, replicates=1, backend="numpy").values["end_state=bloc"]
    ).all()


@pytest.mark.parametrize("column", ["blocs", "end_state", "end_state=block", "us_prk_summit=yes", "mean nothing"])
def test_a_column_that_there_is_not_is_an_error(column: str) -> None:
    with pytest.raises(UsageError):
        sample(SHORT, [column], draws=1, replicates=1)


@pytest.mark.parametrize("name", ["weight.PRK.suply", "event.nothing", "trump_elected"])
def test_only_what_there_is_can_be_switched_off(name: str) -> None:
    with pytest.raises(UsageError, match="can be switched off"):
        play(SHORT, off=[name])
