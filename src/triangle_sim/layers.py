"""Sums of rows in a fixed order, many at once.

The same run must give the same bits in any block, so terms are added in a fixed order. Rows are sorted by how many
terms they have, and the j-th terms of all rows are added at once: a *layer* upon the first rows.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from triangle_sim.arrays import Array
from triangle_sim.rows import Rows, add_to_first, part, rows

Index = NDArray[np.intp]
K = TypeVar("K", bound=Hashable)


def index(values: Iterable[Any]) -> Index:
    """Places of rows."""
    return np.fromiter(values, np.intp)


@dataclass(frozen=True)
class Layers(Generic[K]):
    """Sums of rows: ``keys[r]`` is the sum of the terms ``layers[0][r], layers[1][r], ...`` as far as they go."""

    keys: tuple[K, ...]
    layers: tuple[Index, ...]

    @classmethod
    def of(cls, terms: Mapping[K, Sequence[int]]) -> Layers[K]:
        """From the terms of each key, in the order in which they are to be added; keys with most terms come first."""
        keys = tuple(sorted(terms, key=lambda key: -len(terms[key])))
        most = max((len(each) for each in terms.values()), default=0)
        return cls(keys, tuple(index(terms[key][j] for key in keys if len(terms[key]) > j) for j in range(most)))

    @property
    def flat(self) -> Index:
        """All terms, layer by layer."""
        return np.concatenate([index(()), *self.layers])

    def gather(self, source: Array | Rows) -> Array | Rows:
        """The sums of rows of ``source``: ``(keys with a term, runs)``; the keys without come last and are left out."""
        if not self.layers:
            return part(source, 0, 0)
        total = rows(source, self.layers[0])
        for layer in self.layers[1:]:
            total = add_to_first(total, rows(source, layer))
        return total

    def fold(self, terms: Array | Rows) -> Array | Rows:
        """``terms`` that come layer by layer, in the order of :attr:`flat`, with their sums in the first rows.

        A NumPy array is changed in place; rows behind the first layer are of no use afterwards, others are left alone.
        """
        start = len(self.layers[0]) if self.layers else 0
        for layer in self.layers[1:]:
            terms = add_to_first(terms, part(terms, start, start + len(layer)))
            start += len(layer)
        return terms
