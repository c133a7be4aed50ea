"""Many rows ``(n, runs)`` handled at once: one array for NumPy, an array a row for a compiler.

NumPy is quick where few calls touch much data; a compiler fuses best what it sees row by row. The functions here take
either, so that the game is written once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from triangle_sim.arrays import Array, namespace


class Rows(tuple[Any, ...]):
    """Rows kept apart, ``(runs,)`` each; arithmetic goes row by row, with other rows or with columns ``(n, 1)``."""

    __slots__ = ()

    def _with(self, other: Any, do: Callable[[Any, Any], Any]) -> Rows:
        if len(other) != len(self):
            raise ValueError(f"{len(self)} rows and {len(other)} rows do not match")
        return Rows(do(mine, row) for mine, row in zip(self, other, strict=True))

    def __add__(self, other: Any) -> Rows:
        return self._with(other, lambda a, b: a + b)

    def __sub__(self, other: Any) -> Rows:
        return self._with(other, lambda a, b: a - b)

    def __mul__(self, other: Any) -> Rows:
        return self._with(other, lambda a, b: a * b)

    def __truediv__(self, other: Any) -> Rows:
        return self._with(other, lambda a, b: a / b)


def rows(source: Array | Rows, index: Sequence[int] | Any) -> Array | Rows:
    """Rows of ``source`` at fixed places."""
    if isinstance(source, np.ndarray):
        return source.take(index, axis=0)
    return Rows(source[int(k)] for k in index)


def pick(source: Array, index: Any) -> Array:
    """Rows of one array at fixed places, as one array."""
    if isinstance(source, np.ndarray):
        return source.take(index, axis=0)
    return source.at[index].get(mode="promise_in_bounds")


def part(source: Array | Rows, first: int | None, end: int | None) -> Array | Rows:
    """Rows ``first .. end - 1``; of a NumPy array, a view."""
    return Rows(source[first:end]) if isinstance(source, Rows) else source[first:end]


def join(sources: Iterable[Array]) -> Array | Rows:
    """All rows of several arrays, one array after the other."""
    listed = list(sources)
    if all(isinstance(each, np.ndarray) for each in listed):
        return np.concatenate(listed)
    return Rows(row for each in listed for row in each)


def stack(listed: Sequence[Array], like: Array) -> Array:
    """Rows as one array ``(n, runs)``, also where there are none; ``like`` is such a row."""
    xp = namespace(like)
    return xp.stack(listed) if listed else xp.zeros((0, *like.shape), like.dtype)


def array(source: Array | Rows) -> Array:
    """Rows as one array ``(n, runs)``."""
    return namespace(*source).stack(source) if isinstance(source, Rows) else source


def own(source: Array | Rows) -> Array | Rows:
    """A copy that may be changed in place."""
    return source if isinstance(source, Rows) else source.copy()


def tanh(source: Array | Rows) -> Array | Rows:
    """Hyperbolic tangent of every row; a NumPy array is changed in place."""
    if isinstance(source, Rows):
        return Rows(namespace(row).tanh(row) for row in source)
    return np.tanh(source, out=source)


def add_to_first(total: Array | Rows, more: Array | Rows) -> Array | Rows:
    """``total`` with ``more`` added to its first rows; a NumPy ``total`` is changed in place."""
    if isinstance(total, Rows):
        return Rows((*(Rows(total[: len(more)]) + more), *total[len(more) :]))
    total[: len(more)] += more
    return total


def times_last(total: Array | Rows, factor: Array | Rows) -> Array | Rows:
    """``total`` with its last rows multiplied; a NumPy ``total`` is changed in place."""
    first = len(total) - len(factor)
    if isinstance(total, Rows):
        return Rows((*total[:first], *(Rows(total[first:]) * factor)))
    total[first:] *= factor
    return total


def spread(total: Array | Rows, index: Any, like: Array) -> Array | Rows:
    """Rows of ``total``, and rows of zeros like ``like`` ``(runs,)`` where the index is its length."""
    if isinstance(total, Rows):
        zeros = namespace(like).zeros_like(like)
        return Rows(total[int(k)] if k < len(total) else zeros for k in index)
    padded = np.concatenate((total, np.zeros((1, *like.shape), like.dtype)))
    return padded.take(index, axis=0)
