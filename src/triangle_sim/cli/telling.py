"""The command `story`: one future in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from triangle_sim.cli import options
from triangle_sim.cli.output import print_json, say
from triangle_sim.errors import UsageError
from triangle_sim.names import did_you_mean

if TYPE_CHECKING:
    from triangle_sim.analysis.futures import Choice


def story(
    source: Annotated[str, typer.Argument(metavar="DIR|SCENARIO", help="a result folder, or a scenario")],
    run: Annotated[
        str | None, typer.Option("--run", metavar="D.R", help="draw and replicate, e.g. 37.4; default 0.0, or the "
                                 "one that a saved game was played in")] = None,
    where: Annotated[
        list[str],
        typer.Option("--where", metavar="CONDITION", help="the first future with us_prk_summit, 'not nuclear_test', "
                     "end_state=bloc, 'technology_gained>3', theory=NAME; all of several")] = [],  # noqa: B006
    typical: Annotated[
        str | None, typer.Option("--typical", metavar="ENDING", help="the future in the middle of those ending so")
    ] = None,
    digest: Annotated[bool, typer.Option("--digest", help="in ten lines: start, turning points, end, claims")] = False,
    draws: options.Draws = None,
    replicates: options.Replicates = None,
    seed: options.Seed = None,
    with_: options.With = [],  # noqa: B006
    set_: options.Set = [],  # noqa: B006
    json: options.Json = False,
) -> None:  # fmt: skip
    """One future, quarter by quarter, in words: every move with its reasons and the claims behind them."""
    from triangle_sim.cli.loading import design
    from triangle_sim.story.tell import tell

    searched = bool(where) or typical is not None
    if run is not None and searched:
        raise UsageError("--run names a future; --where and --typical look for one", "give the one or the other")
    if not searched and (draws is not None or replicates is not None):
        raise UsageError("--draws and --replicates say among how many futures to look", "add --where or --typical")
    choice = _choice(source, where, typical, draws, replicates, seed, with_, set_) if searched else None
    asked = choice.run if choice else None if run is None else address(run)
    scenario, chosen, given, (draw, replicate) = _source(source, with_, set_, asked)
    if seed is not None:
        design(scenario, None, None, seed)
    told: Any = tell(scenario, seed=chosen if seed is None else seed, draw=draw, replicate=replicate, parameters=given)
    if json:
        print_json({**({"chosen": _chosen(choice)} if choice else {}), **_data(told, digest)})
        return
    if digest:
        from triangle_sim.analysis.digest import digest as in_brief

        told = in_brief(told)
    print(f"{choice}\n\n{told}" if choice else told)


def address(run: str) -> tuple[int, int]:
    """Draw and replicate of a run that is given as `37.4`. Raises UsageError for anything else."""
    address = re.fullmatch(r"(\d{1,9})\.(\d{1,9})", run)
    if address is None:
        raise UsageError(f"--run {run}: not the address of a run", "give draw and replicate, e.g. --run 37.4")
    return int(address[1]), int(address[2])


def _choice(source: str, where: list[str], typical: str | None, draws: int | None, replicates: int | None,
            seed: int | None, with_: list[str], set_: list[str]) -> Choice:  # fmt: skip
    """The future that is looked for, in a result folder or among as many futures as a scenario asks for."""
    from triangle_sim.analysis.futures import choose, condition
    from triangle_sim.cli.loading import design, load
    from triangle_sim.names import counted
    from triangle_sim.outcomes.end_state import ENDINGS
    from triangle_sim.world.theories import theory_names

    if typical is not None and typical not in ENDINGS:
        raise UsageError(f"--typical {typical}: no such ending", did_you_mean(typical, ENDINGS, "endings"))
    folder = Path(source).is_dir()
    if folder and not (draws is None and replicates is None and seed is None):
        raise UsageError(f"{source} is a result folder: its futures are there", "leave the design and --seed out")
    wanted = [condition(text, theory_names()) for text in where]
    if folder:
        from triangle_sim.montecarlo.result import read

        return choose(read(source), wanted, typical)
    from triangle_sim.cli.computing import Computing
    from triangle_sim.montecarlo.run import run as run_futures

    loaded = load(source, with_, set_)
    d, r, s = design(loaded, draws, replicates, seed)
    say(f"looking among {counted(d * r, 'future')} of {loaded.name}, seed {s}")
    with Computing().options(loaded.name, d * r) as how:
        return choose(run_futures(loaded, draws=d, replicates=r, seed=s, **how), wanted, typical)


def _chosen(choice: Choice) -> dict[str, Any]:
    return {
        "run": "{}.{}".format(*choice.run),
        "how": choice.how,
        "with": choice.told,
        "matches": choice.matches,
        "futures": choice.runs,
        "others": ["{}.{}".format(*run) for run in choice.others],
    }


def _source(
    source: str, with_: list[str], set_: list[str], asked: tuple[int, int] | None
) -> tuple[Any, int, Any, tuple[int, int]]:
    """What is told: the scenario, its seed, the parameters it was given, and which run of it."""
    if Path(source).is_dir():
        from triangle_sim.montecarlo.blocks import spanned
        from triangle_sim.montecarlo.folder.given import read_given
        from triangle_sim.montecarlo.folder.manifest import again, read_manifest, same_sizes, scenario_of
        from triangle_sim.montecarlo.versions import model_hash

        if with_ or set_:
            raise UsageError("--set and --with change a scenario, not a finished result", "give the scenario instead")
        facts = read_manifest(Path(source))
        if asked and not _holds(facts, asked):
            raise UsageError(
                f"--run {asked[0]}.{asked[1]}: {source} has {spanned('draw', (0, facts['draws']))} "
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
        usual = scenario.shown if _holds(facts, scenario.shown) else (0, 0)
        return scenario, facts["seed"], read_given(Path(source), facts), asked or usual
    from triangle_sim.cli.loading import load

    scenario = load(source, with_, set_)
    return scenario, scenario.seed, None, asked or scenario.shown


def _holds(facts: Mapping[str, Any], run: tuple[int, int]) -> bool:
    """Whether a result folder has a run."""
    return bool(run[0] < facts["draws"] and run[1] < facts["replicates"])


def _data(story: Any, brief: bool) -> dict[str, Any]:
    from dataclasses import asdict

    from triangle_sim.claims.words import linked

    head = {
        "scenario": story.scenario.name,
        "seed": story.seed,
        "draw": story.draw,
        "replicate": story.replicate,
        "theory": story.theory,
        "claims": linked(story.cited, None),
    }
    if brief:
        from triangle_sim.analysis.digest import digest

        return head | {"digest": asdict(digest(story))}
    return head | {"chapters": [asdict(chapter) for chapter in story.chapters]}
