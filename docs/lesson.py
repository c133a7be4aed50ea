"""Renews the numbers of the lessons' answer key: `python docs/lesson.py` (two minutes), then `docs/generate.py`.

Each number is that of the command beside it, on the same worlds with and without; `docs/data/lesson.json` keeps them,
with the code they belong to.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stored import belongs_to, keep

import triangle_sim as ts
from triangle_sim.montecarlo.tables import of_theory
from triangle_sim.world.theories import theory_names

DATA = Path(__file__).parent / "data" / "lesson.json"
HOW: dict[str, Any] = {"draws": 500, "replicates": 20, "seed": 1}
SCENARIOS = {"baseline", "trump_win", "trump_loses"}
TURNS = 6
"""Moves that are played by hand: as many as a class plays."""

STEPS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Where the slider of the lesson on the pivot stands."""
PIVOT, GAIN = "prk_pivot_share", "support_from_both"
ALONE, BLOC = "end_state=abandonment", "end_state=bloc"
LESSONS: dict[str, tuple[str, ...]] = {
    "pivot": (PIVOT, GAIN),
    "audience": ("us_prk_summit", "nuclear_test"),
    "abandoned": (ALONE, "ever_isolated", "rok_rus_normalised"),
    "bound": (ALONE, "nuclear_test"),
    "wedge": (BLOC, "bloc_consolidation"),
    "rivals": (),
}
"""The outcomes and endings of each table."""
LEVELS: dict[str, tuple[int, tuple[str, ...]]] = {
    "abandoned": (-1, ("goodwill[RUS,PRK]", "russian_supply")),
    "bound": (TURNS, ("goodwill[PRK,RUS]", "trilateral_cohesion", "arms_to_russia", "peninsula_tension")),
    "wedge": (TURNS, ("goodwill[CHN,RUS]", "goodwill[RUS,CHN]")),
    "rivals": (TURNS, ("goodwill[CHN,RUS]", "goodwill[RUS,CHN]")),
}
"""Levels of each table, and when: after the moves that are played by hand, or at the end."""
RIVALRY = 0.8
"""How much Beijing and Moscow are rivals where the lesson on wedges asks whether a quarrel helps."""
MOVES = ("engage_beijing", "deal_with_moscow", "apply_pressure", "build_trilateral")
"""What Washington does, six quarters in a row, in the lesson on wedges; it is compared with doing nothing new."""


def pairs() -> dict[str, dict[str, tuple[ts.Scenario, ts.Scenario]]]:
    """For each table and row the scenario, and what it is compared with."""
    baseline = ts.load("baseline")

    def held(**pin: float) -> ts.Scenario:
        (name,) = pin
        return baseline.with_(name=f"{name} {pin[name]:g}", pin=pin)

    def seated(code: str, move: str) -> ts.Scenario:
        return baseline.with_(name=f"{code} {move}", seats={code: [move] * TURNS})

    def quarrel(code: str, move: str) -> ts.Scenario:
        return seated(code, move).with_(name=f"{code} {move}, rivals", pin={"sino_russian_rivalry": RIVALRY})

    united = held(sino_russian_rivalry=0.0)
    return {
        "pivot": {f"{at:g}": (held(sino_russian_rivalry=at), united) for at in STEPS[1:]},
        "audience": {"Trump, not Harris": (ts.load("trump_win"), ts.load("trump_loses"))},
        "abandoned": {"no war, not war at its height": (held(ukraine_war=0.0), held(ukraine_war=1.0))},
        "bound": {"bind_to_pyongyang": (seated("RUS", "bind_to_pyongyang"), seated("RUS", "hold"))},
        "wedge": {move: (seated("USA", move), seated("USA", "hold")) for move in MOVES},
        "rivals": {move: (quarrel("USA", move), quarrel("USA", "hold")) for move in MOVES},
    }


def contrasts(lesson: str, words: str, pair: tuple[ts.Scenario, ts.Scenario]) -> list[dict[str, Any]]:
    """What differs in outcomes and endings, by theory."""
    if not LESSONS[lesson]:
        return []
    table = ts.compare(pair, **HOW).to_frame()
    table = table[(table["theory"] != "all") & table["outcome"].isin(LESSONS[lesson])]
    columns = ["outcome", "theory", "level_a", "level_b", "difference", "low", "high"]
    return [{"lesson": lesson, "asked": words, **row} for row in table[columns].to_dict("records")]


def levels(lesson: str, words: str, pair: tuple[ts.Scenario, ts.Scenario]) -> list[dict[str, Any]]:
    """Mean levels with and without, by theory."""
    at, names = LEVELS.get(lesson, (0, ()))
    if not names:
        return []
    with_, without = (ts.run(each, **HOW).quarters for each in pair)
    found = []
    for theory in theory_names():
        a, b = (of_theory(table, theory).set_index(["variable", "quarter"])["mean"] for table in (with_, without))
        found += [
            {"lesson": lesson, "asked": words, "variable": name, "theory": theory,
             "level_a": a[name].iloc[at], "level_b": b[name].iloc[at]}
            for name in names
        ]  # fmt: skip
    return found


def triangles() -> dict[str, Any]:
    """How the ten triangles of the baseline begin and end, and how many are unbalanced, by theory."""
    result = ts.run("baseline", **HOW)
    found: dict[str, Any] = {"types": [], "balance": []}
    first, last = (result.balance["quarter"].iloc[at] for at in (0, -1))
    for theory in theory_names():
        for kind in found:
            table = of_theory(result.triangles if kind == "types" else result.balance, theory)
            some = table[table["quarter"].isin([first, last])]
            found[kind] += [{"theory": theory, **row} for row in some.to_dict("records")]
    return found


def main() -> None:
    """Play, compare, write."""
    cases = [(lesson, words, pair) for lesson, asked in pairs().items() for words, pair in asked.items()]
    found = {
        "belongs_to": belongs_to(SCENARIOS),
        "design": HOW,
        "contrasts": [row for case in cases for row in contrasts(*case)],
        "levels": [row for case in cases for row in levels(*case)],
        **triangles(),
    }
    keep(DATA, found)


if __name__ == "__main__":
    main()
