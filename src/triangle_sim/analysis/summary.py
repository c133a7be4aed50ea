"""What `run` says at the end: endings, triangle, where the spread comes from, whether more runs help."""

from __future__ import annotations

from dataclasses import dataclass

from triangle_sim.analysis.counting import category_shares, in_twenty, words_in_twenty
from triangle_sim.analysis.intervals import Estimate, share
from triangle_sim.analysis.variance import Spread, spread
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
    return sorted(set(result.runs["theory"]))


def applies(result: Result, outcome: str) -> bool:
    """Whether an outcome has a meaning in a world with this scenario's countries."""
    return set(OUTCOMES[outcome].needs) <= set(result.scenario.countries)


def endings(result: Result) -> list[Ending]:
    """Shares of the end states, for all runs and for each theory; none in a world without the countries they need."""
    if not applies(result, "end_state"):
        return []
    runs = result.runs
    views = [("all", runs)] + [(name, runs[runs["theory"] == name]) for name in theories(result)]
    found = []
    for view, part in views:
        table = category_shares(part, "end_state", OUTCOMES["end_state"].categories)
        counts = in_twenty(table["share"])
        for (name, row), count in zip(table.iterrows(), counts, strict=True):
            estimate = Estimate(row["share"], row["low"], row["high"], part["draw"].nunique())
            found.append(Ending(str(name), view, estimate, words_in_twenty(row["share"], count)))
    return found


def headline(result: Result) -> list[tuple[str, str, dict[str, Estimate]]]:
    """Key outcomes: (name, question, estimate by theory and for all)."""
    from triangle_sim.analysis.intervals import mean

    rows = []
    for name in ("us_prk_summit", "nuclear_test", "rok_rus_normalised", "technology_gained", "support_from_both"):
        if not applies(result, name):
            continue
        outcome = OUTCOMES[name]
        estimate = share if outcome.kind == "truth" else mean
        by_view = {"all": estimate(result.runs[name], result.runs["draw"])}
        for theory in theories(result):
            part = result.runs[result.runs["theory"] == theory]
            by_view[theory] = estimate(part[name], part["draw"])
        rows.append((name, outcome.question, by_view))
    return rows


def triangle_shares(
    result: Result, triad: str = "CHN-PRK-RUS", country: str = "PRK"
) -> tuple[dict[str, float], dict[str, float]]:
    """Mean share of quarters of each type of a triad, and of each role of a country in it, the start left out."""
    start = result.plan.quarters[0]
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
    rows = result.sensitivity[result.sensitivity["triad"] == triad]
    commonest = str(rows.groupby("type")["share"].mean().idxmax())
    chosen = rows[rows["type"] == commonest]
    return commonest, dict(zip(chosen["enter"].astype(float), chosen["share"].astype(float), strict=True))


def spreads(result: Result) -> dict[str, Spread]:
    """Where the spread of the key outcomes comes from; the commonest ending counts as a truth value."""
    runs = result.runs
    out = {
        name: spread(runs[name], runs["draw"], runs["theory"])
        for name in ("us_prk_summit", "technology_gained", "dependence_on_china", "rok_rus_cooperation_gain")
        if applies(result, name)
    }
    if not applies(result, "end_state"):
        return out
    commonest = str(runs["end_state"].mode().iloc[0])
    out[f"end_state={commonest}"] = spread(runs["end_state"] == commonest, runs["draw"], runs["theory"])
    return out


def advice(result: Result) -> str:
    """Whether more draws or more replicates would help, and by how much, for the commonest ending's share."""
    found = spreads(result)
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
