"""Writing a scenario's page as a file, in place of an earlier page of ours alone."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.result import read
from triangle_sim.regular_files import read_regular
from triangle_sim.scenario.schema import Scenario
from triangle_sim.web.pack import pack
from triangle_sim.web.single import MARK, page

LARGEST = 2**24
"""Bytes of the largest file that is looked at for whether it is a page of ours."""


def share(scenario: Scenario, target: Path) -> int:
    """Write the page of a scenario; its size in bytes.

    Raises
    ------
    UsageError
        where the file cannot be written, or is there and is no page of ours; nothing is changed then.
    """
    refuse(target)
    data = page(pack(scenario)).encode()
    part = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise UsageError(f"cannot write {target}: {error.strerror}", "choose another place with -o") from None
    return len(data)


def refuse(target: Path) -> None:
    """Raises UsageError if something of that name is there that is not a page of ours."""
    if not (target.exists() or target.is_symlink()):
        return
    try:
        ours = MARK.encode() in read_regular(target, LARGEST)[:4096]
    except OSError:
        ours = False
    if not ours or target.is_symlink():
        raise UsageError(f"{target} exists and is no page of triangle-sim", "choose another name with -o")


def scenario_of_result(folder: Path) -> Scenario:
    """The scenario of a saved result, with its seed: draw d, replicate r of the page is run d.r of the result.

    Raises
    ------
    UsageError
        for a folder that holds no result, or one whose parameters were given as a table.
    """
    result = read(folder)
    if result.given() is not None:
        raise UsageError(f"{folder} was made with a table of parameters, which a page does not hold",
                         "give the scenario instead of the folder")  # fmt: skip
    return result.scenario.with_(seed=result.seed, name=result.scenario.name)
