"""How many runs of what: the design of a run, and the job that workers are sent."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import index
from pathlib import Path
from typing import Any

import pandas as pd

from triangle_sim.backends.backend import AUTO, check_precision, choose
from triangle_sim.errors import UsageError, shortened
from triangle_sim.model.prepared import prepared_for
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.names import counted, extent
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import DESIGN, Scenario
from triangle_sim.uncertainty import Table, fitted

MOST_RUNS = 50_000_000
"""Runs that a design has at most."""

Tell = Callable[[str], None]
"""Called with a sentence the user should know."""

_SAID: list[str] = []
"""What has been said in this process, and need not be said again."""


@dataclass(frozen=True)
class Design:
    """How many runs: draws x replicates, from one seed; and what computes them."""

    draws: int
    replicates: int
    seed: int
    backend: str = "numpy"
    precision: str = "double"

    @property
    def runs(self) -> int:
        """Runs in all."""
        return self.draws * self.replicates


@dataclass(frozen=True)
class Job:
    """What all blocks of a run share: the scenario as JSON text, the design, and the origin that blocks are marked
    with (see :func:`triangle_sim.montecarlo.folder.manifest.origin`); the parameters that were given, and the SHA-256
    of the sizes fitted to the record."""

    text: str
    design: Design
    origin: str = ""
    table: Table | None = None
    sizes: str | None = None

    @classmethod
    def of(cls, scenario: Scenario, design: Design, origin: str = "", table: Table | None = None) -> Job:
        """A job that can be sent anywhere."""
        return cls(scenario.model_dump_json(by_alias=True), design, origin, table, sizes_hash(scenario))

    def of_block(self, cell: Cell) -> Job:
        """The job with no more of the parameters that were given than a block needs."""
        return self if self.table is None else replace(self, table=self.table.piece(*cell.draws))

    @property
    def scenario(self) -> Scenario:
        """The scenario, read once a process."""
        return _scenario(self.text)


@lru_cache(maxsize=8)
def _scenario(text: str) -> Scenario:
    return Scenario.model_validate_json(text)


def sizes_hash(scenario: Scenario) -> str | None:
    """SHA-256 of the file of sizes that a scenario asks for; None for judgement. Raises UsageError if there is none."""
    found = fitted(scenario.sizes)
    return None if found is None else found.sha256


def designed(
    scenario: Any, tell: Tell, backend: Any, precision: Any, parameters: Any = None, **asked: Any
) -> tuple[Scenario, Design, Table | None]:
    """The scenario loaded; the design: the draws, replicates and seed that are ``asked`` for, else the scenario's; and
    the ``parameters`` given for its draws, of which there are as many as there are rows.

    Raises UsageError, ScenarioError or ValueError for what cannot be run.
    """
    need(isinstance(scenario, Scenario | str | os.PathLike), "scenario", scenario, "a scenario, a name or a path")
    loaded = scenario if isinstance(scenario, Scenario) else load(scenario)
    numbers = {name: getattr(loaded, name) if asked[name] is None else whole(name, asked[name]) for name in DESIGN}
    if parameters is not None:
        frame = isinstance(parameters, pd.DataFrame)
        one = "; for one value in all draws: scenario.with_(parameters={...})"
        need(frame, "parameters", parameters, "a data frame", f"give a pandas.DataFrame: one row a draw{one}")
        if not len(parameters):
            raise UsageError("parameters: the table has no row", "give one row a draw; nothing was run")
        numbers["draws"] = len(parameters) if asked["draws"] is None else numbers["draws"]
        if numbers["draws"] > len(parameters):
            message = f"{counted(numbers['draws'], 'draw')} of parameters with {counted(len(parameters), 'row')}"
            raise UsageError(message, "give one row a draw, or ask for fewer draws; nothing was run")
    found = choose(backend if isinstance(backend, str) else repr(backend))
    check_precision(found, precision)
    if backend == AUTO and found == "numpy" and not _SAID:
        _SAID.append(backend)
        tell("llvmlite cannot be imported: NumPy computes, which takes several times as long")
    design = Design(**numbers, backend=found, precision=precision)
    if design.draws < 1 or design.replicates < 1:
        raise ValueError(f"a design needs at least 1 draw and 1 replicate, got {design.draws} x {design.replicates}")
    if not 0 <= design.seed < 2**64:
        raise ValueError(f"a seed lies in 0 .. 2**64 - 1, got {design.seed}")
    within_reason(design.draws, design.replicates)
    table = None if parameters is None else prepared_for(loaded).given(parameters.iloc[: design.draws])
    return loaded, design, table


def compared(reference: Any) -> Scenario | None:
    """What a run is compared with, loaded. Raises UsageError for what is no scenario, or ScenarioError."""
    fine = reference is None or isinstance(reference, Scenario | str | os.PathLike)
    need(fine, "reference", reference, "a scenario, a name or a path")
    return load(reference) if isinstance(reference, str | os.PathLike) else reference


def within_reason(draws: int, replicates: int) -> None:
    """Raises UsageError for more runs than can be run."""
    if draws * replicates > MOST_RUNS:
        help = f"ask for at most {MOST_RUNS:,}; nothing was run"
        raise UsageError(f"{extent(draws, replicates)} are {draws * replicates:,} runs", help)


def need(fine: bool, name: str, value: object, what: str, help: str = "nothing was run") -> None:
    """Raises UsageError for a value that is not what it should be."""
    if not fine:
        raise UsageError(f"{name}={shortened(repr(value))}: not {what}", help)


def whole(name: str, value: Any) -> int:
    """A whole number, NumPy's included. Raises UsageError for anything else: a fraction, NaN, a truth value, text."""
    need(hasattr(value, "__index__") and type(value).__name__ not in ("bool", "bool_"), name, value, "a whole number")
    return index(value)


def folder_path(folder: Any) -> Path:
    """The path of a folder. Raises UsageError if it is not a path."""
    fine = isinstance(folder, str | os.PathLike) and "\0" not in str(folder)
    need(fine, "folder", folder, "the path of a folder", "give a text or a pathlib.Path")
    return Path(folder)


def warn(text: str) -> None:
    """Issue it as a Python warning."""
    warnings.warn(text, stacklevel=3)
