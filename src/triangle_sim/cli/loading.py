"""Loading a scenario for a command: checked against the model, warnings on stderr."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from triangle_sim.cli.output import note, say
from triangle_sim.errors import ScenarioError, UsageError, render
from triangle_sim.names import extent
from triangle_sim.scenario.load import check
from triangle_sim.scenario.schema import Scenario
from triangle_sim.scenario.show.describe import sizes_of_voices


def load(reference: str, with_: Sequence[str] = (), set_: Sequence[str] = ()) -> Scenario:
    """A scenario ready to run; warnings are printed, errors raised."""
    found = check(reference, with_=with_, set_=set_)
    if found.scenario is None:
        raise ScenarioError(found.errors)
    if found.warnings:
        say(render(found.warnings))
    for each in sizes_of_voices(found.scenario):
        note(each)
    return found.scenario


def design(scenario: Scenario, draws: int | None, replicates: int | None, seed: int | None) -> tuple[int, int, int]:
    """Draws, replicates and seed: what was asked, else the scenario's. Raises UsageError for what cannot be run."""
    d, r = within_reason(draws, replicates, {"draws": scenario.draws, "replicates": scenario.replicates})
    if seed is not None and not 0 <= seed < 2**63:
        raise UsageError(f"--seed {seed} is out of range", "give a whole number from 0 to 2**63 - 1")
    return d, r, scenario.seed if seed is None else seed


def within_reason(draws: int | None, replicates: int | None, otherwise: Mapping[str, int]) -> tuple[int, int]:
    """Draws and replicates that can be run: what was asked, else what is there. Raises UsageError."""
    for name, value in (("--draws", draws), ("--replicates", replicates)):
        if value is not None and value < 1:
            raise UsageError(f"{name} {value}: a run needs at least 1", f"for a quick look: {name} 20")
    d, r = draws or otherwise["draws"], replicates or otherwise["replicates"]
    if d * r > 50_000_000:
        raise UsageError(f"{extent(d, r)} are {d * r:,} runs", "ask for at most 50,000,000")
    return d, r
