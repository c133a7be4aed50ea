"""How much of an outcome's spread is theory, how much parameters, how much luck.

The runs form a nested design: theories, draws within a theory, replicates within a draw. The three parts are the usual
unbiased estimates of a nested analysis of variance (Searle, Casella & McCulloch 1992, *Variance Components*), with
negative estimates set to zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from triangle_sim.analysis.exact import Sums, sums_by


@dataclass(frozen=True)
class Spread:
    """Variance of one outcome by source, and of its mean over this design.

    ``theory`` is the variance between the theories' means, weighted by their share of draws; it does not shrink with
    more draws, because it is a disagreement, not a sampling error.
    """

    theory: float
    parameters: float
    luck: float
    draws: int
    replicates: int

    @property
    def total(self) -> float:
        """All three together."""
        return self.theory + self.parameters + self.luck

    def shares(self) -> dict[str, float]:
        """Shares of the total; zeros where nothing varies."""
        total = self.total or 1.0
        return {"theory": self.theory / total, "parameters": self.parameters / total, "luck": self.luck / total}

    def standard_error(self, draws: int | None = None, replicates: int | None = None) -> float:
        """Standard error of the mean in a design of so many draws and replicates (default: this one)."""
        d, r = draws or self.draws, replicates or self.replicates
        return float(np.sqrt((self.theory + self.parameters + self.luck / r) / d))


def spread(values: Any, draws: Any, theories: Any) -> Spread:
    """Split the variance of ``values`` (numbers or truth values; runs with missing values are left out)."""
    names, theory = np.unique(np.asarray(theories, object).astype(str), return_inverse=True)
    numbers, draw = np.unique(np.asarray(draws), return_inverse=True)
    pairs, where = np.unique(theory * max(numbers.size, 1) + draw, return_inverse=True)
    return spread_of(sums_by(values, where, pairs.size), names[pairs // max(numbers.size, 1)])


def spread_of(sums: Sums, theories: Any) -> Spread:
    """:func:`spread` from sums by draw and the draws' theories ``(draws,)``."""
    known = sums.count > 0
    if not known.any():
        return Spread(0.0, 0.0, 0.0, 1, 1)
    means, count = sums.means()[known], sums.count[known]
    spare = int((count - 1).sum())
    luck = sums.within() / spare if spare else 0.0
    replicates = float(1.0 / np.mean(1.0 / count))
    # Distances from one of the means: what does not vary comes out as nothing, not as rounding.
    apart = means - means[0]
    _, where = np.unique(np.asarray(theories)[known], return_inverse=True)
    groups = [apart[where == number] for number in range(where.max() + 1)]
    size = np.asarray([group.size for group in groups])
    squares = sum(float(((group - group[0]).var()) * group.size) for group in groups)
    between_draws = squares / float((size - 1).sum()) if (size > 1).any() else 0.0
    parameters = max(0.0, between_draws - luck / replicates)
    weight, centre = size / size.sum(), np.asarray([group[0] + (group - group[0]).mean() for group in groups])
    gap = float((weight * (centre - (weight * centre).sum()) ** 2).sum())
    theory = max(0.0, gap - float((weight * (1 - weight) * between_draws / size).sum())) if len(size) > 1 else 0.0
    return Spread(theory, parameters, luck, int(count.size), max(1, round(replicates)))
