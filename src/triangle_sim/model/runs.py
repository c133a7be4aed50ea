"""Which runs: their addresses, their parameters and their luck."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from triangle_sim.model.prepared import Prepared
from triangle_sim.model.quarter import Luck
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.uncertainty import Streams, Table
from triangle_sim.uncertainty.parameters import Values


class Runs(NamedTuple):
    """Some runs of a scenario.

    ``draws`` and ``replicates`` ``(runs,)`` are their addresses, ``theory`` its name, ``values`` has every parameter
    ``(runs,)``; ``luck`` has the quarters first.
    """

    prepared: Prepared
    draws: NDArray[np.int64]
    replicates: NDArray[np.int64]
    theory: NDArray[Any]
    values: Values
    luck: Luck

    @classmethod
    def draw(cls, prepared: Prepared, seed: int, draws: Any, replicates: Any, table: Table | None = None) -> Runs:
        """Draw parameters and luck; each run's depend on the seed and its own address alone. Parameters that a
        ``table`` holds are taken from there."""
        sampled, streams = prepared.sample(seed, draws, table), Streams(seed, draws, replicates)
        quarters = prepared.scenario.quarters
        events = prepared.clock.luck(streams, draws.size, quarters)
        noise = streams.normal([f"noise:{name}" for name in prepared.variables], quarters)
        choice = streams.uniform([f"choice:{code}" for code in prepared.codes], range(quarters))
        luck = Luck(noise.swapaxes(0, 1), choice.swapaxes(0, 1), events)
        return cls(prepared, draws, replicates, sampled.theory, sampled.values, luck)

    def trajectory(self) -> Trajectory:
        """Room for what will happen in them."""
        return Trajectory.empty(self.prepared, self.draws, self.replicates, self.theory)

    def luck_in(self, quarter: int) -> Luck:
        """The luck of one quarter."""
        return Luck(self.luck.noise[quarter], self.luck.choice[quarter], self.luck.events.of_quarter(quarter))
