"""When events begin and what they do, by hand: first and last quarters, conditions in a row, groups, sums."""

from typing import Any

import numpy as np
import pytest

from triangle_sim.quarters import Quarter
from triangle_sim.uncertainty import Streams
from triangle_sim.world.event import Event
from triangle_sim.world.events import NEVER, EventClock, EventLuck

RUNS = 4000
STREAMS = Streams(3, np.arange(RUNS), np.zeros(RUNS, int))


def clock(quarters: int = 8, missing: tuple[str, ...] = (), **events: dict[str, Any]) -> EventClock:
    """From 2024Q3 on; some variables do not exist."""
    read = {name: Event.model_validate(fields) for name, fields in events.items()}
    levels = {each.variable for event in read.values() for each in event.condition or ()} - {*missing}
    return EventClock(read, Quarter(2024, 3), quarters, levels)


def begins(of: EventClock, luck: EventLuck, quarters: int = 8, **levels: list[float]) -> list[list[bool]]:
    """Whether the only event of one run begins, quarter by quarter; levels of variables by quarter."""
    happened, out = of.start(luck.possible.shape[1]), []
    for quarter in range(quarters):
        level = {name: np.array([values[quarter]]) for name, values in levels.items()}
        now, happened = of.tick(quarter, level, luck.of_quarter(quarter), happened)
        out.append(now[:, 0].tolist())
    return out


def when(of: EventClock, luck: EventLuck, quarters: int = 8, **levels: list[float]) -> list[int]:
    """Quarters in which the first event of one run begins."""
    return [quarter for quarter, now in enumerate(begins(of, luck, quarters, **levels)) if now[0]]


def one_run(of: EventClock, hazard: list[float] | None = None, quarters: int = 8) -> EventLuck:
    """The luck of one run in which everything is possible; uniform numbers of a hazard by quarter."""
    luck = of.luck(Streams(1, [0], [0]), 1, quarters)
    chances = np.reshape([of.events[of.names.index(name)].hazard for name in of.hazards], (1, -1, 1))
    u = np.zeros(quarters) if hazard is None else np.array(hazard)
    return EventLuck(np.ones_like(luck.possible), luck.due, u[:, None, None] < chances)


@pytest.mark.parametrize("quarter", range(8))
def test_a_dated_event_begins_then_and_once(quarter: int) -> None:
    """The first quarter of a run is a quarter like any other, and so is the last."""
    dated = clock(it={"when": str(Quarter(2024, 3) + quarter)})
    assert when(dated, one_run(dated)) == [quarter]


def test_a_window_is_uniform_over_its_quarters_ends_included() -> None:
    window = clock(it={"window": ["2024Q4", "2025Q2"]})
    due = window.luck(STREAMS, RUNS, 8).due[0]
    u = STREAMS.uniform(["when:it"], [0])[0, 0]
    assert due.tolist() == [1 + int(3 * number) for number in u]
    assert np.bincount(due, minlength=8)[[1, 2, 3]].min() > 0.3 * RUNS
    luck = EventLuck(np.ones((1, 1), bool), np.array([[3]]), np.zeros((8, 0, 1)))
    assert when(window, luck) == [3], "its last quarter"


def test_a_hazard_counts_from_its_first_quarter_to_its_last() -> None:
    always = [0.0] * 8
    for fields, expected in (
        ({}, 0),
        ({"from": "2025Q1"}, 2),
        ({"until": "2024Q3"}, 0),
    ):
        hazard = clock(it={"hazard": 0.5, **fields})
        assert when(hazard, one_run(hazard, always)) == [expected]
    late = clock(it={"hazard": 0.5, "until": "2025Q1"})
    assert when(late, one_run(late, [0.9, 0.9, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4])) == [2], "the last quarter counts"
    assert when(late, one_run(late, [0.9, 0.9, 0.9, 0.4, 0.4, 0.4, 0.4, 0.4])) == [], "the one after it does not"
    open_end = clock(it={"hazard": 0.5})
    assert when(open_end, one_run(open_end, [0.9] * 7 + [0.4])) == [7]


def test_a_hazard_strikes_below_its_chance() -> None:
    hazard = clock(it={"hazard": 0.5})
    assert when(hazard, one_run(hazard, [0.5, 0.7, 0.4999, 0.1, 0.1, 0.1, 0.1, 0.1])) == [2]


def test_what_is_not_possible_never_begins() -> None:
    for fields in ({"when": "2024Q4"}, {"hazard": 1.0}, {"condition": [{"variable": "x", "above": -1.0}]}):
        either = clock(it=fields)
        luck = one_run(either)
        luck.possible[:] = False
        assert when(either, luck, x=[0.0] * 8) == []


QUIET = {"condition": [{"variable": "x", "below": 0.5, "for": 3}]}


def test_a_condition_must_hold_so_many_quarters_in_a_row() -> None:
    waiting = clock(it=QUIET)
    assert when(waiting, one_run(waiting), x=[0.1] * 8) == [2]
    assert when(waiting, one_run(waiting), x=[0.1, 0.1, 0.9, 0.1, 0.1, 0.1, 0.1, 0.1]) == [5], "it starts anew"
    assert when(waiting, one_run(waiting), x=[0.1, 0.1, 0.5, 0.1, 0.1, 0.5, 0.1, 0.1]) == []


