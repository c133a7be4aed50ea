"""One event: when it can happen, what its conditions wait for, how long its effects last."""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from triangle_sim.quarters import Quarter
from triangle_sim.world.event import Condition, Event

START = Quarter(2024, 3)


def event(**fields: Any) -> Event:
    return Event.model_validate(fields)


@pytest.mark.parametrize(
    ("fields", "timing", "scheduled", "span"),
    [
        ({"when": "2025Q1"}, "when", True, (2, 2)),
        ({"when": "2024Q1"}, "when", True, (-2, -2)),
        ({"window": ["2024Q3", "2026Q2"]}, "window", True, (0, 7)),
        ({"hazard": 0.1}, "hazard", False, (0, 9)),
        ({"hazard": 0.1, "from": "2025Q1"}, "hazard", False, (2, 9)),
        ({"hazard": 0.1, "until": "2025Q1"}, "hazard", False, (0, 2)),
        ({"condition": [{"variable": "x", "above": 0}], "from": "2024Q4"}, "condition", False, (1, 9)),
        ({"condition": [{"variable": "x", "above": 0}], "hazard": 0.5}, "condition", False, (0, 9)),
    ],
)
def test_when_it_can_happen(fields: dict[str, Any], timing: str, scheduled: bool, span: tuple[int, int]) -> None:
    """In quarters counted from the start; an open side is the run's own end, the last quarter simulated."""
    found = event(**fields)
    assert (found.timing, found.scheduled, found.span(START, 10)) == (timing, scheduled, span)


@pytest.mark.parametrize(
    ("fields", "never"),
    [
        ({"when": "2026Q4"}, False),
        ({"when": "2027Q1"}, True),
        ({"when": "2024Q3"}, False),
        ({"when": "2024Q2"}, True),
        ({"window": ["2020Q1", "2024Q3"]}, False),
        ({"hazard": 0.0}, True),
        ({"hazard": 0.1, "from": "2027Q1"}, True),
    ],
)
def test_whether_it_can_happen_at_all(fields: dict[str, Any], never: bool) -> None:
    """In ten quarters, of which 2024Q3 is the first and 2026Q4 the last."""
    assert event(**fields).never(START, 10) == never


def test_a_condition_holds_strictly_between_its_bounds() -> None:
    levels = np.array([0.2, 0.3, 0.4, 0.5, 0.6, np.nan])
    assert Condition(variable="x", above=0.3).holds(levels).tolist() == [False, False, True, True, True, False]
    assert Condition(variable="x", below=0.5).holds(levels).tolist() == [True, True, True, False, False, False]
    both = Condition(variable="x", above=0.3, below=0.5)
    assert both.holds(levels).tolist() == [False, False, True, False, False, False]


AGES = np.array([-(2**30), -1, 0, 1, 2, 3, 400])


@pytest.mark.parametrize(
    ("duration", "strength"),
    [(None, [0, 0, 1, 1, 1, 1, 1]), (1, [0, 0, 1, 0, 0, 0, 0]), (3, [0, 0, 1, 1, 1, 0, 0])],
)
def test_its_effects_last_as_many_quarters_as_it_says(duration: int | None, strength: list[int]) -> None:
    """The quarter it begins in is the first of them."""
    assert event(when="2025Q1", duration=duration).strength(AGES).tolist() == strength


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "no timing"),
        ({"when": "2025Q1", "hazard": 0.5}, "several timings: when and hazard"),
        ({"when": "2025Q1", "until": "2025Q2"}, "'until' without a hazard or a condition"),
        ({"window": ["2025Q2", "2025Q1"]}, "ends before it begins"),
        ({"hazard": 0.5, "from": "2025Q2", "until": "2025Q1"}, "'until' lies before 'from'"),
        ({"condition": [{"variable": "x"}]}, "needs 'above' or 'below'"),
        ({"condition": [{"variable": "x", "above": 0.5, "below": 0.5}]}, "nothing is above 0.5 and below 0.5"),
    ],
)
def test_what_cannot_be_meant_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        event(**fields)
