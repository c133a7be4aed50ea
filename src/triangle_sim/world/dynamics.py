"""The dynamics of one quarter, on the latent scale (docs/equations.md, step 6).

``z' = z + rate * (rest - z) + pushes + shocks + noise``, and ``x = squash(z)``. Nothing else changes a variable, so
every change is a sum of named parts. Bounds are met by the squash alone: effects weaken toward them, and the order in
which countries are taken cannot matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from triangle_sim.arrays import Array, squash, unsquash
from triangle_sim.uncertainty.parameters import Values
from triangle_sim.world.environment import Driver
from triangle_sim.world.variables import Variable


class Dynamics:
    """Rates, resting levels and noise of a block of runs.

    Attributes
    ----------
    rate, noise, rest, start
        ``(variables, runs)``; resting and starting levels are latent.
    """

    def __init__(
        self,
        variables: Mapping[str, Variable],
        conditions: Sequence[str],
        drivers: Sequence[Driver],
        reference: Mapping[str, float],
        values: Values,
    ) -> None:
        """From parameters ``(runs,)`` by name; ``reference`` is the environment in which drivers are silent."""
        ranges = list(variables.values())
        self.low, self.high = (np.asarray([[getattr(v, end)] for v in ranges]) for end in ("low", "high"))
        self.rate = np.stack([values[f"rate.{v.name}"] for v in ranges])
        self.noise = np.stack([values[f"noise.{v.name}"] for v in ranges])
        self.rest, self.start = (
            np.stack([unsquash(values[f"{which}.{v.name}"], v.low, v.high) for v in ranges])
            for which in ("rest", "start")
        )
        names = list(variables)
        self._drivers = [
            (names.index(d.variable), conditions.index(d.condition), reference[d.condition], values[d.name])
            for d in sorted(drivers, key=lambda d: d.name)
            if d.variable in variables
        ]

    def resting(self, environment: Array, shifts: Array) -> Array:
        """Latent resting levels in an environment ``(conditions, runs)``, moved by drivers and events' shifts."""
        rest = self.rest + shifts
        for variable, condition, reference, size in self._drivers:
            rest[variable] += size * (environment[condition] - reference)
        return rest

    def step(self, z: Array, rest: Array, pushes: Array, luck: Array) -> Array:
        """The latent state a quarter later; ``luck`` is standard normal."""
        return z + self.rate * (rest - z) + pushes + self.noise * luck

    def observe(self, z: Array) -> Array:
        """The state variables on their own scales."""
        return squash(z, self.low, self.high)
