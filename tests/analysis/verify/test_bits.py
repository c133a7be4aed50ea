"""A SHA-256 of numbers: what matters to it, and what does not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from triangle_sim.analysis.verify.bits import sha256_of

TABLE = pd.DataFrame({"x": [0.0, 1.5, np.nan], "n": [1, 2, 3], "yes": [True, False, True], "name": ["a", "b", None]})


def sha(table: pd.DataFrame, name: str = "t") -> str:
    return sha256_of({name: table})


def test_how_numbers_are_stored_does_not_matter() -> None:
    other = TABLE.astype({"n": np.int8}).assign(x=[-0.0, 1.5, None], yes=[1.0, 0.0, 1.0], name=["a", "b", np.nan])
    assert sha(other) == sha(TABLE)


@pytest.mark.parametrize(
    "changed",
    [
        TABLE.assign(x=[0.0, np.nextafter(1.5, 2), np.nan]),
        TABLE.assign(x=[0.0, np.nan, 1.5]),
        TABLE.assign(name=["ab", "", None]),
        TABLE.rename(columns={"x": "z"}),
        TABLE[["n", "x", "yes", "name"]],
        TABLE.iloc[::-1],
        TABLE.iloc[:2],
    ],
)
def test_a_last_bit_a_name_and_an_order_matter(changed: pd.DataFrame) -> None:
    assert sha(changed) != sha(TABLE)


def test_which_table_it_is_matters() -> None:
    assert sha(TABLE, "u") != sha(TABLE)
