"""Blocks as the bytes of their files: a table of runs or parameters, and counts as small as they go."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pyarrow as pa

from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.compute import Block, compute
from triangle_sim.montecarlo.design import Job
from triangle_sim.montecarlo.folder.parquet import Seal, label_for, parquet, parquet_of_columns, table_of
from triangle_sim.montecarlo.tally import Tally

_INTEGERS = [np.dtype(name) for name in ("<u1", "<u2", "<i4", "<i8")]


@dataclass(frozen=True)
class Encoded:
    """A block as the bytes of its files by kind (``runs`` and ``counts``, or ``parameters``), sealed where made."""

    cell: Cell
    files: dict[str, bytes]
    seals: dict[str, Seal]


def computed(job: Job, cell: Cell) -> Encoded:
    """Compute a block, and encode it; what a worker does."""
    return encode(compute(job, cell), job.origin)


def encode(block: Block, origin: str) -> Encoded:
    """A block's files, each labelled with what it belongs to."""
    label = label_for(origin, block.cell)
    files = {"runs" if block.cell.runs else "parameters": parquet_of_columns(block.columns, label)}
    if block.counts is not None:
        files["counts"] = encode_counts(block.counts, label)
    return Encoded(block.cell, files, {kind: Seal.of(data) for kind, data in files.items()})


def encode_counts(counts: Tally, label: str = "") -> bytes:
    """One row a field: its shape, and its numbers as bytes of the smallest integer type that holds them all."""
    rows = []
    for field in fields(counts):
        values = np.asarray(getattr(counts, field.name), np.int64)
        low, high = (values.min(), values.max()) if values.size else (0, 0)
        kind = next(each for each in _INTEGERS if np.iinfo(each).min <= low and high <= np.iinfo(each).max)
        row = {"field": field.name, "shape": json.dumps(values.shape), "type": kind.str}
        rows.append(row | {"values": values.astype(kind).tobytes()})
    return parquet(pa.Table.from_pylist(rows), label, False)


def decode_counts(data: bytes) -> Tally:
    """The counts in such a file. Raises ValueError if it holds something else."""
    try:
        found: dict[str, Any] = {}
        for row in table_of(data).to_pylist():
            if np.dtype(row["type"]) not in _INTEGERS:
                raise ValueError(f"numbers of type {row['type']}")
            values = np.frombuffer(row["values"], row["type"]).reshape(json.loads(row["shape"]))
            found[row["field"]] = values.astype(np.int64)
        return Tally(**found | {"runs": int(found["runs"])})
    except (pa.ArrowException, KeyError, TypeError) as error:
        raise ValueError(f"these are not counts: {error}") from None
