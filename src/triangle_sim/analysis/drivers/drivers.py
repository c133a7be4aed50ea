"""What drives an outcome of a scenario: every method on the same question, under each theory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from triangle_sim.analysis.drivers import libraries
from triangle_sim.analysis.drivers.as_is import shares_as_they_are
from triangle_sim.analysis.drivers.box import Box, find_box, halved, screened
from triangle_sim.analysis.drivers.morris import morris
from triangle_sim.analysis.drivers.sobol import Floats, Indices, Play, sobol
from triangle_sim.analysis.drivers.space import Space, spaces
from triangle_sim.analysis.drivers.target import Target, target_of
from triangle_sim.analysis.drivers.tree import Tree, grow_tree
from triangle_sim.analysis.intervals import Estimate, mean_of
from triangle_sim.errors import UsageError
from triangle_sim.model.prepared import prepared_for
from triangle_sim.montecarlo.sample import Sample
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import Scenario

ROWS, REPLICATES, PATHS, LEADING = 512, 10, 24, 6
"""Base rows and replicates of Sobol's designs, paths of the screening, single parameters that get indices."""
DRAWS, LUCKS = 500, 20
"""Draws and replicates of the draws as they are."""
CASES = 8
"""Futures of each draw among which rules are sought."""
OTHERS = "all other parameters"

Tell = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class UnderTheory:
    """What drives the outcome if one theory is right.

    ``level`` is the outcome's mean over the draws as they are, ``apart`` with every parameter drawn by itself.
    ``group`` and ``single`` are Sobol indices of groups of parameters and of the leading single ones; ``screening``
    ranks all; ``tied`` are shares of variance over the draws as they are. ``sd`` is the spread between draws.
    """

    level: Estimate
    apart: float
    sd: float
    group: Indices
    single: Indices
    screening: pd.DataFrame
    tied: pd.DataFrame
    box: Box | None
    tree: Tree


@dataclass(frozen=True, eq=False)
class Drivers:
    """What drives an outcome: by theory, and which theory is right as one more factor (first and total index).

    ``above`` and ``below`` bound the futures of interest of the rules; for a truth value they are those where it holds.
    """

    scenario: Scenario
    target: Target
    by_theory: Mapping[str, UnderTheory]
    theory: tuple[float, float]
    above: float | None
    below: float | None
    fitted: bool
    design: Mapping[str, int]

    def frame(self) -> pd.DataFrame:
        """Indices of groups and leading parameters: theory, kind, factor, first, total, their 95 % intervals."""
        parts = [
            each.table.assign(theory=theory, kind=kind)
            for theory, found in self.by_theory.items()
            for kind, each in (("group", found.group), ("parameter", found.single))
        ]
        frame = pd.concat(parts, ignore_index=True)
        return frame[["theory", "kind", *[name for name in frame.columns if name not in ("theory", "kind")]]]

    def __repr__(self) -> str:
        from triangle_sim.analysis.drivers.told import text

        return text(self)


def drivers(
    outcome: str,
    scenario: Scenario | str = "baseline",
    *,
    rows: int = ROWS,
    replicates: int = REPLICATES,
    paths: int = PATHS,
    above: float | None = None,
    below: float | None = None,
    seed: int | None = None,
    backend: str = "auto",
    tell: Tell | None = None,
) -> Drivers:
    """What drives an outcome, by sensitivity indices, screening, and rules.

    Parameters
    ----------
    outcome
        an outcome, a category of one (``end_state=bloc``) or a measure of a state variable (``mean chinese_supply``).
    rows, replicates
        base rows of Sobol's designs (a power of two), and futures of each row.
    paths
        paths of Morris's screening.
    above, below
        which futures rules are to find, for an outcome that is a number: by default its upper quarter.

    Raises
    ------
    UsageError
        for an unknown outcome, a design too small, or a library that is missing.
    """
    loaded = scenario if isinstance(scenario, Scenario) else load(scenario)
    target, seed = target_of(outcome, loaded), loaded.seed if seed is None else seed
    if rows < 32 or rows & (rows - 1):
        raise UsageError(
            f"{rows} rows: not a power of two from 32 up", "Sobol's sequence is even at 256, 512, 1024, ..."
        )
    if replicates < 2 or paths < 4:
        raise UsageError("a design needs at least 2 replicates and 4 paths", "luck must be told from parameters")
    if target.share and (above is not None or below is not None):
        raise UsageError(f"{target.column} is yes or no", "leave --above and --below out: rules find where it is yes")
    if above is not None and below is not None:
        raise UsageError("both above and below are given", "give one of the two")
    for module in ("SALib.sample.sobol", "ema_workbench.analysis.prim", "sklearn.tree"):
        libraries.need(module)
    everywhere = spaces(loaded)
    as_are = {each.theory: _as_are(each, target, seed, backend) for each in everywhere}
    if not target.share and above is None and below is None:
        above = float(
            np.quantile(np.concatenate([played.values[target.column] for _, played in as_are.values()]), 0.75)
        )
    found = {}
    for space in everywhere:
        (tell or str)(f"If {space.theory} is right: indices, screening, rules")
        play = _player(space, target, replicates, seed, backend)
        found[space.theory] = _under(space, target, play, as_are[space.theory], (above, below), rows, paths, seed)
    return Drivers(loaded, target, found, _of_theory(loaded, found), above, below,
                   everywhere[0].members is not None,
                   {"rows": rows, "replicates": replicates, "paths": paths, "seed": seed})  # fmt: skip


