"""Whole-run numbers of two scenarios: small in number, yet no part of the model can change without one of them."""

from __future__ import annotations

from pathlib import Path

from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.run import run
from triangle_sim.montecarlo.tables import of_theory
from triangle_sim.outcomes import OUTCOMES

FILE = Path(__file__).with_name("baseline.json")
SCENARIOS = ("baseline", "trump_win")
DRAWS, REPLICATES, SEED = 60, 5, 1
LEVELS = ("mean", "q05", "q50", "q95")
FOLLOWED = (
    "goodwill[CHN,PRK]",
    "goodwill[PRK,RUS]",
    "goodwill[RUS,KOR]",
    "chinese_supply",
    "nuclear_missile_capability",
)
"""Variables of which quantiles are followed too; the means of all variables and conditions are."""

Numbers = dict[str, float]


def numbers_of(name: str) -> Numbers:
    """All numbers of one scenario, by a name that says what each is."""
    return numbers(run(name, draws=DRAWS, replicates=REPLICATES, seed=SEED, jobs=1))


def numbers(result: Result) -> Numbers:
    """Means of outcomes (and how often a date is known), shares of endings, moves, types; quantiles at the end."""
    out: Numbers = {}
    for name, outcome in sorted(OUTCOMES.items()):
        column = result.runs[name]
        if outcome.kind == "category":
            out |= {f"share of {name} {one}": float((column == one).mean()) for one in outcome.categories}
        elif outcome.kind == "quarter":
            out[f"share known {name}"] = float(column.notna().mean())
            out[f"sum of {name}"] = float(column.sum())
        else:
            out[f"mean of {name}"] = float(column.astype(float).mean())
    quarters, moves, triangles, happenings = map(
        of_theory, (result.quarters, result.moves, result.triangles, result.happenings)
    )
    last = quarters[quarters["quarter"] == quarters["quarter"].iloc[-1]].set_index("variable")
    for name in last.index:
        levels = LEVELS if name in FOLLOWED else LEVELS[:1]
        out |= {f"{level} of {name} at the end": float(last.loc[name, level]) for level in levels}
    for (country, move), share in moves.groupby(["country", "move"])["share"].mean().items():
        out[f"share of {country} {move}"] = float(share)
    kinds = triangles[triangles["triad"] == "CHN-PRK-RUS"].groupby("type")["share"].mean()
    out |= {f"share of triangle {kind}": float(share) for kind, share in kinds.items()}
    ever = happenings[happenings["quarter"] == "any"].set_index("event")["share"]
    out |= {f"ever {event}": float(share) for event, share in ever.items()}
    return dict(sorted(out.items()))
