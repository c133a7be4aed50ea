"""The command `why`: which argument makes an outcome what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from triangle_sim.cli import options
from triangle_sim.cli.computing import Computing
from triangle_sim.cli.output import note, paragraph, print_json, print_rows, progress, rows_of, say, stated, table

if TYPE_CHECKING:
    from triangle_sim.analysis.why.why import Why

WORDS = 100
"""Characters of what a row of a table says, which takes two lines."""


def why(
    outcome: Annotated[
        str, typer.Argument(metavar="OUTCOME", help="an outcome, or an ending: us_prk_summit, bloc, technology_gained")
    ],
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO", help="a bundled name (see `list`) or the path of a file")
    ] = "baseline",
    draws: options.Draws = None,
    replicates: options.Replicates = None,
    seed: options.Seed = None,
    top: Annotated[int, typer.Option("--top", min=1, max=1000, help="rows of each kind to show")] = 8,
    kind: Annotated[
        list[str], typer.Option("--kind", help="claim, interest, driver, meeting or event alone; can be given again")
    ] = [],  # noqa: B006
    jobs: Annotated[
        str, typer.Option("-j", "--jobs", help="threads, or auto; the result does not depend on it")
    ] = "auto",
    with_: options.With = [],  # noqa: B006
    set_: options.Set = [],  # noqa: B006
    backend: options.Backend = "auto",
    json: options.Json = False,
    csv: options.Csv = False,
) -> None:
    """Which argument makes it so: every claim, interest, driver, meeting and event switched off alone, same worlds."""
    from triangle_sim.analysis.why import why as analysis
    from triangle_sim.analysis.why.switches import KINDS
    from triangle_sim.cli.loading import design, load
    from triangle_sim.names import extent

    number = None if Computing(jobs).jobs == "auto" else int(jobs)
    loaded = load(scenario, with_, set_)
    d, r, s = design(loaded, draws, replicates, seed)
    say(f"{loaded.name}: {extent(d, r)}, once for each thing that is switched off")
    with progress(f"why {outcome}", d * r) as tick:
        how: dict[str, Any] = {"draws": d, "replicates": r, "seed": s, "backend": backend, "jobs": number}
        found = analysis.why(outcome, loaded, **how, kinds=kind or KINDS, progress=tick, tell=note)
    if json:
        print_json(_data(found))
    elif csv:
        print_rows(list(found.table.columns), found.table.to_numpy().tolist(), csv=True)
    else:
        print_why(found, top)


def print_why(found: Why, top: int) -> None:
    """The answer, a table for each kind, how sure it is, and what cannot be asked."""
    from triangle_sim.analysis.why import words as words

    paragraph("\n".join([words.level(found), *words.owed(found)]), then="  ")
    for kind in words.HEADS:
        _table(found, kind, top)
    print()
    paragraph(words.sure(found), then="  ")
    for reason, names in words.cannot(found).items():
        paragraph(f"{', '.join(names)}: {reason}.", "  ", "    ")
    has_payoff = {"claim", "interest"} & {*found.table["kind"]}
    payoff = "Payoff is the share of a country's payoff, by weight, that goes with what is switched off. "
    paragraph(payoff * bool(has_payoff) + words.NOTE, then="  ")


def _table(found: Why, kind: str, top: int) -> None:
    from triangle_sim.analysis.why import words as words

    heads, cells = words.rows(found, kind, len(found.table), WORDS)
    if not cells:
        return
    print()
    table(heads, cells[:top])
    if len(cells) > top:
        print(f"... and {len(cells) - top} more with smaller differences (--top)")


def _data(found: Why) -> dict[str, object]:
    """Everything, as plain data."""
    return {
        "outcome": found.outcome,
        **stated(found.scenario, found.draws, found.replicates, found.seed),
        "levels": [
            {"theory": theory, "level": each.value, "low": each.low, "high": each.high}
            for theory, each in found.levels.items()
        ],
        "switched_off": rows_of(found.table),
    }
