"""Making a finished run larger, and joining parts of a run that were made apart."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from concurrent.futures import Executor
from operator import index
from pathlib import Path
from typing import Any

from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.blocks import Cell, Region
from triangle_sim.montecarlo.folder.encode import Encoded
from triangle_sim.montecarlo.fill import Progress, Tell, fill, reported, warn
from triangle_sim.montecarlo.folder.writing import Folder, cells_in, create, sealed
from triangle_sim.montecarlo.folder.journal import Journal
from triangle_sim.montecarlo.folder.manifest import differences, drift
from triangle_sim.montecarlo.workers.pool import check_jobs
from triangle_sim.montecarlo.run import check_folder, may_go_on
from triangle_sim.montecarlo.folder.reading import as_run, read_manifest, scenario_of, scenario_yaml
from triangle_sim.montecarlo.folder.stored import damaged, resume
from triangle_sim.names import counted, extent


def extend(
    folder: Any,
    *,
    draws: int | None = None,
    replicates: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    tell: Tell | None = None,
) -> Path:
    """Add draws or replicates to a finished run: the result is the one a larger design would have given.

    Parameters
    ----------
    folder
        a result folder.
    draws, replicates
        how many there shall be in all; default: as many as there are.
    jobs, progress, executor, tell
        as for :func:`triangle_sim.montecarlo.run.run`.

    Raises
    ------
    UsageError
        if there is nothing to add, the folder is not finished, or another version of the model made it.
    """
    check_jobs(jobs)
    path = Path(folder)
    facts = read_manifest(path)
    scenario = scenario_of(facts, path)
    more = _larger(path, facts, draws, replicates)
    may_go_on(path, scenario, facts, tell)
    return fill(path, scenario, more, jobs, progress, executor, tell, rewrite=more is not facts)


def _larger(path: Path, facts: dict[str, Any], draws: int | None, replicates: int | None) -> dict[str, Any]:
    """The manifest of the larger design; old blocks stay as they are."""
    d0, r0 = facts["draws"], facts["replicates"]
    d, r = d0 if draws is None else index(draws), r0 if replicates is None else index(replicates)
    if facts.get("part"):
        raise UsageError(f"{path} holds a part of a run", "join all parts first: triangle-sim merge DIR... -o OUT")
    if facts["status"] != "complete":
        if (d, r) == (d0, r0) and (draws or replicates):
            return facts
        raise UsageError(f"{path} is an unfinished run of {extent(d0, r0)}", f"finish it: {resume(path)}")
    if d < d0 or r < r0:
        raise UsageError(
            f"{path} has {extent(d0, r0)}, more than the {d} x {r} asked for",
            "--draws and --replicates say how many there shall be in all",
        )
    if (d, r) == (d0, r0):
        raise UsageError(f"{path} has {extent(d, r)} already", "say how many there shall be in all")
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


def merge(folders: Sequence[Any], out: Any, *, progress: Progress | None = None, tell: Tell | None = None) -> Path:
    """Join folders that hold the parts of one design, made by ``run --part``, into a new folder.

    It is byte for byte the folder that one run of the whole design would have made. The parts stay as they are.

    Raises
    ------
    UsageError
        if they are not of the same scenario, seed, design and code, if two hold the same blocks, if some are missing,
        or one is not finished or damaged; a folder begun for them does not stay.
    """
    sources = [Path(folder) for folder in folders]
    if not sources:
        raise UsageError("nothing to merge", "give the folders of all parts")
    manifests = [read_manifest(path) for path in sources]
    _must_be_one_run(sources, manifests, tell)
    holders = _holders(sources, manifests)
    facts = _command({k: v for k, v in manifests[0].items() if k != "part"} | {"status": "running"}, part=None)
    _must_be_whole(facts, holders)
    target, scenario = Path(out), scenario_of(facts, sources[0])
    new = not check_folder(target, facts)
    if new:
        create(target, facts, scenario_yaml(as_run(scenario, facts)))
    else:
        (tell or warn)(f"{target} holds an unfinished run of the same: going on with it")
    with Folder(target, facts, scenario) as folder, reported(folder, new):
        folder.take_stock()
        for cell in folder.missing:
            try:
                block = _copy(cell, *holders[cell])
            except UsageError as error:
                if new:  # all it holds is a copy
                    folder.discard()
                left = f"{target} was not made" if new else f"what {target} holds is kept"
                raise UsageError(error.message, f"{error.help}; then merge again: {left}") from None
            folder.add(block)
            if progress is not None and cell.runs:
                progress(folder.done, folder.runs)
        folder.finish()
    return target


def _must_be_one_run(sources: list[Path], manifests: list[dict[str, Any]], tell: Tell | None) -> None:
    first = manifests[0]
    for path, facts in zip(sources, manifests, strict=True):
        if facts["status"] != "complete":
            raise UsageError(f"{path} is not finished", f"finish it: {resume(path)}")
        reasons = differences(facts | {"part": None}, first | {"part": None})
        if reasons:
            raise UsageError(
                f"{path} is not of the same run as {sources[0]}: {'; '.join(reasons)}", "give parts of one run"
            )
        changed = drift(facts, first)
        if changed:
            (tell or warn)(f"{path} was made with other libraries, so last digits may differ: {', '.join(changed)}")


def _holders(sources: list[Path], manifests: list[dict[str, Any]]) -> dict[Cell, tuple[Path, Journal]]:
    """Who holds a block; nobody may hold what another does."""
    holders: dict[Cell, tuple[Path, Journal]] = {}
    for path, facts in zip(sources, manifests, strict=True):
        journal = Journal.read(path)
        for cell in cells_in(facts):
            if cell in holders:
                raise UsageError(f"{holders[cell][0]} and {path} both hold {cell}", "give each part once")
            holders[cell] = (path, journal)
    return holders


def _must_be_whole(facts: dict[str, Any], holders: dict[Cell, Any]) -> None:
    lacking = [cell for cell in cells_in(facts) if cell not in holders]
    if lacking:
        runs = sum(cell.runs for cell in lacking)
        first = next((cell for cell in lacking if cell.runs), lacking[0])
        raise UsageError(
            f"these folders lack {runs:,} of {counted(facts['runs'], 'future')}, the first of them {first}",
            "give the folders of all parts",
        )


def _copy(cell: Cell, path: Path, journal: Journal) -> Encoded:
    """A block as its folder holds it."""
    seals, files = journal.blocks.get(cell, {}), {}
    for kind in cell.kinds:
        file = path / kind / f"{cell.name}.parquet"
        data = sealed(file, seals[kind]) if kind in seals else None
        if data is None:
            raise damaged(file, "is missing or not what was written")
        files[kind] = data
    return Encoded(cell, files, seals)
