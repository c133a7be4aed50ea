"""The command `takes`: the smallest change that takes an outcome across a level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from triangle_sim.cli import options
from triangle_sim.cli.driving import Outcome, ScenarioOrBaseline
from triangle_sim.cli.output import paragraph, print_json, print_rows, say, stated
from triangle_sim.errors import UsageError, quote

if TYPE_CHECKING:
    from triangle_sim.analysis.drivers.takes import Takes

_COLUMNS = ("theory", "kind", "change", "name", "sds", "before", "after", "sources", "granted_by", "distance", "value",
            "low", "high", "crosses")  # fmt: skip


def takes(
    outcome: Outcome,
    side: Annotated[str, typer.Argument(metavar="above|below")],
    level: Annotated[float, typer.Argument(metavar="X", help="a share of futures as 0.5, or a level of the outcome")],
    scenario: ScenarioOrBaseline = "baseline",
    set_: options.Set = [],  # noqa: B006
    draws: Annotated[int, typer.Option("--draws", help="draws of each level that is played")] = 400,
    replicates: Annotated[int, typer.Option("--replicates", help="futures of each draw")] = 10,
    seed: options.Seed = None,
    backend: options.Backend = "auto",
    json: options.Json = False,
    csv: options.Csv = False,
) -> None:
    """The smallest change of sizes or facts that makes it so, and whether the author would grant it."""
    from triangle_sim.analysis.drivers.takes import takes as find
    from triangle_sim.analysis.drivers.target import target_of
    from triangle_sim.cli.loading import load

    if side not in ("above", "below"):
        raise UsageError(f"{quote(side)}: neither above nor below", f"e.g. triangle-sim takes {outcome} above 0.5")
    loaded = load(scenario, (), set_)
    target_of(outcome, loaded)
    say(f"{loaded.title or loaded.name}: levels of {draws} draws x {replicates} replicates, verified on fresh luck")
    asked = {side: level}
    found = find(outcome, loaded, draws=draws, replicates=replicates, seed=seed, backend=backend, tell=say, **asked)
    if json:
        print_json({"outcome": outcome, side: level, **stated(found.scenario, **found.design), **_answer(found),
                    "changes": [dict(zip(_COLUMNS, row, strict=True)) for row in rows(found)]})  # fmt: skip
    elif csv:
        print_rows(_COLUMNS, rows(found), csv=True)
    else:
        print_takes(found)


def _answer(found: Takes) -> dict[str, Any]:
    from triangle_sim.analysis.drivers import told_takes

    now = {theory: {"value": each.level.value, "low": each.level.low, "high": each.level.high}
           for theory, each in found.by_theory.items()}  # fmt: skip
    return {"question": told_takes.question(found), "answer": told_takes.answer(found), "now": now,
            "claims": told_takes.cited(found)}  # fmt: skip


def print_takes(found: Takes) -> None:
    """The answer, every change by theory, and what the claims say that they cite."""
    from triangle_sim.analysis.drivers import told_takes as told
    from triangle_sim.world.theories import short_name

    for part in (told.question(found), *told.answer(found)):
        paragraph("\n" + part)
    for theory, each in found.by_theory.items():
        if not each.changes and not each.facts:
            continue
        print(f"\nIf {short_name(theory)} is right:")
        for change in each.changes:
            sizes = f"{len(change.parts)} size{'s' * (len(change.parts) > 1)}"
            head = f"{sizes}, {change.distance:.1f} prior sd: {told.span(found, change.level)}"
            head += "" if change.crosses else ", which is not enough"
            _bullet(f"{head}, with {told.change_words(change, False)}. {told.grant(theory, change)}")
        for fact in each.facts:
            enough = "" if fact.crosses else ", which is not enough"
            facts = "facts" if len(fact.settings) > 1 else "fact"
            _bullet(f"{facts}: {told.span(found, fact.level)}{enough}, with {told.fact_words(fact)}.")
    if claims := told.cited(found):
        print("\nWhat they say (A, B: the articles; H: the record; more with `triangle-sim claims ID`)")
        for id_, said in claims.items():
            paragraph(f"{id_:<4} {said}", "  ", "       ")
    print("\nLevels are played with luck that had no part in the search. Sizes move in every draw; from and to are the")
    print("middles of the draws. Intervals are 95%, over draws.")
    print("A model, not a forecast: it says what would have to be argued, not what will come.")


def _bullet(text: str) -> None:
    paragraph(text, "- ", "  ")


def rows(found: Takes) -> list[tuple[Any, ...]]:
    """Every size and fact of every change, one row each."""
    out: list[tuple[Any, ...]] = []
    for theory, each in found.by_theory.items():
        for number, change in enumerate(each.changes, 1):
            level = (change.level.value, change.level.low, change.level.high, change.crosses)
            for part in change.parts:
                out.append((theory, "size", number, part.parameter, part.sds, part.before, part.after,
                            " ".join(part.sources), " ".join(part.granted), change.distance, *level))  # fmt: skip
        for number, fact in enumerate(each.facts, len(each.changes) + 1):
            level = (fact.level.value, fact.level.low, fact.level.high, fact.crosses)
            for key, now, value in fact.settings:
                out.append((theory, "fact", number, key, None, now, value, "", "", None, *level))
    return out
