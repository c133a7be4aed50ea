"""Plain words for the names in a result. A name that is not listed is shown with its underscores as spaces."""

from __future__ import annotations

import math
import re

from triangle_sim.names import country_name
from triangle_sim.wording import capital, in_words

MINUS, DASH, TIMES, NO_BREAK = "\N{MINUS SIGN}", "\N{EN DASH}", "\N{MULTIPLICATION SIGN}", "\N{NO-BREAK SPACE}"

QUESTION = {
    "chinese_supply": "How much does China supply to North Korea?",
    "russian_supply": "How much does Russia supply to North Korea?",
    "arms_to_russia": "How many arms does North Korea ship to Russia?",
    "technology_to_prk": "How much Russian technology reaches North Korea?",
    "nuclear_missile_capability": "How capable are North Korea's nuclear and missile forces?",
    "sanctions_pressure": "How hard do sanctions press on North Korea?",
    "trilateral_cohesion": "How close are the US, South Korea and Japan?",
    "rok_russia_cooperation": "Do Seoul and Moscow do business?",
    "us_prk_dialogue": "Do Washington and Pyongyang talk?",
    "chinese_commitment": "How bound is China to defend North Korea?",
    "russian_commitment": "How bound is Russia to defend North Korea?",
    "peninsula_tension": "How tense is the peninsula?",
    "ukraine_war": "How intense is the war in Ukraine?",
    "us_deal_appetite": "How eager is Washington for a deal with Kim?",
    "us_russia_opening": "How eager is Washington to deal with Moscow?",
    "sino_russian_rivalry": "How much do Beijing and Moscow compete?",
    "seoul_market": "How much does Seoul's economy offer others?",
    "russian_means": "How much can Moscow spare?",
    "sino_us_stake": "How much does Beijing stand to lose with Washington?",
}

GLOSS = {
    "menage_a_trois": "all three friendly",
    "romantic_triangle": "one pivot between two rivals",
    "stable_marriage": "two against an outcast",
    "unit_veto": "all three hostile",
    "indeterminate": "a tie is near neutral",
}
"""What a type of triangle means in a few words."""

ENDINGS = {
    "abandonment": "China, Russia and the United States are all cool to it, and little is supplied",
    "strongmens_alignment": "a deal with Washington is under way, and Moscow is warm to Washington and Pyongyang",
    "chinese_reassertion": "most supply comes from China, and Moscow is not warm",
    "russian_shield": "Moscow is warm, Beijing is not, and Washington is not talking",
    "bloc": "China, North Korea and Russia are warm to each other and face the US, South Korea and Japan",
    "hedging": "at least two of the three great powers are warm to it",
    "unsettled": "none of these",
}
"""What an ending means in a few words; the rules are in :mod:`triangle_sim.outcomes.end_state`."""

_NAMES = {
    "menage_a_trois": "Ménage à trois",
    "strongmens_alignment": "Strongmen's alignment",
    "none": "No role",
    "chung-2024": "If Chung 2024 is right",
    "lowy-2023": "If Lowy 2023 is right",
}

_TIE = re.compile(r"goodwill\[(\w+),(\w+)\]")


def tie_of(variable: str) -> tuple[str, str] | None:
    """The two countries of ``goodwill[A,B]`` (how A is disposed to B), or None for any other variable."""
    match = _TIE.fullmatch(variable)
    return (match[1], match[2]) if match else None


def plain(name: str) -> str:
    """A name as words: underscores become spaces, the first letter a capital."""
    text = in_words(name)
    return _NAMES.get(name, text[:1].upper() + text[1:])


def question(variable: str) -> str:
    """The question a variable's course answers."""
    tie = tie_of(variable)
    if tie is not None:
        subject, towards = map(capital, tie)
        return f"How warm is {subject} toward {towards}?"
    # A country's two words stay on one line.
    return re.sub(r"(North|South) Korea", rf"\1{NO_BREAK}Korea", QUESTION.get(variable, f"{plain(variable)}?"))


def outcome(name: str) -> tuple[str, str]:
    """The question an outcome answers, and its unit; its name as a question, and no unit, if it is not registered."""
    from triangle_sim.outcomes import OUTCOMES

    found = OUTCOMES.get(name)
    return (found.question, found.unit) if found else (f"{plain(name)}?", "")


def country(code: str) -> str:
    """A country's name as a label."""
    return country_name(code).removeprefix("the ")


def theory(name: str) -> str:
    """A theory as the condition it is."""
    return _NAMES.get(name, f"If {name} is right")


def percent(share: float, low: float = math.nan, high: float = math.nan) -> str:
    """A share as per cent with its interval, "35 % (32-38)"; ends are dropped where there is no interval.

    Whole per cents, but "<1" and ">99" where rounding would claim never or always.
    """
    if math.isnan(share):
        return "no data"
    whole = "<1" if 0 < share < 0.005 else ">99" if 0.995 < share < 1 else f"{100 * share:.0f}"
    return f"{whole} %" if math.isnan(low) or math.isnan(high) else f"{whole} % ({100 * low:.0f}{DASH}{100 * high:.0f})"
