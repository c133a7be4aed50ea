"""Comparisons made without playing: futures with shifts that are known, under titles that are hard to place."""

from __future__ import annotations

from functools import cache

from analysis.batches import with_runs
from analysis.formulas import table
from triangle_sim.analysis.compare.compare import Comparison, comparison
from triangle_sim.montecarlo.run import run
from triangle_sim.scenario.load import load

ASKED = ("end_state", "us_prk_summit", "technology_gained", "nuclear_test_when", "support_from_both")


@cache
def made(scenarios: int = 2, asked: tuple[str, ...] = ASKED, change: float = 0.4, title: str = "") -> Comparison:
    """Made-up futures, shifted more the earlier a scenario stands."""
    result = run(load("baseline").with_(quarters=1), draws=2, replicates=1, jobs=1, backend="numpy")
    results = []
    for number in reversed(range(scenarios)):
        frame, by = table(50, 4), change * number
        rows = frame.assign(
            technology_gained=frame["technology_gained"] + by,
            support_from_both=frame["support_from_both"] + by / 9,
            us_prk_summit=frame["us_prk_summit"] | (frame["replicate"] < by),
            nuclear_test_when=frame["nuclear_test_when"] + by,
        )
        results.append(with_runs(result, rows)[0])
    found = comparison(results, asked)
    if title:
        for each in found.futures:
            object.__setattr__(each, "title", f"{title} {each.name}")
    return found


KINDS = {
    "four": lambda: made(4),
    "nothing differs": lambda: made(2, ASKED, 0.0),
    "awkward titles": lambda: made(2, ASKED, 0.4, "What if $100 & <b>50 %</b> \\alpha^2 " + "very long words " * 9),
}
