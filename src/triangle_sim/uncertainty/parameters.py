"""The parameter table: every uncertain number of the model under one dotted name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.uncertainty.priors import Prior

Values = dict[str, NDArray[np.float64]]
"""Values by a parameter's name, ``(draws,)`` or ``(runs,)`` each."""


WIDTH = 0.5
"""Standard deviation of the size of an effect before the record speaks, as a share of the size."""


def one_sided(size: float) -> tuple[float, float]:
    """Bounds of an effect whose sign its claim gives: it may be nothing, but not the contrary."""
    return (0.0, np.inf) if size > 0 else (-np.inf, 0.0)


@dataclass(frozen=True)
class Parameter:
    """One uncertain number.

    ``sources`` are claim ids, fact ids or ``judgement``; ``low`` and ``high`` bound what a draw may take.
    """

    name: str
    prior: Prior
    unit: str
    meaning: str
    sources: tuple[str, ...]
    low: float = -np.inf
    high: float = np.inf

    @property
    def default(self) -> float:
        """The prior's median, within the bounds."""
        return float(np.clip(self.prior.median(), self.low, self.high))

    def draw(self, u: Any) -> NDArray[np.float64]:
        """Values at uniform numbers ``u``, same shape, within the bounds."""
        return np.asarray(np.clip(self.prior.ppf(u), self.low, self.high), float)


class ParameterTable(dict[str, Parameter]):
    """Parameters by name, always sorted by name."""

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        listed = sorted(parameters, key=lambda parameter: parameter.name)
        super().__init__((parameter.name, parameter) for parameter in listed)
        if len(self) != len(listed):
            names = [parameter.name for parameter in listed]
            raise ValueError(f"parameters defined twice: {sorted({name for name in names if names.count(name) > 1})}")

    def with_priors(self, priors: Mapping[str, Any]) -> ParameterTable:
        """A table in which these parameters have other priors; names this table lacks are skipped.

        A theory speaks of all five countries; a scenario with fewer of them simply has less to set.
        """
        changed = {name: replace(self[name], prior=Prior.of(spec)) for name, spec in priors.items() if name in self}
        return ParameterTable((self | changed).values())
