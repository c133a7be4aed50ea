"""Run a scenario: draws x replicates, in blocks, on one process or several, with the same result to the bit."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.blocks import Region, cells_of
from triangle_sim.montecarlo.design import Design, designed
from triangle_sim.montecarlo.fill import Progress, Tell, design_of, fill, warn
from triangle_sim.montecarlo.gather import in_memory
from triangle_sim.montecarlo.folder.manifest import differences, drift, manifest
from triangle_sim.montecarlo.workers.pool import check_jobs
from triangle_sim.montecarlo.folder.reading import as_run, check_target, read, read_manifest, scenario_of, scenario_yaml
from triangle_sim.names import counted
from triangle_sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result


def run(
    scenario: Scenario | str,
    *,
    draws: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    folder: Any = None,
    backend: str = "numpy",
    precision: str = "double",
    command: str | None = None,
    tell: Tell | None = None,
) -> Result:
    """Simulate ``draws * replicates`` futures of a scenario.

    Parameters
    ----------
    scenario
        a scenario, or the name or path of one.
    draws, replicates, seed
        the design; default: the scenario's own.
    jobs
        processes, from 1 to 1024; default: as many as pay. The result does not depend on it.
    progress
        told runs done and runs in all.
    executor
        any ``concurrent.futures`` executor to use in place of processes of our own.
    folder
        where to keep blocks as they finish; the result then reads from there, and memory does not grow with the number
        of runs. A folder with an unfinished run of the very same is gone on with.
    backend, precision
        what computes: ``numpy``, ``llvm`` or ``jax``; ``double``, or ``single`` with one of the latter.
    command
        the command line to note in the manifest.
    tell
        told when an unfinished run is gone on with.

    Raises
    ------
    ScenarioError, UsageError
        if the scenario is not valid, or the folder cannot be written to; nothing is run.
    ValueError
        for a design of no runs.
    FailedBlocksError
        if some blocks failed; the others are kept in the folder.
    """
    check_jobs(jobs)
    loaded, design = designed(scenario, draws, replicates, seed, backend, precision)
    if folder is None:
        return in_memory(loaded, design, jobs, progress, executor)
    _to_folder(Path(folder), loaded, facts_of(loaded, design), command, jobs, progress, executor, tell)
    return read(folder)


def run_part(
    scenario: Scenario | str,
    part: tuple[int, int],
    folder: Any,
    *,
    draws: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    backend: str = "numpy",
    precision: str = "double",
    command: str | None = None,
    tell: Tell | None = None,
) -> Path:
    """Simulate part k of n of a design, as one of n machines; ``merge`` joins the folders. Otherwise as :func:`run`."""
    check_jobs(jobs)
    loaded, design = designed(scenario, draws, replicates, seed, backend, precision)
    k, n = part
    if not 1 <= k <= n:
        raise UsageError(f"part {k}/{n} does not exist", "give one of the parts 1/n to n/n")
    region = whole(design)
    if not any(cell.runs for cell in cells_of([region], part)):
        blocks = sum(1 for _ in region.cells())
        raise UsageError(
            f"part {k}/{n} holds no run: the design has {counted(blocks, 'block')}",
            f"cut it into {blocks} at most",
        )
    return _to_folder(Path(folder), loaded, facts_of(loaded, design, part), command, jobs, progress, executor, tell)


def resume(
    folder: Any,
    *,
    jobs: int | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    tell: Tell | None = None,
) -> Path:
    """Compute the blocks of a folder that are missing or damaged, and finish it.

    Raises
    ------
    UsageError
        if it holds no run, or one made by another version of the model.
    """
    check_jobs(jobs)
    path = Path(folder)
    facts = read_manifest(path)
    scenario = scenario_of(facts, path)
    may_go_on(path, scenario, facts, tell)
    return fill(path, scenario, facts, jobs, progress, executor, tell)


def whole(design: Design) -> Region:
    """A design as one region."""
    return Region.of((0, design.draws), (0, design.replicates))


def facts_of(scenario: Scenario, design: Design, part: tuple[int, int] | None = None) -> dict[str, Any]:
    """The manifest of a run that has not begun."""
    return manifest(scenario, design, [whole(design)], part)


def may_go_on(folder: Path, scenario: Scenario, facts: dict[str, Any], tell: Tell | None) -> None:
    """Refuse to add blocks of this version of the model to those of another; tell of other libraries.

    Raises
    ------
    UsageError
        with what differs.
    """
    here = manifest(scenario, design_of(facts), [], facts.get("part"))
    reasons = differences(facts, here | {"regions": facts["regions"]})
    if reasons:
        raise UsageError(
            f"the blocks in {folder} must not be mixed with new ones: {'; '.join(reasons)}",
            f"run it again: triangle-sim run {folder}/scenario.yaml -o ANOTHER",
        )
    changed = drift(facts, here)
    if changed:
        (tell or warn)(
            f"{folder} was begun with other libraries, so last digits of new blocks may differ: {', '.join(changed)}"
        )


def check_folder(folder: Path, facts: dict[str, Any]) -> bool:
    """Whether a folder holds an unfinished run of the very same; raises if it can be neither made nor gone on with.

    Raises
    ------
    UsageError
        if it holds anything else, with what differs.
    """
    if not (folder / "manifest.json").is_file():
        check_target(folder)
        return False
    try:
        there = read_manifest(folder)
    except UsageError:
        there = {"status": "complete"}
    if there["status"] == "complete":
        check_target(folder)
    reasons = differences(there, facts)
    if reasons:
        raise UsageError(
            f"{folder} holds an unfinished run of something else (there against here): {'; '.join(reasons)}",
            f"finish it with triangle-sim resume {folder}, or choose another name with -o; nothing was run",
        )
    return True


def _to_folder(
    folder: Path,
    scenario: Scenario,
    facts: dict[str, Any],
    command: str | None,
    jobs: int | None,
    progress: Progress | None,
    executor: Executor | None,
    tell: Tell | None,
) -> Path:
    from triangle_sim.montecarlo.folder.writing import create

    if check_folder(folder, facts):
        (tell or warn)(f"{folder} holds an unfinished run of the same: going on with it")
        return resume(folder, jobs=jobs, progress=progress, executor=executor, tell=tell)
    if command is not None:
        facts["command"] = command
    create(folder, facts, scenario_yaml(as_run(scenario, facts)))
    return fill(folder, scenario, facts, jobs, progress, executor, tell, new=True)
