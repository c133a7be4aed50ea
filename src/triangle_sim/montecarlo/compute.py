"""What a worker computes: the files of a block, which hold the table and the counts of its runs, or parameters."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.model.prepared import prepared_for
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.design import Job
from triangle_sim.montecarlo.folder.parquet import encode_counts, label_for, parquet_of_columns
from triangle_sim.montecarlo.simulate import BLOCK, columns, simulate
from triangle_sim.montecarlo.tally import tally
from triangle_sim.scenario.schema import Scenario


def compute(job: Job, cell: Cell) -> dict[str, bytes]:
    """The files of a block by kind, each labelled with what it belongs to: its runs are simulated in pieces that stay
    in cache, or the parameters of its draws are sampled."""
    scenario, design, label = job.scenario, job.design, label_for(job.origin, cell)
    if not cell.runs:
        sampled = parameters(scenario, design.seed, range(*cell.draws))
        return {"parameters": parquet_of_columns(sampled, label)}
    tables, counts = [], None
    for draws, replicates in cell.pieces(BLOCK):
        trajectory = simulate(scenario, design.seed, draws, replicates, design.backend, design.precision)
        tables.append(columns(trajectory))
        counts = tally(trajectory) if counts is None else counts + tally(trajectory)
        del trajectory  # or it would be there twice while the next is made
    assert counts is not None
    runs = {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}
    return {"runs": parquet_of_columns(runs, label), "counts": encode_counts(counts, label)}


def parameters(scenario: Scenario, seed: int, draws: range) -> dict[str, NDArray[Any]]:
    """Columns of the table of parameters: draw, theory, and every parameter in the order of their names."""
    sampled = prepared_for(scenario).sample(seed, draws)
    theory = np.asarray(sampled.theories, object)[sampled.theory]
    return {"draw": sampled.numbers, "theory": theory} | dict(sampled.values)
