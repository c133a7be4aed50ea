"""Parameters, conditions and theories in words that need no knowledge of the model's names."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from triangle_sim.wording import capital, in_words

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
    return form.format(country=capital(country), name=in_words(named), variable=in_words(variable))


MODEL = "Intervals are 95%, over draws. A model, not a forecast."


def paragraphs(parts: Iterable[str], width: int = 100) -> str:
    """Paragraphs of plain text."""
    return "\n\n".join(textwrap.fill(part, width) for part in parts)


def listed(parts: list[str], last: str = "and") -> str:
    """``a, b and c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else ""
