"""Ticks and marks stand where their quarters are."""

from __future__ import annotations

import pytest
from matplotlib.markers import TICKDOWN

from triangle_sim.plots import fan
from triangle_sim.plots.calendar import position

from . import fake


@pytest.fixture(scope="module")
def result():
    return fake.result(draws=60, replicates=10)


def test_every_quarter_has_a_tick(result):
    ax = fan.fan(result, "chinese_supply", ax=fake.axes())
    (small,) = [line for line in ax.lines if line.get_marker() == TICKDOWN]
    years = [label.get_text() for label in ax.get_xticklabels()]
    assert years == ["2025", "2026", "2027", "2028", "2029"]
    quarters = [position(quarter) for quarter in result.quarters["quarter"].unique()]
    assert sorted([*small.get_xdata(), *ax.get_xticks()]) == quarters


def test_marks_stand_at_their_quarters_and_only_inside_the_span(result):
    ax = fan.fan(result, "chinese_supply", ax=fake.axes(), events={"a": "2025Q1", "b": "2026Q3", "late": "2040Q1"})
    assert sorted(line.get_xdata()[0] for line in ax.lines if len(set(line.get_xdata())) == 1) == [2025.0, 2026.5]
    assert "late" not in ax.get_xlabel()
