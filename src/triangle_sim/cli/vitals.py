"""The command `vitals`: is the world alive?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from triangle_sim.cli import options
from triangle_sim.cli.computing import Computing
from triangle_sim.cli.output import per_cent, print_json, say, table
from triangle_sim.names import extent
from triangle_sim.wording import in_words

BOUND, RARE, COMMON = 0.05, 0.001, 0.9
"""Shares beyond which a line is marked: quarters at a bound, quarters in which a move is played."""


def vitals(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="a bundled name or a path")] = "baseline",
    draws: options.Draws = 200,
    replicates: options.Replicates = 5,
    seed: options.Seed = None,
    jobs: options.Jobs = "auto",
    json: options.Json = False,
) -> None:
    """Is the world alive? The share of values at a bound, and how often each move is played."""
    from triangle_sim.cli.loading import design, load
    from triangle_sim.montecarlo.run import run
    from triangle_sim.montecarlo.tables import of_theory

    computing, loaded = Computing(jobs), load(scenario)
    d, r, s = design(loaded, draws, replicates, seed)
    with computing.options(loaded.name, d * r) as how:
        result: Any = run(loaded, draws=d, replicates=r, seed=s, **how)
    bounds: Any = of_theory(result.bounds).sort_values("share", ascending=False, kind="stable")
    moves: Any = of_theory(result.moves).groupby(["country", "move"], sort=True)["share"].mean().reset_index()
    if json:
        print_json({"bounds": bounds.to_dict("records"), "moves": moves.to_dict("records")})
        return
    table(
        ("variable", "quarters within 2% of a bound", ""),
        [
            (r.variable, per_cent(r.share), REASONS.get(r.variable, "!") if r.share > BOUND else "")
            for r in bounds.itertuples()
        ],
    )
    print()
    disabled = {(code, move) for code, menu in result.scenario.moves.disable.items() for move in menu}
    rows = [
        (
            result.prepared.cast[result.prepared.codes.index(r.country)].label,
            in_words(r.move),
            "disabled" if (r.country, r.move) in disabled else per_cent(r.share),
            "!" if (r.country, r.move) not in disabled and not RARE < r.share < COMMON else "",
        )
        for r in moves.itertuples()
    ]
    table(("country", "move", "share of quarters", ""), rows)
    say(f"\n{extent(result.draws, result.replicates)}. '!' marks what should have a reason and has none.")


REASONS: dict[str, str] = {
    "us_prk_dialogue": "near 0 by nature: no talks is where it rests",
    "technology_to_prk": "near 0 by nature: nothing flows unless Moscow sends it",
    "arms_to_russia": "near 0 by nature: nothing flows unless Pyongyang ships it",
    "nuclear_missile_capability": "near 0 by nature in a world before the bomb",
    "rok_russia_cooperation": "near 0 by nature in a world before relations",
}
