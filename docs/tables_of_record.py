"""Tables of the record: what was coded, and where others disagree."""

from __future__ import annotations

from itertools import groupby

from blocks import table
from registry import code, made

from triangle_sim.record.agreement import RULES, compare, voting_together
from triangle_sim.record.observations import counts, episodes, load_episode, outcomes


@made("record episodes")
def record_episodes() -> str:
    """The eras that are coded."""
    rows = []
    for name in episodes():
        e = load_episode(name)
        rows.append((f"{e.years[0]} to {e.years[-1]}", e.title, code(e.scenario), e.ties.size, len(e.events)))
    return table(("years", "what it is about", "scenario", "coded ties", "dated events"), rows)


@made("record counts")
def record_counts() -> str:
    """In how many years of each era something happened that the model can be asked about."""
    eras = [load_episode(name) for name in episodes()]
    rows = [(code(o), *(int((counts(o, e.years) > 0).sum()) for e in eras)) for o in outcomes()]
    return table(("years with at least one", *(f"{e.years[0]} to {e.years[-1]}" for e in eras)), rows)


@made("record disagreements")
def record_disagreements() -> str:
    """Each rule with the years it could be asked in and those in which coding and index disagree."""
    rows = []
    for rule in RULES:
        cases = [case for case in compare() if case.rule == rule.title]
        told = "; ".join(f"{case.dyad} {_years(case.disagree)}" for case in cases if case.disagree)
        rows.append((f"coded {rule.title}", sum(c.years for c in cases), sum(len(c.disagree) for c in cases), told))
    return table(("rule", "asked in", "disagree", "where, with the code in points"), rows)


@made("record votes")
def record_votes() -> str:
    """Rank correlation with nearness in the General Assembly."""
    rows = [(v.dyad, v.years, "never varies" if v.rank is None else f"{v.rank:+.2f}") for v in voting_together()]
    return table(("dyad", "years", "rank correlation of code and nearness"), rows)


def _years(cases: tuple[tuple[int, float], ...]) -> str:
    """Years in a row with the same code as one span: ``1967-1968 (-1.5)``."""
    spans = []
    for _, run in groupby(enumerate(cases), key=lambda at: (at[1][0] - at[0], at[1][1])):
        (first, points), *others = [case for _, case in run]
        span = f"{first}-{others[-1][0]}" if others else f"{first}"
        spans.append(f"{span} ({points:+g})")
    return ", ".join(spans)
