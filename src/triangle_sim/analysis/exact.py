"""Sums by draw that are exact, so that they are the same bits in any order and however the runs are cut into batches.

A number is written in digits of base 2**20: units, then 2**-20, 2**-40 and 2**-60 (rounded there, which leaves doubles
of at least 2**-8 in size as they are). Digits are integers, and integers add up without rounding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
from numpy.typing import NDArray

BASE, PLACES = 20, 4
LIMIT = 2.0**22
"""Numbers must be smaller than this: about four million units."""
_ROWS = 2**17  # rows at a time, so that no product of digits overflows 63 bits
_LOW = 2 * BASE  # bits of the low word: a sum is ``high * 2**-20 + low * 2**-60``
_SCALE = BASE * (PLACES - 1)

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


def digits(values: Floats) -> list[Integers]:
    """Digits of finite numbers ``(runs,)``, most significant first; trailing zeros are left away."""
    found, rest = [], values
    for _ in range(PLACES):
        whole = np.rint(rest)
        found.append(whole.astype(np.int64))
        rest = (rest - whole) * 2.0**BASE
        if not rest.any():
            break
    return found


@dataclass
class Sums:
    """Count, sum and sum of squares of a column's known values; counts and sums by draw ``(draws,)``.

    ``low`` is left out (None) where every sum is a multiple of 2**-20, as for counts. ``squares`` is over all runs, in
    units of 2**-120.
    """

    count: Integers
    high: Integers
    low: Integers | None = None
    squares: int = 0

    @classmethod
    def of_counts(cls, counts: Integers, runs: Integers) -> Sums:
        """Of truth values: ``counts`` of ``runs`` are true."""
        return cls(runs, counts << BASE, None, int(counts.sum()) << 2 * _SCALE)

    def means(self) -> Floats:
        """Mean of each draw ``(draws,)``, missing where it has no value; equal values have exactly their own mean."""
        count = np.maximum(self.count, 1)
        if int(count.max(initial=1)) >= 2**22:  # the words below would overflow; so many replicates leave few draws
            exact = [float(Fraction(s, n << _SCALE)) for s, n in zip(self._exact(), count.tolist(), strict=True)]
            return np.where(self.count > 0, exact, np.nan)
        whole, rest = np.divmod(self.high, count)
        lower, rest = np.divmod((rest << _LOW) + (0 if self.low is None else self.low), count)
        means = whole * 2.0**-BASE + (lower + rest / count) * 2.0**-_SCALE
        return np.where(self.count > 0, means, np.nan)

    def within(self) -> float:
        """Sum over runs of the squared distance from the mean of their draw; exact before it is rounded once."""
        total = Fraction(self.squares)
        by_count: dict[int, int] = {}
        for number, amount in zip(self.count.tolist(), self._exact(), strict=True):
            by_count[number] = by_count.get(number, 0) + amount * amount
        for number, amount in by_count.items():
            total -= Fraction(amount, max(number, 1))
        return float(total / (1 << 2 * _SCALE))

    def _exact(self) -> Iterator[int]:
        low = [0] * len(self.high) if self.low is None else self.low.tolist()
        return ((high << _LOW) + word for high, word in zip(self.high.tolist(), low, strict=True))


class Counter:
    """Counts rows by place ``0 ..``; grows as places come. ``values`` are the counts ``(places,)``."""

    def __init__(self) -> None:
        self.values = np.zeros(0, np.int64)

    def add(self, places: Integers) -> None:
        """Count some rows ``(rows,)`` at their places."""
        if len(places):
            first, end = int(places.min()), int(places.max()) + 1
            self.values = grown(self.values, end)
            self.values[first:end] += np.bincount(places - first)

    def at(self, places: Integers) -> Integers:
        """Counts at some places."""
        self.values = grown(self.values, int(places.max(initial=-1)) + 1)
        return self.values[places]


class Adder:
    """Adds up values by place ``0 ..``; grows as places come. ``what`` names the column in errors.

    ``rows`` are rows by place that somebody else counts for several columns together.
    """

    def __init__(self, what: str = "values", rows: Counter | None = None) -> None:
        self.what = what
        self.rows, self._counts = (Counter(), True) if rows is None else (rows, False)
        self.missing: Counter | None = None
        self.high = np.zeros(0, np.int64)
        self.low: Integers | None = None
        self.squares = 0

    def add(self, values: Any, places: Any) -> None:
        """Add values ``(rows,)``; missing ones are left out.

        Raises
        ------
        ValueError
            if a value or a sum is too large to be added exactly.
        """
        numbers, places = np.asarray(values, np.float64), np.asarray(places)
        if self._counts:
            self.rows.add(places)
        known = ~np.isnan(numbers)
        if not known.all():
            self.missing = self.missing or Counter()
            self.missing.add(places[~known])
            numbers, places = numbers[known], places[known]
        for first in range(0, len(numbers), _ROWS):
            self._add(numbers[first : first + _ROWS], places[first : first + _ROWS])

    def _add(self, values: Floats, places: Integers) -> None:
        largest = float(np.abs(values).max())
        if largest >= LIMIT:
            raise ValueError(
                f"{self.what}: {largest:g} is too large; use a coarser unit, of which there are under {LIMIT:,.0f}"
            )
        found = digits(values)
        for one, other in combinations_with_replacement(range(len(found)), 2):
            product = int(found[one] @ found[other]) << 2 * _SCALE - BASE * (one + other)
            self.squares += product if one == other else 2 * product
        found += [np.zeros(1, np.int64)] * (PLACES - len(found))
        starts = np.flatnonzero(np.r_[True, places[1:] != places[:-1]])
        at = places[starts]
        self.high = grown(self.high, int(at.max()) + 1)
        np.add.at(self.high, at, np.add.reduceat((found[0] << BASE) + found[1], starts))
        if found[2].any() or found[3].any():
            self.low = grown(np.zeros(0, np.int64) if self.low is None else self.low, int(at.max()) + 1)
            np.add.at(self.low, at, np.add.reduceat((found[2] << BASE) + found[3], starts))
            self.high[at] += self.low[at] >> _LOW
            self.low[at] &= (1 << _LOW) - 1
        if np.abs(self.high[at]).max() > 2**61:
            raise ValueError(f"{self.what}: the sum over a draw is too large; use a coarser unit")

    def at(self, places: Integers, rows: Integers | None = None) -> Sums:
        """What was added at some places ``(draws,)``; ``rows`` are the rows there if they are known."""
        size = int(places.max(initial=-1)) + 1
        count = self.rows.at(places) if rows is None else rows
        high, low = grown(self.high, size), None if self.low is None else grown(self.low, size)
        return Sums(
            count if self.missing is None else count - self.missing.at(places),
            high[places],
            None if low is None else low[places],
            self.squares,
        )


def grown(values: Integers, size: int, fill: int = 0) -> Integers:
    """``values`` with room for ``size`` places at least; by a quarter more at a time, so that little is copied."""
    more = max(size, len(values) * 5 // 4) - len(values)
    return values if size <= len(values) else np.pad(values, (0, more), constant_values=fill)


def sums_by(values: Any, places: Any, size: int) -> Sums:
    """Sums of values ``(runs,)`` by place ``0 .. size - 1``."""
    adder = Adder()
    adder.add(values, places)
    return adder.at(np.arange(size))
