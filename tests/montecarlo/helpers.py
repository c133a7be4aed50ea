"""Runs, blocks and bytes, shared by the tests of the Monte Carlo layer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from triangle_sim.montecarlo.block import Design, simulate
from triangle_sim.montecarlo.result import TABLES, Result
from triangle_sim.montecarlo.store import save
from triangle_sim.scenario.schema import Scenario
from triangle_sim.trajectory import Trajectory

ARRAYS = ("state", "environment", "moves", "meetings", "begins", "active")


def parquet(result: Result, folder: Path) -> dict[str, bytes]:
    """The bytes of every table as a result folder holds them."""
    saved = save(result, folder)
    return {name: (saved / f"{name}.parquet").read_bytes() for name in TABLES}


def block_of(scenario: Scenario, draws: int, replicates: int, seed: int = 1) -> Trajectory:
    """All runs of a design in one block."""
    design = Design(draws, replicates, seed)
    return simulate(scenario, seed, *design.address(0, design.runs))


def same(a: Any, b: Any) -> bool:
    """Whether two arrays are equal bit for bit: values, signs of zero, kinds."""
    one, two = np.ascontiguousarray(a), np.ascontiguousarray(b)
    return one.dtype == two.dtype and one.shape == two.shape and one.tobytes() == two.tobytes()
