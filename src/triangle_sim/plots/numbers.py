"""The numbers that a picture shows, as tables: what a reader can check, and what its recipe has a SHA-256 of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from triangle_sim.analysis.by_draw import by_draw
from triangle_sim.analysis.counting import category_shares
from triangle_sim.analysis.quantiles import values_of
from triangle_sim.analysis.summary import components
from triangle_sim.analysis.verify.bits import sha256_of
from triangle_sim.names import canonical_name
from triangle_sim.plots.base import NotInResultError, pick, quarters_of
from triangle_sim.plots.fan import DEFAULT
from triangle_sim.plots.style import END_LOOK
from triangle_sim.plots.triangle import DEFAULT_TRIAD
from triangle_sim.plots.words import tie_of

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

Tables = dict[str, pd.DataFrame]


def of_fan(result: Result, variable: str | None = None) -> Tables:
    """Median and bands of each variable by quarter."""
    present = result.quarters["variable"].astype(str).unique().tolist()
    usual = [name for name in DEFAULT if name in present] or present[:8]
    names = usual if variable is None else [canonical_name(variable)]
    return {name: pick(result.quarters, "variable", name, "variable").reset_index(drop=True) for name in names}


def of_endings(result: Result) -> Tables:
    """Share of each ending with its interval over draws, in all futures and under each theory."""
    sums = by_draw(result, ["end_state"])
    views = {theory or "all": category_shares(sums, "end_state", tuple(END_LOOK), theory) for theory in sums.views}
    return {
        view: pd.DataFrame(list(shares.values())).assign(ending=list(shares))[["ending", "value", "low", "high"]]
        for view, shares in views.items()
    }


def of_triangle(result: Result) -> Tables:
    """Shares of the types of the triangle, and of North Korea's roles in it, by quarter."""
    roles = pick(result.roles, "triad", DEFAULT_TRIAD, "triad")
    return {
        "types": pick(result.triangles, "triad", DEFAULT_TRIAD, "triad").reset_index(drop=True),
        "roles": pick(roles, "country", "PRK", "role for").reset_index(drop=True),
    }


def of_network(result: Result) -> Tables:
    """Mean ties in the first and the last quarter."""
    known, table = quarters_of(result), result.quarters
    ties = table["variable"].astype(str).map(tie_of).notna()
    if not ties.any():
        raise NotInResultError("this result has no ties")
    kept = [name for name in ("theory", "quarter", "variable", "mean") if name in table]
    rows = table.loc[ties & table["quarter"].astype(str).isin([known[0], known[-1]]), kept]
    return {"ties": rows.reset_index(drop=True)}


def of_dots(result: Result, outcome: str) -> Tables:
    """The values of an outcome, theory by theory."""
    found = values_of(result, [outcome], "theory")
    return {theory: pd.DataFrame({outcome: values}) for (_, theory), values in found.items()}


def of_spread(result: Result) -> Tables:
    """The parts of the variance of the key outcomes."""
    rows = [{"outcome": name, **split.shares()} for name, split in components(result).items()]
    return {"shares": pd.DataFrame(rows)}


NUMBERS: dict[str, Callable[[Result], Tables]] = {
    "fan": of_fan,
    "endings": of_endings,
    "triangle": of_triangle,
    "network": of_network,
    "spread": of_spread,
}
"""By the name of the picture."""
NUMBERS_OF_ONE: dict[str, Callable[[Result, str], Tables]] = {"fan": of_fan, "dots": of_dots}
"""Of pictures of one variable or outcome."""


def numbers(result: Result, figure: str) -> Tables:
    """The tables that a picture shows, by its name (``fan``, or ``fan=VARIABLE``). Raises KeyError for another name."""
    kind, _, what = figure.partition("=")
    return NUMBERS_OF_ONE[kind](result, what) if what else NUMBERS[kind](result)


def has_numbers(figure: str) -> bool:
    """Whether it is said which tables a picture shows; of a report, and of a new picture, it is not."""
    kind, given, _ = figure.partition("=")
    return kind in (NUMBERS_OF_ONE if given else NUMBERS)


def numbers_sha256(result: Result, figure: str) -> str:
    """SHA-256 of these tables."""
    return sha256_of(numbers(result, figure))
