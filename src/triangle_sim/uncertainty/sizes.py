"""Sizes fitted to the record, as data: for each theory a table of members, each one setting of its parameters.

The file lies below ``seeds/sizes``: a row a member, with ``theory``, ``member`` (0, 1, ... under each theory) and a
column a parameter; a column that is missing throughout under one theory is not fitted there. Where the fit comes from
stands in the file's metadata, as JSON.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from triangle_sim.errors import UsageError, quote
from triangle_sim.names import did_you_mean
from triangle_sim.resources import data_dir

if TYPE_CHECKING:
    import pandas as pd

Sizes = Literal["judgement", "record"]
"""Where the sizes of effects come from: the priors, or a fit to the record."""

_PROVENANCE = b"triangle_sim.sizes"
_KEYS = ("theory", "member")


@dataclass(frozen=True)
class Members:
    """The members under one theory: ``values (parameters, members)``, in the order of names."""

    names: tuple[str, ...]
    values: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Fitted:
    """The members under each theory, the SHA-256 of the file, and where the fit comes from."""

    members: Mapping[str, Members]
    sha256: str
    provenance: Mapping[str, Any]

    @cached_property
    def positive(self) -> frozenset[str]:
        """Parameters that are above zero in some member."""
        each = ((m.names, (m.values > 0).any(axis=1)) for m in self.members.values())
        return frozenset(names[k] for names, above in each for k in np.flatnonzero(above))

    def with_voice(self, name: str, like: str | None, states: Collection[str]) -> Fitted:
        """With a theory that was not fitted: it has the members of the one it is ``like`` in all it does not state
        itself, and none if it is like none. Raises UsageError if that one has no members."""
        if like is None:
            members = Members((), np.empty((0, 1)))
        else:
            parent = self.under(like)
            kept = [k for k, parameter in enumerate(parent.names) if parameter not in states]
            members = Members(tuple(parent.names[k] for k in kept), parent.values[kept])
        return replace(self, members={**self.members, name: members})

    def under(self, theory: str) -> Members:
        """The members under a theory. Raises UsageError if it has none."""
        if theory not in self.members:
            message = f"no sizes are fitted under the theory {quote(theory)}"
            raise UsageError(message, did_you_mean(theory, self.members, "fitted") + "; or set sizes: judgement")
        return self.members[theory]


def path_of(sizes: str) -> Path:
    """The file of fitted sizes."""
    return data_dir("seeds") / "sizes" / f"{sizes}.parquet"


def fitted(sizes: Sizes) -> Fitted | None:
    """The fit that a scenario's ``sizes`` ask for; None for ``judgement``, which asks for the priors as they are.

    Raises
    ------
    UsageError
        if there is no such file, or it holds no fitted sizes.
    """
    if sizes == "judgement":
        return None
    path = path_of(sizes)
    try:
        about = path.stat()
    except OSError:
        message = f"there are no sizes fitted to the record: seeds/sizes/{path.name} is missing"
        raise UsageError(message, "make them with `triangle-sim calibrate`, or set sizes: judgement") from None
    return _read(path, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, when: int, size: int) -> Fitted:
    """A file, read once a process and version of it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        data = path.read_bytes()
        table = pq.read_table(pa.BufferReader(data), use_threads=False)
        about = json.loads((table.schema.metadata or {})[_PROVENANCE])
        frame = table.replace_schema_metadata(None).to_pandas()
        return Fitted(_members(frame), hashlib.sha256(data).hexdigest(), about)
    except (OSError, pa.ArrowException, KeyError, ValueError) as error:
        reason = "no provenance" if isinstance(error, KeyError) else str(error).partition("\n")[0]
        message = f"{path.name} in seeds/sizes is no file of fitted sizes: {reason}"
        raise UsageError(message, "make it again with `triangle-sim calibrate`, or set sizes: judgement") from None


def _members(frame: pd.DataFrame) -> dict[str, Members]:
    """The members by theory. Raises ValueError for a frame that holds no such thing."""
    if lacking := [key for key in _KEYS if key not in frame]:
        raise ValueError(f"no column '{lacking[0]}'")
    names = np.asarray(sorted(set(frame.columns) - set(_KEYS)), object)
    if not (len(frame) and len(names)):
        raise ValueError("no member, or no parameter")
    out: dict[str, Members] = {}
    for theory, rows in frame.groupby("theory", sort=True):
        rows = rows.sort_values("member")
        if rows["member"].tolist() != list(range(len(rows))):
            raise ValueError(f"the members under '{theory}' are not 0, 1, ... {len(rows) - 1}")
        values = rows[list(names)].to_numpy(float).T
        there = ~np.isnan(values).all(axis=1)
        if not np.isfinite(values[there]).all():
            raise ValueError(f"a value under '{theory}' is not a finite number")
        out[str(theory)] = Members(tuple(names[there]), np.ascontiguousarray(values[there]))
    return out


def write(path: Path, frame: pd.DataFrame, provenance: Mapping[str, Any]) -> None:
    """Write fitted sizes: the same frame and provenance give the same bytes, whatever the order of rows and columns.

    Raises ValueError for a frame that holds no such thing.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    _members(frame)
    names = sorted(set(frame.columns) - set(_KEYS))
    ordered = frame.sort_values(list(_KEYS), ignore_index=True)
    columns = {
        "theory": pa.array(ordered["theory"].astype(str), pa.string()),
        "member": pa.array(ordered["member"], pa.int32()),
    }
    table = pa.table(columns | {name: pa.array(_small(ordered[name]), from_pandas=True) for name in names})
    about = json.dumps(provenance, sort_keys=True, ensure_ascii=False)
    sink = pa.BufferOutputStream()
    labelled = table.replace_schema_metadata({_PROVENANCE: about})
    pq.write_table(labelled, sink, compression="zstd", use_dictionary=["theory"], use_byte_stream_split=names)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(sink.getvalue())
    part.replace(path)


def _small(column: Any) -> NDArray[Any]:
    """Numbers in single precision where that loses nothing."""
    values: NDArray[Any] = column.to_numpy(float)
    single = values.astype(np.float32)
    return single if np.array_equal(single.astype(float), values, equal_nan=True) else values
