"""The dynamics of one quarter, on the latent scale.

``z' = z + rate * (rest - z) + pushes + shocks + noise``, and ``x = squash(z)``. Nothing else changes a variable, so
every change is a sum of named parts. Bounds are met by the squash alone: effects weaken toward them, and the order in
which countries are taken cannot matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from triangle_sim.arrays import Array, namespace, unsquash
from triangle_sim.layers import Index, Layers, index
from triangle_sim.rows import Rows, array, rows, spread, stack
from triangle_sim.uncertainty.parameters import Values
from triangle_sim.world.environment import Driver
from triangle_sim.world.variables import Variable


@dataclass(frozen=True)
class Dynamics:
    """Rates, resting levels and noise of a block of runs; arrays are ``(variables, runs)`` unless said otherwise."""

    variables: tuple[Variable, ...]
    conditions: tuple[str, ...]
    rate: Array
    rest: Array
    start: Array
    noise: Array
    reference: Array
    """``(conditions, runs)``: the environment of the starting world, in which drivers are silent."""
    drive: Array | Rows
    """``(drivers, runs)``: how far each driver moves a resting level."""
    driving: Index
    """The condition of each driver."""
    driven: Layers[int]
    """The drivers of each variable, by its row."""

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
        present = [d for d in sorted(drivers, key=lambda d: d.name) if d.variable in variables]

        def latent(prefix: str) -> Array:
            return xp.stack([unsquash(values[f"{prefix}.{v.name}"], v.low, v.high) for v in variables.values()])

        xp = namespace(values[f"rate.{names[0]}"])
        like = values[f"rate.{names[0]}"]
        return cls(
            tuple(variables.values()),
            tuple(conditions),
            xp.stack([values[f"rate.{name}"] for name in names]),
            latent("rest"),
            latent("start"),
            xp.stack([values[f"noise.{name}"] for name in names]),
            xp.stack([xp.full_like(like, reference[name]) for name in conditions]),
            stack([values[d.name] for d in present], like),
            index(list(conditions).index(d.condition) for d in present),
            Layers.of({k: [n for n, d in enumerate(present) if d.variable == name] for k, name in enumerate(names)}),
        )

    def resting(self, environment: Array, shifts: Array) -> Array:
        """Latent resting levels in an environment ``(conditions, runs)``, moved by drivers and events' shifts."""
        away = rows(environment - self.reference, self.driving)
        away *= self.drive
        total = self.rest + shifts
        for layer in self.driven.layers:
            total = total + array(spread(rows(away, layer), self._places(len(layer)), self.rest[0]))
        return total

    def _places(self, driven: int) -> Index:
        """For each variable its place among the first keys, or their number where it is not among them."""
        keys = self.driven.keys[:driven]
        return index(keys.index(k) if k in keys else driven for k in range(len(self.variables)))

    def step(self, z: Array, rest: Array, pushes: Array, luck: Array) -> Array:
        """The latent state a quarter later; ``luck`` is standard normal."""
        return z + self.rate * (rest - z) + pushes + self.noise * luck

    def observe(self, z: Array) -> Array:
        """The state variables on their own scales."""
        low, high = (np.asarray([[end] for end in ends], z.dtype) for ends in self._ends)
        half, middle = (high - low) / 2, (high + low) / 2
        return middle + half * namespace(z).tanh((z - middle) / half)

    @property
    def _ends(self) -> tuple[list[float], list[float]]:
        return [v.low for v in self.variables], [v.high for v in self.variables]
