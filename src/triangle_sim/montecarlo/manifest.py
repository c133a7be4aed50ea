"""The manifest: what it takes to make a result again, and to know whether it was made the same way."""

from __future__ import annotations

import hashlib
import platform
from functools import lru_cache
from importlib import metadata
from typing import TYPE_CHECKING, Any

from triangle_sim.resources import PACKAGE, data_dir

if TYPE_CHECKING:  # `--version` reads this module and nothing else
    from triangle_sim.montecarlo.cells import Region
    from triangle_sim.montecarlo.design import Design
    from triangle_sim.scenario.schema import Scenario

FORMAT = 2
"""Version of the result folder's layout."""

_NOT_MODEL = ("cli", "plots", "analysis", "app")
_LIBRARIES = ("mesa", "numpy", "scipy", "pydantic", "pyarrow")


def manifest(
    scenario: Scenario, design: Design, regions: list[Region], part: tuple[int, int] | None = None
) -> dict[str, Any]:
    """Scenario after ``extends``, its hash, the design and how it is cut, what computes it, versions and platform."""
    libraries = (*_LIBRARIES, "jax", "jaxlib") if design.backend == "jax" else _LIBRARIES
    facts = {
        "format": FORMAT,
        "status": "running",
        "scenario": scenario.data(),
        "scenario_sha256": scenario.content_hash(),
        "draws": design.draws,
        "replicates": design.replicates,
        "seed": design.seed,
        "runs": design.runs,
        "regions": [region.data() for region in regions],
        "backend": design.backend,
        "precision": design.precision,
        "triangle_sim": version(),
        "model_sha256": model_hash(),
        "versions": {name: metadata.version(name) for name in libraries},
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "not_a_forecast": "A model, not a forecast: it shows what follows from which argument, how sure, and why.",
    }
    return facts if part is None else facts | {"part": list(part)}


def differences(there: dict[str, Any], here: dict[str, Any]) -> list[str]:
    """Why two manifests' blocks must not be mixed, one readable reason each; none if they may be."""
    reasons = []
    if there["scenario_sha256"] != here["scenario_sha256"]:
        reasons.append("the scenario differs: " + _scenario_differences(there["scenario"], here["scenario"]))
    for name in ("seed", "draws", "replicates", "backend", "precision"):
        if there.get(name) != here.get(name):
            reasons.append(f"{name} {there.get(name)} against {here.get(name)}")
    if there["model_sha256"] != here["model_sha256"]:
        reasons.append(
            f"made by another version of the model ({there['triangle_sim']}, code {there['model_sha256'][:12]}) "
            f"against {here['triangle_sim']}, code {here['model_sha256'][:12]}"
        )
    if not reasons and there["regions"] != here["regions"]:
        reasons.append("the same runs cut into other blocks")
    if there.get("part") != here.get("part"):
        reasons.append(f"{_part(there)} against {_part(here)}")
    return reasons


def _part(facts: dict[str, Any]) -> str:
    return "part {} of {}".format(*facts["part"]) if facts.get("part") else "the whole design"


def _scenario_differences(there: dict[str, Any], here: dict[str, Any]) -> str:
    from triangle_sim.scenario.diff import difference
    from triangle_sim.scenario.schema import DESIGN, Scenario

    rows = difference(Scenario.model_validate(there), Scenario.model_validate(here))
    told = [f"{row.key} {row.a} against {row.b}" for row in rows if row.key not in (*DESIGN, "name")]
    return ", ".join(told[:3]) + (f", and {len(told) - 3} more" if len(told) > 3 else "")


def drift(there: dict[str, Any], here: dict[str, Any]) -> list[str]:
    """What may change the last digits of blocks computed here: other libraries, another Python, another platform."""
    pairs = [(name, there["versions"].get(name), new) for name, new in here["versions"].items()]
    pairs += [(name, there.get(name), here[name]) for name in ("python", "platform")]
    return [f"{name} {old} then, {new} now" for name, old, new in pairs if old != new]


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
