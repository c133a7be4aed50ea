"""Worlds to measure: hand-made ones, in which everything is still but for what a test sets, and simulated ones."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from triangle_sim import load
from triangle_sim.model.prepared import Prepared
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.montecarlo.compute import simulate
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.scenario.schema import Scenario


@lru_cache
def prepared(quarters: int) -> Prepared:
    return Prepared(load("baseline").with_(quarters=quarters, events={name: None for name in load("baseline").events}))


def world(quarters: int = 6, runs: int = 1, **levels: Any) -> Trajectory:
    """Ties at zero, stocks at zero, environment at zero, everybody holds still.

    ``levels`` by name (ties as ``CHN_PRK``): a number for all times, a list over ``quarters + 1`` times (``quarters``
    for the environment), or an array with runs last.
    """
    own = prepared(quarters)
    t = Trajectory.empty(own, np.zeros(runs, np.int64), np.arange(runs), np.full(runs, "chung-2024"))
    t.state[:], t.environment[:] = 0.0, 0.0
    for k, country in enumerate(own.cast):
        t.moves[:, k] = [move.name for move in country.menu()].index("hold")
    for name, level in levels.items():
        full = f"goodwill[{name.replace('_', ',')}]" if name.isupper() else name
        values = np.asarray(level, float)
        t[full][:] = values[:, None] if values.ndim == 1 else values
    return t


def play(t: Trajectory, country: str, move: str, quarters: list[int], run: int = 0) -> None:
    """Let a country play a move in some quarters of a run."""
    k = t.prepared.codes.index(country)
    t.moves[quarters, k, run] = [each.name for each in t.prepared.cast[k].menu()].index(move)


def meet(t: Trajectory, name: str, quarters: list[int], run: int = 0) -> None:
    """Let two moves meet in some quarters of a run."""
    t.meetings[quarters, [joint.name for joint in t.prepared.joint_effects].index(name), run] = True


def measure(name: str, t: Trajectory) -> Any:
    """An outcome of every run."""
    return np.asarray(OUTCOMES[name].measure(t))


def block_of(scenario: Scenario, draws: int, replicates: int) -> Trajectory:
    """All runs of some draws and replicates, with their twins."""
    return simulate(scenario, 1, np.repeat(np.arange(draws), replicates), np.tile(np.arange(replicates), draws))


@lru_cache
def simulated() -> Trajectory:
    """A world in which much happens, for comparisons with plain loops."""
    return block_of(load("sino_russian_split"), 8, 3)


def by_run(name: str, loop: Any) -> None:
    """Compare an outcome of the simulated world with a plain loop ``(trajectory, run) -> value``, run by run."""
    t = simulated()
    found = measure(name, t)
    for run in range(t.runs):
        expected = loop(t, run)
        assert abs(found[run] - expected) <= 1e-12 or (found[run] != found[run] and expected != expected), (name, run)


def course(t: Trajectory, name: str, run: int) -> list[float]:
    """A variable over time in one run."""
    return [float(value) for value in t[name][:, run]]


def mean(values: list[float]) -> float:
    """The plain mean."""
    return sum(values) / len(values)


def first(happened: list[bool]) -> float:
    """Quarters from the start to the end of the first one in which it happened."""
    return happened.index(True) + 1.0 if True in happened else float("nan")
