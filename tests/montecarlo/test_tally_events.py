"""Events and meetings are counted in every quarter, the first and the last included."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import triangle_sim as ts
from triangle_sim.montecarlo.compute import simulate
from triangle_sim.montecarlo.tables import of_theory
from triangle_sim.montecarlo.tally import tally

RUNS = 10
EVENTS: dict[str, Any] = {
    "at_last": {"when": "2025Q1", "effects": {"ukraine_war": -0.5}},
    "at_once": {"when": "2024Q3", "duration": 1, "effects": {"seoul_market": 0.5}},
    "never": {"when": "2024Q4", "probability": 0.0},
}
SCENARIO = ts.Scenario.model_validate({"name": "ends", "quarters": 3, "events": EVENTS})


def test_an_event_counts_in_the_quarter_it_begins() -> None:
    counts = tally(simulate(SCENARIO, 1, np.arange(RUNS), np.zeros(RUNS, int)))
    assert counts.begins.tolist() == [[0, RUNS, 0], [0, 0, 0], [RUNS, 0, 0]]
    assert counts.ever_begun.tolist() == [RUNS, RUNS, 0]


@pytest.mark.parametrize("quarter", range(3))
def test_a_meeting_counts_in_its_quarter(quarter: int) -> None:
    t = simulate(SCENARIO, 1, np.arange(RUNS), np.zeros(RUNS, int))
    t.meetings[:] = False
    t.meetings[quarter, 2, 3:5] = True
    counts = tally(t)
    assert counts.meetings.sum() == counts.meetings[quarter, 2] == counts.ever_met[2] == counts.ever_met.sum() == 2


def test_the_table_of_happenings_tells_both_ends() -> None:
    result = ts.run(SCENARIO, draws=RUNS, replicates=1, jobs=1, backend="numpy")
    table = of_theory(result.happenings).set_index(["event", "quarter"])["share"]
    quarters = ["2024Q3", "2024Q4", "2025Q1", "any"]
    assert table["at_once"][quarters].tolist() == [1.0, 0.0, 0.0, 1.0]
    assert table["at_last"][quarters].tolist() == [0.0, 0.0, 1.0, 1.0]
    assert table["never"][quarters].tolist() == [0.0] * 4
