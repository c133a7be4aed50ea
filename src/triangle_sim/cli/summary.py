"""The summary of a result: as tables on stdout, or as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triangle_sim.cli.output import per_cent, table

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result


def print_summary(result: Result) -> None:
    """The summary on stdout: endings, key outcomes, triangle, spread, advice, and what it is not."""
    from triangle_sim.analysis.summary import (
        advice,
        band_sensitivity,
        components,
        endings,
        headline,
        theories,
        triangle_shares,
    )

    views = ["all", *theories(result)] if len(theories(result)) > 1 else ["all"]
    found = endings(result)
    rows = []
    for name in dict.fromkeys(ending.name for ending in found):
        by_view = {ending.theory: ending for ending in found if ending.name == name}
        first = by_view["all"]
        rows.append((_words(name), first.in_twenty, *(_estimate(by_view[view].share, True) for view in views)))
    print()
    if rows:
        table(("How the futures end", "", *_heads(views)), rows)
        print()
    questions = [
        (question, *(_estimate(by_view[view], _is_share(name)) for view in views))
        for name, question, by_view in headline(result)
    ]
    table(("Key outcomes", *_heads(views)), questions)
    if {"CHN", "PRK", "RUS"} <= set(result.scenario.countries):
        types, roles = triangle_shares(result)
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


def _heads(views: list[str]) -> list[str]:
    return [view if view != "all" else ("all draws" if len(views) > 1 else "share") for view in views]


def _is_share(name: str) -> bool:
    from triangle_sim.outcomes import OUTCOMES

    return OUTCOMES[name].kind == "truth"


def _estimate(estimate: Any, is_share: bool) -> str:
    if estimate.low != estimate.low:
        return per_cent(estimate.value) if is_share else f"{estimate.value:.2f}"
    if is_share:
        return f"{per_cent(estimate.value)} [{per_cent(estimate.low)}, {per_cent(estimate.high)}]"
    return f"{estimate.value:.2f} [{estimate.low:.2f}, {estimate.high:.2f}]"


def _shares(shares: dict[str, float]) -> str:
    ordered = sorted(((value, name) for name, value in shares.items() if value >= 0.0005), reverse=True)
    return ", ".join(f"{_words(name)} {per_cent(value)}" for value, name in ordered)


def _words(name: str) -> str:
    return name.replace("end_state=", "ending: ").replace("_", " ")


def as_data(result: Result) -> dict[str, Any]:
    """The summary as plain data."""
    from triangle_sim.analysis.summary import advice, components, endings, headline, triangle_shares

    types, roles = triangle_shares(result) if {"CHN", "PRK", "RUS"} <= set(result.scenario.countries) else ({}, {})
    return {
        "scenario": result.scenario.name,
        "scenario_sha256": result.manifest["scenario_sha256"],
        "draws": result.draws,
        "replicates": result.replicates,
        "seed": result.seed,
        "endings": [
            {"ending": e.name, "theory": e.theory, "share": e.share.value, "low": e.share.low, "high": e.share.high}
            for e in endings(result)
        ],
        "outcomes": [
            {"outcome": name, "theory": theory, "value": e.value, "low": e.low, "high": e.high}
            for name, _, by_view in headline(result)
            for theory, e in by_view.items()
        ],
        "triangle_types": types,
        "prk_roles": roles,
        "spread": {name: split.shares() for name, split in components(result).items()},
        "advice": advice(result),
        "not_a_forecast": result.manifest["not_a_forecast"],
    }
