"""How many runs of what: the design, and the job that a worker is sent. Nothing heavy is imported to say it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from operator import index
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.backends.requirements import LIBRARIES, PRECISIONS, need
from triangle_sim.errors import UsageError
from triangle_sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from triangle_sim.montecarlo.blocks import Cell
    from triangle_sim.montecarlo.folder.encode import Encoded


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
    from triangle_sim.montecarlo import compute

    return compute.compute(job, cell)


def in_bytes(job: Job, cell: Cell) -> Encoded:
    """A block as the bytes of its files."""
    from triangle_sim.montecarlo import compute

    return compute.work(job, cell)


def designed(
    scenario: Scenario | str, draws: int | None, replicates: int | None, seed: int | None, backend: str, precision: str
) -> tuple[Scenario, Design]:
    """The scenario loaded, and the design: what is asked for, else the scenario's own.

    Raises
    ------
    ValueError
        for a design of no runs, or a seed that is none.
    UsageError
        for a backend or precision that is none.
    """
    from triangle_sim.scenario.load import load

    loaded = load(scenario) if isinstance(scenario, str) else scenario
    check_backend(backend, precision)
    design = Design(
        index(loaded.draws if draws is None else draws),
        index(loaded.replicates if replicates is None else replicates),
        index(loaded.seed if seed is None else seed),
        backend,
        precision,
    )
    if design.draws < 1 or design.replicates < 1:
        raise ValueError(f"a design needs at least 1 draw and 1 replicate, got {design.draws} x {design.replicates}")
    if not 0 <= design.seed < 2**64:
        raise ValueError(f"a seed lies in 0 .. 2**64 - 1, got {design.seed}")
    return loaded, design


def check_backend(backend: str, precision: str) -> None:
    """See that there is such a backend here, and that it has such a precision.

    Raises
    ------
    UsageError
        with what there is.
    """
    for word, value, known in (("backend", backend, LIBRARIES), ("precision", precision, PRECISIONS)):
        if value not in known:
            raise UsageError(f"unknown {word} '{value}'", f"choose one of {', '.join(known)}")
    need(backend)
    if backend == "numpy" and precision != "double":
        raise UsageError(
            "single precision needs the backend llvm", "add --backend llvm, or leave --precision out"
        )
