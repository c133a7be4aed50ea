"""What a picture shows in words, from the very numbers it shows: for whoever cannot see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from triangle_sim.plots import words
from triangle_sim.plots.numbers import Tables

LARGEST = 4
"""Shares that are named, of the largest."""


def alt_text(name: str, tables: Tables) -> str:
    """What the picture of this name shows."""
    return ALT[name](tables)


def _fan(tables: Tables) -> str:
    told = []
    for variable, table in tables.items():
        rows = table.sort_values("quarter")
        first, last = rows.iloc[0], rows.iloc[-1]
        told.append(f"{words.question(variable)} Median {first['q50']:.2f} at the start, {last['q50']:.2f} at the end, "
                    f"nine in ten futures {last['q05']:.2f} to {last['q95']:.2f}.")  # fmt: skip
    return "Bands by quarter. " + " ".join(told)


def _endings(tables: Tables) -> str:
    told = [f"{_view(view)}: {_shares(dict(zip(table['ending'], table['value'], strict=True)))}."
            for view, table in tables.items()]  # fmt: skip
    return "Stacked bars of how the futures end. " + " ".join(told)


def _triangle(tables: Tables) -> str:
    def moment(table: pd.DataFrame, place: int) -> str:
        return _shares({str(name): float(share) for name, share in table.drop(columns="quarter").iloc[place].items()})

    types, roles = tables["types"], tables["roles"]
    return (
        f"Stacked areas of the type of the triangle by quarter. At the start: {moment(types, 0)}; at the end: "
        f"{moment(types, -1)}. North Korea's role at the start: {moment(roles, 0)}; at the end: {moment(roles, -1)}."
    )


def _network(tables: Tables) -> str:
    row: Any
    told = [
        f"{words.country(row.country)} and {words.country(row.other)} {row.first:+.1f} to {row.last:+.1f}"
        for row in tables["ties"].rename(columns={"first quarter": "first", "last quarter": "last"}).itertuples()
    ]
    return f"Two networks of mean ties, at the start and at the end: {', '.join(told)}."  # fmt: skip


def _spread(tables: Tables) -> str:
    row: Any
    told = [f"{words.plain(row.outcome.replace('=', ': '))}: theory {row.theory:.0%}, parameters {row.parameters:.0%}, "
            f"luck {row.luck:.0%}" for row in tables["shares"].itertuples()]  # fmt: skip
    return f"Stacked bars of what the variance is made of. {'; '.join(told)}."


def _view(view: str) -> str:
    return "All futures" if view == "all" else words.theory(view)


def _shares(shares: dict[str, float]) -> str:
    largest = sorted(((share, name) for name, share in shares.items() if share > 0), reverse=True)[:LARGEST]
    return ", ".join(f"{words.plain(name)} {words.percent(share)}" for share, name in largest) or "no data"


ALT: dict[str, Callable[[Tables], str]] = {
    "fan": _fan, "endings": _endings, "triangle": _triangle, "network": _network, "spread": _spread,
}  # fmt: skip
