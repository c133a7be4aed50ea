"""How much of an outcome's spread is theory, how much parameters, how much luck.

The runs form a nested design: theories, draws within a theory, replicates within a draw. The three parts are the usual
unbiased estimates of a nested analysis of variance (Searle, Casella & McCulloch 1992, *Variance Components*), with
negative estimates set to zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd


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
    table = pd.DataFrame({"y": np.asarray(values, float), "draw": draws, "theory": theories}).dropna()
    if table.empty:
        return Spread(0.0, 0.0, 0.0, 1, 1)
    by_draw = table.groupby(["theory", "draw"], sort=True)["y"]
    mean, count, var = by_draw.mean(), by_draw.count(), by_draw.var(ddof=1)
    several = count > 1
    luck = float(np.average(var[several], weights=count[several] - 1)) if several.any() else 0.0
    replicates = float(1.0 / np.mean(1.0 / count))
    groups = mean.groupby(level="theory")
    size, within, centre = groups.count(), groups.var(ddof=1), groups.mean()
    enough = size > 1
    between_draws = float(np.average(within[enough], weights=size[enough] - 1)) if enough.any() else 0.0
    parameters = max(0.0, between_draws - luck / replicates)
    weight = size / size.sum()
    gap = float((weight * (centre - (weight * centre).sum()) ** 2).sum())
    theory = max(0.0, gap - float((weight * (1 - weight) * between_draws / size).sum())) if len(size) > 1 else 0.0
    return Spread(theory, parameters, luck, int(count.size), max(1, round(replicates)))
