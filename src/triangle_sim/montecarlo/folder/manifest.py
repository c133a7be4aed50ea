"""The manifest: what it takes to make a result again, and to know whether it was made the same way."""

from __future__ import annotations

import hashlib
import platform
import shlex
from functools import lru_cache
from importlib import metadata
from typing import TYPE_CHECKING, Any

from triangle_sim.backends.requirements import LIBRARIES, PRECISIONS, need
from triangle_sim.names import counted, extent
from triangle_sim.resources import PACKAGE, data_dir

if TYPE_CHECKING:  # `--version` reads this module and nothing else
    from triangle_sim.montecarlo.blocks import Region
    from triangle_sim.montecarlo.design import Design
    from triangle_sim.scenario.schema import Scenario

FORMAT = 2
"""Version of the result folder's layout."""

_FACTS = {
    "scenario": dict,
    "scenario_sha256": str,
    "draws": int,
    "replicates": int,
    "seed": int,
    "runs": int,
    "backend": str,
    "precision": str,
    "model_sha256": str,
    "triangle_sim": str,
    "status": str,
    "regions": list,
    "versions": dict,
}
"""What a manifest must hold for its runs to be told, and for the folder to be gone on with."""
_CHOICES = {"status": ("running", "complete"), "backend": tuple(LIBRARIES), "precision": PRECISIONS}
_NOT_MODEL = ("cli", "plots", "analysis", "app")
_LIBRARIES = ("mesa", "numpy", "scipy", "pydantic", "pyarrow")


def manifest(
    scenario: Scenario, design: Design, regions: list[Region], part: tuple[int, int] | None = None
) -> dict[str, Any]:
    """Scenario after ``extends``, its hash, the design and how it is cut, what computes it, versions and platform."""
    need(design.backend)
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
        "versions": {name: metadata.version(name) for name in (*_LIBRARIES, *LIBRARIES[design.backend])},
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "not_a_forecast": "A model, not a forecast: it shows what follows from which argument, how sure, and why.",
    }
    return facts if part is None else facts | {"part": list(part)}


def sound(facts: dict[str, Any]) -> None:
    """See that a manifest that was read holds a design that can be, cut into blocks without gap or overlap.

    Raises
    ------
    ValueError
        with what is wrong.
    """
    from triangle_sim.montecarlo.blocks import Region

    lacking = [name for name, kind in _FACTS.items() if not isinstance(facts.get(name), kind)]
    lacking += [name for name in ("draws", "replicates", "seed", "runs") if isinstance(facts.get(name), bool)]
    if lacking:
        raise ValueError(f"its manifest lacks {', '.join(lacking)}")
    d, r, part, command = facts["draws"], facts["replicates"], facts.get("part"), facts.get("command", "")
    if d < 1 or r < 1 or facts["runs"] != d * r:
        raise ValueError(f"its manifest says {counted(facts['runs'], 'run')} of {extent(d, r)}")
    if not 0 <= facts["seed"] < 2**64:
        raise ValueError(f"its manifest has the seed {facts['seed']}")
    for name, known in _CHOICES.items():
        if facts[name] not in known:
            raise ValueError(f"its manifest has the {name} '{facts[name]}'")
    if part is not None and not (
        isinstance(part, list) and [type(k) for k in part] == [int, int] and 1 <= part[0] <= part[1]
    ):
        raise ValueError(f"its manifest says part {part}")
    if not isinstance(command, str) or not isinstance(facts["scenario"].get("name"), str):
        raise ValueError("its manifest has a command or a scenario that is none")
    shlex.split(command)
    draws = replicates = 0  # what the regions so far hold: a rectangle, made larger by each
    for region in map(Region.read, facts["regions"]):
        if region.replicates[0] == replicates and region.draws == (0, draws or region.draws[1]):
            draws, replicates = region.draws[1], region.replicates[1]
        elif region.draws[0] == draws and region.replicates == (0, replicates):
            draws = region.draws[1]
        else:
            draws = 0
            break
    if (draws, replicates) != (d, r):
        raise ValueError(f"the blocks in its manifest are not those of {extent(d, r)}")


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
    from triangle_sim.scenario.show.diff import difference
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
