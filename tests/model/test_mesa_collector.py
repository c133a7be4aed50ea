"""``mesa.batch_run`` works as on any model: rows are right, iterations differ, seeds repeat, memory is flat."""

import gc
import inspect
import tracemalloc
from typing import Any

import mesa
import numpy as np
import pandas as pd
import pytest

from model.worlds import scenario
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.model.triangle_model import TriangleModel

SHORT = {"quarters": 3, "decision": {"default": {"rule": "quantal", "depth": 0}}}
PEACE = scenario(**SHORT, name="peace", pin={"ukraine_war": 0.0})
WAR = scenario(**SHORT, name="war", pin={"ukraine_war": 1.0})
TAKES_SEEDS = "rng" in inspect.signature(mesa.batch_run).parameters


def batch(parameters: dict[str, Any], **options: Any) -> list[dict[str, Any]]:
    """Rows of ``mesa.batch_run``, in the order of runs."""
    rows = mesa.batch_run(TriangleModel, parameters, display_progress=False, **options)
    return sorted(rows, key=lambda row: row["RunId"])


def history(world: Any, seed: Any, **options: Any) -> Trajectory:
    """What the model itself says about the same future."""
    return TriangleModel(world, seed=seed, collect=False, **options).run_model()


def check(row: dict[str, Any], t: Trajectory, quarter: int) -> None:
    """A row holds the levels at the end of a quarter, and the move its country made in it."""
    assert row["date"] == t.prepared.quarters[quarter]
    for name in t.prepared.variables:
        assert row[name] == t[name][quarter + 1, 0], name
    for name in t.prepared.conditions:
        assert row[name] == t[name][quarter, 0], name
    assert t.played(row["country"], row["move"])[quarter, 0]


def test_each_iteration_has_random_numbers_of_its_own() -> None:
    rows = batch({"scenario": [PEACE, WAR]}, iterations=3)
    runs = pd.DataFrame(rows).groupby("RunId").first()
    assert len(rows) == 6 * 5 and len(runs) == 6
    assert runs["iteration"].value_counts().tolist() == [2, 2, 2]
    assert runs["world_seed"].nunique() == 6
    assert runs["peninsula_tension"].nunique() == 6
    assert (runs["ukraine_war"] == [1.0 if run is WAR else 0.0 for run in runs["scenario"]]).all()


def test_a_run_nobody_gave_a_seed_can_be_repeated_from_its_row() -> None:
    for row in batch({"scenario": [PEACE]}, iterations=2):
        check(row, history(PEACE, row["world_seed"]), 2)


def test_rows_are_the_last_quarter_of_the_same_future() -> None:
    rows = batch({"scenario": [PEACE, WAR], "rng": [1, 2]})
    swept = [(row["scenario"].name, row["rng"]) for row in rows[::5]]
    assert swept == [("peace", 1), ("peace", 2), ("war", 1), ("war", 2)]
    for row in rows:
        assert row["world_seed"] == row["rng"]
        check(row, history(row["scenario"], row["rng"]), 2)


