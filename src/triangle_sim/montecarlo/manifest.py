"""The manifest: what it takes to make a result again, and to know whether it was made the same way."""

from __future__ import annotations

import hashlib
import platform
from functools import lru_cache
from importlib import metadata
from typing import TYPE_CHECKING, Any

from triangle_sim.resources import PACKAGE, data_dir

if TYPE_CHECKING:  # `--version` reads this module and nothing else
    from triangle_sim.montecarlo.block import Design
    from triangle_sim.scenario.schema import Scenario

FORMAT = 1
"""Version of the result folder's layout."""

_NOT_MODEL = ("cli", "plots", "analysis", "app")


def manifest(scenario: Scenario, design: Design) -> dict[str, Any]:
    """Scenario after ``extends``, its hash, the design, and the versions and platform that bits depend on."""
    return {
        "format": FORMAT,
        "scenario": scenario.data(),
        "scenario_sha256": scenario.content_hash(),
        "draws": design.draws,
        "replicates": design.replicates,
        "seed": design.seed,
        "runs": design.runs,
        "triangle_sim": version(),
        "model_sha256": model_hash(),
        "versions": {name: metadata.version(name) for name in ("mesa", "numpy", "scipy", "pydantic")},
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "not_a_forecast": "A model, not a forecast: it shows what follows from which argument, how sure, and why.",
    }


def version() -> str:
    """The installed version of this package; that of the source in a bare checkout."""
    try:
        return metadata.version("triangle-sim")
    except metadata.PackageNotFoundError:
        return "0+source"


@lru_cache(maxsize=1)
def model_hash() -> str:
    """SHA-256 over the code and seeds that results depend on, so that two manifests tell whether they may be mixed."""
    digest = hashlib.sha256()
    sources = sorted(
        path
        for path in PACKAGE.rglob("*.py")
        if path.relative_to(PACKAGE).parts[0].removesuffix(".py") not in _NOT_MODEL
    )
    seeds = sorted(data_dir("seeds").rglob("*.yaml"))
    for base, paths in ((PACKAGE, sources), (data_dir("seeds"), seeds)):
        for path in paths:
            digest.update(path.relative_to(base).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
