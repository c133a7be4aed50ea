"""Runs, blocks and bytes, shared by the tests of the Monte Carlo layer."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

import triangle_sim
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.compute import simulate
from triangle_sim.montecarlo.folder.contents import ANSWERS, TABLES
from triangle_sim.montecarlo.folder.parquet import parquet_of
from triangle_sim.montecarlo.result import Result
from triangle_sim.scenario.schema import Scenario

ARRAYS = ("state", "environment", "moves", "meetings", "begins", "active")

run = partial(triangle_sim.run, backend="numpy")
run_part = partial(triangle_sim.run_part, backend="numpy")
"""With the backend that needs no compiler: most tests have scenarios of their own."""


def small(name: str = "trump_win", quarters: int = 1, **changes: Any) -> Scenario:
    """A scenario that is over soon, with sizes by judgement unless it is asked for others."""
    return triangle_sim.load(name).with_(**{"quarters": quarters, "sizes": "judgement", **changes})


def table_bytes(result: Result) -> dict[str, bytes]:
    """Every table as the bytes of one Parquet file, however it is stored."""
    return {name: parquet_of(getattr(result, name)) for name in TABLES}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path in it, but pictures and answers, which are made of the others when shown."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "figures" not in path.parts and path.name != ANSWERS
    }


def block_of(scenario: Scenario, draws: int, replicates: int, seed: int = 1) -> Trajectory:
    """All runs of a design in one block."""
    ((d, r),) = Cell((0, draws), (0, replicates)).pieces(draws * replicates)
    return simulate(scenario, seed, d, r)


def same(a: Any, b: Any) -> bool:
    """Whether two arrays are equal bit for bit: values, signs of zero, kinds."""
    one, two = np.ascontiguousarray(a), np.ascontiguousarray(b)
    return one.dtype == two.dtype and one.shape == two.shape and one.tobytes() == two.tobytes()
