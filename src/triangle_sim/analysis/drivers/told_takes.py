"""What it would take, in sentences: by theory, the fewest sizes, then all of them, then facts."""

from __future__ import annotations

from triangle_sim.analysis.drivers.facts import Fact
from triangle_sim.analysis.drivers.takes import Change, Part, Takes, UnderTheory
from triangle_sim.analysis.drivers.words import MODEL, listed, paragraphs, parameter
from triangle_sim.claims.words import linked
from triangle_sim.wording import in_words
from triangle_sim.world.theories import short_name

SPOKEN = 3
"""Parts of a change that are named; of changes of many sizes the largest."""


def question(found: Takes) -> str:
    """What was asked."""
    side = "more" if found.sign > 0 else "less"
    of = " of futures" if found.target.share else ""
    return f"{found.target.question} What would it take for {side} than {found.target.number(found.goal)}{of}?"


def answer(found: Takes) -> list[str]:
    """One paragraph a theory: the least that does it, or how far the most gets."""
    out = []
    for theory, each in found.by_theory.items():
        head = f"If {short_name(theory)} is right ({span(found, each.level)} now): "
        if not each.changes and not each.facts:
            out.append(f"{head}nothing; it is so already.")
            continue
        few = [change for change in each.changes if len(change.parts) <= 3]
        able = [change for change in few if change.crosses]
        sizes = f"no change of up to three sizes within 4 prior standard deviations of each; {_most(found, few)}"
        if able:
            least = min(able, key=lambda change: (bool(beyond(theory, change)), len(change.parts)))
            sizes = f"{change_words(least)}. {grant(theory, least)}"
        near = each.level.low <= found.goal <= each.level.high
        unsure = " The interval of the level now holds the goal: more draws may show it reached." if near else ""
        out.append(f"{head}{sizes} {_facts(found, each)}{unsure}")
    return out


def text(found: Takes) -> str:
    """The question and its answer, as paragraphs."""
    return paragraphs([question(found), *answer(found), MODEL])


def span(found: Takes, level: object) -> str:
    """``17% [15%, 19%]``."""
    return "{} [{}, {}]".format(*(found.target.number(getattr(level, name)) for name in ("value", "low", "high")))


def change_words(change: Change, together: bool = True) -> str:
    """The sizes that move, from where to where; how far in all, if that is to be told ``together``."""
    named = [part_words(part) for part in change.parts[:SPOKEN]]
    rest = len(change.parts) - SPOKEN
    more = f", and {rest} more by less" if rest > 0 else ""
    far = f", {change.distance:.1f} prior standard deviations together" if len(change.parts) > 1 and together else ""
    return f"{listed(named)}{more}{far}"


def part_words(part: Part) -> str:
    """``how much Moscow cares for 'Seoul business' from 0.2 to 0.3 (+1.2 sd; A36)``."""
    size = f"{part.before:.3g} to {part.after:.3g}"
    return f"{parameter(part.parameter)} from {size} ({part.sds:+.1f} sd; {', '.join(part.sources)})"


def cited(found: Takes) -> dict[str, str]:
    """What the claims say that stand behind the sizes that are named, by id."""
    changes = [change for each in found.by_theory.values() for change in each.changes]
    return linked([source for change in changes for part in change.parts[:SPOKEN] for source in part.sources], None)


def grant(theory: str, change: Change) -> str:
    """Whether the author would grant it: every size within the central 90 % of his prior."""
    outside, who = beyond(theory, change), short_name(theory)
    if not outside:
        return f"{who} would grant {'this' if len(change.parts) == 1 else 'each of these'}."
    already = [part for part in outside if theory not in part.granted_before]
    names = listed([parameter(part.parameter) for part in outside[:SPOKEN]])
    moved = "; the record alone had taken that there" if len(already) == len(outside) else ""
    return f"Beyond what {who} argues: {names}{moved}."


def beyond(theory: str, change: Change) -> list[Part]:
    """The sizes that end outside what a theory grants."""
    return [part for part in change.parts if theory not in part.granted]


def fact_words(fact: Fact) -> str:
    """Keys at values, in words."""
    parts = []
    for key, now, value in fact.settings:
        name = key.removeprefix("pin.")
        if key.startswith("events."):
            parts.append(f"the odds of '{key.split('.')[1].replace('_', ' ')}' at {value:.2f} (now {now:.2f})")
        else:
            parts.append(f"{in_words(name)} held at {value:.2f} (now {now:.2f} on average)")
    return listed(parts)


def _most(found: Takes, few: list[Change]) -> str:
    far = max(few, key=lambda change: found.sign * change.level.value)
    return f"the furthest, {change_words(far)}, gets it to {span(found, far.level)}."


def _facts(found: Takes, each: UnderTheory) -> str:
    able = [fact for fact in each.facts if fact.crosses]
    if able:
        return f"Of facts: {fact_words(able[0])} does it."
    if not each.facts:
        return "No fact moves it."
    best = max(each.facts, key=lambda fact: found.sign * fact.level.value)
    return f"No fact does it: the furthest, {fact_words(best)}, gets it to {span(found, best.level)}."
