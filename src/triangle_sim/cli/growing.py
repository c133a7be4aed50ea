"""The commands `resume`, `extend` and `merge`: result folders finished, mended, made larger, joined."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from triangle_sim.cli import options
from triangle_sim.cli.computing import Computing
from triangle_sim.cli.output import note, progress, say
from triangle_sim.cli.running import finish
from triangle_sim.names import counted, extent


def resume(
    folder: options.Folder,
    jobs: options.Jobs = "auto",
    executor: options.Executor = "processes",
    scheduler: options.Scheduler = None,
    json: options.Json = False,
    no_figures: options.NoFigures = False,
) -> None:
    """Finish an interrupted run, or mend a damaged folder: what is missing is computed, what is there is kept."""
    from triangle_sim.montecarlo.folder.manifest import read_manifest
    from triangle_sim.montecarlo.run import resume

    computing = Computing(jobs, executor, scheduler)
    _complete(folder, read_manifest(folder), computing, lambda **how: resume(folder, **how))
    _end(folder, json, not no_figures)


def extend(
    folder: options.Folder,
    draws: Annotated[int | None, typer.Option(help="how many draws there shall be in all")] = None,
    replicates: Annotated[int | None, typer.Option(help="how many replicates there shall be in all")] = None,
    jobs: options.Jobs = "auto",
    executor: options.Executor = "processes",
    scheduler: options.Scheduler = None,
    json: options.Json = False,
    no_figures: options.NoFigures = False,
) -> None:
    """Add draws or replicates to a finished run; what is there is kept."""
    from triangle_sim.cli.loading import within_reason
    from triangle_sim.montecarlo.folder.manifest import read_manifest
    from triangle_sim.montecarlo.grow import extend

    computing, facts = Computing(jobs, executor, scheduler), read_manifest(folder)
    d, r = within_reason(draws, replicates, facts)
    larger = facts | {"draws": d, "replicates": r}
    _complete(folder, larger, computing, lambda **how: extend(folder, draws=draws, replicates=replicates, **how))
    _end(folder, json, not no_figures)


def merge(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR...", help="folders made by `run --part`")],
    output: Annotated[Path, typer.Option("-o", "--output", help="result folder to make")],
    json: options.Json = False,
    no_figures: options.NoFigures = False,
) -> None:
    """Join the parts of a run that several machines have made."""
    from triangle_sim.montecarlo.folder.manifest import read_manifest
    from triangle_sim.montecarlo.grow import merge

    with progress(str(output), read_manifest(folders[0])["runs"]) as tick:
        merge(folders, output, progress=tick, tell=note)
    _end(output, json, not no_figures)


def _complete(folder: Path, facts: dict[str, Any], computing: Computing, work: Callable[..., Path]) -> None:
    say(f"{folder}: {facts['scenario']['name']}, {extent(facts['draws'], facts['replicates'])}")
    with computing.options(str(folder), facts["draws"] * facts["replicates"]) as how:
        work(**how)


def _end(folder: Path, json: bool, figures: bool) -> None:
    from triangle_sim.montecarlo.folder.manifest import read_manifest
    from triangle_sim.montecarlo.result import read

    facts = read_manifest(folder)
    if facts.get("part"):
        say(f"{folder} is complete. Next, when all parts are made: triangle-sim merge DIR... -o OUT")
        return
    finish(read(folder), folder, json, figures)
    are = "is" if facts["runs"] == 1 else "are"
    say(f"\n{counted(facts['runs'], 'future')} {are} saved in {folder}" + (", pictures too." if figures else "."))
