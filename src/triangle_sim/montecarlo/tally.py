"""Counts of a block of runs, from which every table over quarters is made.

All of them are whole numbers, so their sum over blocks is the same in any order and for any way of cutting the runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.model.prepared import Prepared
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.triangle.counting import count_triangles, type_counts
from triangle_sim.triangle.ties import DEFAULT_BAND, Band

BINS = 500
"""Bins a variable's range is cut into; a quantile is right to within one bin, 0.2% of the range."""
FIXED = 2.0**32
"""Means are added up as multiples of 2**-32 of a unit."""
UNROUNDED = 2.0**53
"""Whole numbers up to this have no rounding as floating-point numbers, so their sum is the same in any order."""
EDGE = 0.02
"""A value this share of the range from an end counts as at a bound."""
BANDS = (Band(0.05, 0.05 / 3), Band(0.10, 0.10 / 3), DEFAULT_BAND, Band(0.20, 0.20 / 3), Band(0.30, 0.10))
"""Neutral bands under which the triangle types are counted again, to show how far they depend on the band."""

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
    """The counts of some runs.

    Raises
    ------
    ValueError
        if a variable's range is too wide for the sums.
    """
    levels, sums, at_bound = _levels(t)
    triangles = count_triangles(t.triangles)
    by_band = [
        triangles.types.sum(axis=0) if band == DEFAULT_BAND else type_counts(t.mutual, t.prepared.codes, band)
        for band in BANDS
    ]
    return Tally(
        runs=t.runs,
        levels=levels,
        sums=sums,
        at_bound=at_bound,
        moves=_moves(t),
        meetings=_true(t.meetings),
        ever_met=_true(t.meetings.any(axis=0)),
        begins=_true(t.begins),
        ever_begun=_true(t.begins.any(axis=0)),
        types_by_band=np.stack(by_band),
        **triangles._asdict(),
    )


def by_theory(t: Trajectory) -> dict[str, Tally]:
    """The counts of the runs under each theory that they have, in alphabetical order."""
    return {theory: tally(t.of(theory)) for theory in sorted(set(t.theory.tolist()))}


def added(one: Mapping[str, Tally], other: Mapping[str, Tally]) -> dict[str, Tally]:
    """Counts of more runs, theory by theory."""
    return {
        theory: one[theory] + other[theory] if theory in one and theory in other else {**one, **other}[theory]
        for theory in sorted({*one, *other})
    }


def _true(truth: Any) -> Counts:
    """In how many runs: (..., runs) -> (...)."""
    return np.asarray(np.sum(truth, axis=-1, dtype=np.int32), np.int64)


def _moves(t: Trajectory) -> Counts:
    """How often each move was made: (quarters, countries, moves)."""
    most = max(len(country.menu()) for country in t.prepared.cast)
    rows = np.arange(t.moves.shape[0] * t.moves.shape[1]).reshape(*t.moves.shape[:2], 1)
    made = np.bincount((rows * most + t.moves).ravel(), minlength=rows.size * most)
    return made.astype(np.int64, copy=False).reshape(*t.moves.shape[:2], most)


def _levels(t: Trajectory) -> tuple[Counts, Counts, Counts]:
    """Histograms and sums by quarter and variable, and how many values lie at a bound by variable.

    One quarter at a time, so that the arrays stay in cache.
    """
    variables, quarters = len(t.prepared.variables), t.state.shape[0]
    low, high = (ends[:, None] for ends in ranges(t.prepared))
    widest = float(np.abs([low, high]).max())
    if widest * t.runs * FIXED > UNROUNDED:
        raise ValueError(f"means of {t.runs} runs are added up for ranges within +-{UNROUNDED / FIXED / t.runs:g}, "
                         f"these reach {widest:g}")  # fmt: skip
    rows = low.size
    low, width = (np.repeat(column, t.runs, axis=1) for column in (low, high - low))  # arrays alike are quickest
    levels = np.empty((quarters, rows, BINS), np.int64)
    sums = np.empty((quarters, rows), np.int64)
    at_bound = np.zeros(variables, np.int64)
    first_bin = np.repeat(np.arange(rows) * BINS, t.runs).reshape(rows, t.runs)
    values, spare = np.empty((2, rows, t.runs))
    for quarter in range(quarters):
        values[:variables] = t.state[quarter]
        values[variables:] = t.environment[min(quarter, quarters - 2)]
        sums[quarter] = np.rint(np.multiply(values, FIXED, out=spare), out=spare).sum(axis=1)
        values -= low
        values /= width
        at_bound += _true((values[:variables] < EDGE) | (values[:variables] > 1.0 - EDGE))
        values *= BINS
        np.clip(values, 0, BINS - 1, out=values)
        cells = values.astype(np.int64)
        cells += first_bin
        levels[quarter] = np.bincount(cells.ravel(), minlength=rows * BINS).reshape(rows, BINS)
    return levels, sums, at_bound


def ranges(prepared: Prepared) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The low and the high ends of all variables and conditions."""
    ends = [(v.low, v.high) for v in prepared.variables.values()] + [(0.0, 1.0)] * len(prepared.conditions)
    low, high = np.transpose(np.asarray(ends, np.float64))
    return low, high


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
