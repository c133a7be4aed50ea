"""Counts that add up exactly: what a block of runs contributes to every table over quarters.

Everything is an integer, so the sum over blocks is the same in any order and for any way of cutting the runs.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.model.trajectory import Trajectory
from triangle_sim.triangle import Band, count_triangles, type_counts_by_band
from triangle_sim.triangle.bits import count, pack

BINS = 500
"""Bins a variable's range is cut into; a quantile is right to within one bin, 0.2% of the range."""
FIXED = 2.0**32
"""Means are added up as multiples of 2**-32 of a unit."""
LARGEST = 2.0**18
"""No variable's range may reach beyond this, on either side."""
_ANCHOR = 1.5 * 2.0**52 / FIXED
_ANCHOR_BITS = np.asarray([_ANCHOR]).view(np.int64)
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
    triangles = count_triangles(t.triangles)
    meetings, begins = pack(t.meetings), pack(t.begins)
    return Tally(
        t.runs,
        levels,
        sums,
        _moves(t),
        count(meetings),
        count(np.bitwise_or.reduce(meetings, axis=0)),
        count(begins),
        count(np.bitwise_or.reduce(begins, axis=0)),
        triangles.types,
        triangles.roles,
        triangles.transitions,
        triangles.spells,
        triangles.spell_quarters,
        type_counts_by_band(t.mutual, t.prepared.codes, BANDS),
        triangles.unbalanced,
        triangles.complete,
        triangles.camps,
        at_bound,
    )


def _moves(t: Trajectory) -> Counts:
    """How often each move was made: (quarters, countries, moves)."""
    most = max(len(country.menu()) for country in t.prepared.cast)
    rows = np.arange(t.moves.shape[0] * t.moves.shape[1]).reshape(*t.moves.shape[:2], 1)
    made = np.bincount((rows * most + t.moves).ravel(), minlength=rows.size * most)
    return made.astype(np.int64, copy=False).reshape(*t.moves.shape[:2], most)


def _levels(t: Trajectory) -> tuple[Counts, Counts, Counts]:
    """Histograms and fixed-point sums by quarter and variable, and how many values lie at a bound by variable.

    One quarter at a time, so that the arrays stay in cache.
    """
    plan, quarters = t.prepared, t.state.shape[0]
    ends = [(v.low, v.high) for v in plan.variables.values()] + [(0.0, 1.0)] * len(plan.conditions)
    if any(abs(end) > LARGEST for both in ends for end in both):
        raise ValueError(f"means are added up for ranges within -{LARGEST:g} .. {LARGEST:g}; these are {ends}")
    stretches = _stretches(ends)
    levels = np.empty((quarters, len(ends), BINS), np.int64)
    sums = np.empty((quarters, len(ends)), np.int64)
    at_bound = np.zeros(len(plan.variables), np.int64)
    first_bin = np.repeat(np.arange(len(ends)) * BINS, t.runs).reshape(len(ends), t.runs)
    values, spare = np.empty((2, len(ends), t.runs))
    for quarter in range(quarters):
        values[: len(plan.variables)] = t.state[quarter]
        values[len(plan.variables) :] = t.environment[min(quarter, quarters - 2)]
        sums[quarter] = _fixed_sums(values, spare)
        for rows, low, width in stretches:
            np.subtract(values[rows], low, out=values[rows])
            np.divide(values[rows], width, out=values[rows])
        states = values[: len(plan.variables)]
        at_bound += count(pack((states < EDGE) | (states > 1.0 - EDGE)))
        values *= BINS
        np.clip(values, 0, BINS - 1, out=values)
        cells = values.astype(np.int64)
        cells += first_bin
        levels[quarter] = np.bincount(cells.ravel(), minlength=len(ends) * BINS).reshape(len(ends), BINS)
    return levels, sums, at_bound


def _stretches(ends: list[tuple[float, float]]) -> list[tuple[slice, float, float]]:
    """Rows, low end and width of neighbours that have the same range: arithmetic with one number is fast."""
    starts = [at for at in range(len(ends)) if at == 0 or ends[at] != ends[at - 1]]
    return [
        (slice(at, end), ends[at][0], ends[at][1] - ends[at][0])
        for at, end in zip(starts, [*starts[1:], len(ends)], strict=True)
    ]


def _fixed_sums(values: NDArray[np.float64], spare: NDArray[np.float64]) -> Counts:
    """Sums over runs of values rounded to multiples of 1 / FIXED, as whole numbers of those: (rows, runs) -> (rows,).

    Added to so large a number, a value is rounded to such a multiple, half to even as by ``rint``, and the lowest bits
    of the sum count the multiples. Holds for values up to LARGEST in size; the whole numbers may wrap on the way.
    """
    np.add(values, _ANCHOR, out=spare)
    total: Counts = spare.view(np.int64).sum(axis=1) - _ANCHOR_BITS * values.shape[1]
    return total


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
