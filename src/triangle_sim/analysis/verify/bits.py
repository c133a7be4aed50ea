"""A SHA-256 of numbers, not of the file that holds them: whether two tables are the same to the bit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd


def sha256_of(tables: Mapping[str, pd.DataFrame]) -> str:
    """SHA-256 over named tables: names of tables and columns, numbers as 64-bit floats, everything else as text.

    Rows count in their order. Missing values are alike whatever they are written as, and so are 0.0 and -0.0; truth
    values are 0 and 1. What a number was stored as (4 or 8 bytes, in this or that version of a file format) does not
    matter.
    """
    digest = hashlib.sha256()
    for title, table in tables.items():
        digest.update(f"table {title}\0{len(table)}\0".encode())
        for name in table.columns:
            digest.update(f"column {name}\0".encode())
            digest.update(_bytes(table[name]))
    return digest.hexdigest()


def _bytes(column: pd.Series[Any]) -> bytes:
    if column.dtype.kind in "biuf":
        numbers = column.to_numpy(np.float64, na_value=np.nan) + 0.0  # -0.0 becomes 0.0
        return np.where(np.isnan(numbers), np.nan, numbers).astype("<f8").tobytes()
    texts = ("" if value is None or value != value else str(value) for value in column.tolist())
    return "".join(f"{len(text)}:{text}" for text in texts).encode()
