"""The manifest: what it takes to make a result again, and to know whether it was made the same way."""

from __future__ import annotations

import hashlib
import json
import platform
import shlex
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from triangle_sim.backends.backend import BACKENDS
from triangle_sim.errors import UsageError, quote
from triangle_sim.montecarlo import versions
from triangle_sim.montecarlo.blocks import Cell, Region, cells_of
from triangle_sim.montecarlo.design import MOST_RUNS, Design, sizes_hash
from triangle_sim.montecarlo.folder.contents import FORMAT, GIVEN, MANIFEST
from triangle_sim.montecarlo.versions import LIBRARIES, model_hash, version
from triangle_sim.names import counted, extent
from triangle_sim.regular_files import read_regular
from triangle_sim.scenario.schema import DESIGN, Scenario
from triangle_sim.scenario.show.diff import difference
from triangle_sim.uncertainty import Table

LARGEST = 2**25
"""Bytes of the largest manifest that is read."""
MOST_BLOCKS = 200_000
"""Blocks that a manifest asks for at most: 50,000 files of parameters are the most of one design, and a folder that was
extended many times has small blocks."""

_Number = Annotated[int, Field(ge=0, lt=2**64)]
_Count = Annotated[int, Field(ge=1, le=MOST_RUNS)]


class _Region(BaseModel):
    model_config = ConfigDict(strict=True)
    draws: tuple[_Number, _Count]
    replicates: tuple[_Number, _Count]
    block: _Count


class _Manifest(BaseModel):
    """What a manifest must hold for its runs to be told, and for the folder to be completed."""

    model_config = ConfigDict(strict=True)
    scenario: dict[str, Any]
    scenario_sha256: str
    draws: _Count
    replicates: _Count
    seed: _Number
    runs: _Count
    backend: str
    precision: str
    model_sha256: str
    triangle_sim: str
    status: Literal["running", "complete"]
    regions: Annotated[list[_Region], Field(max_length=MOST_BLOCKS)]
    versions: dict[str, str]
    python: str
    platform: str
    part: tuple[_Count, _Count] | None = None
    command: str = ""
    sizes: str = "judgement"
    sizes_sha256: str | None = None
    parameters_sha256: str | None = None
    reference: dict[str, Any] | None = None


def manifest(
    scenario: Scenario,
    design: Design,
    part: Sequence[int] | None = None,
    command: str | None = None,
    table: Table | None = None,
    reference: Scenario | None = None,
) -> dict[str, Any]:
    """The manifest of a run that has not begun: the scenario after ``extends``, its hash, the design and how it is cut,
    what computes it, versions and platform; where sizes come from, what parameters were given, and what it is compared
    with."""
    facts = {
        "format": FORMAT,
        "status": "running",
        "scenario": scenario.data(),
        "scenario_sha256": scenario.content_hash(),
        "draws": design.draws,
        "replicates": design.replicates,
        "seed": design.seed,
        "runs": design.runs,
        "regions": [Region.of((0, design.draws), (0, design.replicates)).data()],
        "backend": design.backend,
        "precision": design.precision,
        "sizes": scenario.sizes,
        "triangle_sim": version(),
        "model_sha256": model_hash(),
        "versions": {name: metadata.version(name) for name in (*LIBRARIES, *BACKENDS[design.backend].libraries)},
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "not_a_forecast": "A model, not a forecast: it shows what follows from which argument, how sure, and why.",
    }
    given: dict[str, Any] = {"part": part and list(part), "command": command}
    given["reference"] = reference and reference.data()
    given |= {"sizes_sha256": sizes_hash(scenario), "parameters_sha256": None if table is None else table.sha256}
    return facts | {key: value for key, value in given.items() if value is not None}


def dump(facts: dict[str, Any]) -> bytes:
    """The manifest as it is written."""
    return (json.dumps(facts, indent=2, ensure_ascii=False) + "\n").encode()


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
        raise _incomplete(folder, ValueError("its scenario is not the one that was run"))
    return scenario


def reference_of(facts: dict[str, Any]) -> Scenario | None:
    """The scenario that a run is compared with; None where there is none, or none that this version can read."""
    try:
        return None if facts.get("reference") is None else Scenario.model_validate(facts["reference"])
    except ValueError:
        return None


def _incomplete(folder: Path, error: Exception) -> UsageError:
    """An error about a folder that cannot be mended."""
    first = (str(getattr(error, "strerror", None) or error).splitlines() or [""])[0]
    reason = f"lacks {first}" if isinstance(error, KeyError) else first
    return UsageError(
        f"{folder} is not a complete result folder: {MANIFEST}: {reason}",
        "give a folder that `triangle-sim run ... -o FOLDER` wrote",
    )


