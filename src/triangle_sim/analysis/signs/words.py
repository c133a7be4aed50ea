"""Signs in words: what can be known in all, a table for each ending, and how to read them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

import pandas as pd

from triangle_sim.analysis.page import Page, Rows
from triangle_sim.analysis.signs.signs import Signs
from triangle_sim.montecarlo.tables import ALL
from triangle_sim.names import per_cent
from triangle_sim.wording import in_words
from triangle_sim.world.theories import short_name

LITTLE = 0.1
"""Less of the base rate's error taken away is called little."""


def page(found: Signs) -> Page:
    """All of it."""
    return [*answer(found), *tables(found), *reading(found)]


def tables(found: Signs, width: int | None = None) -> Iterator[Rows]:
    """One an ending; what a sign is, is cut to ``width``."""
    theories = [name for name in dict.fromkeys(found.table["theory"]) if name != ALL]
    for ending in map(str, dict.fromkeys(found.table["ending"])):
        base, start = per_cent(found.base[ending]), per_cent(found.start[ending])
        shown = []
        for row in _rows(found.of(ending)):
            by_theory = [found.of(ending, name).set_index("sign").loc[row["sign"], "then"] for name in theories]
            interval = f"{row['then']:.0%} [{row['then_low']:.0%}, {row['then_high']:.0%}]"
            lead = "-" if row["lead"] != row["lead"] else f"{row['lead']:.0f}"
            words = row["words"] if width is None else textwrap.shorten(row["words"], width, placeholder=" ...")
            shown.append((words + ("" if row["holds"] else " (?)"), interval, *(f"{each:.0%}" for each in by_theory),
                          f"{row['hits']:.0%}", f"{row['false_alarms']:.0%}", lead))  # fmt: skip
        heads = (f"within {found.within} quarters", "then it ends so", *map(short_name, theories))
        title = f"{in_words(ending)}: {base} of futures; {start} of starts look so"
        yield Rows(title, (*heads, "hits", "alarms", "lead"), tuple(shown))


def answer(found: Signs) -> list[str]:
    """What can be known after the time in all, and the clearest sign there is."""
    first = f"What, within {found.within} quarters, tells how '{found.scenario.title or found.scenario.name}' will end?"
    known = {name: value for name, value in found.skill.items() if value == value}
    lines = [first]
    if known:
        best = max(known, key=lambda name: known[name])
        judged = "Little" if known[best] < LITTLE else "Something"
        lines[0] += (
            f" {judged}: all moves, meetings and events in sight, weighed together, take {max(known[best], 0):.0%} off "
            f"the squared error of the base rate for {in_words(best)}, and less for every other ending."
        )
    holding = [row for row in _rows(found.table) if row["theory"] == ALL and row["holds"]]
    if not holding:
        return [*lines, "No single sign holds in the worlds that did not choose it."]
    row = max(holding, key=lambda each: float(each["gain_low"] / each["base"]))
    lines.append(
        f"The sign that changes the odds most: {row['words']}. {in_words(row['ending']).capitalize()} then comes in "
        f"{per_cent(row['then'])} [{row['then_low']:.1%}, {row['then_high']:.1%}] of futures instead of "
        f"{per_cent(row['base'])}."
    )
    return lines


def reading(found: Signs) -> list[str]:
    """How to read the tables, and what is left out."""
    lines = []
    if found.rare:
        lines.append(f"Too rare to say: {', '.join(map(in_words, found.rare))}.")
    lines.append(
        "Hits are the futures with the ending that show the sign, alarms those without it that show it; lead is the "
        "median number of quarters from the sign to when a future looks like its ending for good, where that is still "
        "to come. (?) marks a sign whose gain over the base rate may be nothing. All numbers are from draws that had "
        "no part in choosing; intervals are 95%, over draws. A sign need not be a cause. A model, not a forecast."
    )
    return lines


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
