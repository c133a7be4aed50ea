"""The model is a Mesa model: collectors, agents, steps and seeds work as a Mesa user expects, and memory stays flat."""

import gc
import tracemalloc
import weakref

import mesa
import numpy as np
import pandas as pd
import pytest

from model.worlds import scenario
from triangle_sim.errors import UsageError
from triangle_sim.model.triangle_model import TriangleModel


@pytest.fixture
def model() -> TriangleModel:
    return TriangleModel(scenario(), rng=1, runs=3)


def test_agents_are_the_countries(model: TriangleModel) -> None:
    assert sorted(agent.code for agent in model.agents) == list(model.prepared.codes)
    assert all(agent.model is model for agent in model.agents)
    assert len({agent.unique_id for agent in model.agents}) == len(model.agents)


def test_steps_are_counted_and_end_at_the_horizon(model: TriangleModel) -> None:
    assert model.steps == 0 and model.running
    model.step()
    assert model.steps == model.quarter == 1
    model.run_model()
    assert model.steps == model.quarter == 6 and not model.running
    before = model.trajectory.state.copy()
    model.step()
    assert model.quarter == 6 and np.array_equal(model.trajectory.state, before), "nothing happens past the horizon"


def test_a_data_collector_collects(model: TriangleModel) -> None:
    levels = {name: lambda m, name=name: float(m.level(name)[0]) for name in ("peninsula_tension", "ukraine_war")}
    collector = mesa.DataCollector(levels, {"code": "code", "warmest": _warmest})
    collector.collect(model)
    while model.running:
        model.step()
        collector.collect(model)
    frame = collector.get_model_vars_dataframe()
    assert frame["peninsula_tension"].tolist() == model.trajectory["peninsula_tension"][:, 0].tolist()
    assert frame["ukraine_war"].tolist()[1:] == model.trajectory["ukraine_war"][:, 0].tolist()
    agents = collector.get_agent_vars_dataframe()
    assert len(agents) == 7 * 5 and set(agents["code"]) == set(model.prepared.codes)


def _warmest(agent: mesa.Agent) -> float:
    others = [code for code in agent.model.prepared.codes if code != agent.code]
    return max(float(agent.model.level(f"goodwill[{agent.code},{other}]")[0]) for other in others)


def test_rng_is_mesas_word_for_seed() -> None:
    ours, theirs = TriangleModel(scenario(), rng=7), TriangleModel(scenario(), seed=7)
    other = TriangleModel(scenario(), rng=8)
    for each in (ours, theirs, other):
        each.run_model()
    assert np.array_equal(ours.trajectory.state, theirs.trajectory.state)
    assert not np.array_equal(ours.trajectory.state, other.trajectory.state)
    zero = TriangleModel(scenario(seed=7), seed=0)
    assert zero.world_seed == 0, "zero is a seed like any other"


def test_a_model_without_a_seed_draws_one_from_all_there_are() -> None:
    seeds = {TriangleModel(scenario(), collect=False).world_seed for _ in range(8)}
    assert len(seeds) == 8 and max(seeds) > 2**56, "the chance that all are smaller is one in 10^16"


def test_mesas_own_random_numbers_are_not_used(model: TriangleModel) -> None:
    other = TriangleModel(scenario(), rng=1, runs=3)
    other.random.seed(99)
    other.rng.random(1000)
    assert np.array_equal(model.run_model().state, other.run_model().state)


def test_a_closed_model_is_let_go() -> None:
    closed = TriangleModel(scenario(), rng=1, runs=2)
    trajectory = closed.run_model()
    watched, agent = weakref.ref(closed), weakref.ref(next(iter(closed.agents)))
    closed.close()
    del closed
    gc.collect()
    assert watched() is None and agent() is None
    assert trajectory.state.shape[2] == 2, "the record outlives the model"


@pytest.mark.long
def test_memory_is_flat_over_many_models() -> None:
    world = scenario(quarters=1, decision={"default": {"rule": "quantal", "depth": 0}})

    def use(models: int) -> int:
        for _ in range(models):
            model = TriangleModel(world, rng=1, runs=50)
            model.run_model()
            model.close()
        del model
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        before = use(5)
        growth = use(60) - before
    finally:
        tracemalloc.stop()
    assert growth < 30_000, "a single model of fifty runs holds more than that"


def test_parameters_are_given_as_a_table_of_draws_or_as_numbers_for_all() -> None:
    frame = pd.DataFrame({"rationality.PRK": [60.0, 70.0, 80.0]})
    by_draw = TriangleModel(scenario(), rng=1, draws=[2, 0, 2], parameters=frame)
    assert by_draw.runs.values["rationality.PRK"].tolist() == [80.0, 60.0, 80.0]
    plain = TriangleModel(scenario(), rng=1, draws=[2, 0, 2])
    assert np.array_equal(by_draw.runs.values["rationality.RUS"], plain.runs.values["rationality.RUS"])
    everywhere = TriangleModel(scenario(), rng=1, runs=2, parameters={"rationality.PRK": 60.0})
    fixed = TriangleModel(scenario(parameters={"rationality.PRK": 60.0}), rng=1, runs=2)
    assert np.array_equal(everywhere.run_model().state, fixed.run_model().state)
    with pytest.raises(UsageError, match=r"unknown column 'rationality\.PRX'"):
        TriangleModel(scenario(), parameters={"rationality.PRX": 60.0})
    with pytest.raises(UsageError, match="draw 3 has no row in a table of 3 rows"):
        TriangleModel(scenario(), draws=[3], parameters=frame)


def test_batch_run_sweeps_over_parameters() -> None:
    sweep = {"scenario": [scenario()], "seed": [1], "parameters": [{"rationality.PRK": k} for k in (1.0, 900.0)]}
    rows = mesa.batch_run(TriangleModel, sweep, number_processes=1, display_progress=False)
    assert len({row["peninsula_tension"] for row in rows}) == 2
