"""The model's names in words that need no knowledge of them: ``us_prk_dialogue``, ``goodwill[RUS,PRK]``, endings."""

from __future__ import annotations

import re

from triangle_sim.names import country_name

CAPITAL = {"CHN": "Beijing", "KOR": "Seoul", "PRK": "Pyongyang", "RUS": "Moscow", "USA": "Washington"}

_SHORT = {"prk": "North Korean", "us": "US", "rok": "Seoul", "rus": "Moscow", "chn": "China", "chinese": "Chinese",
          "russian": "Russian", "russia": "Russia", "ukraine": "Ukraine", "sino": "Sino", "beijing": "Beijing",
          "moscow": "Moscow", "pyongyang": "Pyongyang", "washington": "Washington", "seoul": "Seoul", "kim": "Kim",
          "china": "China", "trump": "Trump", "harris": "Harris", "strongmens": "strongmen's"}  # fmt: skip
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
_TIE = re.compile(r"goodwill\[(\w+),(\w+)\]")


def in_words(name: str) -> str:
    """A name as words: a variable, a move, an interest, an ending, a type of triangle."""
    tie = _TIE.fullmatch(name)
    if tie:
        return f"{capital(tie[1])}'s goodwill to {capital(tie[2])}"
    return _WHOLE.get(name) or " ".join(_SHORT.get(word, word) for word in name.split("_"))


def capital(code: str) -> str:
    """A country by its capital."""
    return CAPITAL.get(code) or country_name(code)
