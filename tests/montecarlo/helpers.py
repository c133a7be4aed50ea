"""Runs, blocks and bytes, shared by the tests of the Monte Carlo layer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from triangle_sim.montecarlo.simulate import simulate
from triangle_sim.montecarlo.design import Design
from triangle_sim.montecarlo.folder.encode import parquet_of
from triangle_sim.montecarlo.result import TABLES, Result
from triangle_sim.montecarlo.folder.reading import read, save
from triangle_sim.scenario.schema import Scenario
from triangle_sim.model.trajectory import Trajectory

ARRAYS = ("state", "environment", "moves", "meetings", "begins", "active")


def parquet(result: Result, folder: Path) -> dict[str, bytes]:
    """Every table as the bytes of one Parquet file, written to a result folder and read again."""
    return table_bytes(read(save(result, folder)))


def table_bytes(result: Result) -> dict[str, bytes]:
    """Every table as the bytes of one Parquet file, however it is stored."""
    return {name: parquet_of(getattr(result, name)) for name in TABLES}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path in it, pictures left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "figures" not in path.parts
    }


def block_of(scenario: Scenario, draws: int, replicates: int, seed: int = 1) -> Trajectory:
    """All runs of a design in one block."""
    design = Design(draws, replicates, seed)
    return simulate(scenario, seed, *design.address(0, design.runs))


def same(a: Any, b: Any) -> bool:
    """Whether two arrays are equal bit for bit: values, signs of zero, kinds."""
    one, two = np.ascontiguousarray(a), np.ascontiguousarray(b)
    return one.dtype == two.dtype and one.shape == two.shape and one.tobytes() == two.tobytes()
