"""What it would take: the smallest change of sizes or of facts that takes an outcome across a level, under each theory.

Sizes are moved in every draw by the same number of standard deviations of their priors, so that what is unsure stays
unsure; an author grants a size if the middle of the draws stays within the central 90 % of his prior. Facts are
conditions held at a level throughout, and the odds of dated events. What is found is played again with fresh luck.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from triangle_sim.analysis.drivers.facts import Fact, estimate, facts_that_do
from triangle_sim.analysis.drivers.search import Floats, best_of, gradient
from triangle_sim.analysis.drivers.space import Space, spaces
from triangle_sim.analysis.drivers.target import Target, target_of
from triangle_sim.analysis.intervals import Estimate
from triangle_sim.errors import UsageError
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import Scenario
from triangle_sim.world.theories import load_theory

DRAWS, REPLICATES, ROUNDS = 400, 10, 8
"""Draws and replicates of a level while searching, rounds of random moves for the gradient."""
GRANTED = 0.9
"""Central share of a prior that its author grants."""
FRESH = 1_000_003
"""Added to the seed for luck that had no part in the search."""


@dataclass(frozen=True)
class Part:
    """One size of a change: how far it moves, in prior standard deviations, between which middles of the draws, on what
    it rests (claims, facts, judgement), and which theories grant where it ends. ``before`` are those that grant where
    it stands already: the record may have moved it."""

    parameter: str
    sds: float
    before: float
    after: float
    sources: tuple[str, ...]
    granted: tuple[str, ...]
    granted_before: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """Sizes moved together: ``parts``, the largest first; ``distance`` in prior standard deviations; the level that
    fresh luck gives it; ``crosses`` if the search reached the goal."""

    parts: tuple[Part, ...]
    distance: float
    level: Estimate
    crosses: bool


@dataclass(frozen=True)
class UnderTheory:
    """What it takes under one theory: the level now, changes of sizes (fewest first), and of facts."""

    level: Estimate
    changes: tuple[Change, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, eq=False)
class Takes:
    """What it would take for an outcome to lie above (``sign`` 1) or below (-1) a goal, by theory."""

    scenario: Scenario
    target: Target
    goal: float
    sign: int
    by_theory: Mapping[str, UnderTheory]
    design: Mapping[str, int]

    def __repr__(self) -> str:
        from triangle_sim.analysis.drivers.told_takes import text

        return text(self)


def takes(
    outcome: str,
    scenario: Scenario | str = "baseline",
    *,
    above: float | None = None,
    below: float | None = None,
    draws: int = DRAWS,
    replicates: int = REPLICATES,
    seed: int | None = None,
    backend: str = "auto",
    tell: Callable[[str], None] | None = None,
) -> Takes:
    """The smallest changes that take an outcome's mean over futures above or below a level, under each theory.

    Raises
    ------
    UsageError
        for an unknown outcome, or where it is not said which side of which level.
    """
    loaded = scenario if isinstance(scenario, Scenario) else load(scenario)
    target, seed = target_of(outcome, loaded), loaded.seed if seed is None else seed
    if (above is None) == (below is None):
        raise UsageError("above or below what?", "give one level: above=0.5 or below=0.1")
    goal = float(above if above is not None else below or 0.0)
    if target.share and not 0 < goal < 1:
        raise UsageError(f"{goal:g} is no share of futures", "give a number between 0 and 1, such as 0.5")
    if draws < 50 or replicates < 2:
        raise UsageError(
            "a search needs at least 50 draws and 2 replicates", "the default is 400 draws x 10 replicates"
        )
    sign = 1 if above is not None else -1
    everywhere, design = spaces(loaded), {"draws": draws, "replicates": replicates, "seed": seed}
    now = {each.theory: _now(each, target, draws, replicates, seed, backend) for each in everywhere}
    apart = [name for name, level in now.items() if sign * (level.value - goal) <= 0]
    if tell is not None and apart:
        tell("Facts: conditions held at a level, odds of dated events")
    facts = facts_that_do(loaded, target, goal, sign, apart, design, FRESH, backend) if apart else {}
    found = {}
    for space in everywhere:
        changes: tuple[Change, ...] = ()
        if space.theory in apart:
            (tell or str)(f"Sizes, if {space.theory} is right")
            changes = _changes(space, everywhere, target, goal, sign, draws, replicates, seed, backend)
        found[space.theory] = UnderTheory(now[space.theory], changes, tuple(facts.get(space.theory, ())))
    return Takes(loaded, target, goal, sign, found, design)


def _now(space: Space, target: Target, draws: int, replicates: int, seed: int, backend: str) -> Estimate:
    return estimate(target, space.play(space.as_is(draws, seed), [target.column], 2 * replicates, seed + FRESH, backend)
                    .values[target.column])  # fmt: skip


def _changes(
    space: Space,
    everywhere: list[Space],
    target: Target,
    goal: float,
    sign: int,
    draws: int,
    replicates: int,
    seed: int,
    backend: str,
) -> tuple[Change, ...]:
    base = space.as_is(draws, seed)
    scores = space.scores(base)

    def values(shift: Floats) -> Floats:
        """The draws with a shift of their scores: what is not shifted keeps its very values."""
        out = base.copy()
        rows = np.flatnonzero(shift)
        for row in rows:
            out[row] = space.parameters[row].draw(np.minimum(ndtr(scores[row] + shift[row]), 1.0 - 2.0**-53))
        return out

    def level(shift: Floats) -> float:
        played = space.play(values(shift), [target.column], replicates, seed, backend)
        return float(played.values[target.column].mean())

    def rows(shifts: Floats, luck: int) -> Floats:
        moved = space.at_scores(scores + shifts)
        played = space.play(moved, [target.column], replicates, seed + 1 + luck, backend)
        return np.asarray(played.values[target.column].mean(axis=1))

    slope, error = gradient(rows, len(space.names), draws, ROUNDS, seed)
    out = []
    for move in best_of(level, slope, error, sign, goal):
        moved = values(move.shift)
        fresh = space.play(moved, [target.column], 2 * replicates, seed + FRESH, backend).values[target.column]
        order = sorted(np.flatnonzero(move.shift), key=lambda row: -abs(move.shift[row]))
        parts = tuple(_part(space, everywhere, int(row), float(move.shift[row]), base, moved) for row in order)
        there = estimate(target, fresh)
        out.append(Change(parts, move.distance, there, move.crosses or sign * (there.value - goal) > 0))
    return tuple(out)


def _part(space: Space, everywhere: list[Space], row: int, sds: float, base: Floats, moved: Floats) -> Part:
    name, before, after = space.names[row], float(np.median(base[row])), float(np.median(moved[row]))
    grants = [tuple(each.theory for each in everywhere if granted(each, name, value)) for value in (after, before)]
    sources = load_theory(space.theory).claims.get(name, space.parameters[row].sources)
    return Part(name, sds, before, after, tuple(sources), *grants)


def granted(space: Space, parameter: str, value: float) -> bool:
    """Whether a value lies within the central 90 % of a theory's prior."""
    prior = space.parameters[space.names.index(parameter)]
    reach = float(ndtri(0.5 + GRANTED / 2))
    ends: NDArray[np.float64] = prior.draw(ndtr(np.asarray([-reach, reach])))
    return bool(ends[0] <= value <= ends[1])
