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
"""The first is complete; the others have the same keys."""

PARTS = ("label", "the", "capital", "card", "news", "meaning", "question", "title", "author", "argument")
"""What there may be of a name; ``label`` is there whenever there are several."""

_HOLE = re.compile(r"\{(\w+)\}")


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
        return fill(found, values)

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
    """The text with each ``{name}`` replaced by its value; nothing else in it means anything."""
    return _HOLE.sub(lambda hole: str(values[hole[1]]), text)


def leaves(data: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every text with the keys that lead to it."""
    if isinstance(data, Mapping):
        for key, each in data.items():
            yield from leaves(each, (*at, str(key)))
    else:
        yield at, data


def differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """How two languages differ in keys or in holes, and texts that are none, one line each."""
    ours, theirs = dict(leaves(first)), dict(leaves(second))
    found = [f"only in the first: {'.'.join(at)}" for at in ours if at not in theirs]
    found += [f"only in the second: {'.'.join(at)}" for at in theirs if at not in ours]
    for at in (at for at in ours if at in theirs):
        one, other = ours[at], theirs[at]
        if not (isinstance(one, str) and isinstance(other, str) and one.strip() and other.strip()):
            found.append(f"no text: {'.'.join(at)}")
        elif set(_HOLE.findall(one)) != set(_HOLE.findall(other)):
            found.append(f"other holes: {'.'.join(at)}: {one!r} and {other!r}")
    return found
