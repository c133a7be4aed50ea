"""A game as a scenario file: short where it is a game of a bundled scenario, whole where it is not."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Any

from triangle_sim.errors import UsageError
from triangle_sim.names import counted
from triangle_sim.resources import list_scenarios
from triangle_sim.scenario.load import check, load
from triangle_sim.scenario.schema import Scenario
from triangle_sim.scenario.show.dump import dump


def command(path: Path) -> str:
    """The command that tells the same history again."""
    return f"triangle-sim story {shlex.quote(os.fspath(path))}"


def write(path: Path, base: Scenario, played: Scenario, seed: int, draw: int, replicate: int, turn: int) -> None:
    """Write the ``played`` scenario, ``base`` with its seats, so that reading it gives it back to the last digit.

    What stood in the file is there until the new text is whole. Raises UsageError where it cannot be written.
    """
    head = (
        f"# A game of {base.name}: {counted(turn, 'quarter')} played from {base.start}, "
        f"run {draw}.{replicate}, seed {seed}.\n"
        f"# The same history again:        {command(path)}\n"
        f"# Its moves in many worlds:      triangle-sim run {shlex.quote(os.fspath(path))}\n"
        "# null: what the country's own decision rule plays.\n"
    )
    own = {"title": _title(base), "seed": seed, "run": {"draw": draw, "replicate": replicate}}
    short = {"extends": base.name, **own, "seats": played.data().get("seats", {})}
    whole = played.data() | own
    del whole["name"]  # the file's
    part = path.with_name(path.name + ".part")
    try:
        for data in [short] * is_bundled(base) + [whole]:
            part.write_text(head + _text(data), encoding="utf-8")
            if _is(part, played):
                break
        os.replace(part, path)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}", "choose another place") from None


def _title(base: Scenario) -> str:
    return f"{base.title or base.name}: a game"


def _text(data: dict[str, Any]) -> str:
    """As YAML, the moves of a country on one line."""
    seats, run = data.pop("seats", {}), data.pop("run")
    lines = [f"  {code}: [{', '.join(move or 'null' for move in moves)}]\n" for code, moves in seats.items()]
    shown = f"run: {{draw: {run['draw']}, replicate: {run['replicate']}}}\n"
    return dump(data) + shown + ("seats:\n" + "".join(lines) if lines else "")


def is_bundled(base: Scenario) -> bool:
    """Whether the bundled scenario of its name means the same, so that a file need only extend it."""
    return base.name in list_scenarios() and load(base.name).content_hash() == base.content_hash()


def _is(file: Path, played: Scenario) -> bool:
    """Whether a file says what was played: a scenario of the bundled one's name may lie beside it."""
    found = check(file).scenario
    return found is not None and found.content_hash() == played.content_hash()
