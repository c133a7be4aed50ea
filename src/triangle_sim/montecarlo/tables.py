"""From counts to tables: the one place where results over quarters are put into data frames."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any, Protocol

import numpy as np
import pandas as pd

from triangle_sim.model.prepared import Prepared
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.folder.parquet import decode_counts, parquet_of
from triangle_sim.montecarlo.tally import BANDS, FIXED, Tally, quantiles
from triangle_sim.scenario.schema import Scenario
from triangle_sim.triangle import ROLES, TYPES, departures, shares, triads

LEVELS = {"q05": 0.05, "q25": 0.25, "q50": 0.50, "q75": 0.75, "q95": 0.95}


class Source(Protocol):
    """Where the files of a run are: in memory, or in a folder."""

    def read_file(self, kind: str, cell: Cell | None = None) -> bytes:
        """The bytes of a file of a block, or of a table over quarters."""


def tables_from(source: Source, cells: list[Cell], scenario: Scenario) -> dict[str, bytes]:
    """All tables over quarters as the bytes of their files, made from the counts of all blocks."""
    counts = reduce(add, (decode_counts(source.read_file("counts", cell)) for cell in cells if cell.runs))
    return {name: parquet_of(frame) for name, frame in frames(Prepared(scenario), counts).items()}


def frames(prepared: Prepared, counts: Tally) -> dict[str, pd.DataFrame]:
    """All tables of a result but the runs themselves, by name."""
    return {
        "quarters": _quarters(prepared, counts),
        "moves": _moves(prepared, counts),
        "triangles": _triangles(prepared, counts),
        "roles": _roles(prepared, counts),
        "transitions": _transitions(prepared, counts),
        "dwell": _dwell(prepared, counts),
        "bands": _bands(prepared, counts),
        "balance": _balance(prepared, counts),
        "happenings": _happenings(prepared, counts),
        "bounds": pd.DataFrame(
            {
                "variable": list(prepared.variables),
                "share": counts.at_bound / (counts.runs * (prepared.scenario.quarters + 1)),
            }
        ),
    }


def _grid(**axes: Any) -> dict[str, Any]:
    """Columns that run through all combinations of the axes' labels, the last axis fastest."""
    sizes = [len(labels) for labels in axes.values()]
    places = np.indices(sizes).reshape(len(sizes), -1)
    columns = zip(axes.items(), places, strict=True)
    return {name: np.asarray(labels, object)[place] for (name, labels), place in columns}


def _quarters(prepared: Prepared, counts: Tally) -> pd.DataFrame:
    names = [*prepared.variables, *prepared.conditions]
    low = np.asarray([v.low for v in prepared.variables.values()] + [0.0] * len(prepared.conditions))
    high = np.asarray([v.high for v in prepared.variables.values()] + [1.0] * len(prepared.conditions))
    table = _grid(quarter=prepared.quarters, variable=names)
    table["mean"] = (counts.sums / (FIXED * counts.runs)).ravel()
    for name, values in zip(LEVELS, quantiles(counts.levels, low, high, tuple(LEVELS.values())), strict=True):
        table[name] = values.ravel()
    return pd.DataFrame(table)


def _moves(prepared: Prepared, counts: Tally) -> pd.DataFrame:
    parts = []
    for k, country in enumerate(prepared.cast):
        menu = [move.name for move in country.menu()]
        table = _grid(quarter=prepared.quarters[:-1], country=[country.code], move=menu)
        table["share"] = (counts.moves[:, k, : len(menu)] / counts.runs).ravel()
        parts.append(pd.DataFrame(table))
    return pd.concat(parts, ignore_index=True)


def _triads(prepared: Prepared) -> list[tuple[str, str, str]]:
    return list(triads(prepared.codes))


def _label(triad: tuple[str, str, str]) -> str:
    return "-".join(triad)


def _triangles(prepared: Prepared, counts: Tally) -> pd.DataFrame:
    table = _grid(quarter=prepared.quarters, triad=[_label(t) for t in _triads(prepared)], type=TYPES)
    table["share"] = (counts.types / counts.runs).ravel()
    return pd.DataFrame(table)


def _roles(prepared: Prepared, counts: Tally) -> pd.DataFrame:
    members = [(_label(t), member) for t in _triads(prepared) for member in t]
    table = _grid(quarter=prepared.quarters, place=range(len(members)), role=ROLES)
    place = table.pop("place").astype(int)
    triad, country = (
        (np.asarray(column, object)[place] for column in zip(*members, strict=True)) if members else ([], [])
    )
    columns = {"quarter": table["quarter"], "triad": triad, "country": country, "role": table["role"]}
    return pd.DataFrame(columns | {"share": (counts.roles / counts.runs).ravel()})


def _transitions(prepared: Prepared, counts: Tally) -> pd.DataFrame:
    table = _grid(triad=[_label(t) for t in _triads(prepared)], **{"from": TYPES, "to": TYPES})
    table["count"] = counts.transitions.ravel()
    table["share"] = shares(departures(counts.transitions)).ravel()
    return pd.DataFrame(table)


def _dwell(prepared: Prepared, counts: Tally) -> pd.DataFrame:
    table = _grid(triad=[_label(t) for t in _triads(prepared)], type=TYPES)
    table["spells"] = counts.spells.ravel()
    with np.errstate(invalid="ignore", divide="ignore"):
        table["mean_quarters"] = (counts.spell_quarters / counts.spells).ravel()
    return pd.DataFrame(table)


def _bands(prepared: Prepared, counts: Tally) -> pd.DataFrame:
    """Share of quarters, the start included, in each type under other neutral bands."""
    table = _grid(enter=[band.enter for band in BANDS], triad=[_label(t) for t in _triads(prepared)], type=TYPES)
    table["enter"] = table["enter"].astype(float)
    table["share"] = (counts.types_by_band / (counts.runs * len(prepared.quarters))).ravel()
    return pd.DataFrame(table)


def _balance(prepared: Prepared, counts: Tally) -> pd.DataFrame:
    """Structural balance by quarter: unbalanced triads among complete ones, and worlds that fall into two camps."""
    unbalanced = np.divide(
        counts.unbalanced, counts.complete, out=np.full(len(prepared.quarters), np.nan), where=counts.complete > 0
    )
    return pd.DataFrame(
        {"quarter": list(prepared.quarters), "unbalanced_triads": unbalanced, "two_camps": counts.camps / counts.runs}
    )


def _happenings(prepared: Prepared, counts: Tally) -> pd.DataFrame:
    """Share of runs in which each joint effect or event happened in a quarter; quarter ``any`` for ever at all."""
    parts = []
    for kind, names, by_quarter, ever in (
        ("joint", [joint.name for joint in prepared.joint_effects], counts.meetings, counts.ever_met),
        ("scenario", list(prepared.clock.names), counts.begins, counts.ever_begun),
    ):
        table = _grid(quarter=[*prepared.quarters[:-1], "any"], event=names, kind=[kind])
        table["share"] = (np.concatenate([by_quarter, ever[None, :]]) / counts.runs).ravel()
        parts.append(pd.DataFrame(table))
    return pd.concat(parts, ignore_index=True)
