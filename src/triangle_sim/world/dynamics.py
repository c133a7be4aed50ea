"""The dynamics of one quarter, on the latent scale.

``z' = z + rate * (rest - z) + pushes + shocks + noise``, and ``x = squash(z)``. Nothing else changes a variable, so
every change is a sum of named parts. Bounds are met by the squash alone: effects weaken toward them, and the order in
which countries are taken cannot matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triangle_sim.arrays import Array, squash, unsquash
from triangle_sim.uncertainty.parameters import Values
from triangle_sim.world.environment import Driver
from triangle_sim.world.variables import Variable

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Dynamics:
    """Rates, resting levels and noise of a block of runs; arrays are ``(variables, runs)`` unless said otherwise."""

    variables: tuple[Variable, ...]
    conditions: tuple[str, ...]
    rate: Floats
    rest: Floats
    start: Floats
    noise: Floats
    reference: Floats
    """``(conditions, runs)``: the environment of the starting world, in which drivers are silent."""
    drivers: tuple[tuple[int, int, Floats], ...]
    """``(variable, condition, (runs,) size)`` of each driver."""

    @classmethod
    def build(
        cls,
        variables: Mapping[str, Variable],
        conditions: Sequence[str],
        drivers: Sequence[Driver],
        reference: Mapping[str, float],
        values: Values,
    ) -> Dynamics:
        """From parameters ``(runs,)`` by name; latent start and rest come from ``start.X`` and ``rest.X``."""
        names = list(variables)
        where = {name: index for index, name in enumerate(names)}

        def latent(prefix: str) -> Floats:
            rows = [unsquash(values[f"{prefix}.{v.name}"], v.low, v.high) for v in variables.values()]
            return np.stack(rows)

        runs = values[f"rate.{names[0]}"].shape
        return cls(
            tuple(variables.values()),
            tuple(conditions),
            np.stack([values[f"rate.{name}"] for name in names]),
            latent("rest"),
            latent("start"),
            np.stack([values[f"noise.{name}"] for name in names]),
            np.stack([np.full(runs, reference[name]) for name in conditions]),
            tuple(
                (where[d.variable], list(conditions).index(d.condition), values[d.name])
                for d in sorted(drivers, key=lambda d: d.name)
                if d.variable in where
            ),
        )

    def resting(self, environment: Floats, shifts: Floats) -> Floats:
        """Latent resting levels in an environment ``(conditions, runs)``, moved by drivers and events' shifts."""
        rest = self.rest + shifts
        away = environment - self.reference
        for variable, condition, size in self.drivers:
            rest[variable] += size * away[condition]
        return rest

    def step(self, z: Floats, rest: Floats, pushes: Floats, luck: Floats) -> Floats:
        """The latent state a quarter later; ``luck`` is standard normal."""
        return z + self.rate * (rest - z) + pushes + self.noise * luck

    def observe(self, z: Array) -> Floats:
        """The state variables on their own scales."""
        return np.stack([squash(z[k], v.low, v.high) for k, v in enumerate(self.variables)])
