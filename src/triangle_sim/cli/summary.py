"""The summary of a result: as tables on stdout, or as plain data."""

from __future__ import annotations

from typing import Any

from triangle_sim.analysis.by_draw import SUMMARY, by_draw
from triangle_sim.analysis.intervals import Estimate
from triangle_sim.analysis.summary import advice, band_sensitivity, components, endings, headline, triangle_shares
from triangle_sim.cli.output import per_cent, table
from triangle_sim.montecarlo.result import Result
from triangle_sim.outcomes import OUTCOMES


def print_summary(result: Result) -> None:
    """The summary on stdout: endings, key outcomes, triangle, where the spread comes from, advice, what it is not."""
    theories = by_draw(result, SUMMARY).theories
    views = ["all", *theories] if len(theories) > 1 else ["all"]
    heads = ["all draws", *theories] if len(theories) > 1 else ["share"]
    print()
    if found := endings(result):
        rows = [
            (_words(name), in_twenty, *(_estimate(by_view[view], True) for view in views))
            for name, in_twenty, by_view in found
        ]
        table(("How the futures end", "", *heads), rows)
        print()
    questions = [
        (question, *(_estimate(by_view[view], OUTCOMES[name].kind == "truth") for view in views))
        for name, question, by_view in headline(result)
    ]
    table(("Key outcomes", *heads), questions)
    types, roles = triangle_shares(result)
    if types:
        print("\nThe China-North Korea-Russia triangle (share of quarters): " + _shares(types))
        print("North Korea's role in it: " + _shares(roles))
        commonest, by_band = band_sensitivity(result)
        levels = ", ".join(f"{per_cent(share)} at {enter:g}" for enter, share in by_band.items())
        print(f"How far that hangs on what counts as a good tie: {_words(commonest)} {levels}")
    print("\nWhere the spread comes from:")
    for name, split in components(result).items():
        shares = split.shares().items()
        parts = ", ".join(f"{source} {share:.0%}" for source, share in shares) if split.total else "does not vary"
        print(f"  {_words(name):<34} {parts}")
    print("\n" + advice(result))
    print("Intervals are 95%, over draws. A model, not a forecast: it shows what follows from which argument.")


def _estimate(estimate: Estimate, is_share: bool) -> str:
    numbers = (estimate.value, estimate.low, estimate.high)
    value, low, high = (per_cent(number) if is_share else f"{number:.2f}" for number in numbers)
    return value if estimate.low != estimate.low else f"{value} [{low}, {high}]"


def _shares(shares: dict[str, float]) -> str:
    ordered = sorted(((value, name) for name, value in shares.items() if value >= 0.0005), reverse=True)
    return ", ".join(f"{_words(name)} {per_cent(value)}" for value, name in ordered)


def _words(name: str) -> str:
    return name.replace("end_state=", "ending: ").replace("_", " ")


def as_data(result: Result) -> dict[str, Any]:
    """The summary as plain data."""
    types, roles = triangle_shares(result)
    found = endings(result)
    return {
        "scenario": result.scenario.name,
        "scenario_sha256": result.manifest["scenario_sha256"],
        "draws": result.draws,
        "replicates": result.replicates,
        "seed": result.seed,
        "endings": [
            {"ending": name, "theory": view, **_numbers(by_view[view], "share")}
            for view in (found[0][2] if found else ())
            for name, _, by_view in found
        ],
        "outcomes": [
            {"outcome": name, "theory": view, **_numbers(estimate, "value")}
            for name, _, by_view in headline(result)
            for view, estimate in by_view.items()
        ],
        "triangle_types": types,
        "prk_roles": roles,
        "spread": {name: split.shares() for name, split in components(result).items()},
        "advice": advice(result),
        "not_a_forecast": result.manifest["not_a_forecast"],
    }


def _numbers(estimate: Estimate, name: str) -> dict[str, float]:
    return {name: estimate.value, "low": estimate.low, "high": estimate.high}
