"""The result folder: where one may be made, saving into it, its manifest and scenario, and reading it back."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triangle_sim.errors import UsageError
from triangle_sim.names import counted
from triangle_sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import InMemory, Result


def check_target(folder: Path) -> None:
    """Refuse a folder that a result cannot be written to, before anything is run.

    Raises
    ------
    UsageError
        if something of that name exists, or its parent cannot be written to.
    """
    if folder.is_dir():
        raise UsageError(f"{folder} exists already", "choose another name with -o, or remove it first; nothing was run")
    if folder.exists() or folder.is_symlink():
        raise UsageError(f"{folder} is a file, not a folder", "choose another name with -o; nothing was run")
    parent = folder.absolute().parent
    while not parent.exists():
        parent = parent.parent
    if not parent.is_dir():
        raise UsageError(f"{parent} is a file, so {folder} cannot be made in it", "choose another place with -o")
    try:
        os.rmdir(tempfile.mkdtemp(prefix=".triangle-sim-", dir=parent))
    except OSError as error:
        raise UsageError(f"cannot write to {parent}: {error.strerror}", "choose another place with -o") from None


def save(result: Result, folder: Any, also: Callable[[Path], None] | None = None) -> Path:
    """Write a result into a new folder. ``also`` may add files (pictures) once everything else is there.

    Raises
    ------
    UsageError
        if the folder exists or cannot be made.
    OSError
        if it cannot be filled, as on a full disk; nothing is left behind.
    """
    from triangle_sim.montecarlo.folder.writing import create

    target = Path(folder)
    check_target(target)
    facts = result.manifest | {"status": "running"}
    create(target, facts, scenario_yaml(as_run(result.scenario, facts)))
    try:
        result.tables.save(result, target)
        if also is not None:
            also(target)
    except BaseException as error:
        shutil.rmtree(target, ignore_errors=True)
        if isinstance(error, OSError):
            what = f"could not be saved: {error.strerror or error}; free some space or choose another place with -o"
            raise OSError(error.errno, what, str(target)) from None
        raise
    return target


def save_in_memory(result: Result, tables: InMemory, folder: Path) -> None:
    """Fill a new folder from memory: one block of runs, and the parameters."""
    from triangle_sim.montecarlo.folder.encode import encode
    from triangle_sim.montecarlo.folder.writing import Folder

    with Folder(folder, result.manifest, result.scenario) as target:
        for cell in target.cells:
            frame = result.runs if cell.runs else result.parameters.iloc[slice(*cell.draws)]
            columns = {str(name): values.to_numpy() for name, values in frame.items()}
            target.add(encode(cell, columns, tables.counts if cell.runs else None))
        target.finish()


def as_run(scenario: Scenario, facts: dict[str, Any]) -> Scenario:
    """The scenario with the design of a manifest, which may be another than its own."""
    return scenario.model_copy(update={key: facts[key] for key in ("draws", "replicates", "seed")})


def scenario_yaml(scenario: Scenario) -> str:
    """The resolved scenario as a file that runs by itself."""
    from triangle_sim.scenario.show.dump import dump

    head = f"# {scenario.title or scenario.name}: the scenario as it was run, after extends. Run it again as it is.\n"
    data = scenario.data()
    for name, event in scenario.events.items():
        if event.never(scenario.start, scenario.quarters):
            # Its date may lie past the horizon, which a file of its own would be refused for. It keeps its place in
            # its group and can still not happen, so the results and the hash are the same.
            for key in ("when", "window", "condition", "from", "until"):
                data["events"][name].pop(key, None)
            data["events"][name]["hazard"] = 0.0
    return head + dump(data)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a result folder.

    Raises
    ------
    UsageError
        if there is none, it cannot be read, or it was written in another format.
    """
    from triangle_sim.montecarlo.folder.manifest import FORMAT, sound

    try:
        facts: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        written = facts["format"]
    except (OSError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise incomplete(folder, error) from None
    if written != FORMAT:
        raise UsageError(f"{folder} has format {written}, this version reads {FORMAT}", "run its scenario.yaml again")
    try:
        sound(facts)
    except (ValueError, KeyError, TypeError) as error:
        raise incomplete(folder, error) from None
    return facts


def scenario_of(facts: dict[str, Any], folder: Path) -> Scenario:
    """The scenario a manifest holds.

    Raises
    ------
    UsageError
        if it is none, or has been changed since.
    """
    from triangle_sim.montecarlo.folder.manifest import model_hash

    try:
        scenario = Scenario.model_validate(facts["scenario"])
    except ValueError as error:
        raise incomplete(folder, error) from None
    # Another version of the code may read the same scenario differently, and is told apart by its own hash.
    if facts["model_sha256"] == model_hash() and facts["scenario_sha256"] != scenario.content_hash():
        raise incomplete(folder, ValueError("the scenario in its manifest is not the one that was run"))
    return scenario


def read(folder: Any) -> Result:
    """A saved result. Its tables are read, and their checksums verified, when they are first asked for.

    Raises
    ------
    UsageError
        if the folder is not a result folder, is not finished, lacks files, or was written in another format.
    """
    from triangle_sim.montecarlo.folder.writing import cells_in
    from triangle_sim.montecarlo.folder.journal import Journal
    from triangle_sim.montecarlo.result import LARGE, TABLES, Result
    from triangle_sim.montecarlo.folder.stored import Stored, damaged, resume

    path = Path(folder)
    facts = read_manifest(path)
    scenario = scenario_of(facts, path)
    journal, cells = Journal.read(path), cells_in(facts)
    if facts.get("part"):
        k, n = facts["part"]
        raise UsageError(f"{path} holds part {k} of {n} of a run", "join all parts: triangle-sim merge DIR... -o OUT")
    there = sum(set(journal.blocks.get(cell, ())) == set(cell.kinds) for cell in cells)
    if facts["status"] != "complete":
        blocks = f"{there:,} of {counted(len(cells), 'block')} {'is' if there == 1 else 'are'} there"
        raise UsageError(f"{path} is an unfinished run: {blocks}", f"finish it: {resume(path)}")
    if there < len(cells) or not set(TABLES) - set(LARGE) <= set(journal.tables):
        raise damaged(path / journal.path.name, "does not list all blocks and tables")
    tables = Stored(path, journal, sorted(cells))
    tables.look()
    return Result(scenario, facts["draws"], facts["replicates"], facts["seed"], facts, tables)


def incomplete(folder: Path, error: Exception) -> UsageError:
    """An error about a folder that cannot be mended."""
    return UsageError(
        f"{folder} is not a complete result folder ({type(error).__name__}: {(str(error).splitlines() or [''])[0]})",
        "give a folder that `triangle-sim run ... -o FOLDER` wrote",
    )
