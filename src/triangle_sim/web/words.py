"""Words for readers: sentences of the page, of `play` and of the classroom, and the model's names, in two languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from triangle_sim.errors import UsageError, quote
from triangle_sim.names import did_you_mean
from triangle_sim.resources import read_yaml
from triangle_sim.wording import in_words

LANGUAGES = ("en", "ko")
"""The first is complete; the others have the same keys, and ``said`` for what the model says in the first by itself."""

PARTS = ("label", "the", "capital", "card", "news", "meaning", "question", "title", "author", "argument")
"""What there may be of a name; ``label`` is there whenever there are several."""

_HOLE = re.compile(r"\{(\w+)\}(?:([’”]*)([이을은과]?\([가를는와으]\)로?))?")
_QUARTER = re.compile(r"(\d{4})Q([1-4])")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_SOUNDS = {"0": 21, "1": 8, "3": 16, "6": 1, "7": 8, "8": 8}
"""Final consonants of the digits as they are read in Korean, numbered as in Unicode; the others end in a vowel."""
_L = 8


@dataclass(frozen=True)
class Words:
    """All words of one language; ``data`` is what its file says."""

    language: str
    data: Mapping[str, Any]

    def __call__(self, key: str, /, **values: object) -> str:
        """A sentence of the user interface with its holes filled in: ``words("play.turn", quarter="2024Q3")``.

        Raises KeyError for a key that is not there, or a hole that is given no value.
        """
        found: Any = self.data["ui"]
        for part in key.split("."):
            found = found[part]
        return fill(found, {name: self.quarter(value) for name, value in values.items()})

    def quarter(self, value: object) -> str:
        """A quarter as the language tells one, 2024Q3 or 2024년 3분기; any other value as it is."""
        told = str(value)
        if not (found := _QUARTER.fullmatch(told)):
            return told
        return fill(self.data["quarter"], {"year": found[1], "number": found[2]})

    def said(self, text: str, *path: str) -> str:
        """What the model says in English itself, in this language where it has words for it:
        ``words.said(claim, "claims", "A1", "says")``."""
        found: Any = self.data.get("said", {})
        for part in path:
            found = found.get(part) if isinstance(found, Mapping) else None
        return found if isinstance(found, str) else text

    def name(self, kind: str, *path: str) -> str:
        """A name of the model: ``words.name("moves", "PRK", "hold", "label")``.

        A name without words, as an event of a reader's own scenario, is told with its underscores as spaces.
        """
        found: Any = self.data.get(kind, {})
        for part in path:
            found = found.get(part) if isinstance(found, Mapping) else None
        if isinstance(found, str):
            return found
        return in_words(path[-2] if path[-1] in PARTS else path[-1])


@cache
def words(language: str = LANGUAGES[0]) -> Words:
    """The words of a language.

    Raises
    ------
    UsageError
        for a language that there is none of.
    """
    if language not in LANGUAGES:
        raise UsageError(f"no words in {quote(language)}", did_you_mean(language, LANGUAGES, "languages"))
    return Words(language, read_yaml(Path(__file__).with_name("words") / f"{language}.yaml"))


def fill(text: str, values: Mapping[str, object]) -> str:
    """The text with each ``{name}`` replaced by its value; nothing else in it means anything, but for the two forms of
    a Korean particle right after one, as in ``{name}이(가)``: the one that the value takes is left."""
    return _HOLE.sub(
        lambda hole: f"{values[hole[1]]}{hole[2] or ''}{_particle(str(values[hole[1]]), hole[3] or '')}", text
    )


def _particle(word: str, pair: str) -> str:
    """Of a pair such as 이(가) the one that follows a word, by its last sound: 한국이, 러시아가, 3이, 미국으로."""
    last = _IN_BRACKETS.sub("", word)[-1:]
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
    elif last in set("0123456789"):
        final = _SOUNDS.get(last, 0)
    else:
        return pair
    closing, open_ = ("으로", "로") if pair.startswith("(") else (pair[:1], pair[2:3])
    return closing if final and not (open_ == "로" and final == _L) else open_


def leaves(data: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every text with the keys that lead to it."""
    if isinstance(data, Mapping):
        for key, each in data.items():
            yield from leaves(each, (*at, str(key)))
    else:
        yield at, data


def holes(text: str) -> set[str]:
    """The names in a text that are filled in."""
    return {found[1] for found in _HOLE.finditer(text)}


def differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """How two languages differ in keys or in holes, and texts that are none, one line each."""
    ours, theirs = dict(leaves(first)), dict(leaves(second))
    found = [f"only in the first: {'.'.join(at)}" for at in ours if at not in theirs]
    found += [f"only in the second: {'.'.join(at)}" for at in theirs if at not in ours]
    for at in (at for at in ours if at in theirs):
        one, other = ours[at], theirs[at]
        if not (isinstance(one, str) and isinstance(other, str) and one.strip() and other.strip()):
            found.append(f"no text: {'.'.join(at)}")
        elif holes(one) != holes(other):
            found.append(f"other holes: {'.'.join(at)}: {one!r} and {other!r}")
    return found
