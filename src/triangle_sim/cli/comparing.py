"""The command `compare`: the same worlds under several scenarios, or in saved results."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from triangle_sim.cli import options
from triangle_sim.cli.computing import Computing
from triangle_sim.cli.output import note, print_json, print_rows, say
from triangle_sim.errors import UsageError
from triangle_sim.names import counted, extent

if TYPE_CHECKING:
    from triangle_sim.analysis.compare.compare import Comparison

CSV, MARKDOWN, JSON = "comparison.csv", "comparison.md", "comparison.json"


def compare(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="A B [C...]", help="scenarios or result folders; the last is the reference"),
    ],
    draws: options.Draws = None,
    replicates: options.Replicates = None,
    seed: options.Seed = None,
    jobs: options.Jobs = "auto",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="save tables and pictures in a folder")] = None,
    set_: options.Set = [],  # noqa: B006
    backend: options.Backend = "auto",
    precision: options.Precision = "double",
    outcome: options.Outcomes = [],  # noqa: B006
    json: options.Json = False,
    csv: options.Csv = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="print everything as Markdown")] = False,
) -> None:
    """What differs between scenarios, or saved results, and what does not: each against the last one."""
    computing = Computing(jobs)
    if len(sources) < 2:
        other = "baseline" if sources[0] != "baseline" else "trump_win"
        raise UsageError("compare needs at least two scenarios", f"e.g. triangle-sim compare {sources[0]} {other}")
    if json + csv + markdown > 1:
        raise UsageError("--json, --csv and --markdown exclude each other", "choose one; -o saves all three")
    given = {"draws": draws, "replicates": replicates, "seed": seed}
    with _new_folder(output):
        comparison = _compared(sources, given, set_, outcome, computing, {"backend": backend, "precision": precision})
        if output is not None:
            words = [*sources, *(f"--{name}={value}" for name, value in given.items() if value is not None)]
            words += [word for value in set_ for word in ("--set", value)]
            words += [word for value in outcome for word in ("--outcome", value)]
            _save(comparison, output, shlex.join(["triangle-sim", "compare", *words]))
    if json:
        print_json(as_data(comparison))
    elif csv:
        frame = comparison.to_frame()
        print_rows(list(frame.columns), frame.to_numpy().tolist(), csv=True)
    else:
        from triangle_sim.analysis.compare.shown import markdown as as_markdown
        from triangle_sim.analysis.compare.shown import text

        print(as_markdown(comparison) if markdown else text(comparison, _width()))
    if json or csv:
        for each in comparison.notes:
            note(each)
    if output is not None:
        say(f"Saved in {output}.")


@contextmanager
def _new_folder(path: Path | None) -> Iterator[None]:
    """Make a folder before the work, so that a place that cannot be written is told first; none is left empty."""
    if path is None:
        yield
        return
    from triangle_sim.montecarlo.folder.writing import check_target

    check_target(path)
    try:
        path.mkdir(parents=True)
    except OSError as error:
        message = f"cannot write to {path}: {error.strerror}"
        raise UsageError(message, "choose another place with -o; nothing was run") from None
    try:
        yield
    except BaseException:
        with suppress(OSError):
            path.rmdir()
        raise


def _compared(
    sources: list[str],
    given: dict[str, int | None],
    set_: list[str],
    outcomes: list[str],
    computing: Computing,
    how: dict[str, Any],
) -> Comparison:
    from triangle_sim.analysis.compare.compare import checked, comparison, design_of, is_folder
    from triangle_sim.cli.loading import design, load
    from triangle_sim.montecarlo.result import Result, read
    from triangle_sim.montecarlo.run import run

    wanted = checked(outcomes)
    found = [read(source) if is_folder(source) else load(source, (), set_) for source in sources]
    played = [each for each in found if not isinstance(each, Result)]
    asked: dict[str, Any] = design_of(found, **given)
    if set_ and not played:
        raise UsageError("--set changes a scenario, not a finished result", "give a scenario, or leave it out")
    results = []
    if played:
        d, r, _ = design(played[-1], asked["draws"], asked["replicates"], asked["seed"])
        say(f"{counted(len(played), 'scenario')} x {extent(d, r)} = {counted(len(played) * d * r, 'future')}")
    for each in found:
        if isinstance(each, Result):
            results.append(each)
            continue
        with computing.options(each.name, d * r) as options_:
            results.append(run(each, **asked, **how, **options_))
    return comparison(results, wanted, sources)


def _width() -> int:
    if not sys.stdout.isatty():
        return 120
    from rich.console import Console

    return max(60, min(Console().width, 120))


def as_data(comparison: Comparison) -> dict[str, Any]:
    """A comparison as plain data; what is missing or infinite is null."""
    from triangle_sim.analysis.compare.words import MODEL, parts

    def rows(frame: Any) -> list[dict[str, Any]]:
        finite = frame.replace([float("inf"), float("-inf")], float("nan"))
        return [{str(key): value for key, value in row.items()} for row in finite.to_dict("records")]

    return {
        "scenarios": [
            {"name": each.name, "title": each.title, "scenario_sha256": result.manifest["scenario_sha256"],
             "draws": len(each.theory), "replicates": each.replicates, "seed": each.seed}
            for each, result in zip(comparison.futures, comparison.results, strict=True)
        ],
        "answers": {one.name: part.answer for one, part in zip(comparison.others, parts(comparison), strict=True)},
        "endings": rows(comparison.endings()),
        "outcomes": rows(comparison.contrasts()),
        "looks": comparison.looks,
        "notes": list(comparison.notes),
        "not_a_forecast": MODEL,
    }  # fmt: skip


def _save(comparison: Comparison, folder: Path, command: str) -> None:
    """Tables and pictures in a folder."""
    import json

    from triangle_sim.analysis.compare.shown import markdown
    from triangle_sim.cli.output import plain
    from triangle_sim.plots.base import NotInResultError
    from triangle_sim.plots.dumbbell import dumbbell
    from triangle_sim.plots.pictures import recipe, save
    from triangle_sim.plots.ridgeline import ridgeline

    comparison.to_frame().to_csv(folder / CSV, index=False)
    (folder / MARKDOWN).write_text(markdown(comparison), encoding="utf-8")
    data = json.dumps(plain(as_data(comparison)), indent=2, ensure_ascii=False, allow_nan=False)
    (folder / JSON).write_text(data + "\n", encoding="utf-8")
    stated = recipe(comparison.results[-1], command) | {"scenario": ", ".join(each.name for each in comparison.futures)}
    for name, draw in (("dumbbell", dumbbell), ("ridgeline", ridgeline)):
        with suppress(NotInResultError):  # nothing to draw
            save(draw(comparison), folder / f"{name}.png", stated)
