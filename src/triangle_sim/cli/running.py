"""The command `run`: the design, the futures, the summary, the result folder."""

from __future__ import annotations

import math
import re
import shlex
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from triangle_sim.cli import options
from triangle_sim.cli.computing import Computing
from triangle_sim.cli.output import print_json, say
from triangle_sim.errors import UsageError
from triangle_sim.names import counted, extent

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result
    from triangle_sim.scenario.schema import Scenario


def run(
    scenario: options.Scenario,
    draws: options.Draws = None,
    replicates: options.Replicates = None,
    seed: options.Seed = None,
    jobs: options.Jobs = "auto",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="result folder; default runs/NAME")] = None,
    set_: options.Set = [],  # noqa: B006
    with_: options.With = [],  # noqa: B006
    part: Annotated[
        str | None, typer.Option("--part", metavar="K/N", help="only part K of N, to be joined by `merge`")
    ] = None,
    backend: options.Backend = "auto",
    precision: options.Precision = "double",
    executor: options.Executor = "processes",
    scheduler: options.Scheduler = None,
    json: options.Json = False,
    until: Annotated[
        float | None,
        typer.Option("--until", metavar="WIDTH", help="more draws until the first answer's interval is so narrow"),
    ] = None,
    no_reference: Annotated[
        bool, typer.Option("--no-reference", help="do not play what the scenario is compared with")
    ] = False,
    no_save: Annotated[bool, typer.Option("--no-save", help="print the summary only")] = False,
    no_figures: options.NoFigures = False,
    force: Annotated[bool, typer.Option("--force", help="replace the result that the folder holds")] = False,
) -> None:
    """Simulate thousands of futures, say how they end and how sure that is, and save tables and pictures."""
    from triangle_sim.cli.loading import design, load
    from triangle_sim.montecarlo.run import run, run_part
    from triangle_sim.scenario.load import load_reference

    computing, share = Computing(jobs, executor, scheduler), _share(part)
    if share and no_save:
        raise UsageError("a part that is not saved is lost", "leave --no-save out")
    loaded = load(scenario, with_, set_)
    d, r, s = design(loaded, draws, replicates, seed)
    reference = None if no_reference else load_reference(loaded, set_)
    if until is not None:
        d = _draws_until(until, loaded, reference, {"draws": d, "replicates": r, "seed": s, "backend": backend}, part)
    source = [scenario, *_given("--with", with_), *_given("--set", set_)]
    words = ["triangle-sim", "run", *source, f"--draws={d}", f"--replicates={r}", f"--seed={s}"]
    words += [f"--backend={backend}"] if backend != "auto" else []
    words += [f"--precision={precision}"] if precision != "double" else []
    words += [f"--part={part}"] if part else []
    words += ["--no-reference"] if no_reference else []
    asked: dict[str, Any] = {"draws": d, "replicates": r, "seed": s, "backend": backend, "precision": precision}
    asked |= {"command": shlex.join(words), "reference": reference}
    folder = output or Path("runs") / (loaded.name + ("-{}-of-{}".format(*share) if share else ""))
    say(loaded.title or loaded.name)
    if reference is not None:
        say(f"compared with {reference.name}, on the same worlds")
        if (reference.world, reference.start) != (loaded.world, loaded.start):
            say(f"note: {reference.name} starts from another world ({reference.world}): not the same futures")
    say(
        f"1 scenario x {extent(d, r)} = {counted(d * r, 'future')} of {counted(loaded.quarters, 'quarter')} "
        f"from {loaded.start}, seed {s}" + (f", of which part {part}" if share else "")
    )
    began = time.perf_counter()
    with computing.options(loaded.name, d * r) as how:
        if share:
            run_part(loaded, share, folder, force=force, **asked, **how)
            say(f"Saved in {folder}.\nNext, when all parts are made: triangle-sim merge DIR... -o OUT")
            return
        result = run(loaded, folder=None if no_save else folder, force=force, **asked, **how)
    took = time.perf_counter() - began
    finish(result, None if no_save else folder, json, not no_figures)
    say(f"\n{counted(d * r, 'future')} in {took:.1f} s.")
    if not no_save:
        say(f"Saved in {folder}" + ("." if no_figures else f", pictures in {folder / 'figures'}."))
    chosen = [] if seed is None else [f"--seed={seed}"]
    told = [*source, *chosen] if no_save else [str(folder)]
    which = ["--run", "0.0"] if loaded.run is None else []
    following = shlex.join(["triangle-sim", "story", *told, *which]) + "   (one future in words)"
    if not (with_ and no_save):  # `compare` takes no --with
        first = str(folder / "scenario.yaml") if with_ else "trump_win" if scenario == "baseline" else scenario
        again = ["triangle-sim", "compare", first, "baseline", *_given("--set", set_), *chosen]
        following += ", " + shlex.join(again)
    say("Next: " + following)


