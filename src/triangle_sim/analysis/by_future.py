"""What a result's futures came to, one value a future and outcome: what comparisons are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from triangle_sim.analysis.by_draw import scanned
from triangle_sim.analysis.summary import applies
from triangle_sim.montecarlo.result import Result
from triangle_sim.outcomes import OUTCOMES

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Futures:
    """Outcomes of one scenario's futures; 8 bytes a future and outcome.

    Attributes
    ----------
    name
        of the scenario, or what tells it apart from another of that name.
    horizon
        quarters that a future lasts.
    world
        the world and quarter it starts from.
    theory
        ``(draws,)`` the theory of each draw.
    values
        by outcome ``(draws, replicates)``: truth values are 0 and 1, a category is its place among the outcome's
        categories (-1 for another), NaN is what never came.
    """

    name: str
    title: str
    seed: int
    horizon: int
    world: str
    theory: NDArray[Any]
    values: Mapping[str, Floats] = field(repr=False)

    @property
    def replicates(self) -> int:
        """Futures of a draw."""
        return int(next(iter(self.values.values())).shape[1]) if self.values else 0

    @property
    def theories(self) -> list[str]:
        """Theories that were drawn, in alphabetical order."""
        return sorted(set(self.theory.tolist()))

    def of(self, column: str, horizon: int | None = None) -> Floats:
        """An outcome's numbers ``(draws, replicates)``, or of ``outcome=category`` whether a future is in it.

        What has a quarter counts as :func:`restricted` up to the ``horizon``, by default the scenario's own.
        """
        outcome, _, category = column.partition("=")
        values = self.values[outcome]
        if category:
            return np.asarray(values == OUTCOMES[outcome].categories.index(category), float)
        return restricted(values, horizon or self.horizon) if OUTCOMES[outcome].kind == "quarter" else values


def restricted(quarters: Floats, horizon: int) -> Floats:
    """Quarters to an event up to a horizon: what comes later or never counts as the horizon.

    Every future is watched to the same horizon, so the mean of these is the area under the Kaplan-Meier curve up to
    it, the restricted mean time. Royston, P. & Parmar, M. (2013) "Restricted mean survival time", BMC Medical Research
    Methodology 13: 152, doi 10.1186/1471-2288-13-152.
    """
    return np.where(np.isnan(quarters), horizon, np.minimum(quarters, horizon))


def draw_means(values: Floats) -> Floats:
    """Mean of each draw's known values ``(draws,)``; NaN where there is none."""
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    return np.where(count > 0, np.where(known, values, 0.0).sum(axis=1) / np.maximum(count, 1), np.nan)


def futures(result: Result, outcomes: Iterable[str] | None = None) -> Futures:
    """Outcomes of a result's runs, of all that have a meaning in its world, or of those asked for.

    Raises ValueError for an outcome that there is not. One that an older result lacks is left out unless asked for.
    """
    wanted = [name for name in dict.fromkeys(outcomes or OUTCOMES) if name not in OUTCOMES or applies(result, name)]
    shape = (result.draws, result.replicates)
    values = {name: np.full(shape, np.nan) for name in wanted}
    theory = np.full(shape[0], "", object)
    try:
        batches = list(scanned(result, ["draw", "replicate", "theory"], wanted))
    except (KeyError, ValueError):
        if outcomes is not None:
            raise
        batches = [result.runs]
        values = {name: array for name, array in values.items() if name in result.runs}
    for batch in batches:
        at = batch["draw"].to_numpy(np.int64), batch["replicate"].to_numpy(np.int64)
        theory[at[0]] = batch["theory"].astype(str).to_numpy(object)
        for name, array in values.items():
            array[at] = _numbers(name, batch[name])
    scenario = result.scenario
    world = f"{scenario.world}, from {scenario.start}"
    return Futures(
        scenario.name, scenario.title or scenario.name, result.seed, scenario.quarters, world, theory, values
    )


def _numbers(name: str, column: pd.Series) -> Floats:
    if categories := OUTCOMES[name].categories:
        return pd.Categorical(column.astype(str), categories=categories).codes.astype(float)
    return column.to_numpy(np.float64, na_value=np.nan)
