"""The dynamics of one quarter, on the latent scale (docs/equations.md, step 6).

``z' = z + rate * (rest - z) + pushes + shocks + noise``, and ``x = squash(z)``. Nothing else changes a variable, so
every change is a sum of named parts. Bounds are met by the squash alone: effects weaken toward them, and the order in
which countries are taken cannot matter.

A tie rests where conditions lead it, the same way in every era; of what set it apart from that at the start a share
lasts, and fades. A stock rests where the starting world says, moved by what has changed since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from triangle_sim.arrays import Array, squash, unsquash
from triangle_sim.uncertainty.parameters import Values
from triangle_sim.world.environment import CONDITIONS, Driver
from triangle_sim.world.variables import Variable, is_tie


class Dynamics:
    """Rates, resting levels and noise of a block of runs.

    Attributes
    ----------
    rate, noise, rest, start
        ``(variables, runs)``; resting and starting levels are latent.
    apart
        what sets each tie apart at the start from where conditions lead it, ``(variables, runs)``; 0 for stocks.
    """

    def __init__(
        self,
        variables: Mapping[str, Variable],
        conditions: Sequence[str],
        drivers: Sequence[Driver],
        starting: Mapping[str, float],
        values: Values,
        began: Mapping[str, float] | None = None,
    ) -> None:
        """From parameters ``(runs,)`` by name; ``starting`` is the environment of the starting world, ``began`` that in
        which the starting ties came about, by default the same."""
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
            (
                names.index(d.variable),
                conditions.index(d.condition),
                CONDITIONS[d.condition].usual if is_tie(d.variable) else starting[d.condition],
                values[d.name],
                None if d.through is None else names.index(d.through),
            )
            for d in sorted(drivers, key=lambda d: d.name)
            if d.variable in variables
        ]
        ties = np.asarray([[1.0 if is_tie(name) else 0.0] for name in names])
        led = self.driven([(began or starting)[name] for name in conditions], self.observe(self.start))
        self.apart = values["legacy"] * (ties * (self.start - led))
        self.fade = values["fade"]

    def driven(self, environment: Sequence[Array] | Array, state: Array) -> Array:
        """Latent resting levels ``(variables, runs)`` to which an environment leads (by place of the condition), where
        the state is ``state``."""
        rest = self.rest.copy()
        for variable, condition, reference, size, through in self._drivers:
            shift = size * (environment[condition] - reference)
            rest[variable] += shift if through is None else shift * state[through]
        return rest

    def resting(self, quarter: Array, environment: Array, state: Array, shifts: Array) -> Array:
        """Latent resting levels in a quarter, counted from 0: conditions, what is left of the start, events' shifts."""
        return self.driven(environment, state) + self.apart * (1.0 - self.fade) ** quarter + shifts

    def step(self, z: Array, rest: Array, pushes: Array, luck: Array) -> Array:
        """The latent state a quarter later; ``luck`` is standard normal."""
        return z + self.rate * (rest - z) + pushes + self.noise * luck

    def observe(self, z: Array) -> Array:
        """The state variables on their own scales."""
        return squash(z, self.low, self.high)
