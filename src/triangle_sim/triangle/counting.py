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
from triangle_sim.triangle.ties import Band, Codes, Floats, signs
from triangle_sim.triangle.typology import ROLES, TYPES, TriangleHistory, triad_signs, types

Counts = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


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
    ij, ik, jk = triad_signs(history.signs, history.countries)
    kinds = types(ij, ik, jk)
    is_type = dict(zip(TYPES, (kinds == code for code in range(len(TYPES))), strict=True))
    by_type = np.stack([_by_quarter(truth) for truth in is_type.values()], axis=-1)
    steps = _transitions(kinds, by_type)
    stays = np.diagonal(steps, axis1=1, axis2=2)
    menage, romantic, marriage, veto, _ = np.moveaxis(by_type.sum(axis=1), -1, 0)
    return TriangleCounts(
        by_type,
        _roles(is_type, by_type, opposite=(jk, ik, ij)),
        steps,
        by_type[0] + steps.sum(axis=1) - stays,  # a spell begins at the start, or by coming from another type
        by_type.sum(axis=0),
        romantic + veto,  # the product of their signs is negative
        menage + romantic + marriage + veto,
        _by_quarter(two_camps(history.signs, history.countries)),
    )


def type_counts(mutual: Floats, countries: Sequence[str], band: Band) -> Counts:
    """World-quarters in each type under a band, to see how far the types depend on it: (triads, types).

    mutual: (time, ties, runs), in the order of `ties(countries)`.
    """
    kinds = types(*triad_signs(signs(mutual, band), countries))
    return np.stack([_by_triad(kinds == code) for code in range(len(TYPES))], axis=-1)


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


def first_quarter(happens: Truths) -> npt.NDArray[np.float64]:
    """First quarter in which something is so, from quarter 0: (time, runs) -> (runs,); NaN where never."""
    when: npt.NDArray[np.float64] = np.where(happens.any(axis=0), happens.argmax(axis=0), np.nan)
    return when


def _roles(is_type: dict[str, Truths], by_type: Counts, opposite: tuple[Codes, Codes, Codes]) -> Counts:
    """Role counts (time, triads, 3, roles); ``opposite`` are the signs of the tie between the other two members."""
    menage, romantic, marriage, veto, indeterminate = np.moveaxis(by_type, -1, 0)
    members = []
    for tie in opposite:
        pivots = _by_quarter(is_type["romantic_triangle"] & (tie < 0))
        outcasts = _by_quarter(is_type["stable_marriage"] & (tie > 0))
        counts = {
            "friend": menage,
            "pivot": pivots,
            "wing": romantic - pivots,
            "partner": marriage - outcasts,
            "outcast": outcasts,
            "foe": veto,
            "none": indeterminate,
        }
        members.append(np.stack([counts[role] for role in ROLES], axis=-1))
    return np.stack(members, axis=2)


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


def _by_quarter(truth: Truths) -> Counts:
    """In how many worlds: (time, ..., runs) -> (time, ...)."""
    return np.asarray(np.sum(truth, axis=-1, dtype=np.int32), np.int64)


def _by_triad(truth: Truths) -> Counts:
    """In how many quarters of all worlds: (time, triads, runs) -> (triads,)."""
    return np.asarray(np.sum(truth, axis=0, dtype=np.uint16).sum(axis=-1, dtype=np.int64))
