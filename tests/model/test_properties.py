"""What must not matter does not matter, to the last bit; and what is promised of states and payoffs holds."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.worlds import EVENTS, assert_same, bits, run, scenario
from triangle_sim.countries import Country, Move, countries, interest
from triangle_sim.model import prepared
from triangle_sim.model.triangle_model import TriangleModel
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.world.environment import CONDITIONS


@pytest.fixture(autouse=True)
def _prepared_afresh() -> Iterator[None]:
    """Scenarios are made ready once a process; these tests change what they are made of."""
    prepared._prepared.cache_clear()
    yield
    prepared._prepared.cache_clear()


def test_the_order_of_countries_does_not_matter() -> None:
    ours = run(scenario(countries=["CHN", "KOR", "PRK", "RUS", "USA"]))
    assert_same(bits(ours), bits(run(scenario(countries=["USA", "PRK", "RUS", "KOR", "CHN"]))))


def test_the_order_of_moves_and_of_their_effects_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = bits(run(scenario()))
    for country in countries().values():
        backwards = [replace(move, effects=dict(reversed(move.effects.items()))) for move in reversed(country.moves)]
        monkeypatch.setattr(country, "moves", tuple(backwards))
    prepared._prepared.cache_clear()
    assert_same(ours, bits(run(scenario())))


def test_the_order_of_joint_effects_and_drivers_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = bits(run(scenario()))
    for name in ("JOINT_EFFECTS", "DRIVERS"):
        monkeypatch.setattr(prepared, name, tuple(reversed(getattr(prepared, name))))
    prepared._prepared.cache_clear()
    assert_same(ours, bits(run(scenario())))


def test_the_order_of_events_does_not_matter() -> None:
    assert_same(bits(run(scenario())), bits(run(scenario(events=dict(reversed(EVENTS.items()))))))


def test_a_country_nobody_lists_changes_nothing() -> None:
    ours = bits(run(scenario()))

    class Elsewhere(Country):
        code = "ZZZ"
        label = "a country in no module"
        moves = (Move("hold", "wait", cost=0.0, claims=(), effects={}),)

    prepared._prepared.cache_clear()
    assert "ZZZ" in countries()
    try:
        assert_same(ours, bits(run(scenario())))
    finally:
        del Elsewhere.code  # the registry takes only classes with a code
    assert "ZZZ" not in countries()


def test_an_interest_without_weight_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = bits(run(scenario()))

    @interest(weight=0.0, claims=[], scale="0 .. 1")
    def another_wish(self: Any, state: Any, env: Any) -> Any:
        """Not asked for by any theory."""
        return state.peninsula_tension * env.seoul_market

    monkeypatch.setattr(countries()["PRK"], "another_wish", another_wish, raising=False)
    prepared._prepared.cache_clear()
    assert "weight.PRK.another_wish" in prepared.prepared_for(scenario()).table
    assert_same(ours, bits(run(scenario())))
    weighty = scenario(priors={"weight.PRK.another_wish": 0.5})
    assert not np.array_equal(run(weighty).state, run(scenario()).state), "the interest is there, and can matter"


def test_an_event_that_cannot_happen_changes_nothing() -> None:
    ours = bits(run(scenario()))
    never = {"hazard": 0.9, "probability": 0.0, "effects": {"ukraine_war": -1.0}, "shock": {"chinese_supply": 1.0}}
    for name in ("a_first", "zz_last"):
        theirs = bits(run(scenario(events={**EVENTS, name: never})))
        assert not theirs.pop(f"begins {name}").any() and not theirs.pop(f"active {name}").any()
        assert_same(ours, theirs)


def test_an_event_matters_from_the_quarter_it_begins() -> None:
    """Two worlds are the same until the first quarter in which their scenarios differ."""
    late = {"when": "2025Q2", "effects": {"ukraine_war": -0.7}}
    ours, theirs = run(scenario()), run(scenario(events={**EVENTS, "late": late}))
    assert np.array_equal(ours.state[:4], theirs.state[:4]) and np.array_equal(ours.moves[:3], theirs.moves[:3])
    assert not np.array_equal(ours.environment[3], theirs.environment[3])


def test_an_outcome_nobody_asks_for_changes_nothing() -> None:
    before = bits(run(scenario()))
    OUTCOMES["unused"] = next(iter(OUTCOMES.values()))
    try:
        assert_same(before, bits(run(scenario())))
    finally:
        del OUTCOMES["unused"]


@pytest.mark.parametrize("runs", [1, 3, 64])
def test_one_run_alone_equals_the_same_run_in_a_block(runs: int) -> None:
    """Vector instructions take runs in groups and treat the rest apart: any length of block must give the same bits."""
    draws, replicates = np.arange(100) % 40, np.arange(100) // 40
    block = run(scenario(), draws, replicates)
    for first in range(0, min(100, 8 * runs), runs):
        chosen = np.arange(first, min(first + runs, 100))
        assert_same(bits(block, chosen), bits(run(scenario(), draws[chosen], replicates[chosen])))


def test_one_run_alone_weighs_its_moves_as_in_a_block() -> None:
    """Payoffs and mixes too, where a last bit would hide until it tips a choice."""
    draws = np.arange(40)
    block = TriangleModel(scenario(), rng=1, draws=draws, replicates=np.zeros(40, int))
    alone = [TriangleModel(scenario(), rng=1, draws=[draw], replicates=[0]) for draw in draws[:10]]
    while block.running:
        block.step()
        for run_number, model in enumerate(alone):
            model.step()
            for part in ("mixes", "payoffs"):
                ours, theirs = getattr(block.decision, part), getattr(model.decision, part)
                differing = [code for code in ours if not np.array_equal(ours[code][:, [run_number]], theirs[code])]
                assert not differing, (part, run_number, block.quarter, differing)
    for model in (block, *alone):
        model.close()


def test_the_order_of_runs_in_a_block_does_not_matter() -> None:
    draws, replicates = np.repeat(np.arange(10), 3), np.tile(np.arange(3), 10)
    order = np.random.default_rng(2).permutation(30)
    assert_same(bits(run(scenario(), draws, replicates), order), bits(run(scenario(), draws[order], replicates[order])))


def test_more_draws_and_a_longer_horizon_leave_the_first_unchanged() -> None:
    few, many = run(scenario(), range(4), [0] * 4), run(scenario(), range(40), [0] * 40)
    assert_same(bits(few), bits(many, slice(4)))
    short = scenario(events={})
    longer = run(scenario(events={}, quarters=9))
    assert np.array_equal(run(short).state, longer.state[:7]) and np.array_equal(run(short).moves, longer.moves[:6])


PINS = st.dictionaries(st.sampled_from(sorted(CONDITIONS)), st.sampled_from([0.0, 0.5, 1.0]), max_size=4)
RULES = st.sampled_from(["quantal", "best_response", "habit", "equilibrium"])


@given(pin=PINS, rule=RULES, depth=st.integers(0, 4), seed=st.integers(0, 2**63 - 1), push=st.floats(-5, 5))
@settings(max_examples=15, deadline=None, derandomize=True)
def test_states_payoffs_and_mixes_stay_in_range(pin: Any, rule: str, depth: int, seed: int, push: float) -> None:
    """Even under shocks far beyond what the lint lets pass without a warning."""
    blow = {"peninsula_tension": push, "goodwill[PRK,CHN]": push, "chinese_supply": -push}
    shocks = {"blow": {"when": "2024Q4", "shock": blow}}
    decision = {"default": {"rule": rule, "depth": depth, "max_iterations": 20}}
    world = scenario(quarters=3, pin=pin, decision=decision, events=shocks, seed=seed)
    model = TriangleModel(world, rng=1, runs=3)
    variables = model.prepared.variables.values()
    low, high = (np.array([[getattr(each, end)] for each in variables]) for end in ("low", "high"))
    while model.running:
        model.step()
        assert (model.state >= low).all() and (model.state <= high).all()
        for code, mix in model.decision.mixes.items():
            assert (mix >= 0).all() and np.abs(mix.sum(axis=0) - 1).max() < 1e-12, code
            assert np.abs(model.world.habits[code].sum(axis=0) - 1).max() < 1e-12, code
        for code, payoffs in model.decision.payoffs.items():
            assert (np.abs(payoffs) <= 1).all(), code
        assert (model.environment >= 0).all() and (model.environment <= 1).all()
    model.close()
