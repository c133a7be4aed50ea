"""Hand-made worlds: a trajectory in which everything is still, but for what a test sets."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from triangle_sim import load
from triangle_sim.model.prepared import Prepared
from triangle_sim.model.trajectory import Trajectory


@lru_cache
def plan(quarters: int) -> Prepared:
    return Prepared(load("baseline").with_(quarters=quarters, events={name: None for name in load("baseline").events}))


def world(quarters: int = 6, runs: int = 1, **levels: Any) -> Trajectory:
    """Ties at zero, stocks at zero, environment at zero, everybody holds still.

    ``levels`` by name (ties as ``CHN_PRK``): a number for all times, a list over ``quarters + 1`` times (``quarters``
    for the environment), or an array with runs last.
    """
    own = plan(quarters)
    t = Trajectory.empty(own, np.zeros(runs, np.int64), np.arange(runs), ("chung-2024",), np.zeros(runs, np.int64))
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
    from triangle_sim.outcomes import OUTCOMES

    return np.asarray(OUTCOMES[name].measure(t))
