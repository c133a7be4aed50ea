"""Counts over triangle histories: how often, from what to what, how long, how soon, and how sure.

Everything that is added up is an integer, so the counts of blocks of worlds add up to exactly the counts of all worlds,
in any order; shares and means are formed once, at the end. Quarter 0 is the starting state; pass slices of the arrays
to leave it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from triangle_sim.triangle.ties import Codes
from triangle_sim.triangle.typology import ROLES, TYPES, TriangleHistory

Counts = npt.NDArray[np.int64]


def type_counts(types: Codes) -> Counts:
    """Worlds in each type, by quarter: (time, triads, runs) -> (time, triads, types)."""
    return _tally(types, len(TYPES))


def role_counts(roles: Codes) -> Counts:
    """Worlds in which each member has each role, by quarter: (time, triads, 3, runs) -> (time, triads, 3, roles)."""
    return _tally(roles, len(ROLES))


def shares(counts: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.float64]:
    """Counts as shares of their last axis's total; NaN where nothing was counted. Form them after adding blocks up."""
    total = counts.sum(axis=-1, keepdims=True)
    result: npt.NDArray[np.float64] = np.full(counts.shape, np.nan)
    np.divide(counts, total, out=result, where=total > 0)
    return result


def transition_counts(types: Codes) -> Counts:
    """Steps from one quarter to the next: (time, triads, runs) -> (triads, from, to). The diagonal counts the stays."""
    kinds, n_triads = len(TYPES), types.shape[1]
    offset = np.arange(n_triads, dtype=np.intp)[:, None] * kinds**2
    step = np.asarray(types[:-1], dtype=np.intp) * kinds + types[1:] + offset
    counts = np.bincount(step.ravel(), minlength=n_triads * kinds**2)
    return counts.astype(np.int64, copy=False).reshape(n_triads, kinds, kinds)


def departures(transitions: Counts) -> Counts:
    """Transition counts without the stays: `shares(departures(counts))` says where worlds go when they leave a type."""
    leaving: Counts = transitions * (1 - np.eye(transitions.shape[-1], dtype=np.int64))
    return leaving


@dataclass(frozen=True, eq=False)
class Dwell:
    """Spells of a type, each a longest stretch of quarters in it within one world; all int64 (triads, types).

    spells: how many; quarters: their total length; cut_off: how many were still going on in the last quarter.
    Spells already there in the first quarter count from there, spells cut off at the horizon up to it. Both may have
    been longer, so `mean_quarters` errs on the short side; `quarters_to_leave` allows for the end.
    """

    spells: Counts
    quarters: Counts
    cut_off: Counts

    def __add__(self, other: Dwell) -> Dwell:
        """The dwell of two blocks of worlds together."""
        return Dwell(self.spells + other.spells, self.quarters + other.quarters, self.cut_off + other.cut_off)

    @property
    def mean_quarters(self) -> npt.NDArray[np.float64]:
        """Mean observed length of a spell; NaN where there was none."""
        return _ratio(self.quarters, self.spells)

    @property
    def quarters_to_leave(self) -> npt.NDArray[np.float64]:
        """Quarters spent in a type for each time a world was seen to leave it; NaN where none did.

        The expected length of a spell if leaving is equally likely in every quarter: the maximum-likelihood estimate
        for geometric spells seen up to a horizon. Of a spell cut off, the last quarter does not count, as nobody saw
        whether it was survived.
        """
        return _ratio(self.quarters - self.cut_off, self.spells - self.cut_off)


def dwell(types: Codes) -> Dwell:
    """Spells by type: (time, triads, runs) -> Dwell of (triads, types). At least one quarter."""
    begins: npt.NDArray[np.bool_] = np.ones(types.shape, dtype=np.bool_)
    np.not_equal(types[1:], types[:-1], out=begins[1:])
    one_more = len(TYPES)  # a code that stands for "no spell begins here"
    starts = _tally(np.where(begins, types, np.int8(one_more)), one_more)
    return Dwell(starts.sum(axis=0), type_counts(types).sum(axis=0), type_counts(types[-1:])[0])


def first_quarter(happens: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """First quarter in which something is so, from quarter 0: (time, runs) -> (runs,); NaN where never."""
    when: npt.NDArray[np.float64] = np.where(happens.any(axis=0), happens.argmax(axis=0), np.nan)
    return when


def first_quarter_as(
    history: TriangleHistory, country: str, others: tuple[str, str], role: str = "pivot"
) -> npt.NDArray[np.float64]:
    """Quarters from the start (0) until a country first has a role between two others: (runs,), NaN never."""
    return first_quarter(history.roles_of(country, *others) == _code(role, ROLES))


def quarters_as(history: TriangleHistory, country: str, others: tuple[str, str], role: str = "pivot") -> Counts:
    """Quarters, the starting one included, in which a country has a role between two others: int64 (runs,)."""
    held: Counts = np.count_nonzero(history.roles_of(country, *others) == _code(role, ROLES), axis=0).astype(np.int64)
    return held


def _tally(codes: Codes, n_codes: int) -> Counts:
    """How often each code below n_codes stands along the last axis: (..., runs) -> (..., n_codes)."""
    return np.stack([np.count_nonzero(codes == code, axis=-1) for code in range(n_codes)], axis=-1).astype(np.int64)


def _ratio(above: Counts, below: Counts) -> npt.NDArray[np.float64]:
    result: npt.NDArray[np.float64] = np.full(above.shape, np.nan)
    return np.divide(above, below, out=result, where=below > 0)


def _code(name: str, names: Sequence[str]) -> int:
    if name not in names:
        raise ValueError(f"unknown name '{name}'; known: {', '.join(names)}")
    return names.index(name)
