"""The command `signs`: what to watch for, to tell how a future will end."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Annotated, Any

import typer

from triangle_sim.cli import options
from triangle_sim.cli.output import per_cent, print_json, print_rows, rows_of, say, table
from triangle_sim.wording import in_words

if TYPE_CHECKING:
    from triangle_sim.analysis.signs import Signs

WIDTH, WORDS = 118, 58
"""Characters of a line, and of a sign in a table."""
LITTLE = 0.1
"""Less of the base rate's error taken away is called little."""


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
    from triangle_sim.analysis import signs as analysis
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
    from triangle_sim.analysis.signs import ALL
    from triangle_sim.world.theories import short_name

    for line in answer(found):
        print("\n".join(textwrap.wrap(line, WIDTH)))
    theories = [name for name in dict.fromkeys(found.table["theory"]) if name != ALL]
    for ending in map(str, dict.fromkeys(found.table["ending"])):
        base = found.base[ending]
        print(f"\n{_plain(ending)}: {per_cent(base)} of futures; {per_cent(found.start[ending])} of starts look so")
        shown = []
        for row in rows_of(found.of(ending)):
            by_theory = [found.of(ending, name).set_index("sign").loc[row["sign"], "then"] for name in theories]
            interval = f"{row['then']:.0%} [{row['then_low']:.0%}, {row['then_high']:.0%}]"
            lead = "-" if row["lead"] != row["lead"] else f"{row['lead']:.0f}"
            words = textwrap.shorten(row["words"], WORDS, placeholder=" ...") + ("" if row["holds"] else " (?)")
            shown.append((words, interval, *(f"{each:.0%}" for each in by_theory), f"{row['hits']:.0%}",
                          f"{row['false_alarms']:.0%}", lead))  # fmt: skip
        authors = [short_name(name) for name in theories]
        table((f"within {found.within} quarters", "then it ends so", *authors, "hits", "alarms", "lead"), shown)
    print()
    for line in reading(found):
        print("\n".join(textwrap.wrap(line, WIDTH)))


def answer(found: Signs) -> list[str]:
    """What can be known after the time in all, and the clearest sign there is."""
    from triangle_sim.analysis.signs import ALL

    first = f"What, within {found.within} quarters, tells how '{found.scenario.title or found.scenario.name}' will end?"
    known = {name: value for name, value in found.skill.items() if value == value}
    lines = [first]
    if known:
        best = max(known, key=lambda name: known[name])
        judged = "Little" if known[best] < LITTLE else "Something"
        lines[0] += (
            f" {judged}: all moves, meetings and events in sight, weighed together, take {max(known[best], 0):.0%} off "
            f"the squared error of the base rate for {_plain(best)}, and less for every other ending."
        )
    holding = [row for row in rows_of(found.table) if row["theory"] == ALL and row["holds"]]
    if not holding:
        return [*lines, "No single sign holds in the worlds that did not choose it."]
    row = max(holding, key=lambda each: float(each["gain_low"] / each["base"]))
    lines.append(
        f"The sign that changes the odds most: {row['words']}. {_plain(row['ending']).capitalize()} then comes in "
        f"{per_cent(row['then'])} [{row['then_low']:.1%}, {row['then_high']:.1%}] of futures instead of "
        f"{per_cent(row['base'])}."
    )
    return lines


def reading(found: Signs) -> list[str]:
    """How to read the tables, and what is left out."""
    lines = []
    if found.rare:
        lines.append(f"Too rare to say: {', '.join(map(_plain, found.rare))}.")
    lines.append(
        "Hits are the futures with the ending that show the sign, alarms those without it that show it; lead is the "
        "median number of quarters from the sign to when a future looks like its ending for good, where that is still "
        "to come. (?) marks a sign whose gain over the base rate may be nothing. All numbers are from draws that had "
        "no part in choosing; intervals are 95%, over draws. A sign need not be a cause. A model, not a forecast."
    )
    return lines


def _plain(name: str) -> str:
    return in_words(name)


def _data(found: Signs) -> dict[str, Any]:
    return {
        "scenario": found.scenario.name,
        "scenario_sha256": found.scenario.content_hash(),
        "within": found.within,
        "draws": found.draws,
        "replicates": found.replicates,
        "seed": found.seed,
        "base": found.base,
        "start": found.start,
        "skill": found.skill,
        "too_rare": list(found.rare),
        "signs": rows_of(found.table),
        "not_a_forecast": "A model, not a forecast.",
    }
