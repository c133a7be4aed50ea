"""The parameter table: every uncertain number of the model under one dotted name.

A *draw* is one setting of all parameters. Its theory comes first (stream ``theory``), then each parameter's quantile
(stream ``parameter:NAME``), so replicates of a draw share what we do not know and differ only in luck.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.uncertainty.distributions import Prior
from triangle_sim.uncertainty.streams import Streams

Values = dict[str, NDArray[np.float64]]


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


class ParameterTable(Mapping[str, Parameter]):
    """Parameters by name, always in the order of their names."""

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        listed = sorted(parameters, key=lambda parameter: parameter.name)
        self._by_name = {parameter.name: parameter for parameter in listed}
        if len(self._by_name) != len(listed):
            names = [parameter.name for parameter in listed]
            raise ValueError(f"parameters defined twice: {sorted({name for name in names if names.count(name) > 1})}")

    def __getitem__(self, name: str) -> Parameter:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def with_priors(self, priors: Mapping[str, Any]) -> ParameterTable:
        """A table in which these parameters have other priors; names this table lacks are skipped.

        A theory speaks of all five countries; a scenario with fewer of them simply has less to set.
        """
        changed = {name: replace(self[name], prior=Prior.of(spec)) for name, spec in priors.items() if name in self}
        return ParameterTable((self._by_name | changed).values())


@dataclass(frozen=True)
class Draws:
    """The parameters of some draws: ``values[name]`` is ``(draws,)``, ``theory`` an index into ``theories``."""

    numbers: NDArray[np.int64]
    theories: tuple[str, ...]
    theory: NDArray[np.int64]
    values: Values

    def per_run(self, draws: NDArray[np.int64]) -> Values:
        """Parameters spread over runs: ``(runs,)`` for the draw number of each run."""
        where = np.searchsorted(self.numbers, draws)
        return {name: value[where] for name, value in self.values.items()}


def sample(tables: Mapping[str, ParameterTable], odds: Mapping[str, float], seed: int, draws: Iterable[int]) -> Draws:
    """Sample the parameters of the given draws.

    Parameters
    ----------
    tables
        the parameter table under each theory (same names in all of them).
    odds
        the chance of each theory; in the order of their names, so the order in a file is of no account.
    draws
        draw numbers; each draw's values depend on its own number and the seed alone.
    """
    numbers = np.unique(np.asarray(list(draws), np.int64))
    streams = Streams(seed, numbers, np.zeros_like(numbers))
    theories = tuple(sorted(name for name, chance in odds.items() if chance > 0))
    upper = np.cumsum([odds[name] for name in theories])
    pick = streams.uniform(["theory"], [0])[0, 0]
    theory = np.minimum(np.searchsorted(upper / upper[-1], pick, side="right"), len(theories) - 1)
    names = list(tables[theories[0]])
    uniforms = streams.uniform([f"parameter:{name}" for name in names], [0])[:, 0]
    values: Values = {}
    for name, u in zip(names, uniforms, strict=True):
        variants = [tables[key][name] for key in theories]
        value = variants[0].draw(u)
        for index, variant in enumerate(variants[1:], start=1):
            if variant != variants[0]:
                value = np.where(theory == index, variant.draw(u), value)
        values[name] = value
    return Draws(numbers, theories, theory.astype(np.int64), values)
