"""From counts to tables: the one place where results over quarters are put into data frames."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import add
from typing import Any, Protocol

import numpy as np
import pandas as pd

from triangle_sim.model.prepared import Prepared
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.folder.parquet import decode_counts, parquet_of
from triangle_sim.montecarlo.tally import BANDS, FIXED, Tally, added, quantiles, ranges
from triangle_sim.scenario.schema import Scenario
from triangle_sim.triangle.counting import departures, shares
from triangle_sim.triangle.typology import ROLES, TYPES, triads

ALL = "all"
"""In the column ``theory``: runs under all theories."""
LEVELS = {"q05": 0.05, "q25": 0.25, "q50": 0.50, "q75": 0.75, "q95": 0.95}


class Source(Protocol):
    """Where the files of a run are: in memory, or in a folder."""

    def read_file(self, kind: str, cell: Cell | None = None) -> bytes:
        """The bytes of a file of a block, or of a table over quarters."""


def tables_from(source: Source, cells: list[Cell], scenario: Scenario) -> dict[str, bytes]:
    """All tables over quarters as the bytes of their files, made from the counts of all blocks."""
    counts = reduce(added, (decode_counts(source.read_file("counts", cell)) for cell in cells if cell.runs))
    return {name: parquet_of(frame) for name, frame in frames(Prepared(scenario), counts).items()}


def frames(prepared: Prepared, counts: Mapping[str, Tally]) -> dict[str, pd.DataFrame]:
    """All tables over quarters, by name: first the rows of all runs, then those of the runs under each theory."""
    views = {ALL: reduce(add, counts.values()), **counts}
    parts = {view: _frames(prepared, tally) for view, tally in views.items()}
    return {name: _over_theories({view: part[name] for view, part in parts.items()}) for name in parts[ALL]}


def _over_theories(views: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    table = pd.concat(views.values(), ignore_index=True)
    table.insert(0, "theory", np.repeat(np.asarray(list(views), object), [len(each) for each in views.values()]))
    return table


def of_theory(table: pd.DataFrame, theory: str = ALL) -> pd.DataFrame:
    """The rows of a table over quarters that count all runs, or those under one theory."""
    return table[table["theory"] == theory].drop(columns="theory")


def _frames(prepared: Prepared, counts: Tally) -> dict[str, pd.DataFrame]:
    quarters, runs = prepared.quarters, counts.runs
    trios = list(triads(prepared.codes))
    names = ["-".join(trio) for trio in trios]
    with np.errstate(invalid="ignore", divide="ignore"):
        mean_quarters, unbalanced = counts.spell_quarters / counts.spells, counts.unbalanced / counts.complete
    roles = _table({"share": counts.roles / runs}, quarter=quarters, triad=names, country=range(3), role=ROLES)
    roles["country"] = np.tile(np.repeat(np.asarray(trios, object), len(ROLES)), len(quarters))
    bands = _table(
        {"share": counts.types_by_band / (runs * len(quarters))},
        enter=[band.enter for band in BANDS],
        triad=names,
        type=TYPES,
    )
    return {
        "quarters": _quarters(prepared, counts),
        "moves": _moves(prepared, counts),
        "triangles": _table({"share": counts.types / runs}, quarter=quarters, triad=names, type=TYPES),
        "roles": roles,
        "transitions": _table(
            {"count": counts.transitions, "share": shares(departures(counts.transitions))},
            triad=names,
            **{"from": TYPES, "to": TYPES},
        ),
        "dwell": _table({"spells": counts.spells, "mean_quarters": mean_quarters}, triad=names, type=TYPES),
        "bands": bands.astype({"enter": float}),
        "balance": pd.DataFrame(
            {"quarter": list(quarters), "unbalanced_triads": unbalanced, "two_camps": counts.camps / runs}
        ),
        "happenings": _happenings(prepared, counts),
        "bounds": pd.DataFrame(
            {"variable": list(prepared.variables), "share": counts.at_bound / (runs * len(quarters))}
        ),
    }


def _table(values: dict[str, Any], **axes: Any) -> pd.DataFrame:
    """Rows for all combinations of the axes' labels, the last axis fastest, and arrays of values over these axes."""
    sizes = [len(labels) for labels in axes.values()]
    places = np.indices(sizes).reshape(len(sizes), -1)
    columns = zip(axes.items(), places, strict=True)
    table = {name: np.asarray(labels, object)[place] for (name, labels), place in columns}
    return pd.DataFrame(table | {name: np.ravel(array) for name, array in values.items()})


def _quarters(prepared: Prepared, counts: Tally) -> pd.DataFrame:
    names = [*prepared.variables, *prepared.conditions]
    levels = zip(LEVELS, quantiles(counts.levels, *ranges(prepared), tuple(LEVELS.values())), strict=True)
    values = {"mean": counts.sums / (FIXED * counts.runs)} | dict(levels)
    return _table(values, quarter=prepared.quarters, variable=names)


def _moves(prepared: Prepared, counts: Tally) -> pd.DataFrame:
    parts = []
    for k, country in enumerate(prepared.cast):
        menu = [move.name for move in country.menu()]
        values = {"share": counts.moves[:, k, : len(menu)] / counts.runs}
        parts.append(_table(values, quarter=prepared.quarters[:-1], country=[country.code], move=menu))
    return pd.concat(parts, ignore_index=True)


def _happenings(prepared: Prepared, counts: Tally) -> pd.DataFrame:
    """Share of runs in which each joint effect or event happened in a quarter; quarter ``any`` for ever at all."""
    joint = [joint.name for joint in prepared.joint_effects]
    kinds = (
        ("joint", joint, counts.meetings, counts.ever_met),
        ("scenario", list(prepared.clock.names), counts.begins, counts.ever_begun),
    )
    quarters = [*prepared.quarters[:-1], "any"]
    parts = [
        _table({"share": np.vstack([by_quarter, ever]) / counts.runs}, quarter=quarters, event=names, kind=[kind])
        for kind, names, by_quarter, ever in kinds
    ]
    return pd.concat(parts, ignore_index=True)
