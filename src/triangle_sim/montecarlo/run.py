"""Run a scenario: draws x replicates, in blocks, on one process or several, with the same result to the bit."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from triangle_sim.backends.backend import AUTO
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.design import Tell, compared, designed, folder_path, need, whole
from triangle_sim.montecarlo.experiment import DesignResult, play
from triangle_sim.montecarlo.fill import design_of, fill, in_memory
from triangle_sim.montecarlo.folder.given import read_given
from triangle_sim.montecarlo.folder.manifest import (
    again,
    cells_in,
    differences,
    drift,
    manifest,
    read_manifest,
    scenario_of,
)
from triangle_sim.montecarlo.folder.writing import check_target, create, is_result
from triangle_sim.montecarlo.result import Result, read
from triangle_sim.montecarlo.workers.running import Progress, Running
from triangle_sim.names import counted
from triangle_sim.scenario.schema import Scenario
from triangle_sim.uncertainty import Table

if TYPE_CHECKING:
    import pandas as pd


@overload
def run(scenario: Scenario | str, *, design: None = None, **options: Any) -> Result: ...


@overload
def run(scenario: Scenario | str, *, design: pd.DataFrame, **options: Any) -> DesignResult: ...


def run(  # type: ignore[misc]  # options stand here by name
    scenario: Scenario | str,
    *,
    design: Any = None,
    draws: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    parameters: Any = None,
    reference: Scenario | str | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    folder: Any = None,
    force: bool = False,
    backend: str = AUTO,
    precision: str = "double",
    command: str | None = None,
    tell: Tell | None = None,
) -> Result | DesignResult:
    """Simulate ``draws * replicates`` futures of a scenario.

    Parameters
    ----------
    scenario
        a scenario, or the name or path of one.
    draws, replicates, seed
        the design; default: the scenario's own.
    jobs
        processes, from 1 to 1024; default: as many as pay. The result does not depend on it.
    parameters
        values of parameters in place of draws from their priors: a data frame with one row a draw (row k is draw k) and
        one column a parameter; what it lacks is drawn as ever. A column ``theory`` says whose priors a draw takes it
        from. There are as many draws as rows, or fewer if ``draws`` says so. It is kept in the folder.
    reference
        a scenario that the result is to be compared with on the same worlds; it is noted, and played when it is asked
        for (:func:`triangle_sim.analysis.answers.answers.answers`).
    design
        a design of experiments: a data frame, one row a setting. A column is a key of the scenario as ``--set``
        addresses it (``ukraine_war``, ``events.election.probability``), or a parameter. Rows that agree in all keys are
        one setting of the scenario; each is played on the same worlds. A row without parameters is played with all
        draws. With parameters, the rows of a setting are its draws 0, 1, ...: as many rows as draws. What comes out is
        in memory, outcomes alone.
    progress
        told runs done and runs in all.
    executor
        any ``concurrent.futures`` executor to use in place of processes of our own.
    folder
        where to keep blocks as they finish; the result then reads from there, and memory does not grow with the number
        of runs. A matching unfinished run is resumed.
    force
        replace the result that ``folder`` holds, but for files that are not the product's.
    backend, precision
        what computes: ``numpy``, ``llvm``, or ``auto`` for LLVM where it can be used; ``double``, or ``single`` with
        LLVM.
    command
        the command line to note in the manifest.
    tell
        told what the user should know, as when an unfinished run is resumed; default: Python warnings.

    Raises
    ------
    ScenarioError, UsageError
        if the scenario is not valid, an argument is of the wrong type, or the folder cannot be written to; nothing is
        run.
    ValueError
        for a design of no runs.
    FailedBlocksError
        if some blocks failed; the others are kept in the folder.
    LostWorkersError
        if a worker process died, or the executor cannot continue; finished blocks are kept in the folder.
    Interrupted
        after ctrl-C, with a folder: a ``KeyboardInterrupt`` that says what is kept, and how to go on.
    """
    running = Running(jobs, executor, progress, tell)
    asked = {"draws": draws, "replicates": replicates, "seed": seed}
    if design is not None:
        need(folder is None, "folder", folder, "a place for a design, which is kept in memory",
             "save what you need: found.frame, or found.result(row, folder=...)")  # fmt: skip
        how = {"backend": backend, "precision": precision, "parameters": parameters}
        return play(scenario, design, running, **how, **asked)
    loaded, size, table = designed(scenario, running.say, backend, precision, parameters, **asked)
    need(isinstance(command, str | None), "command", command, "a command line")
    facts = manifest(loaded, size, command=command, table=table, reference=compared(reference))
    if folder is None:
        return in_memory(loaded, facts, running, table)
    return read(_to_folder(folder_path(folder), loaded, facts, running, force, table))


def run_part(
    scenario: Scenario | str,
    part: tuple[int, int],
    folder: Any,
    *,
    draws: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    parameters: Any = None,
    reference: Scenario | str | None = None,
    force: bool = False,
    backend: str = AUTO,
    precision: str = "double",
    command: str | None = None,
    **options: Any,
) -> Path:
    """Simulate part k of n of a design, as one of n machines; ``merge`` joins the folders. Otherwise as :func:`run`."""
    running = Running(**options)
    need(isinstance(part, tuple | list) and len(part) == 2, "part", part, "a part", "give which of how many, as (1, 4)")
    k, n = (whole("part", number) for number in part)
    if not 1 <= k <= n:
        raise UsageError(f"part {k}/{n} does not exist", "give one of the parts 1/n to n/n")
    asked = {"draws": draws, "replicates": replicates, "seed": seed}
    loaded, design, table = designed(scenario, running.say, backend, precision, parameters, **asked)
    need(isinstance(command, str | None), "command", command, "a command line")
    facts = manifest(loaded, design, (k, n), command, table, compared(reference))
    if not any(cell.runs for cell in cells_in(facts)):
        blocks = sum(cell.runs > 0 for cell in cells_in(facts | {"part": None}))
        message = f"part {k}/{n} holds no run: the design has {counted(blocks, 'block')}"
        raise UsageError(message, f"cut it into {blocks} at most")
    return _to_folder(folder_path(folder), loaded, facts, running, force, table)


def resume(folder: Any, **options: Any) -> Path:
    """Compute the blocks of a folder that are missing or damaged, and finish it; options as for :func:`run`.

    Raises
    ------
    UsageError
        if it holds no run, or one made by another version of the model.
    """
    return go_on(folder_path(folder), Running(**options))


def go_on(path: Path, running: Running, change: Callable[[dict[str, Any]], dict[str, Any]] | None = None) -> Path:
    """Compute what a folder lacks of the run in its manifest, or in the manifest that ``change`` makes of it.

    Raises UsageError, which says what differs, rather than mix blocks of two versions of the model; tells of other
    libraries.
    """
    facts = read_manifest(path)
    scenario = scenario_of(facts, path)
    wanted = change(facts) if change else facts
    table = read_given(path, facts)
    here = manifest(scenario, design_of(facts), facts.get("part"), table=table)
    reasons = differences(facts, here | {"regions": facts["regions"]})
    if reasons:
        message = f"the blocks in {path} must not be mixed with new ones: {'; '.join(reasons)}"
        raise UsageError(message, again(path, facts))
    if changed := drift(facts, here):
        running.say(f"{path} was begun with other libraries, so last digits of new blocks may differ: {changed}")
    return fill(path, scenario, wanted, running, table=table)


def check_folder(folder: Path, facts: dict[str, Any], force: bool = False) -> bool:
    """Whether a folder holds a matching unfinished run, to be resumed.

    Raises UsageError if it holds anything else and is not a result to be replaced by force, or cannot be made.
    """
    try:
        there = read_manifest(folder)
    except UsageError:
        there = {"status": "complete"}
    if there["status"] == "running":
        reasons = differences(there, facts)
        if not reasons:
            return True
        if not force:
            raise UsageError(
                f"{folder} holds an unfinished run of another kind (there against here): {'; '.join(reasons)}",
                f"finish it with triangle-sim resume {folder}, choose another name with -o, or replace it with "
                "--force; nothing was run",
            )
    elif not (force and is_result(folder)):
        check_target(folder, "replace it with --force" if is_result(folder) else "remove it first")
    return False


def _to_folder(
    folder: Path, scenario: Scenario, facts: dict[str, Any], running: Running, force: bool, table: Table | None
) -> Path:
    if check_folder(folder, facts, force):
        running.say(f"{folder} holds a matching unfinished run, which is resumed")
        return go_on(folder, running)
    new = not is_result(folder)
    if new:
        create(folder, facts, scenario, table)
    return fill(folder, scenario, facts, running, new, table)
