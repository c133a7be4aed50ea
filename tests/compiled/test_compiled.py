"""Compiled backends against NumPy: the same choices on the same random numbers, states equal to rounding."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from model.worlds import scenario
from triangle_sim.model import TriangleModel, blueprint_of
from triangle_sim.montecarlo.block import simulate
from triangle_sim.scenario.schema import Scenario
from triangle_sim.trajectory import Trajectory

PACKAGES = {"llvm": ("llvmlite", "triangle_sim.fused.backend"), "jax": ("jax", "triangle_sim.compiled")}
WIDTH = 1024
"""Runs that JAX's program takes at once, and a multiple of LLVM's."""

ROUNDING = 1e-11
"""Two libraries' tanh, exp and log differ in the last digit or two; six to twenty quarters carry them on."""
SPLIT = {
    "default": {"rule": "quantal", "depth": 1},
    "CHN": {"rule": "best_response"},
    "RUS": {"rule": "quantal", "depth": 0},
    "PRK": {"rule": "scripted", "script": ["court_moscow", "test_missile"], "then": "repeat"},
}


Trajectories = Callable[..., list[Trajectory]]


@pytest.fixture(params=sorted(PACKAGES))
def backend(request: pytest.FixtureRequest) -> str:
    """Each compiled backend that is installed."""
    name: str = request.param
    pytest.importorskip(PACKAGES[name][0], reason=f"this backend is an extra: pip install 'triangle-sim[{name}]'")
    return name


@pytest.fixture
def trajectories(backend: str) -> Trajectories:
    """Its function of that name."""
    made: Trajectories = pytest.importorskip(PACKAGES[backend][1]).trajectories
    return made


def assert_same(ours: Trajectory, theirs: Trajectory) -> None:
    for name in ("moves", "meetings", "begins", "active"):
        assert np.array_equal(getattr(ours, name), getattr(theirs, name)), name
    for name in ("state", "environment"):
        assert np.abs(getattr(ours, name) - getattr(theirs, name)).max() < ROUNDING, name


def both(backend: str, world: Scenario, runs: int) -> tuple[Trajectory, Trajectory]:
    address = (np.arange(runs) // 5, np.arange(runs) % 5)
    return simulate(world, world.seed, *address, backend), simulate(world, world.seed, *address)


@pytest.mark.parametrize(
    "fields",
    [{}, {"countries": ["CHN", "PRK", "RUS"], "decision": SPLIT, "pin": {"ukraine_war": 0.3}}],
    ids=["five countries, four rules, events", "three countries, four other rules, a pin"],
)
def test_choices_are_the_same_and_states_equal_to_rounding(fields: dict[str, Any], backend: str) -> None:
    disable = {"PRK": ["test_nuclear_weapon"]}
    ours, theirs = both(backend, scenario(moves={"disable": disable}, **fields), 400)
    assert_same(ours, theirs)
    assert list(ours.twins) == list(theirs.twins) == ["sino_russian_rivalry=0"]
    for name, twin in ours.twins.items():
        assert_same(twin, theirs.twins[name])
    assert len(np.unique(ours.moves)) > 5 and ours.meetings.any() and ours.begins.any()
    assert not ours.played("PRK", "test_nuclear_weapon").any()


def test_a_run_has_the_same_bits_alone_and_in_any_company(trajectories: Trajectories) -> None:
    world = scenario(countries=["CHN", "PRK"], decision={"default": {"rule": "quantal", "depth": 1}})
    plan = blueprint_of(world)
    draws, replicates = np.arange(WIDTH + 40) // 4, np.arange(WIDTH + 40) % 4
    (together,) = trajectories(plan, 3, draws, replicates, [{}])
    for k in (0, 1, WIDTH - 1, WIDTH, WIDTH + 39):
        (alone,) = trajectories(plan, 3, draws[[k]], replicates[[k]], [{}])
        assert np.array_equal(alone.state[..., 0], together.state[..., k])
        assert np.array_equal(alone.moves[..., 0], together.moves[..., k])
    model = TriangleModel(world, seed=3, draws=draws, replicates=replicates)
    assert_same(together, model.run_model())


def test_single_precision_is_statistically_the_same(trajectories: Trajectories) -> None:
    """Independent draws in single and double precision: every two-sample test at a family error rate of 1 in 1000."""
    from scipy import stats

    world = scenario(countries=["CHN", "PRK", "RUS"], decision={"default": {"rule": "quantal", "depth": 2}}, quarters=8)
    plan, runs = blueprint_of(world), 4 * WIDTH
    address = np.arange(runs), np.zeros(runs, int)
    (single,) = trajectories(plan, 11, *address, [{}], "single")
    (double,) = trajectories(plan, 12, *address, [{}])
    chances = []
    for k, _ in enumerate(plan.variables):
        chances.append(stats.ks_2samp(single.state[-1, k], double.state[-1, k]).pvalue)
    for k, country in enumerate(plan.cast):
        counts = [np.bincount(t.moves[-1, k], minlength=len(country.menu())) for t in (single, double)]
        seen = np.asarray(counts)[:, np.sum(counts, axis=0) > 10]
        chances.append(stats.chi2_contingency(seen).pvalue)
    assert min(chances) > 1e-3 / len(chances)

    (paired,) = trajectories(plan, 12, *address, [{}], "single")
    alike = (paired.moves == double.moves).all(axis=(0, 1))
    assert alike.mean() > 0.99, "on the same random numbers only choices within 1e-5 of an edge may differ"
    assert np.abs(paired.state - double.state)[..., alike].max() < 1e-4
    assert not np.array_equal(paired.state, double.state), "single precision is not double in disguise"
