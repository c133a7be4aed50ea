"""Tables and counts as bytes: Parquet files with a checksum, and a label that says what a block belongs to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.tally import Tally

_LABEL = b"triangle_sim"
_INTEGERS = [np.dtype(name) for name in ("<u1", "<u2", "<i4", "<i8")]


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
    source = pa.BufferReader(data)
    if columns is not None:
        known = pq.read_schema(source).names
        lacking = [name for name in columns if name not in known]
        if lacking:
            raise ValueError(f"no column {', '.join(map(repr, lacking))}; there are {', '.join(known)}")
    return pq.read_table(source, columns=columns, use_threads=False).replace_schema_metadata(None)


def encode_counts(counts: Mapping[str, Tally], label: str = "") -> bytes:
    """One row a theory and field: its shape, and its numbers as bytes of the smallest integer type that holds them."""
    rows = []
    for theory, tally in counts.items():
        for field in fields(tally):
            values = np.asarray(getattr(tally, field.name), np.int64)
            low, high = (values.min(), values.max()) if values.size else (0, 0)
            kind = next(each for each in _INTEGERS if np.iinfo(each).min <= low and high <= np.iinfo(each).max)
            row = {"theory": theory, "field": field.name, "shape": json.dumps(values.shape), "type": kind.str}
            rows.append(row | {"values": values.astype(kind).tobytes()})
    return parquet(pa.Table.from_pylist(rows), label, False)


def decode_counts(data: bytes) -> dict[str, Tally]:
    """The counts in such a file, by theory."""
    found: dict[str, dict[str, Any]] = {}
    for row in table_of(data).to_pylist():
        values = np.frombuffer(row["values"], row["type"]).reshape(json.loads(row["shape"]))
        found.setdefault(row["theory"], {})[row["field"]] = values.astype(np.int64)
    return {theory: Tally(**named | {"runs": int(named["runs"])}) for theory, named in found.items()}


def label_for(origin: str, cell: Cell) -> str:
    """The label of a block's files: the run they belong to, and their address in it."""
    return json.dumps({"origin": origin, "block": cell.name})


def label_of(data: bytes) -> str:
    """The label of a Parquet file; empty where it has none, or where the bytes are no such file."""
    try:
        found = pq.read_schema(pa.BufferReader(data)).metadata or {}
    except (pa.ArrowException, OSError):
        return ""
    return str(found.get(_LABEL, b"").decode())
