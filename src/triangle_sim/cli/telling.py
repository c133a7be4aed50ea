"""The command `story`: one future in words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer

from triangle_sim.cli import options
from triangle_sim.cli.output import print_json, say
from triangle_sim.errors import UsageError


def story(
    source: Annotated[str, typer.Argument(metavar="DIR|SCENARIO", help="a result folder, or a scenario")],
    run: Annotated[str, typer.Option("--run", metavar="D.R", help="draw and replicate, e.g. 37.4")] = "0.0",
    seed: options.Seed = None,
    with_: options.With = [],  # noqa: B006
    set_: options.Set = [],  # noqa: B006
    json: options.Json = False,
) -> None:
    """One future, quarter by quarter, in words: every move with its reasons and the claims behind them."""
    from triangle_sim.cli.loading import design
    from triangle_sim.story.tell import tell

    address = re.fullmatch(r"(\d{1,9})\.(\d{1,9})", run)
    if address is None:
        raise UsageError(f"--run {run}: not the address of a run", "give draw and replicate, e.g. --run 37.4")
    draw, replicate = int(address[1]), int(address[2])
    scenario, chosen, given = _source(source, with_, set_, draw, replicate)
    if seed is not None:
        design(scenario, None, None, seed)
    told = tell(scenario, seed=chosen if seed is None else seed, draw=draw, replicate=replicate, parameters=given)
    if json:
        print_json(_data(told))
    else:
        print(told)


def _source(source: str, with_: list[str], set_: list[str], draw: int, replicate: int) -> tuple[Any, int, Any]:
    if Path(source).is_dir():
        from triangle_sim.montecarlo.blocks import spanned
        from triangle_sim.montecarlo.folder.given import read_given
        from triangle_sim.montecarlo.folder.manifest import again, read_manifest, same_sizes, scenario_of
        from triangle_sim.montecarlo.versions import model_hash

        if with_ or set_:
            raise UsageError("--set and --with change a scenario, not a finished result", "give the scenario instead")
        facts = read_manifest(Path(source))
        if draw >= facts["draws"] or replicate >= facts["replicates"]:
            raise UsageError(
                f"--run {draw}.{replicate}: {source} has {spanned('draw', (0, facts['draws']))} "
                f"and {spanned('replicate', (0, facts['replicates']))}",
                "choose a run within them",
            )
        if facts["model_sha256"] != model_hash():
            raise UsageError(
                f"{source} was made by another version of the model ({facts['triangle_sim']}); "
                "its runs cannot be replayed",
                again(Path(source), facts),
            )
        if facts["precision"] != "double":
            say(
                f"note: {source} was made in {facts['precision']} precision; this tells the future in double, which "
                "may differ where a choice was decided by rounding"
            )
        scenario = scenario_of(facts, Path(source))
        same_sizes(scenario, facts)
        return scenario, facts["seed"], read_given(Path(source), facts)
    from triangle_sim.cli.loading import load

    scenario = load(source, with_, set_)
    return scenario, scenario.seed, None


def _data(story: Any) -> dict[str, Any]:
    from dataclasses import asdict

    from triangle_sim.claims.words import linked

    return {
        "scenario": story.scenario.name,
        "seed": story.seed,
        "draw": story.draw,
        "replicate": story.replicate,
        "theory": story.theory,
        "chapters": [asdict(chapter) for chapter in story.chapters],
        "claims": linked(story.cited, None),
    }
