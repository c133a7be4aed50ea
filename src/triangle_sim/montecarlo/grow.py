"""Making a finished run larger, and joining parts of a run that were made apart."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.blocks import Cell, Region
from triangle_sim.montecarlo.design import Tell, folder_path, need, whole, within_reason
from triangle_sim.montecarlo.folder.given import read_given
from triangle_sim.montecarlo.folder.journal import DamagedError, Journal, resume_command
from triangle_sim.montecarlo.folder.manifest import cells_in, differences, drift, origin, read_manifest, scenario_of
from triangle_sim.montecarlo.folder.writing import copy
from triangle_sim.montecarlo.run import go_on
from triangle_sim.montecarlo.workers.running import Progress, Running
from triangle_sim.names import counted, extent


def extend(folder: Any, *, draws: int | None = None, replicates: int | None = None, **options: Any) -> Path:
    """Add draws or replicates to a finished run: the result is the one a larger design would have given.

    Parameters
    ----------
    folder
        a result folder.
    draws, replicates
        how many there shall be in all; default: as many as there are.
    options
        jobs, executor, progress and tell, as for :func:`triangle_sim.montecarlo.run.run`.

    Raises
    ------
    UsageError
        if there is nothing to add, the folder is not finished, or another version of the model made it.
    """
    running, path = Running(**options), folder_path(folder)
    return go_on(path, running, lambda facts: _larger(path, facts, draws, replicates))


def _larger(path: Path, facts: dict[str, Any], draws: Any, replicates: Any) -> dict[str, Any]:
    """The manifest of the larger design; old blocks stay as they are."""
    d0, r0 = facts["draws"], facts["replicates"]
    d, r = d0 if draws is None else whole("draws", draws), r0 if replicates is None else whole("replicates", replicates)
    if facts.get("parameters_sha256"):
        message = f"{path} cannot be made larger: its draws were given parameters, one row a draw"
        raise UsageError(message, "run a larger table: triangle_sim.run(..., parameters=frame)")
    if facts.get("part"):
        raise UsageError(f"{path} holds a part of a run", "join all parts first: triangle-sim merge DIR... -o OUT")
    if facts["status"] != "complete":
        if (d, r) == (d0, r0) and (draws or replicates):
            return facts
        raise UsageError(f"{path} is an unfinished run of {extent(d0, r0)}", f"finish it: {resume_command(path)}")
    if d < d0 or r < r0:
        raise UsageError(
            f"{path} has {extent(d0, r0)}, more than the {d} x {r} asked for",
            "--draws and --replicates say how many there shall be in all",
        )
    if (d, r) == (d0, r0):
        raise UsageError(f"{path} has {extent(d, r)} already", "say how many there shall be in all")
    within_reason(d, r)
    regions = list(facts["regions"])
    if r > r0:
        regions.append(Region.of((0, d0), (r0, r)).data())
    if d > d0:
        regions.append(Region.of((d0, d), (0, r)).data())
    more = facts | {"draws": d, "replicates": r, "runs": d * r, "regions": regions, "status": "running"}
    return _command(more, draws=d, replicates=r)


def _command(facts: dict[str, Any], **options: int | None) -> dict[str, Any]:
    """The manifest with other values in the command that makes the result again; ``None`` takes an option out."""
    if "command" not in facts:
        return facts
    words = []
    for word in shlex.split(facts["command"]):
        name = word.removeprefix("--").partition("=")[0]
        if not word.startswith("--") or name not in options:
            words.append(word)
        elif options[name] is not None:
            words.append(f"--{name}={options[name]}")
    return facts | {"command": shlex.join(words)}


def merge(folders: Iterable[Any], out: Any, *, progress: Progress | None = None, tell: Tell | None = None) -> Path:
    """Join folders that hold the parts of one design, made by ``run --part``, into a new folder.

    It is byte for byte the folder that one run of the whole design would have made. The parts stay as they are.

    Raises
    ------
    UsageError
        if they are not of the same scenario, seed, design and code, if two hold the same blocks, if some are missing,
        or one is not finished or damaged. Whatever stops it, nothing is left of the new folder.
    """
    running, target = Running(progress=progress, tell=tell), folder_path(out)
    fine = isinstance(folders, Iterable) and not isinstance(folders, str | bytes)
    need(fine, "folders", folders, "a list of folders", "give the folders of all parts")
    sources = [folder_path(folder) for folder in folders]
    if not sources:
        raise UsageError("nothing to merge", "give the folders of all parts")
    manifests = [read_manifest(path) for path in sources]
    _must_be_one_run(sources, manifests, running)
    holders = _holders(sources, manifests)
    facts = _command({k: v for k, v in manifests[0].items() if k != "part"} | {"status": "running"}, part=None)
    _must_be_whole(facts, holders)
    scenario = scenario_of(facts, sources[0])
    try:
        copy(target, facts, scenario, holders, progress=progress, given=read_given(sources[0], facts))
    except DamagedError as error:
        raise UsageError(error.message, f"{error.help}; then merge again") from None
    return target


def _must_be_one_run(sources: list[Path], manifests: list[dict[str, Any]], running: Running) -> None:
    first = manifests[0]
    for path, facts in zip(sources, manifests, strict=True):
        if facts["status"] != "complete":
            raise UsageError(f"{path} is not finished", f"finish it: {resume_command(path)}")
        if reasons := differences(facts | {"part": None}, first | {"part": None}):
            message = f"{path} is not of the same run as {sources[0]}: {'; '.join(reasons)}"
            raise UsageError(message, "give parts of one run")
        if changed := drift(facts, first):
            running.say(f"{path} was made with other libraries, so last digits may differ: {changed}")


def _holders(sources: list[Path], manifests: list[dict[str, Any]]) -> dict[Cell, Journal]:
    """The journal that lists a block; no two folders may hold the same."""
    holders: dict[Cell, Journal] = {}
    for path, facts in zip(sources, manifests, strict=True):
        journal = Journal.read(path, origin(facts))
        for cell in cells_in(facts):
            if cell in holders:
                raise UsageError(f"{holders[cell].folder} and {path} both hold {cell}", "give each part once")
            holders[cell] = journal
    return holders


def _must_be_whole(facts: dict[str, Any], holders: dict[Cell, Journal]) -> None:
    lacking = [cell for cell in cells_in(facts) if cell not in holders]
    if lacking:
        runs = sum(cell.runs for cell in lacking)
        first = next((cell for cell in lacking if cell.runs), lacking[0])
        raise UsageError(
            f"these folders lack {runs:,} of {counted(facts['runs'], 'future')}, the first of them {first}",
            "give the folders of all parts",
        )
