"""Designs of experiments: a table of settings, each played on the same worlds, and one tidy table of what came out.

A column is a key of the scenario, as ``--set`` addresses it, or a parameter. Rows that agree in all keys are one
*setting*. Without parameters each setting is played with all draws; with parameters its rows are its draws, in order,
as in ``run(parameters=frame)``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from triangle_sim.backends.backend import AUTO
from triangle_sim.errors import ScenarioError, UsageError, quote
from triangle_sim.model.prepared import prepared_for
from triangle_sim.montecarlo.design import designed, need
from triangle_sim.montecarlo.folder.scenario_file import scenario_yaml
from triangle_sim.montecarlo.sample import Sample, sample
from triangle_sim.montecarlo.workers.running import Running
from triangle_sim.names import canonical_name, counted, did_you_mean
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import DESIGN, Scenario
from triangle_sim.uncertainty import Table

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

PAYS = 2000
"""Futures of a setting from which it pays to compile it."""
KEYS_OF_THE_FRAME = ("row", "draw")
"""Columns that the table of results has of its own."""


@dataclass(frozen=True, eq=False, repr=False)
class DesignResult:
    """What came out of a design of experiments; it holds all that it takes to play it again.

    Attributes
    ----------
    design
        the table as it was given, rows numbered anew.
    scenarios, samples
        one a setting: the scenario, and its futures.
    setting
        ``(rows,)`` the setting of each row.
    draw
        ``(rows,)`` which draw of its setting a row is; None where every row is played with all draws.
    keys, parameters
        the columns that are keys of the scenario, and those that are parameters.
    """

    design: pd.DataFrame
    scenarios: tuple[Scenario, ...]
    samples: tuple[Sample, ...]
    setting: NDArray[np.int64]
    draw: NDArray[np.int64] | None
    keys: tuple[str, ...]
    parameters: tuple[str, ...]
    replicates: int
    seed: int
    backend: str

    def __len__(self) -> int:
        return len(self.design)

    def __repr__(self) -> str:
        rows, settings = counted(len(self), "row"), counted(len(self.scenarios), "setting")
        futures = counted(sum(found.theory.size for found in self.samples) * self.replicates, "future")
        return f"DesignResult({rows}, {settings} of {self.scenarios[0].name!r}, {futures}, seed {self.seed})"

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One row a row of the design and draw: ``row``, the design's columns, ``draw``, ``theory``, and the mean of
        each outcome over replicates; a category is a column of shares, ``end_state=bloc``."""
        all_draws = [np.arange(found.theory.size) for found in self.samples]
        each = [all_draws[place] if self.draw is None else self.draw[[k]] for k, place in enumerate(self.setting)]
        row, draw = np.repeat(np.arange(len(self)), [len(draws) for draws in each]), np.concatenate(each)
        first = np.cumsum([0, *(draws.size for draws in all_draws)])
        place = first[self.setting[row]] + draw  # of all settings' draws one after the other
        columns: dict[str, Any] = {"row": row}
        columns |= {str(name): self.design[name].to_numpy()[row] for name in self.design if name != "theory"}
        columns |= {"draw": draw, "theory": np.concatenate([found.theory for found in self.samples])[place]}
        for name in self.samples[0].values:
            columns[name] = np.concatenate([found.means(name) for found in self.samples])[place]
        return pd.DataFrame(columns)

    def means(self, outcome: str, theory: str | None = None) -> NDArray[np.float64]:
        """An outcome's mean in each row of the design ``(rows,)``, in its order: what methods of sensitivity analysis
        call Y. Over the draws of one ``theory`` if given; NaN where a row has none of it."""
        if outcome not in self.samples[0].values:
            raise UsageError(f"unknown outcome {quote(outcome)}", did_you_mean(outcome, self.samples[0].values))
        rows = self.frame if theory is None else self.frame[self.frame["theory"] == theory]
        return np.asarray(rows.groupby("row")[outcome].mean().reindex(range(len(self))), float)

    def result(self, row: int, **options: Any) -> Result:
        """The setting of a row played again with all its tables; options as for :func:`triangle_sim.run`."""
        from triangle_sim.montecarlo.run import run

        place = self.setting[row]
        given = self.design.loc[self.setting == place, list(self.parameters)] if self.parameters else None
        asked: dict[str, Any] = {"replicates": self.replicates, "seed": self.seed, "parameters": given}
        asked |= {"draws": self.samples[place].theory.size, "backend": self.backend}
        again: Result = run(self.scenarios[place], **asked | options)
        return again

    def to_xarray(self) -> Any:
        """Outcomes ``(setting, draw, replicate)``, or ``(row, replicate)`` of a design with parameters, as an
        ``xarray.Dataset``; the design's columns are coordinates. Needs ``pip install 'triangle-sim[research]'``."""
        from triangle_sim.montecarlo.labelled import design_dataset

        return design_dataset(self)


