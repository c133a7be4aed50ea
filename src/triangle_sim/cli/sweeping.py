"""The command `sweep`: outcomes as one or two numbers of a scenario vary."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from triangle_sim.cli import options
from triangle_sim.cli.output import paragraph, print_json, print_rows, rows_of, say, stated, table, writable
from triangle_sim.errors import UsageError, quote
from triangle_sim.names import counted, extent

if TYPE_CHECKING:
    from triangle_sim.analysis.drivers.sweep import Sweep


def sweep(
    scenario: options.Scenario,
    vary: Annotated[
        list[str], typer.Option("--vary", metavar="KEY=A:B:N", help="N values from A to B; twice for a grid")
    ] = [],  # noqa: B006
    outcome: options.Outcomes = [],  # noqa: B006
    threshold: Annotated[
        float | None, typer.Option("--threshold", help="where is it crossed; default 0.5 for what is yes or no")
    ] = None,
    draws: options.Draws = None,
    replicates: options.Replicates = None,
    seed: options.Seed = None,
    set_: options.Set = [],  # noqa: B006
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="DIR", help="save table and picture")] = None,
    backend: options.Backend = "auto",
    json: options.Json = False,
    csv: options.Csv = False,
) -> None:
    """The same worlds as one or two numbers vary: outcomes by value, and where they cross a threshold."""
    from triangle_sim.analysis.drivers.keys import read_range
    from triangle_sim.analysis.drivers.sweep import sweep as play
    from triangle_sim.cli.loading import design, load

    if not vary:
        raise UsageError("--vary is missing: nothing varies", "e.g. --vary events.trump_elected.probability=0:1:6")
    loaded = load(scenario, (), set_)
    ranges = [read_range(text) for text in vary]
    if len(dict(ranges)) < len(ranges):
        raise UsageError(f"--vary {quote(ranges[-1][0])} is given twice", "give one range a key")
    d, r, s = design(loaded, draws, replicates, seed)
    points = 1
    for _, values in ranges:
        points *= len(values)
    futures = counted(points * d * r, "future")
    say(f"{loaded.title or loaded.name}: {counted(points, 'value')} x {extent(d, r)} = {futures}")
    if output is not None:
        writable(output)  # what cannot be written is told before the work
    found = play(loaded, dict(ranges), outcome, threshold=threshold, draws=d, replicates=r, seed=s, backend=backend,
                 tell=say)  # fmt: skip
    frame = found.frame()
    if json:
        print_json({**stated(loaded, d, r, s), "vary": dict(found.values), "values": rows_of(frame),
                    "crossings": [vars(each) for each in found.crossings()]})  # fmt: skip
    elif csv:
        print_rows(list(frame.columns), frame.to_numpy().tolist(), csv=True)
    else:
        _print(found)
    if output is not None:
        words = ["triangle-sim", "sweep", scenario, *(w for text in vary for w in ("--vary", text)),
                 *(w for name in outcome for w in ("--outcome", name)), *(w for text in set_ for w in ("--set", text)),
                 f"--draws={d}", f"--replicates={r}", f"--seed={s}"]  # fmt: skip
        _save(found, output, shlex.join([*words, *([f"--threshold={threshold}"] if threshold is not None else [])]))


def _print(found: Sweep) -> None:
    """The answer, then the table by value."""
    from triangle_sim.analysis.drivers import told_sweep as told
    from triangle_sim.world.theories import short_name

    print()
    for target in found.targets:
        for sentence in told.answer(found, target):
            paragraph(sentence)
    frame = found.frame()
    keys = list(found.values)
    print()
    for target in found.targets:
        print(target.question)
        heads = (*keys, *(f"if {short_name(theory)} is right" for theory in found.theories))
        rows = []
        for at, part in frame[frame.outcome == target.column].groupby(keys, sort=True):
            cells = {row["theory"]: _cell(target, row) for row in rows_of(part)}
            rows.append((*(f"{value:.4g}" for value in at), *(cells[theory] for theory in found.theories)))
        table(heads, rows)
        print()
    print("The same draws and the same luck at every value. Intervals are 95%, over draws. A model, not a forecast.")


def _cell(target: Any, row: dict[str, Any]) -> str:
    return "{} [{}, {}]".format(*(target.number(row[name]) for name in ("value", "low", "high")))


def _save(found: Sweep, folder: Path, command: str) -> None:
    from triangle_sim.montecarlo.versions import version
    from triangle_sim.plots.pictures import save
    from triangle_sim.plots.sweep import sweep_sheet

    found.frame().to_csv(folder / "sweep.csv", index=False)
    recipe = {"command": command, "scenario": found.scenario.name, "scenario_sha256": found.scenario.content_hash(),
              "draws": str(found.theory.size), "replicates": str(found.replicates), "seed": str(found.seed),
              "version": version()}  # fmt: skip
    save(sweep_sheet(found), folder / "sweep.png", recipe)
    say(f"Saved in {folder}: sweep.csv, sweep.png.")
