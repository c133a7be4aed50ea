"""Where the coded ties agree with what others have published about the same dyads, and where they do not.

The rules were stated before the codings were held against the indices. An index that disagrees does not refute a code:
a treaty on paper is no working alliance, and a war in a third country makes parties of states that never met. It says
where a reader should look first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from scipy.stats import spearmanr

from triangle_sim.record.observations import episodes, pair, read_record, within

LEAST_YEARS = 8
"""A rank correlation over fewer years is not reported."""


class Rule(NamedTuple):
    """When a coded tie and an index disagree: ``against(what it says, code in points)``."""

    title: str
    published: str
    against: Callable[[Any, float], bool]


class Compared(NamedTuple):
    """One rule for one dyad: in how many years both speak, and the ``(year, code)`` in which they disagree."""

    rule: str
    dyad: str
    years: int
    disagree: tuple[tuple[int, float], ...]


class VotingTogether(NamedTuple):
    """How a dyad's coded ties rank with how alike it votes: Spearman's correlation, None if constant."""

    dyad: str
    years: int
    rank: float | None


RULES: tuple[Rule, ...] = (
    Rule(
        "-1 or less while a duty to defend each other is in force",
        "alliances",
        lambda bound, code: bound and code <= -1,
    ),
    Rule(
        "+2.5 or more without a duty to defend each other", "alliances", lambda bound, code: not bound and code >= 2.5
    ),
    Rule(
        "+1 or more in a year of a dispute with use of force", "disputes", lambda level, code: level >= 4 and code >= 1
    ),
    Rule("+1 or more while listed as strategic rivals", "rivalries", lambda rivals, code: rivals and code >= 1),
)


def compare() -> list[Compared]:
    """Every rule for every dyad and year that both the coding and the index cover."""
    out = []
    for rule in RULES:
        for dyad in coded_dyads():
            both = [
                (year, code, index)
                for year, code in coded(dyad)
                if (index := looked_up(rule.published, dyad, year)) is not None
            ]
            against = tuple((year, code) for year, code, index in both if rule.against(index, code))
            out.append(Compared(rule.title, dyad, len(both), against))
    return out


def voting_together() -> list[VotingTogether]:
    """Rank correlation of coded ties with nearness in the UN General Assembly, dyad by dyad, over all years of both."""
    points = read_record("indices")["un_ideal_points"]["values"]
    out = []
    for dyad in coded_dyads():
        one, other = (points[country] for country in pair(dyad))
        both = [(c, -abs(one[str(y)] - other[str(y)])) for y, c in coded(dyad) if str(y) in one and str(y) in other]
        if len(both) < LEAST_YEARS:
            continue
        ties, nearness = np.array(both).T
        rank = None if np.ptp(ties) == 0 else float(spearmanr(ties, nearness).statistic)
        out.append(VotingTogether(dyad, len(both), rank))
    return out


def coded_dyads() -> list[str]:
    """The ten dyads as the record writes them, e.g. ``PRK-CHN``."""
    return list(read_record("ties")["episodes"][episodes()[0]]["values"])


def coded(dyad: str) -> Iterator[tuple[int, float]]:
    """The years of all episodes with the dyad's code, in points."""
    for episode in read_record("ties")["episodes"].values():
        yield from enumerate(map(float, episode["values"][dyad]), start=episode["years"][0])


def looked_up(index: str, dyad: str, year: int) -> Any:
    """What an index says: bound to defend, highest hostility, listed as rivals; None where it does not reach."""
    data = read_record("indices")[index]
    if not within(year, data["years"]):
        return None
    entry = data["values"].get(dyad, {})
    if index == "disputes":
        return entry.get(str(year), 0)
    if index == "rivalries":
        return within(year, entry)
    return any(span["from"] <= year <= span["to"] and "defense" in span["obligations"] for span in entry)
