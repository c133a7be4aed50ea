"""Parameters as a user gives them, made a table of draws: every column checked by name, kind and range."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.errors import UsageError, quote, shortened
from triangle_sim.names import canonical_name, did_you_mean
from triangle_sim.uncertainty.parameters import Parameter, ParameterTable
from triangle_sim.uncertainty.table import Table

if TYPE_CHECKING:
    import pandas as pd


def table_from(given: Any, parameters: ParameterTable, theories: Collection[str]) -> Table:
    """A table from a data frame, one row a draw, or from a mapping of names to numbers that hold in every draw.

    The columns are parameters; ``theory``, whose priors a draw takes the others from; and ``draw``, which may be there
    to number the rows 0, 1, ... as tables of results do.

    Raises
    ------
    UsageError
        for what is no such thing, an unknown name, or a value that is not a number within the parameter's bounds.
    """
    import pandas as pd

    everywhere = isinstance(given, Mapping) and not any(np.ndim(value) for value in given.values())
    if isinstance(given, Mapping):
        try:
            given = pd.DataFrame(dict(given), index=[0] if everywhere else None)
        except ValueError as error:
            raise UsageError(f"parameters: {shortened(error, 200)}", "give one row a draw in every column") from None
    if not isinstance(given, pd.DataFrame):
        help = "give a pandas.DataFrame: one row a draw, one column a parameter"
        raise UsageError(f"parameters={shortened(repr(given))}: not a data frame", help)
    if not len(given):
        raise UsageError("parameters: the table has no row", "give one row a draw")
    columns: dict[str, NDArray[np.float64]] = {}
    theory = None
    for place, written in enumerate(given.columns):
        name, column = canonical_name(str(written)), given.iloc[:, place]
        if name == "draw" and not everywhere:
            _must_count(column)
        elif name == "theory":
            theory = _theories(column, theories)
        elif name not in parameters:
            known = [*parameters, "theory"]
            help = did_you_mean(name, known, "known")
            raise UsageError(f"parameters: unknown column {quote(written)}; nothing was run", help)
        elif name in columns:
            raise UsageError(f"parameters: {quote(name)} has two columns", "keep one of the two")
        else:
            columns[name] = _numbers(column, parameters[name])
    if not columns and theory is None:
        raise UsageError("parameters: the table has no column of a parameter", "give one, e.g. 'rationality.PRK'")
    values = np.vstack(list(columns.values())) if columns else np.empty((0, len(given)))
    return Table.of(list(columns), values, theory, everywhere=everywhere)


def _must_count(column: pd.Series[Any]) -> None:
    """Raises UsageError unless the rows are numbered 0, 1, ..."""
    if not np.array_equal(column.to_numpy(), np.arange(len(column))):
        help = "row k holds draw k: sort the table by 'draw', or leave that column out to number the rows anew"
        raise UsageError("parameters: the column 'draw' does not count 0, 1, 2, ...", help)


def _theories(column: pd.Series[Any], known: Collection[str]) -> NDArray[Any]:
    """The theories of the draws. Raises UsageError for one that the scenario does not have."""
    values = column.to_numpy(object)
    for row, value in enumerate(values):
        if not isinstance(value, str) or value not in known:
            help = did_you_mean(str(value), known, "the scenario has")
            raise UsageError(f"parameters: unknown theory {quote(value)} in row {row}; nothing was run", help)
    return values


def _numbers(column: pd.Series[Any], parameter: Parameter) -> NDArray[np.float64]:
    """A parameter's values. Raises UsageError for what is not a number within its bounds."""
    from pandas.api.types import is_bool_dtype, is_complex_dtype, is_numeric_dtype

    name = quote(parameter.name, 120)
    kind = column.dtype
    if not is_numeric_dtype(kind) or is_bool_dtype(kind) or is_complex_dtype(kind):
        help = "give numbers; pandas.to_numeric makes them of text"
        raise UsageError(f"parameters: the column {name} holds {kind}, not numbers; nothing was run", help)
    values = np.asarray(column.to_numpy(float, na_value=np.nan), float)
    for wrong, what in (
        (~np.isfinite(values), "not a finite number"),
        ((values < parameter.low) | (values > parameter.high), f"out of range {parameter.low:g} .. {parameter.high:g}"),
    ):
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            help = f"{parameter.meaning} ({parameter.unit}); a column that is left out is drawn from its prior"
            raise UsageError(f"parameters: {name} is {values[row]:g} in row {row}, {what}; nothing was run", help)
    return values
