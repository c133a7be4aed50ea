"""Ticks and marks stand where their quarters are."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure
from matplotlib.markers import TICKDOWN

from triangle_sim.plots import fan
from triangle_sim.plots.calendar import calendar_axis, position

from . import fake


def shown(ax):
    """Labels of the ticks within the axis."""
    low, high = ax.get_xlim()
    return [label.get_text() for label in ax.get_xticklabels() if low <= label.get_position()[0] <= high]


@pytest.fixture(scope="module")
def result():
    return fake.result(draws=60, replicates=10)


def test_every_quarter_has_a_tick(result):
    ax = fan.fan(result, "chinese_supply", ax=fake.axes())
    (small,) = [line for line in ax.lines if line.get_marker() == TICKDOWN]
    assert small.get_xdata().tolist() == [position(quarter) for quarter in result.quarters["quarter"].unique()]
    assert shown(ax) == ["2025", "2026", "2027", "2028", "2029"]


@pytest.mark.parametrize(("count", "width", "labels"), [
    (5, 6.0, ["2024Q3", "2024Q4", "2025Q1", "2025Q2", "2025Q3"]),
    (6, 1.5, ["2024Q3", "2025Q1", "2025Q3"]),
    (21, 1.5, ["2026", "2028"]),
    (200, 6.0, ["2025", "2030", "2035", "2040", "2045", "2050", "2055", "2060", "2065", "2070"]),
])  # fmt: skip
def test_labels_are_as_many_as_there_is_room_for(count, width, labels):
    ax = Figure(figsize=(width + 1, 2)).add_axes((0.5 / (width + 1), 0.2, width / (width + 1), 0.7))
    calendar_axis(ax, fake.names_of("2024Q3", count))
    assert shown(ax) == labels


def test_marks_stand_at_their_quarters_and_only_inside_the_span(result):
    ax = fan.fan(result, "chinese_supply", ax=fake.axes(), events={"a": "2025Q1", "b": "2026Q3", "late": "2040Q1"})
    assert sorted(line.get_xdata()[0] for line in ax.lines if len(set(line.get_xdata())) == 1) == [2025.0, 2026.5]
    assert "late" not in ax.get_xlabel()
