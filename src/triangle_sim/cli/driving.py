"""The command `drivers`: what an outcome hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from triangle_sim.cli import options
from triangle_sim.cli.output import NOT_A_FORECAST, paragraph, print_json, print_rows, rows_of, say, table

if TYPE_CHECKING:
    from triangle_sim.analysis.drivers.drivers import Drivers, UnderTheory

Outcome = Annotated[
    str, typer.Argument(metavar="OUTCOME", help="e.g. us_prk_summit, end_state=bloc, 'mean goodwill[CHN,PRK]'")
]
ScenarioOrBaseline = Annotated[str, typer.Argument(metavar="[SCENARIO]", help="default: baseline", show_default=False)]


def drivers(
    outcome: Outcome,
    scenario: ScenarioOrBaseline = "baseline",
    set_: options.Set = [],  # noqa: B006
    rows: Annotated[int, typer.Option("--rows", help="base rows of Sobol's design, a power of two")] = 512,
    replicates: Annotated[int, typer.Option("--replicates", help="futures of each row")] = 10,
    paths: Annotated[int, typer.Option("--paths", help="paths of Morris's screening")] = 24,
    above: Annotated[
        float | None, typer.Option("--above", help="rules for futures with the outcome above this")
    ] = None,
    below: Annotated[
        float | None, typer.Option("--below", help="rules for futures with the outcome below this")
    ] = None,
    seed: options.Seed = None,
    backend: options.Backend = "auto",
    json: options.Json = False,
    csv: options.Csv = False,
) -> None:
    """What an outcome hangs on: Sobol and Morris indices of what is uncertain, and rules that tell its futures."""
    from triangle_sim.analysis.drivers.drivers import drivers as find
    from triangle_sim.analysis.drivers.target import target_of
    from triangle_sim.cli.loading import load

    loaded = load(scenario, (), set_)
    asked = target_of(outcome, loaded)
    say(
        f"{asked.question}  Sobol: {rows} base rows x {replicates} replicates for groups, again for single numbers; "
        f"Morris: {paths} paths; rules and draws as they are: 500 draws. Each under each theory."
    )
    found = find(outcome, loaded, rows=rows, replicates=replicates, paths=paths, above=above, below=below, seed=seed,
                 backend=backend, tell=say)  # fmt: skip
    if json:
        print_json(as_data(found))
    elif csv:
        frame = found.frame()
        print_rows(list(frame.columns), frame.to_numpy().tolist(), csv=True)
    else:
        print_drivers(found)


def print_drivers(found: Drivers) -> None:
    """The answer, then by theory: groups, single numbers, rules."""
    from triangle_sim.analysis.drivers import told
    from triangle_sim.world.theories import short_name

    for part in told.answer(found):
        paragraph("\n" + part)
    for theory, each in found.by_theory.items():
        print(f"\nIf {short_name(theory)} is right, shares of the variance between draws (Sobol):")
        table(("factor", "alone", "95%", "with all it does together", "95%"), _index_rows(each))
        paragraph(f"Luck makes {each.group.luck:.0%} of the variance of one future. Convergence: {told.settled(each)}.")
        paragraph(told.tied_and_apart(found, each))
        paragraph("\nMoved from its 5th to its 95th percentile, one at a time (Morris):")
        table(("parameter", "mean size", "95%", "direction", "clear of luck"), _screening_rows(found, each))
        paragraph("\nRule (PRIM): " + told.box_rule(found, each.box))
        print("\nRules (tree), measured on draws that had no part in growing it:")
        leaves = [
            (f"{leaf.share:.0%} [{leaf.low:.0%}, {leaf.high:.0%}]", f"{leaf.mass:.0%}", told.leaf_rule(leaf))
            for leaf in each.tree.leaves
        ]
        table((told.interest(found), "of futures", "where"), leaves)
        if each.tree.first:
            name, share = next(iter(each.tree.first.items()))
            paragraph(f"The first split falls on {told.name_words(name)} in {share:.0%} of resamples of draws.")
    print("\nIntervals are 95%, by resampling rows or draws. A model, not a forecast.")
    print("What each method asks, and when to use which: docs/drivers.md")


def _index_rows(each: UnderTheory) -> list[tuple[str, ...]]:
    from triangle_sim.analysis.drivers.drivers import OTHERS
    from triangle_sim.analysis.drivers.told import name_words

    out: list[tuple[str, ...]] = []
    for indices in (each.group.table, each.single.table):
        ordered = indices.sort_values("total", ascending=False, kind="stable")
        for row in rows_of(ordered):
            name = (
                row["factor"] if indices is each.group.table or row["factor"] == OTHERS else name_words(row["factor"])
            )
            spans = [f"[{row[f'{kind}_low']:+.2f}, {row[f'{kind}_high']:+.2f}]" for kind in ("first", "total")]
            out.append((name, f"{row['first']:+.2f}", spans[0], f"{row['total']:+.2f}", spans[1]))
        out.append(("",) * 5)
    return out[:-1]


def _screening_rows(found: Drivers, each: UnderTheory) -> list[tuple[str, ...]]:
    from triangle_sim.analysis.drivers.told import name_words

    def size(value: float) -> str:
        return f"{100 * value:.1f} points" if found.target.share else f"{value:.3g}"

    return [
        (name_words(row["parameter"]), size(row["effect"]), f"[{size(max(row['low'], 0.0))}, {size(row['high'])}]",
         found.target.difference(row["direction"]), "yes" if row["clear"] else "no")
        for row in rows_of(each.screening.head(8))
    ]  # fmt: skip


def as_data(found: Drivers) -> dict[str, Any]:
    """All of it as plain data."""
    from dataclasses import asdict

    from triangle_sim.analysis.drivers import told

    return {
        "outcome": found.target.column,
        "question": found.target.question,
        "scenario": found.scenario.name,
        "scenario_sha256": found.scenario.content_hash(),
        "answer": told.answer(found)[1:],
        "design": dict(found.design),
        "sizes": found.scenario.sizes,
        "independent_marginals": True,
        "which_theory": {"first": found.theory[0], "total": found.theory[1]},
        "theories": {
            theory: {
                "level": {"value": each.level.value, "low": each.level.low, "high": each.level.high},
                "level_with_ties_cut": each.apart,
                "spread_between_draws": each.sd,
                "share_of_luck_in_a_future": each.group.luck,
                "groups": rows_of(each.group.table),
                "parameters": rows_of(each.single.table),
                "convergence": rows_of(each.group.convergence),
                "screening": rows_of(each.screening),
                "draws_as_they_are": rows_of(each.tied),
                "box": None if each.box is None else {**asdict(each.box), "rule": told.box_rule(found, each.box)},
                "tree": [{**asdict(leaf), "rule": told.leaf_rule(leaf)} for leaf in each.tree.leaves],
                "first_split": each.tree.first,
            }
            for theory, each in found.by_theory.items()
        },
        "not_a_forecast": NOT_A_FORECAST,
    }
