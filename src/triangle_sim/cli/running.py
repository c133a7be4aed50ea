"""The command `run`: the design, the futures, the summary, the result folder."""

from __future__ import annotations

import re
import shlex
import shutil
import threading
import time
from contextlib import nullcontext
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triangle_sim.cli.exits import say_if_interrupted, told_if_interrupted
from triangle_sim.cli.output import print_json, say
from triangle_sim.errors import UsageError
from triangle_sim.names import counted, extent

if TYPE_CHECKING:
    from triangle_sim.cli.executors import Computing
    from triangle_sim.montecarlo.design import Design
    from triangle_sim.montecarlo.result import Result
    from triangle_sim.plots.studio import Studio


@dataclass(frozen=True)
class Asked:
    """What the command line asked for; the pictures state it so that anybody can ask again."""

    scenario: str
    with_: tuple[str, ...]
    set_: tuple[str, ...]
    draws: int | None
    replicates: int | None
    seed: int | None
    part: str | None = None
    backend: str = "numpy"
    precision: str = "double"

    def command(self, design: Design) -> str:
        """The command that makes this result again."""
        words = ["triangle-sim", "run", self.scenario, *_given("--with", self.with_), *_given("--set", self.set_)]
        words += [f"--draws={design.draws}", f"--replicates={design.replicates}", f"--seed={design.seed}"]
        words += [f"--backend={self.backend}"] if self.backend != "numpy" else []
        words += [f"--precision={self.precision}"] if self.precision != "double" else []
        words += [f"--part={self.part}"] if self.part else []
        return shlex.join(words)

    def share(self) -> tuple[int, int] | None:
        """``--part``: which of how many.

        Raises
        ------
        UsageError
            if it is no such thing.
        """
        if self.part is None:
            return None
        found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", self.part)
        if found is None or not 1 <= int(found[1]) <= int(found[2]):
            raise UsageError(f"--part {self.part}: not a part", "give which of how many, e.g. --part 1/4")
        return int(found[1]), int(found[2])


def run_scenario(
    asked: Asked, computing: Computing, output: Path | None, json: bool, save: bool, figures: bool
) -> None:
    """Run, summarise, save."""
    share = asked.share()
    if share and not save:
        raise UsageError("a part that is not saved is lost", "leave --no-save out")
    runs = asked.draws * asked.replicates if asked.draws and asked.replicates else None
    computing.expect(runs)
    with computing.studio(runs) if save and figures and not share else nullcontext() as studio:
        _run(asked, share, computing, output, json, save, studio)


def _run(
    asked: Asked,
    share: tuple[int, int] | None,
    computing: Computing,
    output: Path | None,
    json: bool,
    save: bool,
    studio: Studio | None,
) -> None:
    from triangle_sim.cli.loading import design, load
    from triangle_sim.cli.progress import progress
    from triangle_sim.montecarlo.design import designed
    from triangle_sim.montecarlo.run import check_folder, facts_of, run, run_part

    scenario = load(asked.scenario, asked.with_, asked.set_)
    numbers = design(scenario, asked.draws, asked.replicates, asked.seed)
    plan = designed(scenario, *numbers, asked.backend, asked.precision)[1]
    part = "-{}-of-{}".format(*share) if share else ""
    folder = output or Path("runs") / (scenario.name + part)
    if save:
        check_folder(folder, facts_of(scenario, plan, share))
    say(f"{scenario.title or scenario.name}: {scenario.question}".rstrip(": "))
    say(
        f"1 scenario x {extent(plan.draws, plan.replicates)} = {counted(plan.runs, 'future')} "
        f"of {counted(scenario.quarters, 'quarter')} from {scenario.start}, seed {plan.seed}"
        + (f", of which part {asked.part}" if share else "")
    )
    began = time.perf_counter()
    options: dict[str, Any] = {"draws": plan.draws, "replicates": plan.replicates, "seed": plan.seed}
    options |= {"backend": plan.backend, "precision": plan.precision, "jobs": 1}
    kept = {"folder": folder, "command": asked.command(plan), "tell": note} if save else {}
    with (
        told_if_interrupted(),
        computing.started(plan.runs) as executor,
        progress(scenario.name, plan.runs) as tick,
    ):
        if executor is not None and not share and (studio is None or studio.here):
            # While others compute it has nothing else to do; where others draw too, it can do this then.
            threading.Thread(target=_import_what_comes_next, args=(studio is not None,)).start()
        options |= {"executor": executor, "progress": tick} | kept
        if share:
            run_part(scenario, share, **options)
            say(f"Saved in {folder}.\nNext, when all parts are made: triangle-sim merge DIR... -o OUT")
            return
        result: Result = run(scenario, **options)
    took = time.perf_counter() - began
    if save:
        finish(result, folder, json, studio)
    else:
        result.manifest["command"] = asked.command(plan)
        tell_summary(result, json)
    say(f"\n{counted(plan.runs, 'future')} in {took:.1f} s.")
    if save:
        say(f"Saved in {folder}" + (f", pictures in {folder / 'figures'}." if studio else "."))
    say("Next: " + _next(asked, folder, save))


