"""Counts over triangle histories: how often, from what to what, for how long.

All counts are integers, so the counts of blocks of worlds add up to those of all worlds in any order; shares are formed
once, at the end. Quarter 0 is the starting state.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from triangle_sim.triangle.balance import two_camps
from triangle_sim.triangle.ties import Band, Codes, Floats
from triangle_sim.triangle.typology import PATTERNS, ROLES, ROLES_OF, TYPE_OF, TYPES, TriangleHistory, history_of

Counts = npt.NDArray[np.int64]

IS_TYPE = np.eye(len(TYPES), dtype=np.int64)[TYPE_OF]
"""Whether a pattern of signs is of a type: (27, types)."""
IS_ROLE = np.eye(len(ROLES), dtype=np.int64)[ROLES_OF]
"""Whether a pattern gives the first, second or third member a role: (3, 27, roles)."""
PRODUCT = np.prod(PATTERNS, axis=1)
"""Product of the three signs (27,): negative for an unbalanced triad, 0 for one that is incomplete."""


class TriangleCounts(NamedTuple):
    """Counts over the worlds of a block, all int64.

    types (time, triads, types); roles (time, triads, 3, roles), members in the triad's order; transitions (triads,
    from, to), the diagonal counting the stays; spells, the longest unbroken stretches of a type within a world, and the
    quarters spent in them (triads, types); unbalanced and complete triads, and worlds in two camps (time,).
    """

    types: Counts
    roles: Counts
    transitions: Counts
    spells: Counts
    spell_quarters: Counts
    unbalanced: Counts
    complete: Counts
    camps: Counts


def count_triangles(history: TriangleHistory) -> TriangleCounts:
    """All counts of a history."""
    by_pattern = _by_pattern(history)
    by_type = by_pattern @ IS_TYPE
    steps = _transitions(history.types, by_type)
    every = by_pattern.sum(axis=1)
    return TriangleCounts(
        by_type,
        np.stack([by_pattern @ is_role for is_role in IS_ROLE], axis=2),
        steps,
        by_type[0] + steps.sum(axis=1) - np.diagonal(steps, axis1=1, axis2=2),  # begun at the start or from another
        by_type.sum(axis=0),
        every @ (PRODUCT < 0),
        every @ (PRODUCT != 0),
        two_camps(history.signs, history.countries).sum(axis=1, dtype=np.int64),
    )


def type_counts(mutual: Floats, countries: Sequence[str], band: Band) -> Counts:
    """World-quarters in each type under a band, to see how far the types depend on it: (triads, types).

    mutual: (time, ties, runs), in the order of `ties(countries)`.
    """
    counts: Counts = _by_pattern(history_of(mutual, countries, band)).sum(axis=0) @ IS_TYPE
    return counts


def _by_pattern(history: TriangleHistory) -> Counts:
    """In how many worlds a triad has each pattern of signs: (time, triads, 27)."""
    quarters, n_triads, _ = history.patterns.shape
    cells = np.arange(quarters * n_triads).reshape(quarters, n_triads, 1) * len(PATTERNS) + history.patterns
    counts = np.bincount(cells.ravel(), minlength=quarters * n_triads * len(PATTERNS))
    return counts.astype(np.int64, copy=False).reshape(quarters, n_triads, len(PATTERNS))


def shares(counts: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.float64]:
    """Counts as shares of their last axis's total; NaN where nothing was counted. Form them after adding blocks up."""
    total = counts.sum(axis=-1, keepdims=True)
    result: npt.NDArray[np.float64] = np.full(counts.shape, np.nan)
    np.divide(counts, total, out=result, where=total > 0)
    return result


def departures(transitions: Counts) -> Counts:
    """Transition counts without the stays: `shares(departures(counts))` says where worlds go when they leave a type."""
    leaving: Counts = transitions * (1 - np.eye(transitions.shape[-1], dtype=np.int64))
    return leaving


def _transitions(kinds: Codes, by_type: Counts) -> Counts:
    """Steps from one quarter to the next: (time, triads, runs) -> (triads, from, to). Only changes are gone through."""
    _, n_triads, runs = kinds.shape
    n = len(TYPES)
    at = np.flatnonzero(kinds[1:] != kinds[:-1])
    before, after = kinds[:-1].ravel()[at], kinds[1:].ravel()[at]
    triad = at // runs % max(n_triads, 1)
    changes = np.bincount((triad * n + before) * n + after, minlength=n_triads * n * n)
    steps: Counts = changes.astype(np.int64, copy=False).reshape(n_triads, n, n)
    every = np.arange(n)
    steps[:, every, every] = by_type[:-1].sum(axis=0) - steps.sum(axis=2)
    return steps
