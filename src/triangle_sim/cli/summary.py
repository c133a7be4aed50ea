"""The summary of a result: as tables on stdout, or as plain data."""

from __future__ import annotations

from typing import Any

from triangle_sim.analysis.answer_words import NOTE, answers_as_data, endings_by_theory, level_of, sure, words, wrapped
from triangle_sim.analysis.answers.against import against
from triangle_sim.analysis.answers.answers import kind
from triangle_sim.analysis.by_draw import SUMMARY, by_draw
from triangle_sim.analysis.intervals import Estimate
from triangle_sim.analysis.summary import advice, band_sensitivity, components, headline, triangle_shares
from triangle_sim.analysis.variance import VarianceComponents
from triangle_sim.cli.answering import (
    moved_as_data,
    print_answers,
    print_endings,
    print_moved,
)
from triangle_sim.cli.output import per_cent, table
from triangle_sim.montecarlo.result import Result
from triangle_sim.world.theories import short_name


def print_summary(result: Result) -> None:
    """The page on stdout: the question and its answer, the endings, what moved, how sure, what else is asked of every
    scenario, the triangle, where the spread comes from, what it is not."""
    by_draw(result, SUMMARY)
    theories = by_draw(result, ()).theories
    print_answers(result)
    print_endings(result)
    shown = print_moved(result)
    if told := sure(result):
        print("\n" + wrapped(told))
    asked = {answer.column for answer in result.scenario.answers}
    questions = [
        (question, *(level_of(by_view[view], kind(name)) for view in theories))
        for name, question, by_view in headline(result)
        if name not in shown | asked
    ]
    if questions:
        print()
        table(("Asked of every scenario", *map(short_name, theories)), questions)
    print()
    types, roles = triangle_shares(result)
    if types:
        print(wrapped("Quarters in each type of the China-North Korea-Russia triangle: " + _shares(types) + "."))
        print(wrapped("North Korea's role in it: " + _shares(roles) + "."))
    spread = [f"{words(name)} {_parts(split)}" for name, split in components(result).items()]
    head = "Where the spread comes from (theory/parameters/luck): "
    print(wrapped(head + "; ".join(spread) + "."))
    if not told:
        print(wrapped(advice(result)))
    print(NOTE)


def _parts(split: VarianceComponents) -> str:
    return "/".join(f"{100 * share:.0f}" for share in split.shares().values()) + "%" if split.total else "does not vary"


def _shares(shares: dict[str, float]) -> str:
    ordered = sorted(((value, name) for name, value in shares.items() if value >= 0.0005), reverse=True)
    return ", ".join(f"{words(name)} {per_cent(value)}" for value, name in ordered)


def as_data(result: Result) -> dict[str, Any]:
    """The summary as plain data."""
    types, roles = triangle_shares(result)
    reference = against(result).reference
    band = band_sensitivity(result) if types else ("", {})
    return {
        "scenario": result.scenario.name,
        "question": result.scenario.question,
        "reference": reference and reference.name,
        "answers": answers_as_data(result),
        "scenario_sha256": result.manifest["scenario_sha256"],
        "draws": result.draws,
        "replicates": result.replicates,
        "seed": result.seed,
        "endings": [
            {"ending": name, "theory": view, **_numbers(it.with_, "share"), "at_start": begins, "without": it.without}
            for name, _, views in endings_by_theory(result)
            for view, (begins, it) in views.items()
        ],
        "moved": moved_as_data(result),
        "how_sure": sure(result),
        "outcomes": [
            {"outcome": name, "theory": view, **_numbers(estimate, "value")}
            for name, _, by_view in headline(result)
            for view, estimate in by_view.items()
        ],
        "triangle_types": types,
        "prk_roles": roles,
        "triangle_by_band": {"type": band[0], "share": band[1]},
        "spread": {name: split.shares() for name, split in components(result).items()},
        "advice": advice(result),
        "not_a_forecast": result.manifest["not_a_forecast"],
    }


def _numbers(estimate: Estimate, name: str) -> dict[str, float]:
    return {name: estimate.value, "low": estimate.low, "high": estimate.high}
