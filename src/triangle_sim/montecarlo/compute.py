"""What a worker computes: a block of runs as columns and counts, or the parameters of some draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.model.prepared import prepared_for
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.design import Job
from triangle_sim.montecarlo.simulate import BLOCK, columns, simulate
from triangle_sim.montecarlo.tally import Tally, tally
from triangle_sim.scenario.schema import Scenario


@dataclass(frozen=True)
class Block:
    """A block computed: the columns of its table, and counts where it holds runs."""

    cell: Cell
    columns: dict[str, NDArray[Any]]
    counts: Tally | None = None


def compute(job: Job, cell: Cell) -> Block:
    """Simulate the runs of a block, in pieces that stay in cache; or sample its parameters."""
    scenario, design = job.scenario, job.design
    if not cell.runs:
        return Block(cell, parameters(scenario, design.seed, range(*cell.draws)))
    tables, counts = [], None
    for draws, replicates in cell.pieces(BLOCK):
        trajectory = simulate(scenario, design.seed, draws, replicates, design.backend, design.precision)
        tables.append(columns(trajectory))
        counts = tally(trajectory) if counts is None else counts + tally(trajectory)
        del trajectory  # or it would be there twice while the next is made
    return Block(cell, {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}, counts)


def parameters(scenario: Scenario, seed: int, draws: range) -> dict[str, NDArray[Any]]:
    """Columns of the table of parameters: draw, theory, and every parameter in the order of their names."""
    sampled = prepared_for(scenario).sample(seed, draws)
    return {"draw": sampled.numbers, "theory": sampled.theory} | sampled.values
