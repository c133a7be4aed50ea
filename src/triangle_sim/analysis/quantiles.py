"""Quantiles of outcomes over all runs, or over each theory's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from triangle_sim.analysis.by_draw import scanned
from triangle_sim.montecarlo.result import Result

PROBABILITIES = (0.05, 0.25, 0.5, 0.75, 0.95)


def quantiles(
    source: Result | str | Path,
    outcomes: str | Sequence[str],
    probabilities: Sequence[float] = PROBABILITIES,
    by: Literal["theory"] | None = None,
) -> pd.DataFrame:
    """Quantiles of numeric outcomes over all runs of a result or a result folder, or over each theory's runs.

    They are those of :func:`numpy.quantile`. Truth values count as 0 and 1; runs in which an outcome is missing (what
    never happened) are left out. Memory: 8 bytes a run and outcome asked for, and copies of one outcome at a time.

    Returns
    -------
    One row an outcome and theory (``all`` without ``by``): ``outcome``, ``theory``, ``runs`` with a value, ``missing``
    runs without, then a column a probability (``q05`` for 0.05), missing where no run has a value.

    Raises
    ------
    ValueError
        for a probability outside 0..1, an unknown outcome, or one that is a category.
    """
    if by not in (None, "theory"):
        raise ValueError(f"by={by!r}: give 'theory', or nothing for all runs together")
    if wrong := [p for p in probabilities if not 0 <= p <= 1]:
        raise ValueError(f"a probability lies between 0 and 1, got {', '.join(map(str, wrong))}")
    if isinstance(source, str | Path):
        from triangle_sim.montecarlo.result import read

        source = read(source)
    rows = []
    for (name, theory), values in values_of(source, [outcomes] if isinstance(outcomes, str) else outcomes, by).items():
        known = values[~np.isnan(values)]
        found = np.quantile(known, probabilities) if len(known) else [np.nan] * len(probabilities)
        rows.append([name, theory, len(known), len(values) - len(known), *found])
    return pd.DataFrame(rows, columns=["outcome", "theory", "runs", "missing", *map(label, probabilities)])


def values_of(
    source: Result, outcomes: Sequence[str], by: Literal["theory"] | None = None
) -> dict[tuple[str, str], NDArray[np.float64]]:
    """Values ``(runs,)`` by outcome and theory (``all`` without ``by``), NaN where a run has none.

    Raises ValueError for an unknown outcome, or one that is a category.
    """
    names = list(dict.fromkeys(outcomes))
    runs = pd.concat(list(scanned(source, [by] if by else [], names)))
    if unfit := [name for name in names if runs[name].dtype.kind not in "biuf"]:
        raise ValueError(f"outcome {unfit[0]!r} is a category and has no quantiles; see category_shares")
    groups = list(runs.groupby(by, observed=True)) if by else [("all", runs)]
    return {
        (name, str(theory)): rows[name].to_numpy(np.float64, na_value=np.nan)
        for name in names
        for theory, rows in groups
    }


def label(probability: float) -> str:
    """The column of a probability: ``q05`` for 0.05, ``q97.5`` for 0.975."""
    whole, *rest = f"{100 * probability:.10g}".split(".")
    return ".".join([f"q{whole.zfill(2)}", *rest])
