"""Where the bundled scenarios and seeds lie.

In a checkout (and an editable install of it) they are the folders ``scenarios/`` and ``seeds/`` beside ``src/``; a
wheel carries the same folders as ``triangle_sim/_data/``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from triangle_sim.errors import UsageError, quote
from triangle_sim.names import did_you_mean

PACKAGE = Path(__file__).resolve().parent
_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")


def data_dir(kind: str) -> Path:
    """The folder ``scenarios`` or ``seeds``.

    Raises
    ------
    UsageError
        if the installation lacks it.
    """
    root = PACKAGE.parent.parent
    # A checkout is asked first: a stale copy in src/triangle_sim/_data must not win over the files being edited.
    in_checkout = [root / kind] if PACKAGE.parent.name == "src" else []
    for folder in (*in_checkout, PACKAGE / "_data" / kind):
        if folder.is_dir():
            return folder
    raise UsageError(f"this installation lacks the bundled {kind}", "install it again, or run from a checkout")


def list_scenarios() -> list[str]:
    """Names of the bundled scenarios, in alphabetical order."""
    return sorted(path.stem for path in data_dir("scenarios").glob("*.yaml") if path.is_file())


def scenario_path(name: str) -> Path:
    """The file of a bundled scenario, or of one that replays the record (``scenarios/record``).

    Raises
    ------
    UsageError
        for a name that is not bundled, with the nearest one.
    """
    if _NAME.match(name):
        for folder in (data_dir("scenarios"), data_dir("scenarios") / "record"):
            path = folder / f"{name}.yaml"
            if path.is_file():
                return path
    raise UsageError(f"unknown scenario {quote(name)}", did_you_mean(name, list_scenarios(), "bundled scenarios", 30))


def bundled_as(path: Path) -> str:
    """How a bundled scenario's file is called in messages: ``scenarios/record/record_2012.yaml``."""
    return f"scenarios/{path.relative_to(data_dir('scenarios')).as_posix()}"


def seed_path(*parts: str) -> Path:
    """A file or folder below ``seeds/``: ``seed_path("facts", "2024Q3.yaml")``.

    Raises
    ------
    UsageError
        for a part that is not a plain name, or a path that does not exist, with what lies beside it.
    """
    path = data_dir("seeds")
    for part in parts:
        if not (_NAME.match(part) and (path / part).exists()):
            known = [entry.name for entry in path.glob("*")]
            raise UsageError(f"no {quote(part)} in the bundled {path.name}", did_you_mean(part, known))
        path = path / part
    return path


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_seed(*parts: str) -> Any:
    """The data in a file below ``seeds/``, e.g. ``read_seed("facts", "2024Q3.yaml")``."""
    return read_yaml(seed_path(*parts))


def read_yaml(path: Path) -> Any:
    """The data in a bundled YAML file."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
