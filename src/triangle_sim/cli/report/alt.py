"""What a picture shows in words, from the very numbers it shows: for whoever cannot see it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from triangle_sim.plots import words
from triangle_sim.plots.numbers import Tables

LARGEST = 4
"""Shares that are named, of the largest."""


def alt_text(name: str, tables: Tables) -> str:
    """What the picture of this name shows."""
    return ALT[name](tables)


def by_view(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Rows by quarter, theory by theory where the table tells theories apart, else all together under ``all``."""
    if "theory" not in table:
        return {"all": table.sort_values("quarter")}
    views = {str(name): rows.sort_values("quarter") for name, rows in table.groupby("theory", sort=True)}
    theories = {name: rows for name, rows in views.items() if name != "all"}
    return theories or views


def _fan(tables: Tables) -> str:
    told = []
    for variable, table in tables.items():
        for view, rows in by_view(table).items():
            first, last = rows.iloc[0], rows.iloc[-1]
            under = "" if view == "all" else f"{words.theory(view)}: "
            told.append(f"{words.question(variable)} {under}median {first['q50']:.2f} at the start, {last['q50']:.2f} "
                        f"at the end, nine in ten futures {last['q05']:.2f} to {last['q95']:.2f}.")  # fmt: skip
    return "Bands by quarter. " + " ".join(told)


def _endings(tables: Tables) -> str:
    theories = {view: table for view, table in tables.items() if view != "all"} or tables
    told = [
        f"{_view(view)}: {_shares(dict(zip(table['ending'], table['value'], strict=True)))}."
        for view, table in theories.items()
    ]
    return "Stacked bars of how the futures end. " + " ".join(told)


def _triangle(tables: Tables) -> str:
    told = []
    for table, column, what in ((tables["types"], "type", "Type"), (tables["roles"], "role", "North Korea's role")):
        for view, rows in by_view(table).items():
            by = {str(when): part for when, part in rows.groupby("quarter", sort=True)}
            first, last = (_shares(dict(zip(by[when][column], by[when]["share"], strict=True)))
                           for when in (min(by), max(by)))  # fmt: skip
            told.append(f"{what}{_under(view)} at the start: {first}; at the end: {last}.")
    return "Stacked areas by quarter. " + " ".join(told)


def _network(tables: Tables) -> str:
    told = []
    for view, rows in by_view(tables["ties"]).items():
        mutual = rows.assign(pair=["-".join(sorted(words.tie_of(name) or ())) for name in rows["variable"]])
        by = mutual.groupby(["pair", "quarter"])["mean"].mean().unstack()
        ties = [f"{' and '.join(map(words.country, str(pair).split('-')))} {first:+.1f} to {last:+.1f}"
                for pair, first, last in by.itertuples()]  # fmt: skip
        told.append(f"Mean ties at the start and at the end{_under(view)}: {', '.join(ties)}.")
    return "Networks. " + " ".join(told)


def _spread(tables: Tables) -> str:
    told = [
        f"{words.plain(outcome.replace('=', ': '))}: theory {theory:.0%}, parameters {parameters:.0%}, luck {luck:.0%}"
        for outcome, theory, parameters, luck in tables["shares"].itertuples(index=False)
    ]
    return f"Stacked bars of what the variance is made of. {'; '.join(told)}."


def _under(view: str) -> str:
    return "" if view == "all" else f" ({words.theory(view)})"


def _view(view: str) -> str:
    return "All futures" if view == "all" else words.theory(view)


def _shares(shares: dict[str, float]) -> str:
    largest = sorted(((share, name) for name, share in shares.items() if share > 0), reverse=True)[:LARGEST]
    return ", ".join(f"{words.plain(name)} {words.percent(share)}" for share, name in largest) or "no data"


ALT: dict[str, Callable[[Tables], str]] = {
    "fan": _fan, "endings": _endings, "triangle": _triangle, "network": _network, "spread": _spread,
}  # fmt: skip