def play(
    scenario: Any, frame: Any, running: Running, *, backend: Any, precision: Any, parameters: Any, **asked: Any
) -> DesignResult:
    """Play a design, see :func:`triangle_sim.montecarlo.run.run`.

    Raises
    ------
    UsageError
        for what is no such table, or a value that cannot be set, with its row and column; nothing is run.
    """
    need(isinstance(frame, pd.DataFrame), "design", frame, "a data frame", "give a pandas.DataFrame: one row a setting")
    need(parameters is None, "parameters", type(parameters).__name__, "to be given with a design",
         "put the parameters into the design, as columns")  # fmt: skip
    if precision != "double":
        raise UsageError("a design is played in double precision", "leave precision out")
    loaded, design, _ = designed(scenario, running.say, backend, precision, **asked)
    rows = frame.reset_index(drop=True).set_axis([str(name) for name in frame.columns], axis=1)
    keys, numbers = _columns(loaded, rows)
    settings, setting = _settings(rows, keys)
    scenarios = _scenarios(loaded, rows, keys, settings)
    draw, draws = None, [design.draws] * len(settings)
    if numbers:
        if asked["draws"] is not None:
            message = "draws: a design with parameters has one row a draw"
            raise UsageError(message, "leave draws out, or the parameters; nothing was run")
        draw = np.asarray(pd.Series(setting).groupby(setting).cumcount(), np.int64)
        draws = np.bincount(setting).tolist()
        _table(loaded, rows[numbers])  # a message tells rows of the whole design
    tables = [_table(each, rows.loc[setting == k, numbers]) for k, each in enumerate(scenarios)]
    columns = [
        each for name, outcome in OUTCOMES.items() for each in ([f"{name}={c}" for c in outcome.categories] or [name])
    ]
    if numbers and len(settings) > 1 and max(draws) == 1:
        running.say("every setting of this design has one row, so all are played on the same draw, draw 0")
    few = backend == AUTO and len(settings) > 1 and max(draws) * design.replicates < PAYS
    engine = "numpy" if few else design.backend
    runs, samples = sum(draws) * design.replicates, []
    for each, table, size in zip(scenarios, tables, draws, strict=True):
        how: dict[str, Any] = {"draws": size, "replicates": design.replicates, "seed": design.seed, "table": table}
        samples.append(sample(each, columns, backend=engine, **how))
        if running.progress:
            running.progress(sum(found.theory.size for found in samples) * design.replicates, runs)
    columns_of = {"keys": tuple(keys), "parameters": tuple(numbers), "backend": engine}
    how = {"setting": setting, "draw": draw, "replicates": design.replicates, "seed": design.seed, **columns_of}
    return DesignResult(rows, tuple(scenarios), tuple(samples), **how)


def _columns(scenario: Scenario, frame: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The columns that are keys of the scenario, and those that are parameters of draws."""
    names = list(frame.columns)
    if not len(frame) or not names:
        raise UsageError(f"design: the table has no {'column' if len(frame) else 'row'}", "give one row a setting")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise UsageError(f"design: two columns are called {quote(twice)}", "keep one of the two")
    for name in names:
        if name in (*DESIGN, "name"):
            raise UsageError(f"design: {quote(name)} is the same in all rows", f"give it as run(..., {name}=)")
        if name in (*OUTCOMES, *KEYS_OF_THE_FRAME):
            raise UsageError(f"design: {quote(name)} is a column of what comes out", "give the column another name")
    known = prepared_for(scenario).table
    numbers = [name for name in names if canonical_name(name) in known or name == "theory"]
    return [name for name in names if name not in numbers], numbers


def _settings(frame: pd.DataFrame, keys: list[str]) -> tuple[list[int], NDArray[np.int64]]:
    """The first row of each setting, and the setting of each row; settings in the order of their first rows."""
    for name in keys:
        missing = frame[name].isna().to_numpy()
        if missing.any():
            message = f"design: {quote(name)} is missing in row {int(missing.argmax())}; nothing was run"
            raise UsageError(message, "give every row a value, or leave the column out")
    if not keys:
        return [0], np.zeros(len(frame), np.int64)
    groups: Any = frame.groupby(keys, sort=False).ngroup()
    setting: NDArray[np.int64] = groups.to_numpy(np.int64)
    firsts: list[int] = np.unique(setting, return_index=True)[1].tolist()
    return firsts, setting


def _scenarios(scenario: Scenario, frame: pd.DataFrame, keys: list[str], firsts: list[int]) -> list[Scenario]:
    """The scenario of each setting."""
    if not keys:
        return [scenario]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "scenario.yaml"
        file.write_text(scenario_yaml(scenario), encoding="utf-8")
        return [_scenario(file, row, {key: _plain(frame[key].iloc[row]) for key in keys}) for row in firsts]


def _scenario(file: Path, row: int, values: Mapping[str, Any]) -> Scenario:
    try:
        return load(file, set_=values)
    except ScenarioError as error:
        problem = error.problems[0]
        column = problem.path.removeprefix("--set ").partition("=")[0]
        where = f"design: row {row}" + (f", column {quote(column)}" if column in values else "")
        raise UsageError(f"{where}: {problem.message}; nothing was run", str(problem.help)) from None


def _table(scenario: Scenario, given: pd.DataFrame) -> Table | None:
    """The parameters of a setting's draws."""
    if not len(given.columns):
        return None
    try:
        return prepared_for(scenario).given(given.reset_index(drop=True))
    except UsageError as error:
        raise UsageError(error.message.replace("parameters:", "design:", 1), error.help) from None


def _plain(value: Any) -> Any:
    """A cell as plain data: NumPy's numbers become Python's."""
    return value.item() if hasattr(value, "item") else value