def _share(part: str | None) -> tuple[int, int] | None:
    """``--part``: which of how many. Raises UsageError if it is no such thing."""
    if part is None:
        return None
    found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", part)
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise UsageError(f"--part {part}: not a part", "give which of how many, e.g. --part 1/4")
    return int(found[1]), int(found[2])


def _draws_until(
    width: float, scenario: Scenario, reference: Scenario | None, design: dict[str, Any], part: str | None
) -> int:
    """How many draws ``--until`` takes, told step by step."""
    from triangle_sim.analysis.answers.against import answerable
    from triangle_sim.analysis.answers.answers import kind
    from triangle_sim.analysis.answers.until import draws_until, told
    from triangle_sim.world.theories import short_name

    if not 0 < width < math.inf:
        raise UsageError(f"--until {width:g}: not a width", "give more than 0: points for a share, else the unit")
    if part:
        raise UsageError("--until chooses the design, and parts must share one", "run it whole, or give --draws")
    asked = answerable(scenario)
    unit = "points" if asked and kind(asked[0].column) == "share" else ""
    steps = draws_until(width, scenario, reference, **design, tell=lambda step: say(told(step, short_name, unit)))
    if not steps[-1].reaches(width):
        say(f"note: no more draws are compared, and the interval is wider than {width:g}")
    return steps[-1].draws


def _given(option: str, values: list[str]) -> list[str]:
    return [word for value in values for word in (option, value)]


def finish(result: Result, folder: Path | None, json: bool, figures: bool) -> None:
    """Draw the pictures of a finished folder, if they are wanted, and print the summary."""
    from triangle_sim.analysis.answers.against import keep
    from triangle_sim.cli.summary import as_data, print_summary

    try:
        if folder is not None:
            keep(result, folder)
            if figures:
                _draw(result, folder)
        print_json(as_data(result)) if json else print_summary(result)
        sys.stdout.flush()
    except KeyboardInterrupt:
        if folder is None:
            raise
        raise KeyboardInterrupt(f"interrupted; all futures are saved in {folder}") from None
    except OSError as error:
        if folder is None or error.filename or isinstance(error, BrokenPipeError):
            raise
        raise OSError(error.errno, f"{error.strerror}; all futures are saved in {folder}", "standard output") from None


def _draw(result: Result, folder: Path) -> None:
    """All pictures, or those that were there before; other files beside them are the user's, and stay."""
    from triangle_sim.montecarlo.folder import contents
    from triangle_sim.montecarlo.folder.journal import resume_command
    from triangle_sim.plots.pictures import save_pictures

    try:
        drawn = save_pictures(result, folder / contents.NEW_FIGURES)
        contents.remove(folder, contents.pictures(folder))
        (folder / contents.FIGURES).mkdir(exist_ok=True)
        for path in drawn:
            path.rename(folder / contents.FIGURES / path.name)
    except OSError as error:
        what = f"{error.strerror or error}; all futures are saved, the pictures are not; draw them with: "
        raise OSError(error.errno, what + resume_command(folder), str(folder)) from None
    finally:
        contents.remove(folder, contents.pictures(folder, contents.NEW_FIGURES))
