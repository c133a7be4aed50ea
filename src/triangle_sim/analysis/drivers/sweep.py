"""One or two numbers of a scenario varied over the same worlds: outcomes by value, and where they cross a threshold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from triangle_sim.analysis.by_draw import HEADLINE
from triangle_sim.analysis.drivers.keys import checked_values, with_value
from triangle_sim.analysis.drivers.target import Target, target_of
from triangle_sim.analysis.intervals import mean_of, resamples, share_of
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.sample import sample
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import Scenario

Floats = NDArray[np.float64]

RESAMPLES = 1000
HALF = 0.5


@dataclass(frozen=True)
class Crossing:
    """Where an outcome crosses its threshold under a theory, as one key rises.

    ``at`` is interpolated between values (NaN: it does not cross within them), with its interval over resamples of
    draws that cross, of which there is a share ``crosses``; ``way`` is ``up`` or ``down``; ``times`` how often the
    curve crosses in all.
    """

    outcome: str
    theory: str
    threshold: float
    at: float
    low: float
    high: float
    crosses: float
    way: str
    times: int


@dataclass(frozen=True, eq=False)
class Sweep:
    """Outcomes on a grid of values.

    ``values`` are the values of each key; ``means`` by outcome, ``(values of the first key, of the second, ... ,
    draws)``; ``theory`` ``(draws,)``. The draws and their luck are the same everywhere.
    """

    scenario: Scenario
    values: Mapping[str, tuple[float, ...]]
    targets: tuple[Target, ...]
    threshold: float | None
    theory: NDArray[Any]
    means: Mapping[str, Floats]
    replicates: int
    seed: int

    def __repr__(self) -> str:
        from triangle_sim.analysis.drivers.told_sweep import text

        return text(self)

    @property
    def theories(self) -> list[str]:
        """Theories that were drawn."""
        return sorted(set(self.theory.tolist()))

    def threshold_of(self, target: Target) -> float | None:
        """What an outcome is held against: half of the futures where it is a share, unless another was asked for; that
        is a share where any outcome is one."""
        if target.share:
            return HALF if self.threshold is None else self.threshold
        return None if any(each.share for each in self.targets) else self.threshold

    def frame(self) -> pd.DataFrame:
        """One row a value (or pair), outcome and theory: value, low, high (95 % over draws)."""
        rows = []
        for target, theory in product(self.targets, self.theories):
            grid, chosen = self.means[target.column], self.theory == theory
            for place in np.ndindex(grid.shape[:-1]):
                here = grid[place][chosen]
                known = here[~np.isnan(here)]
                found = share_of(known, known.size * self.replicates) if target.share and known.size else mean_of(here)
                at = [values[k] for k, values in zip(place, self.values.values(), strict=True)]
                rows.append((*at, target.column, theory, found.value, found.low, found.high))
        return pd.DataFrame(rows, columns=[*self.values, "outcome", "theory", "value", "low", "high"])

    def crossings(self) -> list[Crossing]:
        """Where each outcome crosses its threshold under each theory; none with two keys."""
        if len(self.values) != 1:
            return []
        (xs,) = (np.asarray(each) for each in self.values.values())
        return [
            crossing(xs, self.means[target.column][:, self.theory == theory], level, target.column, theory)
            for target, theory in product(self.targets, self.theories)
            if (level := self.threshold_of(target)) is not None
        ]


def crossing(xs: Floats, means: Floats, level: float, outcome: str, theory: str) -> Crossing:
    """Where the mean over draws of ``means (values, draws)`` first crosses ``level`` as ``xs (values,)`` rises."""
    means = means[:, ~np.isnan(means).any(axis=0)]
    draws = means.shape[1]
    picks = resamples(draws, draws, RESAMPLES)
    curve = means.mean(axis=1)
    some = _first(xs, picks @ means.T / draws, level)
    there = some[~np.isnan(some)]
    low, high = np.quantile(there, [0.025, 0.975]) if there.size else (np.nan, np.nan)
    signs = np.sign(curve - level)
    times = int((np.diff(signs[signs != 0]) != 0).sum())
    way = ("up" if curve[0] < level else "down") if times else ""
    at = float(_first(xs, curve[None], level)[0])
    return Crossing(outcome, theory, level, at, float(low), float(high), there.size / RESAMPLES, way, times)


def _first(xs: Floats, curves: Floats, level: float) -> Floats:
    """Where curves ``(curves, values)`` first cross a level, between values on a straight line; NaN where never."""
    apart = curves - level
    turns = (apart[:, :-1] * apart[:, 1:] <= 0) & (apart[:, :-1] != apart[:, 1:])
    some, k, rows = turns.any(axis=1), turns.argmax(axis=1), np.arange(len(apart))
    step = apart[rows, k] / np.where(some, apart[rows, k] - apart[rows, k + 1], 1.0)
    return np.where(some, xs[k] + step * (xs[k + 1] - xs[k]), np.nan)


def sweep(
    scenario: Scenario | str,
    vary: Mapping[str, Sequence[float]],
    outcomes: Sequence[str] = (),
    *,
    threshold: float | None = None,
    draws: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    backend: str = "auto",
    tell: Callable[[str], None] | None = None,
) -> Sweep:
    """Outcomes of a scenario as one or two of its values vary, over the same worlds.

    Parameters
    ----------
    vary
        values by key: ``{"pin.ukraine_war": [0, 0.5, 1]}``; keys are those of ``--set``.
    outcomes
        what is asked; by default the key outcomes.
    threshold
        what outcomes are held against; by default half of the futures, for what is yes or no.

    Raises
    ------
    UsageError, ScenarioError
        for what cannot be varied or asked.
    """
    loaded = scenario if isinstance(scenario, Scenario) else load(scenario)
    if not 1 <= len(vary) <= 2:
        raise UsageError(f"{len(vary)} keys are varied", "vary one, or two for a grid")
    targets = tuple(target_of(name, loaded) for name in dict.fromkeys(outcomes or HEADLINE))
    values = {key: tuple(checked_values(key, list(each))) for key, each in vary.items()}
    changed = {}
    for place in product(*(range(len(each)) for each in values.values())):
        there = loaded
        for k, (key, each) in zip(place, values.items(), strict=True):
            there = with_value(there, key, each[k])
        changed[place] = there
    d, r = draws or loaded.draws, replicates or loaded.replicates
    seed = loaded.seed if seed is None else seed
    shape = tuple(len(each) for each in values.values())
    means = {target.column: np.empty((*shape, d)) for target in targets}
    theory: NDArray[Any] = np.empty(0, object)
    for number, (place, there) in enumerate(changed.items()):
        if tell is not None:
            tell(f"  {number + 1} of {len(changed)}")
        played = sample(there, list(means), draws=d, replicates=r, seed=seed, backend=backend)
        theory = played.theory
        for column, grid in means.items():
            grid[place] = played.means(column)
    return Sweep(loaded, values, targets, threshold, theory, means, r, seed)
