"""Two worlds that differ from some day on are the same world until that day: same runs, bit for bit."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from montecarlo.helpers import ARRAYS, block_of, same
from triangle_sim import load
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.scenario.schema import Scenario

DRAWS, REPLICATES = 30, 5
PAIRS = [
    ("baseline", "trump_win"),
    ("baseline", "trump_loses"),
    ("trump_loses", "trump_win"),
    ("baseline", "ukraine_war_ends"),
    ("baseline", "sino_russian_split"),
    ("baseline", "china_tightens"),
    ("trump_win", "trump_win_and_war_ends"),
    ("sino_soviet_split_1961", "sino_soviet_unity_1961"),
]


@lru_cache
def runs_of(name: str) -> Trajectory:
    return block_of(load(name), DRAWS, REPLICATES)


def first_difference(a: Scenario, b: Scenario) -> int:
    """The first quarter in which an event that the two scenarios see differently can happen."""
    differing = [name for name in {*a.events, *b.events} if a.events.get(name) != b.events.get(name)]
    events = [s.events[name] for s in (a, b) for name in differing if name in s.events]
    return min(event.span(a.start, a.quarters)[0] for event in events)


def assert_same_past(a: Trajectory, b: Trajectory, quarter: int) -> None:
    """States up to the start of a quarter, and all that happened before it, are the same in all runs."""
    assert same(a.state[: quarter + 1], b.state[: quarter + 1])
    for name in ("environment", "moves", "meetings"):
        assert same(getattr(a, name)[:quarter], getattr(b, name)[:quarter]), name
    assert same(a.triangles.types[: quarter + 1], b.triangles.types[: quarter + 1])


def test_the_election_changes_nothing_before_2025() -> None:
    a, b = runs_of("baseline"), runs_of("trump_win")
    assert a.prepared.quarters[2] == "2025Q1"
    assert first_difference(a.prepared.scenario, b.prepared.scenario) == 2
    assert_same_past(a, b, 2)
    assert not same(a.environment[2], b.environment[2])
    assert not same(a.state[3], b.state[3])


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_nothing_differs_before_the_first_differing_date(one: str, other: str) -> None:
    a, b = runs_of(one), runs_of(other)
    quarter = first_difference(a.prepared.scenario, b.prepared.scenario)
    assert_same_past(a, b, quarter)
    assert not same(a.state, b.state)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_run_differs_only_once_an_event_did(one: str, other: str) -> None:
    """Sharper: each run on its own, until an event begins in one of the two worlds and not in the other."""
    a, b = runs_of(one), runs_of(other)
    names = sorted({name for t in (a, b) for name in t.prepared.clock.names})
    starts = [np.stack([_begins(t, name) for name in names]) for t in (a, b)]
    unlike = (starts[0] != starts[1]).any(axis=0)
    changed = unlike.any(axis=0)
    assert changed.any()
    for run in range(a.runs):
        quarter = int(unlike[:, run].argmax()) if changed[run] else a.moves.shape[0]
        assert same(a.state[: quarter + 1, :, run], b.state[: quarter + 1, :, run])
        assert same(a.moves[:quarter, :, run], b.moves[:quarter, :, run])
    assert {same(a.state[..., run], b.state[..., run]) for run in np.flatnonzero(~changed)} <= {True}


def _begins(t: Trajectory, name: str) -> np.ndarray:
    names = t.prepared.clock.names
    return t.begins[:, names.index(name)] if name in names else np.zeros((t.moves.shape[0], t.runs), bool)


def test_parameters_are_the_same_in_both_worlds() -> None:
    a, b = runs_of("baseline"), runs_of("trump_win")
    assert a.theory.tolist() == b.theory.tolist()
    one, two = (t.prepared.sample(1, range(DRAWS)).values for t in (a, b))
    assert one.keys() == two.keys()
    assert all(same(one[name], two[name]) for name in one)


@given(quarter=st.integers(0, 7), effect=st.sampled_from(["ukraine_war", "chinese_supply"]), seed=st.integers(0, 99))
@settings(max_examples=8, deadline=None, derandomize=True)
def test_an_added_event_is_inert_until_its_day(quarter: int, effect: str, seed: int) -> None:
    base = load("baseline").with_(quarters=8)
    event = {"when": str(base.start + quarter), "effects": {effect: -0.4}}
    a, b = (block_of(s, 3, 2, seed) for s in (base, base.with_(events={"added": event})))
    assert_same_past(a, b, quarter)
    assert not same(a.state[quarter + 1], b.state[quarter + 1])


def test_a_longer_horizon_keeps_the_past() -> None:
    short, long = (block_of(load("baseline").with_(quarters=n), 6, 3) for n in (7, 12))
    for name in ARRAYS:
        one, other = getattr(short, name), getattr(long, name)
        assert same(one, other[: len(one)]), name
