"""Means and squared deviations by draw, added up a batch of runs at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


class Moments:
    """Count, mean and squared deviations of the known values of each draw ``(draws,)``; 32 bytes a draw.

    What is summed are distances from the draw's first value, one run after another. Equal values therefore have exactly
    their own mean and no deviation, sums of others lose little to rounding, and the result depends on the order of a
    draw's runs (in its last digits) but not on how they are cut into batches. Shifted sums: Chan, T. F., Golub, G. H.
    & LeVeque, R. J. (1983) "Algorithms for Computing the Sample Variance: Analysis and Recommendations", The American
    Statistician 37: 242-247, doi 10.1080/00031305.1983.10483115.
    """

    def __init__(self, draws: int) -> None:
        self.count: Integers = np.zeros(draws, np.int64)
        self.first, self.total, self.squares = (np.zeros(draws) for _ in range(3))

    @classmethod
    def of(cls, values: Any, draws: Any, size: int) -> Moments:
        """Of all values ``(runs,)`` at once, by their draw ``0 .. size - 1``."""
        moments = cls(size)
        moments.add(np.asarray(values, np.float64), np.asarray(draws, np.int64))
        return moments

    @classmethod
    def of_counts(cls, counts: Integers, runs: Integers) -> Moments:
        """Of truth values: ``counts`` of a draw's ``runs`` are true."""
        moments = cls(len(runs))
        moments.count, moments.total, moments.squares = runs, counts.astype(float), counts.astype(float)
        return moments

    def add(self, values: Floats, draws: Integers) -> None:
        """Add values ``(rows,)`` of the draws ``(rows,)``; missing ones are left out."""
        known = ~np.isnan(values)
        values, draws = values[known], draws[known]
        new = self.count[draws] == 0
        self.first[draws[new][::-1]] = values[new][::-1]  # backwards: of several, the one written last stays
        apart = values - self.first[draws]
        np.add.at(self.count, draws, 1)
        np.add.at(self.total, draws, apart)
        np.add.at(self.squares, draws, apart * apart)

    def means(self) -> Floats:
        """Mean of each draw ``(draws,)``, missing where it has no value."""
        means = (self.first * self.count + self.total) / np.maximum(self.count, 1)
        return np.where(self.count == 0, np.nan, np.where(self.total == 0, self.first, means))

    def within(self) -> float:
        """Sum over all runs of the squared distance from the mean of their draw."""
        deviations = self.squares - self.total**2 / np.maximum(self.count, 1)
        return float(np.maximum(deviations, 0.0).sum())
