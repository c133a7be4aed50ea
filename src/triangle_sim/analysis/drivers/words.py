"""Parameters, conditions and theories in words that need no knowledge of the model's names."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

from triangle_sim.names import country_name

CAPITAL = {"CHN": "Beijing", "KOR": "Seoul", "PRK": "Pyongyang", "RUS": "Moscow", "USA": "Washington"}

_SHORT = {"prk": "North Korean", "us": "US", "rok": "Seoul", "rus": "Moscow", "chn": "China", "chinese": "Chinese",
          "russian": "Russian", "russia": "Russia", "ukraine": "Ukraine", "sino": "Sino", "beijing": "Beijing",
          "moscow": "Moscow", "pyongyang": "Pyongyang", "washington": "Washington", "seoul": "Seoul", "kim": "Kim",
          "china": "China"}  # fmt: skip
_WHOLE = {
    "us_prk_dialogue": "talks between Washington and Pyongyang",
    "sino_russian_rivalry": "Sino-Russian rivalry",
    "sino_us_stake": "what Beijing has to lose with Washington",
    "us_deal_appetite": "Washington's appetite for a deal with Kim",
    "us_russia_opening": "Washington's wish to deal with Moscow",
    "rok_russia_cooperation": "cooperation between Seoul and Moscow",
    "technology_to_prk": "Russian technology for Pyongyang",
    "arms_to_russia": "arms for Russia",
    "ukraine_war": "the war in Ukraine",
    "us_prk_summit": "US-North Korean summit",
    "seoul_engagement": "Seoul's wish to engage the North",
    "seoul_market": "what Seoul's economy offers",
    "russian_means": "what Moscow can spare",
    "border_closed": "how tightly Pyongyang has shut its border",
}
_FORMS = {
    "weight": "how much {country} cares for '{name}'",
    "form": "how {country}'s interest '{name}' is shaped",
    "effect": "what {country}'s move '{name}' does to {variable}",
    "joint": "what the meeting '{name}' does to {variable}",
    "cost": "what the move '{name}' costs {country}",
    "rationality": "how sharply {country} chooses",
    "foresight": "how far ahead {country} looks",
    "memory": "how long {country} remembers",
    "driver": "how much {name} moves {variable}",
    "start": "{variable} at the start",
    "rest": "the level to which {variable} returns",
    "rate": "how fast {variable} returns to its resting level",
    "noise": "quarterly shocks to {variable}",
    "fade": "how fast what moved a tie fades",
    "legacy": "how much of the past a tie keeps",
}
_TIE = re.compile(r"goodwill\[(\w+),(\w+)\]")


def spaced(name: str) -> str:
    """A name as words."""
    return _WHOLE.get(name) or " ".join(_SHORT.get(word, word) for word in name.split("_"))


def quantity(name: str) -> str:
    """A state variable or condition: ``goodwill[RUS,PRK]`` is "Moscow's goodwill to Pyongyang"."""
    tie = _TIE.fullmatch(name)
    return f"{capital(tie[1])}'s goodwill to {capital(tie[2])}" if tie else spaced(name)


def capital(code: str) -> str:
    """A country by its capital."""
    return CAPITAL.get(code) or country_name(code)


def parameter(name: str) -> str:
    """A parameter: ``weight.RUS.seoul_business`` is "how much Moscow cares for 'Seoul business'"."""
    kind, *rest = name.split(".")
    form = _FORMS.get(kind)
    if form is None:
        return name
    if kind in ("weight", "form", "effect", "cost", "rationality", "foresight", "memory"):
        country, *rest = rest or [""]
    else:
        country = ""
    if kind == "form":
        rest = [" ".join(rest)]
    if kind in ("start", "rest", "rate", "noise"):
        rest = ["", *rest]
    named, variable = (*rest, "", "")[:2]
    return form.format(country=capital(country), name=spaced(named), variable=quantity(variable))


MODEL = "Intervals are 95%, over draws. A model, not a forecast."


def paragraphs(parts: Iterable[str], width: int = 100) -> str:
    """Paragraphs of plain text."""
    return "\n\n".join(textwrap.fill(part, width) for part in parts)


def author(theory: str) -> str:
    """A theory by its author: ``chung-2024`` is "Chung"."""
    return theory.split("-")[0].capitalize()


def listed(parts: list[str], last: str = "and") -> str:
    """``a, b and c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else ""
