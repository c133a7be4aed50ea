"""A run without a folder: all blocks in memory, put into one result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from triangle_sim.model.prepared import Prepared
from triangle_sim.montecarlo.blocks import Cell, Region, cells_of
from triangle_sim.montecarlo.compute import Block, compute
from triangle_sim.montecarlo.design import Design, Job
from triangle_sim.montecarlo.folder.contents import LARGE
from triangle_sim.montecarlo.folder.encode import encode
from triangle_sim.montecarlo.folder.manifest import manifest
from triangle_sim.montecarlo.folder.parquet import known_columns
from triangle_sim.montecarlo.folder.target import new_folder
from triangle_sim.montecarlo.folder.writing import opened
from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.tables import frames
from triangle_sim.montecarlo.tally import Tally
from triangle_sim.montecarlo.workers.running import Running, finished_blocks
from triangle_sim.scenario.schema import Scenario

BATCH = 50_000
"""Rows at a time in a scan of runs."""


def in_memory(scenario: Scenario, design: Design, running: Running) -> Result:
    """Compute all blocks; the first that fails ends it with its own exception."""
    span = (0, design.draws), (0, design.replicates)
    blocks: list[tuple[Cell, dict[str, Any]]] = []
    done, counts = 0, None
    cells = cells_of([Region.of(*span)])
    with closing(finished_blocks(compute, Job.of(scenario, design), cells, running)) as finished:
        for cell, block in finished:
            if isinstance(block, Exception):
                raise block
            blocks.append((cell, block.columns))
            if cell.runs:
                counts = block.counts if counts is None else counts + block.counts
                done += cell.runs
                if running.progress is not None:
                    running.progress(done, design.runs)
    assert counts is not None
    facts = manifest(scenario, design, [Region.of(*span, design.runs)]) | {"status": "complete"}
    large = {name: _table(name, blocks) for name in LARGE}
    tables = InMemory(large | frames(Prepared(scenario), counts), counts)
    return Result(scenario, design.draws, design.replicates, design.seed, facts, tables)


def _table(name: str, blocks: list[tuple[Cell, dict[str, Any]]]) -> pd.DataFrame:
    """The blocks' columns of a table, in the order of their runs or draws."""
    parts = [columns for cell, columns in sorted(blocks, key=lambda block: block[0]) if name in cell.kinds]
    return pd.DataFrame({key: np.concatenate([part[key] for part in parts]) for key in parts[0]})


@dataclass(frozen=True, eq=False)
class InMemory:
    """Tables of a result that was not written to a folder; ``counts`` are what they were made from."""

    frames: Mapping[str, pd.DataFrame]
    counts: Tally

    def table(self, name: str) -> pd.DataFrame:
        """One table."""
        return self.frames[name]

    def scan(self, name: str, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        """Some columns of a table, ``BATCH`` rows at a time."""
        frame = self.frames[name]
        known_columns(columns, frame.columns)
        for first in range(0, len(frame), BATCH):
            yield frame.iloc[first : first + BATCH][list(columns)]

    def save(self, result: Result, folder: Path) -> None:
        """Write them into a new folder, the runs as one block whatever their number."""
        with (
            new_folder(folder, result.manifest, result.scenario),
            opened(folder, result.manifest, result.scenario) as target,
        ):
            for cell in target.cells:
                frame = result.runs if cell.runs else result.parameters.iloc[slice(*cell.draws)]
                columns = {str(name): values.to_numpy() for name, values in frame.items()}
                block = Block(cell, columns, self.counts if cell.runs else None)
                target.add(encode(block, target.journal.origin))
            target.finish()
