"""How much of an outcome's variance is theory, how much parameters, how much luck.

The runs form a nested design: theories, draws within a theory, replicates within a draw. The three parts are the usual
unbiased estimates of a nested analysis of variance (Searle, Casella & McCulloch 1992, *Variance Components*,
doi 10.1002/9780470316856), with negative estimates set to zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from triangle_sim.analysis.moments import Moments


@dataclass(frozen=True)
class VarianceComponents:
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


def variance_components(values: Any, draws: Any, theories: Any) -> VarianceComponents:
    """Split the variance of ``values`` (numbers or truth values; runs with missing values are left out)."""
    names, theory = np.unique(np.asarray(theories, object).astype(str), return_inverse=True)
    numbers, draw = np.unique(np.asarray(draws), return_inverse=True)
    pairs, where = np.unique(theory * max(numbers.size, 1) + draw, return_inverse=True)
    return components_of(Moments.of(values, where, pairs.size), names[pairs // max(numbers.size, 1)])


def components_of(runs: Moments, theories: Any) -> VarianceComponents:
    """:func:`variance_components` from an outcome's moments by draw and the draws' theories ``(draws,)``."""
    known = runs.count > 0
    if not known.any():
        return VarianceComponents(0.0, 0.0, 0.0, 1, 1)
    count, means = runs.count[known], runs.means()[known]
    luck = runs.within() / max(int((count - 1).sum()), 1)
    replicates = float(1.0 / np.mean(1.0 / count))
    names, where = np.unique(np.asarray(theories)[known], return_inverse=True)
    # Distances from one of the means: what does not vary comes out as nothing, not as rounding.
    of_theories = Moments.of(means - means[0], where, names.size)
    size, centre = of_theories.count, of_theories.means()
    between_draws = of_theories.within() / max(int((size - 1).sum()), 1)
    weight = size / size.sum()
    gap = float((weight * (centre - (weight * centre).sum()) ** 2).sum())
    theory = max(0.0, gap - float((weight * (1 - weight) * between_draws / size).sum())) if len(size) > 1 else 0.0
    parameters = max(0.0, between_draws - luck / replicates)
    return VarianceComponents(theory, parameters, luck, int(count.size), max(1, round(replicates)))
