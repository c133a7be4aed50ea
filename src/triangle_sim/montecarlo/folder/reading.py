"""Reading a result folder back: its manifest, its scenario, and its tables, each checked when it is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from triangle_sim.errors import UsageError, quote
from triangle_sim.montecarlo.design import folder_path
from triangle_sim.montecarlo.folder.contents import FORMAT, JOURNAL, MANIFEST
from triangle_sim.montecarlo.folder.journal import DamagedError, Journal, resume_command
from triangle_sim.montecarlo.folder.manifest import LARGEST, cells_in, origin, parse
from triangle_sim.montecarlo.result import Result, Tables
from triangle_sim.montecarlo.versions import model_hash
from triangle_sim.names import counted
from triangle_sim.regular_files import read_regular
from triangle_sim.scenario.schema import Scenario


def read(folder: Any) -> Result:
    """A saved result. Its tables are read, and their checksums verified, when they are first asked for.

    Raises
    ------
    UsageError
        if the folder is not a result folder, is not finished, lacks files, or was written in another format.
    """
    path = folder_path(folder)
    facts = read_manifest(path)
    scenario = scenario_of(facts, path)
    journal, cells = Journal.read(path, origin(facts)), cells_in(facts)
    if facts.get("part"):
        k, n = facts["part"]
        raise UsageError(f"{path} holds part {k} of {n} of a run", "join all parts: triangle-sim merge DIR... -o OUT")
    if facts["status"] != "complete":
        there = sum(map(journal.lists, cells))
        blocks = f"{there:,} of {counted(len(cells), 'block')} {'is' if there == 1 else 'are'} there"
        raise UsageError(f"{path} is an unfinished run: {blocks}", f"finish it: {resume_command(path)}")
    if journal.foreign:
        raise DamagedError(path / JOURNAL, f"lists {counted(journal.foreign, 'block or table')} of another run")
    journal.check_sizes(cells)
    return Result(scenario, facts, Tables(journal, cells))


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a result folder. Raises UsageError if it cannot be read, or was written in another format."""
    try:
        data = read_regular(folder / MANIFEST, LARGEST)
        written = json.loads(data)["format"]
        if written == FORMAT:
            return parse(data)
    except (OSError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise _incomplete(folder, error) from None
    raise UsageError(
        f"{folder} has format {quote(written, 20)}, this version reads {FORMAT}", "run its scenario.yaml again"
    )


def scenario_of(facts: dict[str, Any], folder: Path) -> Scenario:
    """The scenario a manifest holds. Raises UsageError if it is not valid, or has been changed since."""
    try:
        scenario = Scenario.model_validate(facts["scenario"])
    except ValueError as error:
        raise _incomplete(folder, error) from None
    # Another version of the code may read the same scenario differently, and is told apart by its own hash.
    if facts["model_sha256"] == model_hash() and facts["scenario_sha256"] != scenario.content_hash():
        raise _incomplete(folder, ValueError("the scenario in its manifest is not the one that was run"))
    return scenario


def _incomplete(folder: Path, error: Exception) -> UsageError:
    """An error about a folder that cannot be mended."""
    first = (str(getattr(error, "strerror", None) or error).splitlines() or [""])[0]
    return UsageError(
        f"{folder} is not a complete result folder: its {MANIFEST} ({type(error).__name__}: {first})",
        "give a folder that `triangle-sim run ... -o FOLDER` wrote",
    )
