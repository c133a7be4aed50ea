"""``story`` replays any run of a batch, bit for bit."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from montecarlo.helpers import ARRAYS, block_of, run, same
from triangle_sim import load
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.montecarlo.compute import columns, simulate
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.scenario.schema import Scenario
from triangle_sim.story.tell import tell

SCRIPT = {"rule": "scripted", "script": ["test_missile", "open_to_washington", "hold"], "then": "repeat"}
RULES: dict[str, dict[str, Any]] = {
    "quantal": {"default": {"rule": "quantal", "depth": 2}},
    "quantal at depth 0": {"default": {"rule": "quantal", "depth": 0}},
    "best_response": {"default": {"rule": "best_response", "depth": 2}},
    "habit": {"default": {"rule": "habit"}},
    "scripted": {"default": {"rule": "quantal"}, "PRK": SCRIPT},
    "equilibrium": {"default": {"rule": "equilibrium", "max_iterations": 30}},
    "mixed": {"default": {"rule": "quantal", "depth": 3}, "CHN": {"rule": "habit"}, "USA": {"rule": "best_response"}},
}
DRAWS, REPLICATES = 9, 4


@lru_cache
def world(rule: str) -> tuple[Scenario, Trajectory]:
    """A scenario with events of every timing, and all its runs as one block."""
    scenario = load("ukraine_war_ends").with_(decision=RULES[rule], quarters=6)
    return scenario, block_of(scenario, DRAWS, REPLICATES)


def assert_same_run(told: Trajectory, whole: Trajectory, at: int) -> None:
    """One run of a block equals a trajectory of one run."""
    for name in ARRAYS:
        assert same(getattr(told, name)[..., 0], getattr(whole, name)[..., at]), name
    assert same(told.triangles.types[..., 0], whole.triangles.types[..., at])
    assert same(told.triangles.roles[..., 0], whole.triangles.roles[..., at])
    assert told.theory[0] == whole.theory[at]


@pytest.mark.parametrize("rule", RULES)
def test_every_run_of_a_block(rule: str) -> None:
    scenario, whole = world(rule)
    assert len({whole.state[-1, :, k].tobytes() for k in range(whole.runs)}) == whole.runs
    step = {"mixed": 2, "equilibrium": 12}.get(rule, 5)
    for at in range(0, whole.runs, step):
        draw, replicate = divmod(at, REPLICATES)
        assert_same_run(tell(scenario, seed=1, draw=draw, replicate=replicate).trajectory, whole, at)


@pytest.mark.parametrize("rule", RULES)
def test_outcomes_of_single_runs(rule: str) -> None:
    scenario, whole = world(rule)
    table = columns(whole)
    assert set(OUTCOMES) <= set(table)
    for at in (0, 13, whole.runs - 1):
        alone = columns(simulate(scenario, 1, [at // REPLICATES], [at % REPLICATES]))
        for name in table:
            one, many = alone[name][0], table[name][at]
            assert one == many or (one != one and many != many), name


@given(st.data())
@settings(max_examples=12, deadline=None, derandomize=True)
def test_any_address_in_any_company(data: st.DataObject) -> None:
    """Runs of any addresses in any order are each the run told alone."""
    rule = data.draw(st.sampled_from([name for name in RULES if name != "equilibrium"]))
    scenario = world(rule)[0]
    number = st.one_of(st.integers(0, 20), st.integers(0, 2**32 - 1))
    address = data.draw(st.lists(st.tuples(number, number), min_size=2, max_size=6, unique=True))
    seed = data.draw(st.integers(0, 2**63 - 1))
    draws, replicates = zip(*address, strict=True)
    whole = simulate(scenario, seed, draws, replicates)
    at = data.draw(st.integers(0, len(address) - 1))
    assert_same_run(tell(scenario, seed=seed, draw=draws[at], replicate=replicates[at]).trajectory, whole, at)


def test_a_story_of_a_result_is_the_run_in_its_table() -> None:
    result = run("trump_win", draws=6, replicates=3, seed=5)
    for draw, replicate in ((0, 0), (2, 1), (5, 2)):
        row = result.runs[(result.runs["draw"] == draw) & (result.runs["replicate"] == replicate)].iloc[0]
        told = result.story((draw, replicate))
        assert told.theory == row["theory"]
        for name in ("technology_gained", "us_prk_summit", "final_capability", "prk_pivot_share", "nuclear_test"):
            assert OUTCOMES[name].measure(told.trajectory)[0] == row[name], name


def test_a_story_tells_what_the_trajectory_holds() -> None:
    scenario = load("trump_win")
    story = tell(scenario, seed=1, draw=3, replicate=2)
    t = story.trajectory
    assert [chapter.quarter for chapter in story.chapters] == list(t.prepared.quarters[:-1])
    for q, chapter in enumerate(story.chapters):
        for k, act in enumerate(chapter.acts):
            assert (act.country, act.move) == (t.prepared.codes[k], t.prepared.cast[k].menu()[t.moves[q, k, 0]].name)
            assert 0 < act.chance <= 1
        assert len(chapter.meetings) == t.meetings[q, :, 0].sum()
        titles = [scenario.events[name].title for k, name in enumerate(t.prepared.clock.names) if t.begins[q, k, 0]]
        assert list(chapter.events) == titles
        kinds = [t.triangles.types[q + 1, t.triad(("CHN", "PRK", "RUS")), 0]]
        from triangle_sim.triangle.typology import TYPES

        assert chapter.triangle == TYPES[kinds[0]]
    text = str(story)
    assert text.count("\n202") == scenario.quarters
    assert "A model, not a forecast" in text


def test_the_parts_of_a_change_add_up_to_it() -> None:
    """What a story names as causes is the whole of a variable's change on the latent scale."""
    from triangle_sim.model.triangle_model import TriangleModel
    from triangle_sim.story.tell import parts

    model = TriangleModel("sino_russian_split", seed=1, draws=[4], replicates=[1])
    while model.running:
        before = model.world.latent[:, 0].copy()
        model.step()
        why = model.told()
        for v, name in enumerate(model.prepared.variables):
            total = sum(parts(model, why, name).values())
            np.testing.assert_allclose(total, model.world.latent[v, 0] - before[v], rtol=0, atol=1e-12)
    model.close()
