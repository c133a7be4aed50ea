"""Reading the seeds: the data the model grows from.

The files are ours and ship with the package, so the fast loader serves; a test holds its result against the strict
loader that scenario files go through, so that no YAML 1.1 surprise can hide in them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from triangle_sim.resources import seed_path

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_seed(*parts: str) -> Any:
    """The data in a file below ``seeds/``, e.g. ``read_seed("facts", "2024Q3.yaml")``."""
    return read_yaml(seed_path(*parts))


def read_yaml(path: Path) -> Any:
    """The data in a bundled YAML file."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
