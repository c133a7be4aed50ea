"""Blocks as bytes: Parquet tables of runs and parameters, and counts as small as they go."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from triangle_sim.montecarlo.blocks import Cell

if TYPE_CHECKING:
    import pandas as pd

    from triangle_sim.montecarlo.tally import Tally


class Seal(NamedTuple):
    """Size and SHA-256 of a file."""

    size: int
    sha256: str

    @classmethod
    def of(cls, data: bytes) -> Seal:
        """The seal of these bytes."""
        return cls(len(data), hashlib.sha256(data).hexdigest())


@dataclass(frozen=True)
class Encoded:
    """A block as the bytes of its files by kind (``runs`` and ``counts``, or ``parameters``), sealed where made."""

    cell: Cell
    files: dict[str, bytes]
    seals: dict[str, Seal]


def encode(cell: Cell, columns: Mapping[str, NDArray[Any]], counts: Tally | None) -> Encoded:
    """A block's files."""
    kind = "runs" if cell.runs else "parameters"
    files = {kind: parquet(arrow(columns), _texts(columns))}
    if counts is not None:
        files["counts"] = encode_counts(counts)
    return Encoded(cell, files, {name: Seal.of(data) for name, data in files.items()})


def arrow(columns: Mapping[str, NDArray[Any]]) -> Any:
    """Columns as an Arrow table; missing numbers become null, as in tables of pandas."""
    import pyarrow as pa

    return pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()})


def _texts(columns: Mapping[str, NDArray[Any]]) -> list[str]:
    return [name for name, values in columns.items() if values.dtype == object]


def parquet(table: Any, dictionary: list[str] | bool = True) -> bytes:
    """An Arrow table as a Parquet file; ``dictionary`` names the columns of few different values."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata(None), sink, compression="zstd", use_dictionary=dictionary)
    return bytes(sink.getvalue())


def parquet_of(frame: pd.DataFrame) -> bytes:
    """A data frame as a Parquet file."""
    import pyarrow as pa

    return parquet(pa.Table.from_pandas(frame, preserve_index=False))


def frame_of(data: bytes, columns: list[str] | None = None) -> pd.DataFrame:
    """A Parquet file as a data frame."""
    return table_of(data, columns).to_pandas()  # type: ignore[no-any-return]


def table_of(data: bytes, columns: list[str] | None = None) -> Any:
    """A Parquet file as an Arrow table.

    Raises
    ------
    ValueError
        for a column that it has not.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_table(pa.BufferReader(data), columns=columns, use_threads=False)
    except pa.ArrowInvalid:
        known_columns(columns or (), pq.read_schema(pa.BufferReader(data)).names)
        raise


def known_columns(wanted: Iterable[str], known: Iterable[str]) -> None:
    """See that a table has the columns that are asked for.

    Raises
    ------
    ValueError
        naming those it has not, and what there is.
    """
    there = list(known)
    lacking = [name for name in wanted if name not in there]
    if lacking:
        raise ValueError(f"no column {', '.join(map(repr, lacking))}; there are {', '.join(there)}")


def encode_counts(counts: Tally) -> bytes:
    """One row a field: its shape, the low byte of every count, and what is left of the few that need more.

    Most cells of a histogram hold less than 256 runs, so bytes compress in a third of the time that numbers take.
    """
    import pyarrow as pa

    rows: dict[str, list[Any]] = {"field": [], "shape": [], "low": [], "at": [], "more": []}
    for field in fields(counts):
        values = np.asarray(getattr(counts, field.name), np.int64)
        flat = values.ravel()
        low = flat.astype(np.uint8)
        at = np.flatnonzero(flat != low)
        for name, item in zip(rows, (field.name, json.dumps(values.shape), low.tobytes(), at, flat[at] - low[at])):  # noqa: B905
            rows[name].append(item)
    kinds = (pa.string(), pa.string(), pa.binary(), pa.list_(pa.int32()), pa.list_(pa.int64()))
    return parquet(pa.table({name: pa.array(rows[name], kind) for name, kind in zip(rows, kinds, strict=True)}), False)


class Totals:
    """Sums of counts, one block after another; three megabytes, however many runs there are."""

    def __init__(self) -> None:
        self._sums: dict[str, NDArray[np.int64]] = {}

    def add(self, data: bytes) -> None:
        """Add a block's file of counts.

        Raises
        ------
        ValueError
            if its shapes are not those of the blocks before it.
        """
        table = table_of(data)
        for name, shape, low, at, more in zip(*(table.column(k) for k in range(5)), strict=True):
            field, sizes = name.as_py(), tuple(json.loads(shape.as_py()))
            sums = self._sums.setdefault(field, np.zeros(sizes, np.int64))
            if sums.shape != sizes:
                raise ValueError(f"counts of {field} have shape {sizes}, others {sums.shape}")
            flat = sums.reshape(-1)
            flat += np.frombuffer(low.as_buffer(), np.uint8)
            flat[at.values.to_numpy()] += more.values.to_numpy()

    def tally(self) -> Tally:
        """The counts over all blocks added."""
        from triangle_sim.montecarlo.tally import Tally

        return Tally(**{name: int(sums) if not sums.shape else sums for name, sums in self._sums.items()})  # type: ignore[arg-type]
