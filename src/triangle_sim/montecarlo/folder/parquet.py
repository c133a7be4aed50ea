"""Tables as bytes: Parquet files with a checksum, and with a label that says what a block belongs to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from triangle_sim.montecarlo.blocks import Cell

_LABEL = b"triangle_sim"


class Seal(NamedTuple):
    """Size and SHA-256 of a file."""

    size: int
    sha256: str

    @classmethod
    def of(cls, data: bytes) -> Seal:
        """The seal of these bytes."""
        return cls(len(data), hashlib.sha256(data).hexdigest())


def parquet(table: Any, label: str = "", dictionary: list[str] | bool = True) -> bytes:
    """An Arrow table as a Parquet file; ``dictionary`` names the columns of few different values."""
    sink = pa.BufferOutputStream()
    labelled = table.replace_schema_metadata({_LABEL: label} if label else None)
    pq.write_table(labelled, sink, compression="zstd", use_dictionary=dictionary)
    return bytes(sink.getvalue())


def parquet_of_columns(columns: Mapping[str, NDArray[Any]], label: str) -> bytes:
    """Columns as a Parquet file; missing numbers become null, as in tables of pandas."""
    table = pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()})
    return parquet(table, label, [name for name, values in columns.items() if values.dtype == np.object_])


def parquet_of(frame: pd.DataFrame) -> bytes:
    """A data frame as a Parquet file."""
    return parquet(pa.Table.from_pandas(frame, preserve_index=False))


def table_of(data: bytes, columns: list[str] | None = None) -> Any:
    """A Parquet file as an Arrow table. Raises ValueError for a column that it does not have."""
    try:
        return pq.read_table(pa.BufferReader(data), columns=columns, use_threads=False)
    except pa.ArrowInvalid:
        known_columns(columns or (), pq.read_schema(pa.BufferReader(data)).names)
        raise


def known_columns(wanted: Iterable[str], known: Iterable[str]) -> None:
    """Raises ValueError for columns that a table does not have, with what there is."""
    there = list(known)
    lacking = [name for name in wanted if name not in there]
    if lacking:
        raise ValueError(f"no column {', '.join(map(repr, lacking))}; there are {', '.join(there)}")


def label_for(origin: str, cell: Cell) -> str:
    """The label of a block's files: the run they belong to, and their address in it."""
    return json.dumps({"origin": origin, "block": cell.name})


def label_of(data: bytes) -> str:
    """The label of a Parquet file; empty where it has none, or where the bytes are no such file."""
    try:
        found = pq.read_schema(pa.BufferReader(data)).metadata or {}
        return str(found.get(_LABEL, b"").decode())
    except (pa.ArrowException, OSError, ValueError):
        return ""