def test_a_condition_is_watched_from_the_start_even_if_it_counts_later() -> None:
    waiting = clock(it={**QUIET, "from": "2025Q1"})
    assert when(waiting, one_run(waiting), x=[0.1] * 8) == [2], "its three quarters had passed"
    ends = clock(it={**QUIET, "until": "2025Q1"})
    assert when(ends, one_run(ends), x=[0.1] * 8) == [2]
    assert when(ends, one_run(ends), x=[0.9] + [0.1] * 7) == []


def test_all_conditions_must_hold_at_once_and_a_hazard_beside_them() -> None:
    two = {"condition": [{"variable": "x", "above": 0.5}, {"variable": "y", "above": 0.5, "for": 2}], "hazard": 0.5}
    both = clock(it=two)
    x, y = [0.9, 0.9, 0.1, 0.9, 0.9, 0.9, 0.9, 0.9], [0.9, 0.1, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9]
    assert when(both, one_run(both), x=x, y=y) == [3]
    assert when(both, one_run(both, [0.1, 0.1, 0.1, 0.9, 0.9, 0.1, 0.1, 0.1]), x=x, y=y) == [5]


def test_a_condition_on_what_this_world_lacks_never_holds_and_keeps_its_share_of_its_group() -> None:
    events = {
        "a": {"condition": [{"variable": "gone", "above": -9.0}], "probability": 0.4, "group": "g"},
        "b": {"when": "2024Q3", "probability": 0.6, "group": "g"},
    }
    without, with_ = clock(8, ("gone",), **events), clock(**events)
    luck, full = without.luck(STREAMS, RUNS, 8), with_.luck(STREAMS, RUNS, 8)
    assert not luck.possible[0].any() and np.array_equal(luck.possible[1], full.possible[1])
    assert begins(without, one_run(without)) == [[False, True]] + [[False, False]] * 7


def test_members_of_a_group_share_one_number_in_the_order_of_their_names() -> None:
    events = {
        name: {"when": "2024Q3", "probability": p, "group": "g"} for name, p in (("c", 0.2), ("a", 0.5), ("b", 0.25))
    }
    possible = clock(**events).luck(STREAMS, RUNS, 8).possible
    u = STREAMS.uniform(["group:g"], [0])[0, 0]
    assert possible.tolist() == [
        (u < 0.5).tolist(),
        ((u >= 0.5) & (u < 0.75)).tolist(),
        ((u >= 0.75) & (u < 0.95)).tolist(),
    ]
    alone = clock(it={"when": "2024Q3", "probability": 0.3}).luck(STREAMS, RUNS, 8).possible[0]
    assert alone.tolist() == (STREAMS.uniform(["whether:it"], [0])[0, 0] < 0.3).tolist()


def test_hazards_have_numbers_of_their_own() -> None:
    two = clock(b={"hazard": 0.5}, a={"hazard": 0.5}, c={"when": "2024Q3"})
    luck = two.luck(STREAMS, RUNS, 8)
    assert two.hazards == ("a", "b") and luck.strikes.shape == (8, 2, RUNS)
    assert np.array_equal(luck.strikes[:, 1], STREAMS.uniform(["hazard:b"], range(8))[0] < 0.5)


def test_strength_counts_from_the_quarter_it_began() -> None:
    both = clock(a={"when": "2024Q3", "duration": 2}, b={"hazard": 0.5})
    happened = both.start(3)
    assert (happened.begun == NEVER).all()
    happened.begun[:] = [[0, 3, NEVER], [2, 0, NEVER]]
    strengths = [both.strength(quarter, happened).tolist() for quarter in range(6)]
    assert [each[0] for each in strengths] == [[1, 0, 0], [1, 0, 0], [0, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 0]]
    assert [each[1] for each in strengths] == [[0, 1, 0], [0, 1, 0], [1, 1, 0], [1, 1, 0], [1, 1, 0], [1, 1, 0]]


def test_shifts_and_shocks_add_up_over_events() -> None:
    both = clock(
        a={"when": "2024Q3", "effects": {"x": 0.5, "y": -0.25}, "shock": {"x": 1.0}},
        b={"when": "2024Q3", "effects": {"x": 0.125, "gone": 4.0}, "shock": {"y": 2.0, "gone": 4.0}},
    )
    strength, like = np.array([[1.0, 1.0, 0.0], [0.5, 0.0, 0.0]]), np.zeros((2, 3))
    assert both.shifts(["x", "y"], strength, like).tolist() == [[0.5625, 0.5, 0.0], [-0.25, -0.25, 0.0]]
    begun = np.array([[True, False, False], [True, True, False]])
    assert both.shocks(["x", "y"], begun, like).tolist() == [[1.0, 0.0, 0.0], [2.0, 2.0, 0.0]]
    assert not like.any()
