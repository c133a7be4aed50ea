"""The command `signs`: what to watch for, to tell how a future will end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from triangle_sim.cli import options
from triangle_sim.cli.output import paragraph, print_json, print_rows, rows_of, say, stated, table

if TYPE_CHECKING:
    from triangle_sim.analysis.signs.signs import Signs

WORDS = 58
"""Characters of a sign in a table."""


def signs(
    scenario: Annotated[
        str, typer.Argument(metavar="[SCENARIO]", help="a bundled name (see `list`) or the path of a file")
    ] = "baseline",
    within: Annotated[int, typer.Option("--within", metavar="QUARTERS", help="how long one watches")] = 4,
    ending: Annotated[str | None, typer.Option("--ending", help="this ending alone, e.g. bloc")] = None,
    top: Annotated[int, typer.Option("--top", min=1, max=50, help="signs of each ending")] = 4,
    draws: Annotated[int, typer.Option(min=1, help="samples of theory and parameters, half of them held out")] = 1000,
    replicates: Annotated[int, typer.Option(min=1, help="runs for each draw: luck")] = 10,
    seed: options.Seed = None,
    with_: options.With = [],  # noqa: B006
    set_: options.Set = [],  # noqa: B006
    backend: options.Backend = "auto",
    json: options.Json = False,
    csv: options.Csv = False,
) -> None:
    """What a reader could see within a year that tells how it will end, tested on worlds that did not choose it."""
    from triangle_sim.analysis.signs import signs as analysis
    from triangle_sim.cli.loading import design, load
    from triangle_sim.names import extent

    loaded = load(scenario, with_, set_)
    d, r, s = design(loaded, draws, replicates, seed)
    say(f"{loaded.name}: {extent(d, r)}, half of the draws choose the signs, half test them")
    how: dict[str, Any] = {"ending": ending, "top": top, "draws": d, "replicates": r, "seed": s, "backend": backend}
    found = analysis.signs(loaded, within=within, **how)
    if json:
        print_json(_data(found))
    elif csv:
        print_rows(list(found.table.columns), found.table.to_numpy().tolist(), csv=True)
    else:
        print_signs(found)


def print_signs(found: Signs) -> None:
    """How much can be known in all, then each ending with its signs, and how to read them."""
    from triangle_sim.analysis.signs import words as words

    for line in words.answer(found):
        paragraph(line)
    for rows in words.tables(found, WORDS):
        print(f"\n{rows.title}")
        table(rows.columns, rows.rows)
    print()
    for line in words.reading(found):
        paragraph(line)


def _data(found: Signs) -> dict[str, Any]:
    return {
        **stated(found.scenario, found.draws, found.replicates, found.seed),
        "within": found.within,
        "base": found.base,
        "start": found.start,
        "skill": found.skill,
        "too_rare": list(found.rare),
        "signs": rows_of(found.table),
    }
