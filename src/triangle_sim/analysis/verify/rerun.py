"""Running a part of a result again: which part, and whether its numbers come out the same to the bit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from triangle_sim.analysis.verify.bits import sha256_of
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.compute import columns, simulate
from triangle_sim.montecarlo.folder.manifest import cells_in
from triangle_sim.montecarlo.folder.parquet import table_of
from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.tables import Source
from triangle_sim.scenario.schema import Scenario
from triangle_sim.uncertainty import Table

BLOCKS = 3
"""Blocks of a sample: the first, the last and one between."""
RUNS = 200
"""Runs of each block in the sample that a picture carries, from the block's first on."""


def sample_of(cells: list[Cell], most: int = BLOCKS) -> list[Cell]:
    """At most so many of the blocks that hold runs, spread evenly from the first to the last."""
    runs = [cell for cell in cells if cell.runs]
    return [runs[place] for place in np.unique(np.linspace(0, len(runs) - 1, min(most, len(runs))).astype(int))]


def stored_digests(source: Source, cells: list[Cell]) -> list[str]:
    """SHA-256 of the first :data:`RUNS` runs of each block of the sample, every outcome of them, as they are stored."""
    tables = (table_of(source.read_file("runs", cell)).slice(0, RUNS).to_pandas() for cell in sample_of(cells))
    return [sha256_of({"runs": table}) for table in tables]


def rerun_digests(facts: dict[str, Any], scenario: Scenario, given: Table | None = None) -> list[str]:
    """The same of runs that are simulated anew, as the manifest ``facts`` says they were."""
    return [sha256_of({"runs": table}) for table in _rerun(facts, scenario, given)]


def _rerun(facts: dict[str, Any], scenario: Scenario, given: Table | None) -> Iterator[pd.DataFrame]:
    for cell in sample_of(cells_in(facts)):
        draws, replicates = next(cell.pieces(RUNS))
        t = simulate(scenario, facts["seed"], draws, replicates, facts["backend"], facts["precision"], given)
        yield pd.DataFrame(columns(t))


def digests_of(result: Result) -> list[str]:
    """:func:`stored_digests` of a result in memory or in a folder."""
    return stored_digests(result.tables.source, result.tables.cells)


def runs_in_sample(facts: dict[str, Any]) -> int:
    """How many runs such a sample has."""
    return sum(min(cell.runs, RUNS) for cell in sample_of(cells_in(facts)))
