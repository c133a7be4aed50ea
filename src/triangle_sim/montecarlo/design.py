"""How many runs of what: the design, and the job that a worker is sent. Nothing heavy is imported to say it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from triangle_sim.montecarlo.cells import Cell
    from triangle_sim.montecarlo.encode import Encoded


@dataclass(frozen=True)
class Design:
    """How many runs: draws x replicates, numbered draw by draw, from one seed; and what computes them."""

    draws: int
    replicates: int
    seed: int
    backend: str = "numpy"
    precision: str = "double"

    @property
    def runs(self) -> int:
        """Runs in all."""
        return self.draws * self.replicates

    def address(self, first: int, end: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Draw and replicate numbers of the runs ``first .. end - 1``."""
        run = np.arange(first, end)
        return run // self.replicates, run % self.replicates


@dataclass(frozen=True)
class Job:
    """What all blocks of a run share: the scenario as JSON text, and the design."""

    text: str
    design: Design

    @classmethod
    def of(cls, scenario: Scenario, design: Design) -> Job:
        """A job that can be sent anywhere."""
        return cls(scenario.model_dump_json(by_alias=True), design)

    @property
    def scenario(self) -> Scenario:
        """The scenario, read once a process."""
        return _scenario(self.text)


@lru_cache(maxsize=8)
def _scenario(text: str) -> Scenario:
    return Scenario.model_validate_json(text)


def computed(job: Job, cell: Cell) -> Any:
    """A block as arrays. The model is imported where the work is done, which may be elsewhere."""
    from triangle_sim.montecarlo import work

    return work.compute(job, cell)


def in_bytes(job: Job, cell: Cell) -> Encoded:
    """A block as the bytes of its files."""
    from triangle_sim.montecarlo import work

    return work.work(job, cell)
