"""More draws until the answer is known well enough: steps, the cap, and what stopping does to the interval."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from analysis.test_coverage import futures, true_difference
from triangle_sim import load
from triangle_sim.analysis.answers import until
from triangle_sim.analysis.answers.answers import Means, answers, estimate
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.run import run

WIN = load("trump_win").with_(quarters=8)
LOSE = load("trump_loses").with_(quarters=8)


def test_the_design_that_is_reached_has_such_an_interval_and_the_one_before_has_not() -> None:
    how: dict[str, Any] = {"draws": 12, "replicates": 2, "seed": 1, "backend": "numpy"}
    steps = until.draws_until(35.0, WIN, LOSE, **how)
    assert [step.draws for step in steps] == [12 * 2**k for k in range(len(steps))] and len(steps) > 1
    assert [step.reaches(35.0) for step in steps] == [False] * (len(steps) - 1) + [True]
    assert until.draws_until(35.0, WIN, LOSE, **how) == steps
    for step in (steps[0], steps[-1]):
        found = answers(run(WIN, reference=LOSE, jobs=1, **how | {"draws": step.draws}))[0]
        expected = {name: 100 * each.width for name, each in found.by_theory.items()}
        assert step.widths == pytest.approx(expected)


def test_without_a_reference_the_level_counts() -> None:
    (step,) = until.draws_until(99.0, WIN, None, draws=20, replicates=2, seed=1, backend="numpy")
    found = answers(run(WIN, draws=20, replicates=2, seed=1, jobs=1, backend="numpy"))[0]
    assert step.widths == pytest.approx({name: 100 * each.width for name, each in found.by_theory.items()})


def test_it_stops_at_the_most_that_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(until, "MOST", 50)
    steps = until.draws_until(0.001, WIN, LOSE, draws=10, replicates=2, seed=1, backend="numpy")
    assert [step.draws for step in steps] == [10, 20, 25] and not steps[-1].reaches(0.001)


def test_a_scenario_without_answers_is_refused() -> None:
    with pytest.raises(UsageError, match="has none"):
        until.draws_until(1.0, WIN.with_(answers=[]), None, draws=10, replicates=2, seed=1)


def test_an_answer_without_a_meaning_in_this_world_is_no_answer() -> None:
    """Rather than look for it until the most draws are played."""
    two = WIN.with_(countries=["PRK", "CHN"], answers=[{"outcome": "us_prk_summit"}], moves={"disable": {}})
    with pytest.raises(UsageError, match="has none"):
        until.draws_until(1.0, two, None, draws=10, replicates=2, seed=1)


def test_a_step_in_words() -> None:
    step = until.Step(100, {"a": 9.18, "b": 8.454})
    assert until.told(step, str.upper, "points") == "100 draws: the interval is 9.18 points wide under A, 8.45 under B"
    few = until.Step(2, {"a": float("nan"), "b": 0.5})
    assert until.told(few, str.upper) == "2 draws: the interval is 0.5 wide under B, unknown under A"


@pytest.mark.long
def test_stopping_when_it_is_narrow_costs_little_coverage() -> None:
    """Draws are doubled until the interval of a known difference is narrow: of those intervals 93 to 97 in a hundred
    hold it, a little less than of intervals of a fixed design."""
    rng, trials, replicates, effect = np.random.default_rng(1953), 4000, 10, 0.2
    held = {"stopped": 0, "fixed": 0}
    tried = []
    for _ in range(trials):
        means, size = futures(rng, 640, replicates, effect), 20
        while True:
            it = estimate("us_prk_summit", Means(*(each[:size] for each in means)), None, replicates)
            if it.width <= 0.06 or size == 640:
                break
            size *= 2
        tried.append(size)
        held["stopped"] += it.difference.low <= true_difference(effect) <= it.difference.high
        whole = estimate("us_prk_summit", means, None, replicates).difference
        held["fixed"] += whole.low <= true_difference(effect) <= whole.high
    assert len(set(tried)) > 1, "the rule decides something"
    assert 0.93 <= held["stopped"] / trials <= 0.97 and 0.93 <= held["fixed"] / trials <= 0.97