def test_every_quarter_when_asked() -> None:
    t = history("trump_win", 3)
    rows = batch({"scenario": "trump_win", "rng": 3}, data_collection_period=1)
    assert len(rows) == 20 * 5 and {row["country"] for row in rows} == set(t.prepared.codes)
    for place, row in enumerate(rows):
        check(row, t, place // 5)
    assert [row["Step"] for row in rows[::5]] == list(range(20))


def test_it_stops_where_it_is_told() -> None:
    rows, t = batch({"scenario": "baseline", "rng": 3}, max_steps=2), history("baseline", 3)
    quarter = t.prepared.quarters.index(rows[0]["date"])
    assert quarter in (1, 2), "before 3.5 Mesa makes one step more than it is told"
    check(rows[0], t, quarter)


@pytest.mark.long
def test_several_processes_give_the_same_rows() -> None:
    parameters = {"scenario": ["baseline", "trump_win"], "rng": [5, 6]}
    one, two = batch(parameters), batch(parameters, number_processes=2)
    assert one == two and len(one) == 20


def test_draws_can_be_swept() -> None:
    together = history(WAR, 4, draws=np.arange(3))
    rows = batch({"scenario": [WAR], "draws": range(3), "rng": 4})
    for row in rows:
        assert row["peninsula_tension"] == together["peninsula_tension"][-1, row["draws"]]
    assert len({row["peninsula_tension"] for row in rows}) == 3


def test_several_runs_in_a_model_give_their_mean() -> None:
    rows = batch({"scenario": [WAR], "runs": 4, "rng": 4})
    expected = history(WAR, 4, runs=4)["peninsula_tension"][-1]
    assert rows[0]["peninsula_tension"] == pytest.approx(expected.mean(), abs=1e-12) and expected.std() > 0
    assert len(rows[0]["move"]) == 4


SEEDS = {
    "numpy's integer": lambda: np.int64(7),
    "list": lambda: [7, 8],
    "sequence": lambda: np.random.SeedSequence(7),
    "generator": lambda: np.random.default_rng(7),
}


@pytest.mark.parametrize("word", ["seed", "rng"])
@pytest.mark.parametrize("kind", SEEDS)
def test_whatever_mesa_takes_as_a_seed(kind: str, word: str) -> None:
    first, again = (TriangleModel(PEACE, **{word: SEEDS[kind]()}) for _ in range(2))
    assert first.world_seed == again.world_seed and 0 <= first.world_seed < 2**63
    assert np.array_equal(first.run_model().state, history(PEACE, first.world_seed).state)
    assert (first.world_seed == 7) == (kind == "numpy's integer")


@pytest.mark.skipif(not TAKES_SEEDS, reason="batch_run has no rng before Mesa 3.4")
def test_seeds_given_to_batch_run_are_used() -> None:
    seeds = [11, 12, np.random.SeedSequence(13)]
    first, again = (batch({"scenario": [PEACE, WAR]}, rng=seeds) for _ in range(2))
    assert [row["peninsula_tension"] for row in first] == [row["peninsula_tension"] for row in again]
    assert len({row["world_seed"] for row in first}) == 3
    for row in first:
        check(row, history(row["scenario"], row["world_seed"]), 2)
        assert row["iteration"] == 2 or row["world_seed"] == seeds[row["iteration"]]


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"scenario": PEACE}, r"scenario must be .*list"),  # Mesa would try its fields one by one
        ({"pin": {"ukraine_war": 0.0}}, r"pin must .*list"),
        ({"scenario": "trump_wins"}, "trump_win"),
    ],
)
def test_what_cannot_be_swept_is_said(parameters: dict[str, Any], words: str) -> None:
    with pytest.raises(Exception, match=words):
        batch(parameters)


def test_two_seeds_are_one_too_many() -> None:
    with pytest.raises(ValueError, match="not both"):
        TriangleModel(PEACE, seed=1, rng=1)


def test_agents_of_a_users_own_keep_numbers_apart() -> None:
    model = TriangleModel(PEACE, seed=1)
    more = [mesa.Agent(model) for _ in range(3)]
    other = TriangleModel(PEACE, seed=1)
    numbers = [agent.unique_id for agent in [*model.countries, *more]]
    assert numbers == list(range(1, 9)) and [agent.unique_id for agent in other.countries] == numbers[:5]


def test_memory_is_flat_over_many_iterations() -> None:
    """Nobody closes batch_run's models; they are let go all the same."""

    def use(iterations: int) -> int:
        batch({"scenario": [PEACE], "runs": 100}, iterations=iterations)
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    use(2)
    others = _models()
    tracemalloc.start()
    try:
        before = use(5)
        growth = use(30) - before
    finally:
        tracemalloc.stop()
    assert growth < 100_000, "a single model of a hundred runs holds more than that"
    assert _models() <= others, "no model is left but those that other tests keep"


def _models() -> int:
    return sum(type(thing) is TriangleModel for thing in gc.get_objects())
