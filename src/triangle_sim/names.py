"""Names as people write them, and as the model writes them.

Countries go by three-letter codes, ties by ``goodwill[RUS,PRK]`` (how well Russia is disposed to North Korea).
Files and command lines may write ``North Korea``, ``DPRK`` or ``kp``, and spaces after the comma.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from triangle_sim.errors import printable

COUNTRY_ALIASES: dict[str, tuple[str, ...]] = {
    "CHN": ("CN", "China", "PRC", "People's Republic of China", "Beijing"),
    "KOR": ("KR", "South Korea", "ROK", "Republic of Korea", "Seoul"),
    "PRK": ("KP", "North Korea", "DPRK", "DPR Korea", "Democratic People's Republic of Korea", "Pyongyang"),
    "RUS": ("RU", "Russia", "Russian Federation", "USSR", "Soviet Union", "Moscow"),
    "USA": ("US", "United States", "United States of America", "America", "Washington"),
}
"""Other names of the five countries; case, spaces, dots, hyphens and underscores do not matter."""

COUNTRY_NAMES: dict[str, str] = {
    "CHN": "China", "KOR": "South Korea", "PRK": "North Korea", "RUS": "Russia", "USA": "the United States",
}  # fmt: skip
"""Names for use within a sentence."""

LONGEST_NAME = 120
"""Longer names are refused: the model has none."""

_PARAMETERS_OF_A_COUNTRY = ("weight", "effect", "cost", "rationality", "foresight", "memory", "form")
_TIE = re.compile(r"^\s*(?P<name>[^\[\]]+?)\s*\[\s*(?P<inside>[^\[\]]*?)\s*\]\s*$")


def _key(text: str) -> str:
    return re.sub(r"[\s_\-.]+", "", text).casefold()


_CODES = {_key(name): code for code, names in COUNTRY_ALIASES.items() for name in (code, *names)}


def country_code(text: str) -> str:
    """The code of a country given by code or alias; any other text comes back stripped, for a later check to judge."""
    return _CODES.get(_key(text), text.strip())


def country_name(code: str) -> str:
    """``PRK`` -> ``North Korea``; a code without a name is its own name."""
    return COUNTRY_NAMES.get(code, code)


def canonical_name(text: str) -> str:
    """A variable's or parameter's name in its one spelling.

    ``goodwill[ RUS , North Korea ]`` -> ``goodwill[RUS,PRK]``; ``weight.DPRK.supply`` -> ``weight.PRK.supply``;
    ``effect.KP.court_moscow.goodwill[Russia, KP]`` -> ``effect.PRK.court_moscow.goodwill[RUS,PRK]``.
    Text that is no such name comes back stripped.
    """
    text = text.strip()
    if len(text) > LONGEST_NAME:
        return text
    match = _TIE.match(text)
    inside = ""
    if match:
        text = match["name"].strip()
        inside = "[" + ",".join(country_code(part) for part in match["inside"].split(",")) + "]"
    parts = [part.strip() for part in text.split(".")]
    if len(parts) > 1 and parts[0] in _PARAMETERS_OF_A_COUNTRY:
        parts[1] = country_code(parts[1])
    return ".".join(parts) + inside


def suggest(word: str, known: Iterable[str]) -> list[str]:
    """The known name closest to ``word``, as a list; empty if none comes near."""
    if len(word) > LONGEST_NAME:
        return []
    wanted, by_key = word.casefold(), {name.casefold(): name for name in known}
    close = difflib.get_close_matches(wanted, by_key, n=1, cutoff=0.6)
    if not close and len(wanted) >= 4:  # a part of a long name, such as `appetite` for `us_deal_appetite`
        close = [key for key in by_key if wanted in key]
    return [by_key[key] for key in close[:1]]


@dataclass(frozen=True, eq=False)
class Suggestion:
    """Help for an unknown name; the nearest known names are looked for only when its ``str`` is asked for."""

    word: str
    known: Collection[str]
    what: str = "known"
    limit: int = 12
    elsewhere: Collection[str] = ()

    def __str__(self) -> str:
        """``did you mean 'CHN'? known: CHN, KOR, ...``; empty when nothing is known.

        Of more than ``limit`` names only the nearest ones are listed, with how many there are. A name that is known
        ``elsewhere`` may be meant too.
        """
        names = sorted(set(self.known))
        if not names:
            return ""
        question = "".join(f"did you mean '{name}'? " for name in suggest(self.word, {*names, *self.elsewhere}))
        if len(names) > self.limit:
            near = difflib.get_close_matches(self.word[:LONGEST_NAME], names, n=self.limit, cutoff=0.3)
            names = [*(near or names[: self.limit]), f"... ({len(names)} in all)"]
        return printable(f"{question}{self.what}: {', '.join(names)}")


def did_you_mean(word: str, known: Iterable[str], what: str = "known", limit: int = 12) -> str:
    """The text of a :class:`Suggestion`."""
    return str(Suggestion(word, list(known), what, limit))


def counted(number: int, word: str) -> str:
    """``1 future``, ``1,000 futures``."""
    return f"{number:,} {word}{'s' * (number != 1)}"


def extent(draws: int, replicates: int) -> str:
    """``500 draws x 1 replicate``."""
    return f"{counted(draws, 'draw')} x {counted(replicates, 'replicate')}"


def per_cent(value: float) -> str:
    """A share as per cent, with a decimal where it is small."""
    return f"{value:.1%}" if 0 < value < 0.1 else f"{value:.0%}"


class Text(str):
    """Text that a notebook shows as it is printed."""

    def __repr__(self) -> str:
        return str(self)
