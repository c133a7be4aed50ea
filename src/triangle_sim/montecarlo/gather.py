"""A run without a folder: all blocks in memory, put into one result."""

from __future__ import annotations

from concurrent.futures import Executor
from contextlib import closing
from typing import Any

import numpy as np
import pandas as pd

from triangle_sim.model.prepared import Prepared
from triangle_sim.montecarlo.blocks import Region, cells_of
from triangle_sim.montecarlo.design import Design
from triangle_sim.montecarlo.fill import Progress, ask_workers, finished_blocks
from triangle_sim.montecarlo.tables import frames
from triangle_sim.montecarlo.folder.manifest import manifest
from triangle_sim.montecarlo.result import InMemory, Result
from triangle_sim.scenario.schema import Scenario


def in_memory(
    scenario: Scenario, design: Design, jobs: int | None, progress: Progress | None, executor: Executor | None
) -> Result:
    """Compute all blocks; the first that fails ends it with its own exception."""
    ask_workers(executor, design.backend)
    span = (0, design.draws), (0, design.replicates)
    blocks, done, counts = [], 0, None
    computed = finished_blocks(scenario, design, cells_of([Region.of(*span)]), jobs, executor, encoded=False)
    with closing(computed) as finished:
        for cell, block in finished:
            if isinstance(block, Exception):
                raise block
            blocks.append((cell, block.columns))
            if cell.runs:
                counts = block.tally if counts is None else counts + block.tally
                done += cell.runs
                if progress is not None:
                    progress(done, design.runs)
    assert counts is not None
    facts = manifest(scenario, design, [Region.of(*span, design.runs)]) | {"status": "complete"}
    large = {name: _table(name, blocks) for name in ("runs", "parameters")}
    tables = InMemory(large | frames(Prepared(scenario), counts), counts)
    return Result(scenario, design.draws, design.replicates, design.seed, facts, tables)


def _table(name: str, blocks: list[tuple[Any, Any]]) -> pd.DataFrame:
    """The blocks' columns of a table, in the order of their runs or draws."""
    parts = [columns for cell, columns in sorted(blocks, key=lambda block: block[0]) if name in cell.kinds]
    return pd.DataFrame({key: np.concatenate([part[key] for part in parts]) for key in parts[0]})
