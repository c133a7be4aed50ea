"""What a block of worlds adds to every table of triangles, counted from packed signs.

The counts are those of `statistics.py` and `balance.py`, to the unit; only the way is another. Three ties that are good
or bad make one of eight patterns. Types, roles and balance follow from a triad's pattern, so it is enough to count
patterns, and a pattern is held by the worlds in which three bits are set.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Final, NamedTuple

import numpy as np

from triangle_sim.triangle.balance import two_camps_bits
from triangle_sim.triangle.bits import Bits, Counts, count, pack
from triangle_sim.triangle.ties import Band, Floats, SignBits, sign_bits
from triangle_sim.triangle.typology import ROLES, TYPES, TriangleHistory, roles, triad_ties, types

_PATTERNS: Final = np.array(list(product((-1, 1), repeat=3)), dtype=np.int8)
_TYPE_OF: Final = types(*_PATTERNS.T)
_ROLES_OF: Final = roles(*_PATTERNS.T)
_UNBALANCED: Final = _PATTERNS.prod(axis=1) < 0
_OPEN: Final = TYPES.index("indeterminate")
_NO_ROLE: Final = ROLES.index("none")


class TriangleCounts(NamedTuple):
    """Counts over the worlds of a block, all int64.

    types (time, triads, types); roles (time, triads, 3, roles); transitions (triads, from, to); spells and quarters
    spent in them (triads, types); unbalanced and complete triads and worlds in two camps (time,).
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
    """All counts of a history; see `type_counts`, `role_counts`, `transition_counts`, `dwell` and `balance_counts`."""
    held = _patterns(history.ties, history.countries)
    patterns = count(held)
    kinds = _types(patterns, history.ties.runs)
    parts: Counts = np.zeros((*patterns.shape[1:], 3, len(ROLES)), dtype=np.int64)
    for pattern, worlds in enumerate(patterns):
        for member in range(3):
            parts[:, :, member, _ROLES_OF[member, pattern]] += worlds
    parts[..., _NO_ROLE] = kinds[..., _OPEN, None]
    steps = _transitions(held, history.ties.runs)
    stays = np.diagonal(steps, axis1=1, axis2=2)
    return TriangleCounts(
        kinds,
        parts,
        steps,
        kinds[0] + steps.sum(axis=1) - stays,  # a spell begins at the start, or by coming from another type
        kinds.sum(axis=0),
        patterns[_UNBALANCED].sum(axis=(0, 2)),
        patterns.sum(axis=(0, 2)),
        count(two_camps_bits(history.ties, history.countries)),
    )


def type_counts_by_band(mutual: Floats, countries: Sequence[str], bands: Sequence[Band]) -> Counts:
    """World-quarters in each type under each band, to see how far the types hang on it: (bands, triads, types).

    mutual: (time, ties, runs), in the order of `ties(countries)`. `shares` of the sum over blocks gives the shares.
    """
    patterns = (count(_patterns(sign_bits(mutual, band), countries)) for band in bands)
    return np.stack([_types(each, mutual.shape[-1]).sum(axis=0) for each in patterns])


def _patterns(signs: SignBits, countries: Sequence[str]) -> Bits:
    """Which worlds have each of the eight complete patterns: (8, time, triads, words), in the order of _PATTERNS."""
    ij, ik, jk = ((signs.bad[:, at], signs.good[:, at]) for at in triad_ties(countries))
    return np.stack([first & second & third for first, second, third in product(ij, ik, jk)])


def _types(patterns: Counts, runs: int) -> Counts:
    """Type counts (time, triads, types) from counts of the patterns (8, time, triads)."""
    kinds: Counts = np.zeros((*patterns.shape[1:], len(TYPES)), dtype=np.int64)
    for pattern, worlds in enumerate(patterns):
        kinds[..., _TYPE_OF[pattern]] += worlds
    kinds[..., _OPEN] = runs - patterns.sum(axis=0)
    return kinds


def _transitions(held: Bits, runs: int) -> Counts:
    """Steps from one quarter to the next: (triads, from, to)."""
    kinds: Bits = np.zeros((len(TYPES), *held.shape[1:]), dtype=np.uint64)
    for pattern, worlds in enumerate(held):
        kinds[_TYPE_OF[pattern]] |= worlds
    kinds[_OPEN] = pack(np.ones(runs, dtype=np.bool_)) & ~np.bitwise_or.reduce(held)
    steps = [[count(before[:-1] & after[1:]).sum(axis=0) for after in kinds] for before in kinds]
    return np.moveaxis(np.array(steps, dtype=np.int64), 2, 0)
