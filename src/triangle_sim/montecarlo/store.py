"""The result folder: Parquet tables, the manifest, the scenario. Written whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.result import TABLES, Result
from triangle_sim.scenario.schema import Scenario

_FACTS = {"scenario": dict, "draws": int, "replicates": int, "seed": int, "model_sha256": str, "triangle_sim": str}
"""What a manifest must hold for its runs to be told."""


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
        with tempfile.TemporaryDirectory(prefix=".triangle-sim-", dir=parent):
            pass
    except OSError as error:
        raise UsageError(f"cannot write to {parent}: {error.strerror}", "choose another place with -o") from None


def save(result: Result, folder: Any, also: Callable[[Path], None] | None = None) -> Path:
    """Write a result into a new folder. ``also`` may add files (pictures) before the folder appears under its name.

    Raises
    ------
    UsageError
        if the folder exists or cannot be made.
    OSError
        if it cannot be filled, as on a full disk; nothing is left behind.
    """
    target = Path(folder)
    check_target(target)
    try:
        target.absolute().parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".triangle-sim-", dir=target.absolute().parent))
    except OSError as error:
        raise UsageError(f"cannot write to {target}: {error.strerror}", "choose another place with -o") from None
    try:
        _write(result, work)
        if also is not None:
            also(work)
        work.chmod(0o755)
        os.rename(work, target)
    except OSError as error:
        what = f"could not be saved: {error.strerror or error}; free some space or choose another place with -o"
        raise OSError(error.errno, what, str(target)) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return target


def _write(result: Result, folder: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for name in TABLES:
        table = pa.Table.from_pandas(getattr(result, name), preserve_index=False).replace_schema_metadata(None)
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
    text = json.dumps(result.manifest, indent=2, sort_keys=True, ensure_ascii=False)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
    design = {"draws": result.draws, "replicates": result.replicates, "seed": result.seed}
    as_run = result.scenario.model_copy(update=design)
    (folder / "scenario.yaml").write_text(scenario_yaml(as_run), encoding="utf-8")


def scenario_yaml(scenario: Scenario) -> str:
    """The resolved scenario as a file that runs by itself."""
    from triangle_sim.scenario.dump import dump

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
    from triangle_sim.montecarlo.manifest import FORMAT

    try:
        facts: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        written = facts["format"]
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise _incomplete(folder, error) from None
    if written != FORMAT:
        raise UsageError(f"{folder} has format {written}, this version reads {FORMAT}", "run its scenario.yaml again")
    lacking = [name for name, kind in _FACTS.items() if not isinstance(facts.get(name), kind)]
    if lacking:
        raise _incomplete(folder, ValueError(f"its manifest lacks {', '.join(lacking)}"))
    return facts


def scenario_of(facts: dict[str, Any], folder: Path) -> Scenario:
    """The scenario a manifest holds.

    Raises
    ------
    UsageError
        if it is none.
    """
    try:
        return Scenario.model_validate(facts["scenario"])
    except ValueError as error:
        raise _incomplete(folder, error) from None


def read(folder: Any) -> Result:
    """A saved result.

    Raises
    ------
    UsageError
        if the folder is not a result folder, is incomplete, or was written in another format.
    """
    import pandas as pd

    path = Path(folder)
    facts = read_manifest(path)
    try:
        tables = {name: pd.read_parquet(path / f"{name}.parquet") for name in TABLES}
        return Result(scenario_of(facts, path), facts["draws"], facts["replicates"], facts["seed"], facts, **tables)
    except (OSError, KeyError, ValueError) as error:
        raise _incomplete(path, error) from None


def _incomplete(folder: Path, error: Exception) -> UsageError:
    return UsageError(
        f"{folder} is not a complete result folder ({type(error).__name__}: {(str(error).splitlines() or [''])[0]})",
        "give a folder that `triangle-sim run ... -o FOLDER` wrote",
    )