def _import_what_comes_next(figures: bool) -> None:
    for name in ("triangle_sim.analysis.summary", "rich.table", *(["triangle_sim.plots.pictures"] if figures else [])):
        import_module(name)


def note(text: str) -> None:
    """Something the user should know."""
    say(f"note: {text}")


def finish(result: Result, folder: Path, json: bool, studio: Studio | None) -> None:
    """Draw the pictures of a finished folder, if there is a place to, and print the summary."""
    say_if_interrupted(f"interrupted; all futures are saved in {folder}")
    if studio is not None:
        _draw(result, folder, studio)
    tell_summary(result, json)


def tell_summary(result: Result, json: bool) -> None:
    """Print the summary."""
    from triangle_sim.cli.summary import as_data, print_summary

    if json:
        print_json(as_data(result))
    else:
        print_summary(result)


def _be_ready_to_tell(result: Result) -> None:
    """Most of what the summary takes: imports, and one pass over the runs."""
    from triangle_sim.analysis.by_draw import SUMMARY, by_draw

    _import_what_comes_next(figures=False)
    by_draw(result, SUMMARY)


def _draw(result: Result, folder: Path, studio: Studio) -> None:
    """All pictures, or those that were there before."""
    from triangle_sim.montecarlo.folder.stored import resume

    part, figures = folder / ".figures.part", folder / "figures"
    try:
        studio.save(result, part, result.manifest.get("command"), meanwhile=lambda: _be_ready_to_tell(result))
        shutil.rmtree(figures, ignore_errors=True)
        part.rename(figures)
    except OSError as error:
        what = f"{error.strerror or error}; all futures are saved, the pictures are not; draw them with: "
        raise OSError(error.errno, what + resume(folder), str(folder)) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _next(asked: Asked, folder: Path, saved: bool) -> str:
    """What to look at now: one of these very futures, and these against the baseline."""
    with_, set_ = _given("--with", asked.with_), _given("--set", asked.set_)
    seed = [] if asked.seed is None else [f"--seed={asked.seed}"]
    source = [str(folder)] if saved else [asked.scenario, *with_, *set_, *seed]
    told = shlex.join(["triangle-sim", "story", *source, "--run", "0.0"]) + "   (one future in words)"
    if with_ and not saved:  # `compare` takes no --with
        return told
    other = "trump_win" if asked.scenario == "baseline" else asked.scenario
    first = str(folder / "scenario.yaml") if with_ else other
    return f"{told}, {shlex.join(['triangle-sim', 'compare', first, 'baseline', *set_, *seed])}"


def _given(option: str, values: tuple[str, ...]) -> list[str]:
    return [word for value in values for word in (option, value)]
