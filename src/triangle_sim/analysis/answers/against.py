"""What a result is compared with: its reference on the same worlds, played once, summed up by draw, kept beside it.

The reference has the draws and the luck of the result, future by future, so that a difference is the scenario's own.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from triangle_sim.model.prepared import prepared_for
from triangle_sim.montecarlo.folder.contents import ANSWERS
from triangle_sim.montecarlo.folder.journal import write_whole
from triangle_sim.montecarlo.folder.manifest import origin, reference_of
from triangle_sim.montecarlo.folder.parquet import label_of, parquet_of_columns, table_of
from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.sample import Sample, sample
from triangle_sim.montecarlo.versions import model_hash
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.outcomes.end_state import ENDINGS
from triangle_sim.regular_files import read_regular
from triangle_sim.scenario.schema import Answer, Scenario

Floats = NDArray[np.float64]

MOST = 400_000
"""Futures of the reference at most: of a larger design its first draws are compared."""
LARGEST = 2**31
"""Bytes of the largest such file that is read."""


@dataclass(frozen=True, eq=False)
class Against:
    """Means by draw of what the tables of a result do not hold.

    ``reference`` is the scenario it is compared with, ``draws`` how many draws were played in it and ``theory``
    ``(draws,)`` theirs. ``columns`` ``(draws,)`` are those of the reference by name, ``scenario COLUMN`` those of
    the result itself that are no outcomes, and ``start ENDING`` whether its draws start in what looks like that ending.
    """

    reference: Scenario | None
    draws: int
    theory: NDArray[Any]
    columns: Mapping[str, Floats]


def against(result: Result) -> Against:
    """What a result is compared with, read from its folder where it is kept, else played."""
    known: Against | None = vars(result).get("_against")
    if known is None:
        known = _read(result) or play(result)
        vars(result)["_against"] = known
    return known


def keep(result: Result, folder: Path) -> None:
    """Write it into the result's folder."""
    found = against(result)
    columns = {"draw": np.arange(found.draws, dtype=np.int32), "theory": found.theory, **found.columns}
    write_whole(folder / ANSWERS, parquet_of_columns(columns, _label(result)))


def answerable(scenario: Scenario) -> list[Answer]:
    """The answers of a scenario that have a meaning in its world."""
    variables, codes = prepared_for(scenario).variables, set(scenario.countries)

    def fits(answer: Answer) -> bool:
        name, _, variable = answer.column.partition(" ")
        outcome = OUTCOMES.get(name.partition("=")[0])
        if outcome is not None:
            return set(outcome.needs) <= codes
        return name == "met" or variable in variables

    return [answer for answer in scenario.answers if fits(answer)]


def has_endings(scenario: Scenario) -> bool:
    """Whether a scenario's world has the countries that endings are about."""
    return set(OUTCOMES["end_state"].needs) <= set(scenario.countries)


def compared_columns(scenario: Scenario) -> list[str]:
    """What a scenario is compared in: outcomes that every future has as numbers, and all endings.

    The time at which something happens is left out: it is known only where it happens at all.
    """
    codes = set(scenario.countries)
    numbers = [name for name, o in sorted(OUTCOMES.items()) if o.kind in ("truth", "number") and set(o.needs) <= codes]
    return [*numbers, *(f"end_state={name}" for name in ENDINGS if has_endings(scenario))]


def play(result: Result) -> Against:
    """Play it anew, whatever a folder keeps."""
    reference = reference_of(result.manifest)
    played = min(result.draws, max(2, MOST // result.replicates))
    stale = result.manifest["model_sha256"] != model_hash()
    if stale:  # other code plays other worlds
        return Against(None, 0, np.empty(0, object), {})

    def of(scenario: Scenario, names: list[str], replicates: int) -> Sample:
        given, backend = result.given(), str(result.manifest["backend"])
        how: dict[str, Any] = {"draws": played, "replicates": replicates, "seed": result.seed, "backend": backend}
        return sample(scenario, names, table=given, **how)

    columns: dict[str, Floats] = {}
    asked = [answer.column for answer in answerable(result.scenario)]
    own = [name for name in asked if name.partition("=")[0] not in OUTCOMES]
    starts = [f"start {name}" for name in ENDINGS if has_endings(result.scenario)]
    theory = np.empty(0, object)
    if starts:
        found = of(result.scenario, starts, 1)
        columns |= {name: found.means(name) for name in starts}
    if own:
        found = of(result.scenario, own, result.replicates)
        columns |= {f"scenario {name}": found.means(name) for name in own}
    if reference is not None:
        names = list(dict.fromkeys([*compared_columns(reference), *asked]))
        found = of(reference, names, result.replicates)
        columns |= {name: found.means(name) for name in names}
        theory = found.theory
    return Against(reference, played, theory if len(theory) else np.full(played, "", object), columns)


def _label(result: Result) -> str:
    """What it was made from: where any of this differs, it is made again."""
    reference = reference_of(result.manifest)
    asked = [answer.column for answer in result.scenario.answers]
    of = {"origin": origin(result.manifest), "draws": result.draws, "replicates": result.replicates, "asked": asked}
    return json.dumps(of | {"reference": reference and reference.content_hash()}, sort_keys=True)


def _read(result: Result) -> Against | None:
    folder = getattr(result.tables.source, "folder", None)
    with contextlib.suppress(OSError, ValueError, pa.ArrowException):
        data = read_regular(Path(folder) / ANSWERS, LARGEST) if folder else b""
        if label_of(data) == _label(result):
            table = table_of(data)
            columns = {name: table[name].to_numpy() for name in table.column_names}
            del columns["draw"]
            theory = columns.pop("theory")
            return Against(reference_of(result.manifest), len(theory), theory, columns)
    return None
