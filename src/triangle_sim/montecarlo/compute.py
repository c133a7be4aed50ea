"""What a worker computes: some runs at once, and the files of a block, with the table and the counts of its runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.backends.backend import load
from triangle_sim.errors import UsageError
from triangle_sim.model.prepared import Prepared, prepared_for
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.design import Job, sizes_hash
from triangle_sim.montecarlo.folder.parquet import encode_counts, label_for, parquet_of_columns
from triangle_sim.montecarlo.tally import tally
from triangle_sim.outcomes import OUTCOMES, Outcome
from triangle_sim.scenario.schema import Scenario
from triangle_sim.uncertainty import Table

BLOCK = 1000
"""Runs at once: enough to make up for NumPy's overhead, few enough to stay in cache. Results do not depend on it."""


def simulate(
    scenario: Scenario,
    seed: int,
    draws: Any,
    replicates: Any,
    backend: str = "numpy",
    precision: str = "double",
    table: Table | None = None,
) -> Trajectory:
    """The trajectory of some runs, with the twin worlds that outcomes compare them with.

    Parameters of draws that a ``table`` holds are taken from there.
    """
    return futures(prepared_for(scenario, table), seed, draws, replicates, backend, precision, table, OUTCOMES.values())


def futures(
    prepared: Prepared,
    seed: int,
    draws: Any,
    replicates: Any,
    backend: str,
    precision: str,
    table: Table | None,
    outcomes: Iterable[Outcome],
) -> Trajectory:
    """The same of a scenario made ready, with the twin worlds that some outcomes need."""
    pins = [dict(pin) for pin in sorted({tuple(sorted(o.twin.items())) for o in outcomes if o.twin})]
    usual = dict(prepared.scenario.pin)
    worlds = [usual, *(usual | pin for pin in pins)]
    first, *twins = load(backend).trajectories(
        prepared, seed, np.asarray(draws), np.asarray(replicates), worlds, precision, table
    )
    first.twins.update({twin_name(pin): twin for pin, twin in zip(pins, twins, strict=True)})
    return first


def twin_name(pin: dict[str, float]) -> str:
    """A twin world's name, e.g. ``sino_russian_rivalry=0``."""
    return ",".join(f"{name}={value:g}" for name, value in sorted(pin.items()))


def columns(t: Trajectory) -> dict[str, NDArray[Any]]:
    """The run table's columns: address, theory, and every outcome in the order of their names."""
    out: dict[str, NDArray[Any]] = {
        "draw": t.draws.astype(np.int32),
        "replicate": t.replicates.astype(np.int32),
        "theory": t.theory,
    }
    for name, outcome in sorted(OUTCOMES.items()):
        out[name] = outcome.of(t)
    return out


def compute(job: Job, cell: Cell) -> dict[str, bytes]:
    """The files of a block by kind, each labelled with what it belongs to: its runs are simulated in pieces that stay
    in cache, or the parameters of its draws are sampled."""
    scenario, design, label = job.scenario, job.design, label_for(job.origin, cell)
    if sizes_hash(scenario) != job.sizes:
        raise UsageError("the sizes fitted to the record differ here from those of this run", "copy seeds/sizes here")
    if not cell.runs:
        sampled = prepared_for(scenario, job.table).sample(design.seed, range(*cell.draws), job.table)
        table = {"draw": sampled.numbers, "theory": sampled.theory} | dict(sampled.values)
        return {"parameters": parquet_of_columns(table, label)}
    tables, counts = [], None
    for draws, replicates in cell.pieces(BLOCK):
        trajectory = simulate(scenario, design.seed, draws, replicates, design.backend, design.precision, job.table)
        tables.append(columns(trajectory))
        counts = tally(trajectory) if counts is None else counts + tally(trajectory)
        del trajectory  # or it would be there twice while the next is made
    assert counts is not None
    runs = {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}
    return {"runs": parquet_of_columns(runs, label), "counts": encode_counts(counts, label)}
