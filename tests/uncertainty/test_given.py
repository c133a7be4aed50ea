"""Parameters as a user gives them: taken by name, and refused with the column, the row and what would do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from triangle_sim.errors import UsageError
from triangle_sim.uncertainty import Parameter, ParameterTable, Prior, Table
from triangle_sim.uncertainty.given import table_from

NAMES = ("rationality.PRK", "weight.PRK.supply")
PARAMETERS = ParameterTable(
    Parameter(name, Prior.of(1.0), "per unit", "how much it is", ("judgement",), 0.0, 2.0) for name in NAMES
)


def made(given: Any) -> Table:
    return table_from(given, PARAMETERS, ["one", "two"])


def frame(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame({"rationality.PRK": [0.5, 1.0, 2.0], **columns})


def test_columns_are_known_by_any_spelling_in_any_order() -> None:
    given = pd.DataFrame(
        {"theory": ["two", "one"], "weight.North Korea.supply": [1, 2], "rationality.DPRK": [0.5, 0.25]}
    )
    table = made(given)
    assert table.names == NAMES and table.values.tolist() == [[0.5, 0.25], [1.0, 2.0]]
    assert table.theory is not None and table.theory.tolist() == ["two", "one"]
    assert made(given.assign(draw=[0, 1])).sha256 == table.sha256


def test_numbers_of_all_kinds_are_numbers() -> None:
    for values in ([0, 1, 2], np.float32([0, 1, 2]), pd.array([0, 1, 2], "Int64"), pd.array([0, 1, 2], "Float64")):
        assert made(pd.DataFrame({NAMES[0]: values})).values.tolist() == [[0.0, 1.0, 2.0]]


def test_a_mapping_of_numbers_holds_in_every_draw() -> None:
    table = made({"rationality.PRK": 1.5, "theory": "two"})
    assert table.everywhere and table.at(np.asarray([0, 7, 10**9])).tolist() == [0, 0, 0]
    rows = made({"rationality.PRK": [1.5, 0.5], "weight.PRK.supply": 1})
    assert not rows.everywhere and rows.values.tolist() == [[1.5, 0.5], [1.0, 1.0]]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (frame(**{"weight.PRK.suply": 1.0}), "unknown column 'weight.PRK.suply'.*did you mean 'weight.PRK.supply'"),
        (frame(**{"weight.PRK.supply": [1.0, np.nan, 1.0]}), "'weight.PRK.supply' is nan in row 1, not a finite"),
        (frame(**{"weight.PRK.supply": [1.0, 1.0, np.inf]}), "'weight.PRK.supply' is inf in row 2, not a finite"),
        (frame(**{"weight.PRK.supply": pd.array([1, None, 2], "Int64")}), "is nan in row 1, not a finite"),
        (frame(**{"weight.PRK.supply": [1.0, 2.5, 1.0]}), "is 2.5 in row 1, out of range 0 .. 2.*how much it is"),
        (frame(**{"weight.PRK.supply": ["1", "2", "1"]}), "the column 'weight.PRK.supply' holds .*, not numbers"),
        (frame(**{"weight.PRK.supply": [True, False, True]}), "holds bool, not numbers"),
        (frame(**{"weight.PRK.supply": [1j, 1j, 1j]}), "holds complex128, not numbers"),
        (frame(**{"rationality.DPRK": 1.0}), "'rationality.PRK' has two columns"),
        (frame(theory=["one", "tow", "two"]), "unknown theory 'tow' in row 1.*did you mean 'two'"),
        (frame(theory=["one", None, "two"]), r"unknown theory '\w+' in row 1"),
        (frame(draw=[2, 1, 0]), "the column 'draw' does not count 0, 1, 2"),
        (frame().iloc[:0], "the table has no row"),
        (pd.DataFrame(index=range(3)), "no column of a parameter"),
        ({"rationality.PRK": [1.0], "weight.PRK.supply": [1.0, 2.0]}, "same length"),
        ([{"rationality.PRK": 1.0}], "not a data frame"),
    ],
)
def test_what_cannot_be_used_is_refused(given: Any, says: str) -> None:
    with pytest.raises(UsageError, match=f"(?s){says}"):
        made(given)
