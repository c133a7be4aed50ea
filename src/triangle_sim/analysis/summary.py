"""What `run` says at the end: endings, triangle, where the variance comes from, whether more runs help.

All of it comes from one pass over the runs, which are never in memory together (:mod:`.by_draw`).
"""

from __future__ import annotations

from dataclasses import dataclass

from triangle_sim.analysis.by_draw import HEADLINE, SUMMARY, VARIANCE, by_draw
from triangle_sim.analysis.counting import category_shares, in_twenty, words_in_twenty
from triangle_sim.analysis.intervals import Estimate, mean_of, share_of
from triangle_sim.analysis.variance import VarianceComponents, components_of
from triangle_sim.montecarlo.result import Result
from triangle_sim.outcomes import OUTCOMES


@dataclass(frozen=True)
class Ending:
    """One named end state, its share under a theory (or ``all``), and that as "n in 20"."""

    name: str
    theory: str
    share: Estimate
    in_twenty: str


def theories(result: Result) -> list[str]:
    """Theories that were drawn, in alphabetical order; the views a table shows come after ``all``."""
    return by_draw(result, SUMMARY).theories


def applies(result: Result, outcome: str) -> bool:
    """Whether an outcome has a meaning in a world with this scenario's countries."""
    return set(OUTCOMES[outcome].needs) <= set(result.scenario.countries)


def endings(result: Result) -> list[Ending]:
    """Shares of the end states, for all runs and for each theory; none in a world without the countries they need."""
    if not applies(result, "end_state"):
        return []
    sums = by_draw(result, SUMMARY)
    found = []
    for theory in (None, *sums.theories):
        table = category_shares(sums, "end_state", OUTCOMES["end_state"].categories, theory)
        counts = in_twenty(table["share"])
        draws = int(sums.of(theory).sum())
        for (name, row), count in zip(table.iterrows(), counts, strict=True):
            estimate = Estimate(row["share"], row["low"], row["high"], draws)
            found.append(Ending(str(name), theory or "all", estimate, words_in_twenty(row["share"], count)))
    return found


def headline(result: Result) -> list[tuple[str, str, dict[str, Estimate]]]:
    """Key outcomes: (name, question, estimate by theory and for all)."""
    sums = by_draw(result, SUMMARY)
    rows = []
    for name in HEADLINE:
        if not applies(result, name):
            continue
        means, by_view = sums.numbers[name].means(), {}
        for theory in (None, *sums.theories):
            chosen = sums.of(theory)
            is_share = OUTCOMES[name].kind == "truth"
            runs = int(sums.runs[chosen].sum())
            by_view[theory or "all"] = share_of(means[chosen], runs) if is_share else mean_of(means[chosen])
        rows.append((name, OUTCOMES[name].question, by_view))
    return rows


def triangle_shares(
    result: Result, triad: str = "CHN-PRK-RUS", country: str = "PRK"
) -> tuple[dict[str, float], dict[str, float]]:
    """Mean share of quarters of each type of a triad, and of each role of a country in it, the start left out."""
    start = result.prepared.quarters[0]
    types = result.triangles[(result.triangles["triad"] == triad) & (result.triangles["quarter"] != start)]
    roles = result.roles[
        (result.roles["triad"] == triad) & (result.roles["country"] == country) & (result.roles["quarter"] != start)
    ]
    return (
        {str(k): float(v) for k, v in types.groupby("type")["share"].mean().items()},
        {str(k): float(v) for k, v in roles.groupby("role")["share"].mean().items()},
    )


def band_sensitivity(result: Result, triad: str = "CHN-PRK-RUS") -> tuple[str, dict[float, float]]:
    """The commonest type of a triad, and its share of quarters under each neutral band."""
    rows = result.bands[result.bands["triad"] == triad]
    commonest = str(rows.groupby("type")["share"].mean().idxmax())
    chosen = rows[rows["type"] == commonest]
    return commonest, dict(zip(chosen["enter"].astype(float), chosen["share"].astype(float), strict=True))


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
    words = name.replace("_", " ")
    what = f"The share of '{words.split('=')[1]}'" if "=" in words else f"The mean of '{words}'"
    better = "More draws help more." if draws < 0.98 * replicates else "Either helps as much."
    return (
        f"{what} is known to about +/-{now:.2g}. Twice the draws: +/-{draws:.2g}; "
        f"twice the replicates: +/-{replicates:.2g}. {better} Neither settles which theory is right."
    )
