"""The file of a result folder that holds the parameters its draws were given, where a user gave some."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.folder.contents import GIVEN
from triangle_sim.montecarlo.folder.parquet import parquet, table_of
from triangle_sim.regular_files import read_regular
from triangle_sim.uncertainty import Table

LARGEST = 2**40
"""Bytes of the largest such file that is read: the user had it in memory once."""


def encode(table: Table) -> bytes:
    """The file: ``theory``, where it was given, then one column a parameter; row k is draw k."""
    columns = {} if table.theory is None else {"theory": pa.array(table.theory, pa.string())}
    columns |= {name: pa.array(row) for name, row in zip(table.names, table.values, strict=True)}
    return parquet(pa.table(columns), "", ["theory"])


def read_given(folder: Path, facts: dict[str, Any]) -> Table | None:
    """The parameters that were given to the run in a manifest; None where there were none.

    Raises
    ------
    UsageError
        if they are not there as they were given.
    """
    expected = facts.get("parameters_sha256")
    if expected is None:
        return None
    try:
        found = table_of(read_regular(folder / GIVEN, LARGEST))
        names = [name for name in found.column_names if name != "theory"]
        theory = found["theory"].to_pylist() if "theory" in found.column_names else None
        values = np.vstack([found[name].to_numpy() for name in names]) if names else np.empty((0, found.num_rows))
        table = Table.of(names, values, theory)
        reason = "" if table.sha256 == expected else "is not what was given"
    except (OSError, pa.ArrowException, ValueError) as error:
        reason = str(getattr(error, "strerror", None) or error).partition("\n")[0]
    if reason:
        message = f"{folder} is not a complete result folder: {GIVEN}: {reason}"
        raise UsageError(message, "run it again with the same data frame: triangle_sim.run(..., parameters=frame)")
    return table
