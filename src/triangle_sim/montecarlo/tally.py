"""Counts that add up exactly: what a block of runs contributes to every table over quarters.

Everything is an integer, so the sum over blocks is the same in any order and for any way of cutting the runs.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.trajectory import Trajectory
from triangle_sim.triangle import (
    Band,
    balance_counts,
    dwell,
    role_counts,
    transition_counts,
    two_camps,
    type_counts,
    type_counts_by_band,
)

BINS = 500
"""Bins a variable's range is cut into; a quantile is right to within one bin, 0.2% of the range."""
FIXED = 2.0**32
"""Means are added up as multiples of 2**-32 of a unit."""
EDGE = 0.02
"""A value this share of the range from an end counts as at a bound."""
BANDS = tuple(Band(enter, enter / 3) for enter in (0.05, 0.10, 0.15, 0.20, 0.30))
"""Neutral bands under which the triangle types are counted again, to show how far they hang on the band."""

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Tally:
    """Counts over some runs; quarters come first.

    ``levels`` is ``(quarters + 1, variables and conditions, BINS)``, ``sums`` the fixed-point sums of the same;
    ``moves`` ``(quarters, countries, moves)``; ``meetings`` and ``begins`` ``(quarters, ...)``; ``ever_met`` and
    ``ever_begun`` count runs; ``types`` ``(quarters + 1, triads, types)``; ``roles`` ``(quarters + 1, triads, 3,
    roles)``; ``transitions`` ``(triads, from, to)``; ``spells`` and ``spell_quarters`` ``(triads, types)``;
    ``types_by_band`` ``(bands, triads, types)``; ``unbalanced`` and ``complete`` triads and worlds that fall into two
    ``camps`` ``(quarters + 1,)``; ``at_bound`` ``(variables,)``.
    """

    runs: int
    levels: Counts
    sums: Counts
    moves: Counts
    meetings: Counts
    ever_met: Counts
    begins: Counts
    ever_begun: Counts
    types: Counts
    roles: Counts
    transitions: Counts
    spells: Counts
    spell_quarters: Counts
    types_by_band: Counts
    unbalanced: Counts
    complete: Counts
    camps: Counts
    at_bound: Counts

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def tally(t: Trajectory) -> Tally:
    """Count one block."""
    levels, sums, at_bound = _levels(t)
    spells = dwell(t.triangles.types)
    unbalanced, complete, camps = _balance(t)
    menus = [len(country.menu()) for country in t.plan.cast]
    moves = np.stack(
        [np.stack([np.bincount(row, minlength=max(menus)) for row in t.moves[:, k]]) for k in range(len(menus))], axis=1
    )
    return Tally(
        t.runs,
        levels,
        sums,
        moves.astype(np.int64),
        t.meetings.sum(axis=2, dtype=np.int64),
        t.meetings.any(axis=0).sum(axis=1, dtype=np.int64),
        t.begins.sum(axis=2, dtype=np.int64),
        t.begins.any(axis=0).sum(axis=1, dtype=np.int64),
        type_counts(t.triangles.types),
        role_counts(t.triangles.roles),
        transition_counts(t.triangles.types),
        np.asarray(spells.spells, np.int64),
        np.asarray(spells.quarters, np.int64),
        type_counts_by_band(t.ties, t.pairs, t.plan.codes, BANDS),
        unbalanced,
        complete,
        camps,
        at_bound,
    )


def _balance(t: Trajectory) -> tuple[Counts, Counts, Counts]:
    """Unbalanced triads, complete triads and worlds in two camps, by quarter; two countries are always in balance."""
    if len(t.plan.codes) < 3:
        none = np.zeros(t.state.shape[0], np.int64)
        return none, none, none + t.runs
    unbalanced, complete = balance_counts(t.triangles.signs, t.plan.codes)
    camps = two_camps(t.triangles.signs, t.plan.codes)
    return unbalanced.sum(axis=1), complete.sum(axis=1), camps.sum(axis=1, dtype=np.int64)


def _levels(t: Trajectory) -> tuple[Counts, Counts, Counts]:
    """Histograms and fixed-point sums by quarter and variable, and how many values lie at a bound by variable."""
    plan, quarters = t.plan, t.state.shape[0]
    ends = [(v.low, v.high) for v in plan.variables.values()] + [(0.0, 1.0)] * len(plan.conditions)
    environment = np.concatenate([t.environment, t.environment[-1:]])
    values = np.concatenate([t.state, environment], axis=1)
    low, high = (np.asarray(column)[:, None] for column in zip(*ends, strict=True))
    unit = (values - low) / (high - low)
    bins = np.clip((unit * BINS).astype(np.int64), 0, BINS - 1)
    cells = quarters * len(ends)
    offset = (np.arange(cells) * BINS).reshape(quarters, len(ends), 1)
    levels = np.bincount((bins + offset).ravel(), minlength=cells * BINS).reshape(quarters, len(ends), BINS)
    sums = np.rint(values * FIXED).astype(np.int64).sum(axis=2)
    states = unit[:, : len(plan.variables)]
    at_bound = ((states < EDGE) | (states > 1.0 - EDGE)).sum(axis=(0, 2), dtype=np.int64)
    return levels, sums, at_bound


def quantiles(levels: Counts, low: Any, high: Any, probabilities: tuple[float, ...]) -> NDArray[np.float64]:
    """Quantiles ``(probabilities, ...)`` from histograms ``(..., BINS)``, linear within a bin."""
    cumulative = levels.cumsum(axis=-1)
    total = cumulative[..., -1:]
    out = []
    for p in probabilities:
        target = p * total
        index = (cumulative < target).sum(axis=-1, keepdims=True).clip(0, BINS - 1)
        upper = np.take_along_axis(cumulative, index, axis=-1)
        here = np.take_along_axis(levels, index, axis=-1)
        within = 1.0 - (upper - target) / np.maximum(here, 1)
        out.append(low + (high - low) * ((index + within) / BINS)[..., 0])
    return np.stack(out)