def _player(space: Space, target: Target, replicates: int, seed: int, backend: str) -> Play:
    def play(points: Floats, luck: int) -> Floats:
        return space.play(space.values(points), [target.column], replicates, seed + luck, backend).values[target.column]

    return play


def _as_are(space: Space, target: Target, seed: int, backend: str) -> tuple[Floats, Sample]:
    """Draws as the scenario makes them: values, and the outcome and conditions of their futures."""
    values = space.as_is(min(DRAWS, space.members or DRAWS), seed)
    conditions = [f"mean {name}" for name in prepared_for(space.scenario).conditions]
    return values, space.play(values, [target.column, *conditions], LUCKS, seed, backend)


def _under(
    space: Space,
    target: Target,
    play: Play,
    as_are: tuple[Floats, Sample],
    interest: tuple[float | None, float | None],
    rows: int,
    paths: int,
    seed: int,
) -> UnderTheory:
    values, played = as_are
    futures = played.values[target.column]
    screening = morris(space.names, play, paths=paths, seed=seed)
    leading = list(screening.parameter[:LEADING])
    group = sobol(space.names, space.groups, play, rows=rows, seed=seed)
    factors = [name if name in leading else OTHERS for name in space.names]
    single = sobol(space.names, factors, play, rows=rows, seed=seed)
    cases, truth, draws, conditions = _cases(space, played, values, target, interest)
    half = halved(draws)
    return UnderTheory(
        level=mean_of(futures.mean(axis=1)),
        apart=float(np.r_[group.a, group.b].mean()),
        sd=float(np.sqrt(max(group.variance, 0.0))),
        group=group,
        single=single,
        screening=screening,
        tied=shares_as_they_are(space.names, values, futures, seed=seed),
        box=find_box(cases, truth, draws, seed=seed, always=conditions),
        tree=grow_tree(cases[screened(cases[half], truth[half], conditions)], truth, draws, seed=seed),
    )


def _cases(
    space: Space, played: Sample, values: Floats, target: Target, interest: tuple[float | None, float | None]
) -> tuple[pd.DataFrame, NDArray[np.bool_], NDArray[np.int64], list[str]]:
    """Some futures of each draw as cases: parameters and conditions, what is of interest, their draws; the conditions
    that vary."""
    futures = min(CASES, LUCKS)
    draws = np.repeat(np.arange(values.shape[1]), futures)
    outcome = played.values[target.column][:, :futures].ravel()
    above, below = interest
    truth = outcome < below if below is not None else outcome > (0.5 if above is None else above)
    conditions = {name: played.values[name][:, :futures].ravel() for name in played.values if name != target.column}
    varying = {name: each for name, each in conditions.items() if np.ptp(each) > 1e-9}
    cases = pd.DataFrame(np.repeat(values, futures, axis=1).T, columns=list(space.names)).assign(**varying)
    return cases, truth, draws, list(varying)


def _of_theory(scenario: Scenario, found: Mapping[str, UnderTheory]) -> tuple[float, float]:
    """First and total index of which theory is right: every theory was played at the same points with the same luck."""
    shares = {theory: scenario.theory[theory] for theory in found}
    whole = sum(shares.values())
    first = total = 0.0
    for one, other in combinations(found, 2):
        both = shares[one] * shares[other] / whole**2
        gap: Any = found[one].group.a - found[other].group.a
        luck = gap.var(axis=1, ddof=1) / gap.shape[1]
        first += both * float(gap.mean() ** 2 - luck.mean() / len(gap))
        total += both * float((gap.mean(axis=1) ** 2 - luck).mean())
    variance = sum(shares[name] / whole * each.group.variance for name, each in found.items()) + max(first, 0.0)
    return (max(first, 0.0) / variance, max(total, 0.0) / variance) if variance > 0 else (0.0, 0.0)
