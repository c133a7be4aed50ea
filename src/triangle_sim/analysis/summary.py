"""What `run` says at the end: endings, triangle, where the variance comes from, whether more runs help.

All of it comes from one pass over the runs, which are never in memory together (:mod:`.by_draw`).
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from triangle_sim.analysis.by_draw import HEADLINE, SUMMARY, VARIANCE, by_draw
from triangle_sim.analysis.counting import category_shares, in_twenty, words_in_twenty
from triangle_sim.analysis.intervals import Estimate, mean_of, share_of
from triangle_sim.analysis.variance import VarianceComponents, components_of
from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.tables import of_theory
from triangle_sim.outcomes import OUTCOMES, label

TRIAD = "CHN-PRK-RUS"


def applies(result: Result, outcome: str) -> bool:
    """Whether an outcome has a meaning in a world with this scenario's countries."""
    return set(OUTCOMES[outcome].needs) <= set(result.scenario.countries)


def endings(result: Result) -> list[tuple[str, str, dict[str, Estimate]]]:
    """End states: (name, "n in 20" of all runs, share for ``all`` and by theory).

    There are none in a world without the countries they need.
    """
    if not applies(result, "end_state"):
        return []
    sums = by_draw(result, SUMMARY)
    categories = OUTCOMES["end_state"].categories
    views = {theory or "all": category_shares(sums, "end_state", categories, theory) for theory in sums.views}
    counts = in_twenty(share.value for share in views["all"].values())
    return [
        (name, words_in_twenty(share.value, count), {view: shares[name] for view, shares in views.items()})
        for (name, share), count in zip(views["all"].items(), counts, strict=True)
    ]


def headline(result: Result) -> list[tuple[str, str, dict[str, Estimate]]]:
    """Key outcomes: (name, question, estimate for ``all`` and by theory)."""
    sums = by_draw(result, SUMMARY)
    rows = []
    for name in HEADLINE:
        if not applies(result, name):
            continue
        means, by_view = sums.numbers[name].means(), {}
        for theory in sums.views:
            chosen = sums.of(theory)
            is_share = OUTCOMES[name].kind == "truth"
            runs = int(sums.runs[chosen].sum())
            by_view[theory or "all"] = share_of(means[chosen], runs) if is_share else mean_of(means[chosen])
        rows.append((name, OUTCOMES[name].question, by_view))
    return rows


def triangle_shares(result: Result) -> tuple[dict[str, float], dict[str, float]]:
    """Mean share of quarters, the start left out, of each type of the China-North Korea-Russia triangle, and of each
    role of North Korea in it; empty in a world without the three."""
    start = result.prepared.quarters[0]
    types, roles = (table[(table["triad"] == TRIAD) & (table["quarter"] != start)]
                    for table in map(of_theory, (result.triangles, result.roles)))  # fmt: skip
    return _mean_shares(types, "type"), _mean_shares(roles[roles["country"] == "PRK"], "role")


def _mean_shares(rows: pd.DataFrame, by: str) -> dict[Any, float]:
    return {key: float(share) for key, share in rows.groupby(by)["share"].mean().items()}


def band_sensitivity(result: Result) -> tuple[str, dict[float, float]]:
    """The commonest type of that triangle, and its share of quarters under each neutral band."""
    bands = of_theory(result.bands)
    rows = bands[bands["triad"] == TRIAD]
    commonest = str(rows.groupby("type")["share"].mean().idxmax())
    return commonest, _mean_shares(rows[rows["type"] == commonest], "enter")


def components(result: Result) -> dict[str, VarianceComponents]:
    """Where the variance of the key outcomes comes from; the commonest ending counts as a truth value."""
    sums = by_draw(result, SUMMARY)
    out = {name: components_of(sums.numbers[name], sums.theory) for name in VARIANCE if applies(result, name)}
    if not applies(result, "end_state"):
        return out
    commonest = sums.commonest("end_state")
    out[f"end_state={commonest}"] = components_of(sums.truth("end_state", commonest), sums.theory)
    return out


def advice(result: Result) -> str:
    """Whether more draws or more replicates would help, and by how much, for the commonest ending's share."""
    found = components(result)
    name, s = next(((n, s) for n, s in found.items() if n.startswith("end_state=")), next(iter(found.items())))
    now = 1.96 * s.standard_error()
    draws, replicates = (1.96 * s.standard_error(**{k: 2 * getattr(s, k)}) for k in ("draws", "replicates"))
    if now == 0:
        return "Every run ends the same way; more runs would show rarer endings, not sharpen this one."
    what = f"The share of '{label(name)}'" if "=" in name else f"The mean of '{label(name)}'"
    better = "More draws help more." if draws < 0.98 * replicates else "Either helps as much."
    return (
        f"{what} is known to about +/-{now:.2g}. Twice the draws: +/-{draws:.2g}; "
        f"twice the replicates: +/-{replicates:.2g}. {better} Neither settles which theory is right."
    )
