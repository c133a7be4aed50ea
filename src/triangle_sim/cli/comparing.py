"""The command `compare`: the same worlds under several scenarios."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from triangle_sim.cli import options
from triangle_sim.cli.computing import Computing
from triangle_sim.cli.output import print_rows, say, table
from triangle_sim.errors import UsageError
from triangle_sim.names import counted, did_you_mean, extent


def compare(
    scenarios: Annotated[
        list[str], typer.Argument(metavar="A B [C...]", help="two or more; the last is the reference")
    ],
    draws: options.Draws = None,
    replicates: options.Replicates = None,
    seed: options.Seed = None,
    jobs: options.Jobs = "auto",
    set_: options.Set = [],  # noqa: B006
    backend: options.Backend = "auto",
    precision: options.Precision = "double",
    outcome: Annotated[list[str], typer.Option("--outcome", help="only these outcomes; can be given again")] = [],  # noqa: B006
    json: options.Json = False,
    csv: options.Csv = False,
) -> None:
    """The same worlds under several scenarios: differences from the last one, with intervals over draws."""
    from triangle_sim.analysis.contrast import contrasts
    from triangle_sim.cli.loading import design, load
    from triangle_sim.montecarlo.run import run
    from triangle_sim.outcomes import OUTCOMES

    computing = Computing(jobs)
    if len(scenarios) < 2:
        raise UsageError("compare needs at least two scenarios", f"e.g. triangle-sim compare {scenarios[0]} baseline")
    for name in outcome:
        if name not in OUTCOMES:
            raise UsageError(f"unknown outcome '{name}'", did_you_mean(name, sorted(OUTCOMES), "outcomes", 30))
        if OUTCOMES[name].kind == "category":
            raise UsageError(f"'{name}' is a category, not a number", "`run` tells how often each category occurs")
    loaded = [load(name, (), set_) for name in scenarios]
    d, r, s = design(loaded[-1], draws, replicates, seed)
    asked: dict[str, Any] = {"draws": d, "replicates": r, "seed": s, "backend": backend, "precision": precision}
    worlds = sorted({(each.world, str(each.start)) for each in loaded})
    if len(worlds) > 1:
        say(f"note: these start from different worlds ({', '.join(w for w, _ in worlds)}): not the same futures")
    say(f"{len(loaded)} scenarios x {extent(d, r)} = {counted(len(loaded) * d * r, 'future')}")
    results = []
    for each in loaded:
        with computing.options(each.name, d * r) as how:
            results.append(run(each, **asked, **how))
    frame = contrasts(results, outcome or None)
    if json or csv:
        print_rows(list(frame.columns), frame.to_numpy().tolist(), json_=json, csv=csv)
    else:
        reference = f"in {results[-1].scenario.name}"
        head = ("scenario", "outcome", "theory", "level", reference, "difference", "95%", "verdict")
        table(head, [_row(row) for row in frame.itertuples()])
        print("\nThe same draws and the same luck in each. Intervals over draws. A model, not a forecast.")


def _row(row: Any) -> tuple[str, ...]:
    numbers = [(row.level_a, ".3f"), (row.level_b, ".3f"), (row.difference, "+.3f")]
    shown = ["-" if value != value else format(value, how) for value, how in numbers]
    if row.difference != row.difference:
        interval = "never in both"
    else:
        interval = "unknown (one draw)" if row.low != row.low else f"[{row.low:+.3f}, {row.high:+.3f}]"
    return row.a, row.outcome, row.theory, *shown, interval, row.verdict