def parse(data: bytes) -> dict[str, Any]:
    """A manifest that was written. Raises ValueError for one that holds no design cut into blocks."""
    try:
        found = _Manifest.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise ValueError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    facts: dict[str, Any] = json.loads(data)
    if found.runs != found.draws * found.replicates:
        raise ValueError(f"its manifest says {counted(found.runs, 'run')} of {extent(found.draws, found.replicates)}")
    if found.backend not in BACKENDS or found.precision not in BACKENDS[found.backend].precisions:
        raise ValueError(f"its manifest has the backend '{found.backend}' in {found.precision} precision")
    if found.part is not None and found.part[0] > found.part[1]:
        raise ValueError(f"its manifest says part {found.part}")
    if not isinstance(found.scenario.get("name"), str):
        raise ValueError("its manifest has a scenario without a name")
    shlex.split(found.command)
    _must_tile(facts)
    return facts


def _must_tile(facts: dict[str, Any]) -> None:
    """See that the regions make up the design: a rectangle that each makes larger."""
    draws = replicates = blocks = 0
    for region in map(Region.read, facts["regions"]):
        (d0, d1), (r0, r1) = region.draws, region.replicates
        more_replicates = r0 == replicates < r1 and d0 == 0 and d1 == (draws or d1)
        more_draws = d0 == draws < d1 and (r0, r1) == (0, replicates)
        if not (more_replicates or more_draws):
            draws = 0
            break
        draws, replicates, blocks = d1, r1, blocks + region.count()
    if (draws, replicates) != (facts["draws"], facts["replicates"]):
        design = extent(facts["draws"], facts["replicates"])
        raise ValueError(f"the blocks in its manifest are not those of {design}")
    if blocks > MOST_BLOCKS:
        raise ValueError(f"its manifest asks for {blocks:,} blocks, at most {MOST_BLOCKS:,} are read")


def cells_in(facts: dict[str, Any]) -> list[Cell]:
    """The blocks that a manifest asks for."""
    return cells_of([Region.read(region) for region in facts["regions"]], facts.get("part"))


def origin(facts: dict[str, Any]) -> str:
    """What all blocks of a run have in common, as 16 hexadecimal digits: blocks of another origin are not taken."""
    parts = ("scenario_sha256", "seed", "backend", "precision", "model_sha256")
    more = [[name, facts[name]] for name in ("sizes_sha256", "parameters_sha256") if facts.get(name)]
    return hashlib.sha256(json.dumps([*(facts[name] for name in parts), *more]).encode()).hexdigest()[:16]


def differences(there: dict[str, Any], here: dict[str, Any]) -> list[str]:
    """Why two manifests' blocks must not be mixed, one readable reason each; none if they may be."""
    reasons = []
    if there["scenario_sha256"] != here["scenario_sha256"]:
        reasons.append("the scenario differs: " + _scenario_differences(there["scenario"], here["scenario"]))
    for name in ("seed", "draws", "replicates", "backend", "precision"):
        if there[name] != here[name]:
            reasons.append(f"{name} {there[name]} against {here[name]}")
    if there.get("sizes_sha256") != here.get("sizes_sha256"):
        reasons.append("the sizes fitted to the record differ")
    if there.get("parameters_sha256") != here.get("parameters_sha256"):
        reasons.append("the parameters given for the draws differ")
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
    rows = difference(Scenario.model_validate(there), Scenario.model_validate(here))
    told = [f"{row.key} {row.a} against {row.b}" for row in rows if row.key not in (*DESIGN, "name")]
    return ", ".join(told[:3]) + (f", and {len(told) - 3} more" if len(told) > 3 else "")


def same_sizes(scenario: Scenario, facts: dict[str, Any]) -> None:
    """Raises UsageError unless the sizes fitted to the record are those that a run was made with."""
    if facts.get("sizes_sha256") != sizes_hash(scenario):
        message = "the sizes fitted to the record are not those of this result; its runs cannot be replayed"
        raise UsageError(message, "run its scenario.yaml again")


def again(folder: Path, facts: dict[str, Any]) -> str:
    """How to run what a folder holds again."""
    if facts.get("parameters_sha256"):
        return f"run it again in Python, with parameters=pandas.read_parquet({str(folder / GIVEN)!r})"
    return f"run it again: triangle-sim run {folder}/scenario.yaml"


def drift(there: dict[str, Any], here: dict[str, Any]) -> str:
    """What may change the last digits of blocks computed here: other libraries, another Python, another platform."""
    ours, theirs = (
        facts["versions"] | {name: facts[name] for name in ("python", "platform")} for facts in (here, there)
    )
    return versions.differences(ours, theirs)
