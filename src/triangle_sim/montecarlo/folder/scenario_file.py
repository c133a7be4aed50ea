"""The scenario file of a result folder: what was run, as a file that runs by itself."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

from triangle_sim.montecarlo.design import Tell
from triangle_sim.montecarlo.folder.contents import GIVEN, SCENARIO
from triangle_sim.montecarlo.folder.journal import write_whole
from triangle_sim.regular_files import read_regular
from triangle_sim.scenario.read.voices import is_path
from triangle_sim.scenario.schema import DESIGN, Scenario
from triangle_sim.scenario.show.dump import dump

LARGEST = 2**22
"""Bytes of the largest scenario file that is compared with what was run."""


def text_of(scenario: Scenario, facts: dict[str, Any]) -> bytes:
    """The scenario with the design of a manifest, which may be another than its own."""
    text = scenario_yaml(scenario.model_copy(update={key: facts[key] for key in DESIGN}))
    if facts.get("parameters_sha256"):
        text = f"# Its draws were given parameters, in {GIVEN}: pass them on, or they are drawn from priors.\n{text}"
    return text.encode()


def scenario_yaml(scenario: Scenario) -> str:
    """The resolved scenario as a file that runs by itself."""
    # A path leads nowhere from another folder; what a result is compared with stands in its manifest.
    if scenario.reference is not None and is_path(scenario.reference):
        scenario = scenario.model_copy(update={"reference": None})
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


def restore(folder: Path, text: bytes, written: bytes, tell: Tell) -> None:
    """Let the scenario file of a folder hold ``text``.

    One that holds neither that nor what the product had ``written`` is the user's: it is kept as
    ``scenario.found.yaml``, ``scenario.found-2.yaml`` or so on.
    """
    file, kept = folder / SCENARIO, ""
    found: bytes | None = b""
    try:
        found = read_regular(file, LARGEST)
    except FileNotFoundError:
        pass
    except OSError:  # far too large, a pipe, a folder
        found = None
    if found == text:
        return
    if found not in (b"", written):
        others = (folder / f"scenario.found{f'-{n}' * (n > 1)}.yaml" for n in count(1))
        other = next(path for path in others if not path.exists() and not path.is_symlink())
        file.rename(other)
        kept = f"; what was there is now {other.name}"
    if found != written:
        tell(f"{file} was not what was run; it was written again{kept}")
    write_whole(file, text)
