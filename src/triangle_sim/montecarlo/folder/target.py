"""Where a result may be written, and a new folder for it."""

from __future__ import annotations

import errno
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.folder import contents
from triangle_sim.montecarlo.folder.journal import write_whole
from triangle_sim.montecarlo.folder.manifest import LARGEST, dump
from triangle_sim.montecarlo.folder.scenario_file import text_of
from triangle_sim.regular_files import read_regular
from triangle_sim.scenario.schema import Scenario


def is_result(folder: Path) -> bool:
    """Whether a folder holds a result, of this version or another."""
    try:
        facts = json.loads(read_regular(folder / contents.MANIFEST, LARGEST))
        return isinstance(facts["format"], int) and isinstance(facts["triangle_sim"], str)
    except (OSError, KeyError, TypeError, ValueError, RecursionError):
        return False


def check_target(folder: Path, other: str = "remove it first") -> None:
    """Refuse a folder that is there already, with a UsageError."""
    if folder.is_dir():
        raise UsageError(f"{folder} exists already", f"choose another name with -o, or {other}; nothing was run")
    if folder.exists() or folder.is_symlink():
        raise UsageError(f"{folder} is a file, not a folder", "choose another name with -o; nothing was run")


def create(path: Path, facts: dict[str, Any], scenario: Scenario) -> None:
    """Let a folder appear that holds its manifest and scenario already.

    Raises UsageError if it cannot be made, or OSError if it cannot be filled; nothing is left behind.
    """
    parent = path.absolute().parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".triangle-sim-", dir=parent))
    except OSError as error:
        message = f"cannot write to {path}: {error.strerror}"
        raise UsageError(message, "choose another place with -o; nothing was run") from None
    with _all_or_nothing(path, work):
        for kind in contents.KINDS:
            (work / kind).mkdir()
        write_whole(work / contents.SCENARIO, text_of(scenario, facts))
        write_whole(work / contents.MANIFEST, dump(facts))
        work.chmod(0o755)
        os.rename(work, path)


@contextmanager
def new_folder(path: Path, facts: dict[str, Any], scenario: Scenario) -> Iterator[None]:
    """A new folder to fill with a finished result. Raises as :func:`check_target` and :func:`create` do."""
    check_target(path)
    create(path, facts | {"status": "running"}, scenario)
    with _all_or_nothing(path, path):
        yield


@contextmanager
def _all_or_nothing(path: Path, work: Path) -> Iterator[None]:
    """Whatever stops the work, nothing is left of it; an error of the system says what to do about it."""
    try:
        yield
    except BaseException as error:
        contents.remove_result(work)
        if not isinstance(error, OSError):
            raise
        if error.errno in (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR):
            message = f"{path} exists already: another process has just made it"
            raise UsageError(message, "choose another name; nothing was run") from None
        what = f"could not be saved: {error.strerror or error}; free some space or choose another place with -o"
        raise OSError(error.errno, what, str(path)) from None
