"""Draws given as a table: one row a draw, one column a parameter; what it does not hold is drawn from its prior."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from triangle_sim.errors import UsageError
from triangle_sim.names import counted

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Table:
    """Values of some parameters in some draws; make one with :meth:`of`.

    Attributes
    ----------
    names
        parameters, sorted.
    values
        ``(parameters, rows)``, in the order of names.
    theory
        ``(rows,)`` the theory of each draw by name, or None where it is drawn.
    sha256
        of names, values and theories; a piece of a table has that of the whole.
    positive
        those that are above zero somewhere in the whole table.
    first
        the draw of the first row.
    everywhere
        whether the only row holds for every draw.
    """

    names: tuple[str, ...]
    values: Floats
    theory: NDArray[Any] | None
    sha256: str
    positive: frozenset[str]
    first: int = 0
    everywhere: bool = False

    @classmethod
    def of(cls, names: Sequence[str], values: Any, theory: Any = None, *, everywhere: bool = False) -> Self:
        """From ``values (parameters, rows)`` in the order of ``names``; they are taken as they are."""
        order = sorted(range(len(names)), key=lambda k: names[k])
        ordered = tuple(names[k] for k in order)
        numbers = np.ascontiguousarray(np.asarray(values, "<f8")[order])
        theories = None if theory is None else np.asarray(theory, object)
        digest = hashlib.sha256(json.dumps([ordered, numbers.shape, everywhere]).encode())
        digest.update(numbers.tobytes())
        digest.update(b"" if theories is None else json.dumps(theories.tolist()).encode())
        positive = frozenset(ordered[k] for k in np.flatnonzero((numbers > 0).any(axis=1)))
        return cls(ordered, numbers, theories, digest.hexdigest(), positive, everywhere=everywhere)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return int(self.values.shape[1])

    def piece(self, first: int, end: int) -> Self:
        """The rows of draws ``first`` to ``end``, the end not included."""
        if self.everywhere:
            return self
        rows = slice(first - self.first, end - self.first)
        theory = None if self.theory is None else self.theory[rows]
        return replace(self, values=self.values[:, rows], theory=theory, first=first)

    def at(self, draws: NDArray[np.int64]) -> NDArray[np.intp]:
        """The rows of some draws. Raises UsageError for a draw that has none."""
        if self.everywhere:
            return np.zeros(draws.size, np.intp)
        rows = np.asarray(draws - self.first, np.intp)
        beyond = (rows < 0) | (rows >= self.rows)
        if beyond.any():
            message = f"draw {draws[beyond][0]} has no row in a table of {counted(self.rows, 'row')}"
            raise UsageError(message, "row k holds the parameters of draw k, counted from 0")
        return rows
