"""The words behind an id: what A37 says, or what D3 asks, in one short line."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from triangle_sim.claims.disagreements import load_disagreements
from triangle_sim.claims.ledger import load_claims
from triangle_sim.resources import read_seed

WIDTH = 96
"""Characters of a short line."""

_ID = re.compile(r"\bfacts:\w+|\b[A-Z]+\d+\b")


@lru_cache(maxsize=1)
def all_words() -> Mapping[str, str]:
    """What each claim says, and each pattern, event and fact of the record, by id: a sentence without its stop."""
    record = read_seed("facts", "record.yaml")
    words = {claim.id: claim.claim for claim in load_claims().values()}
    words |= {each.id: each.question for each in load_disagreements().values()}
    words |= {each["id"]: each["title"] for each in read_seed("facts", "patterns.yaml")["patterns"]}
    words |= {name: each["title"] for name, each in record["events"].items()}
    words |= {f"facts:{name}": each["title"] for name, each in record["facts"].items()}
    return MappingProxyType({name: " ".join(text.split()).rstrip(".") for name, text in words.items()})


def words_of(id_: str, width: int | None = WIDTH) -> str:
    """What an id says, cut at a word to ``width`` characters (None: whole); empty for what is neither a claim nor of
    the record, such as ``judgement``."""
    text = all_words().get(id_, "")
    return text if width is None else textwrap.shorten(text, width, placeholder=" ...")


def linked(ids: Iterable[str], width: int | None = WIDTH) -> dict[str, str]:
    """The words behind some ids, by id, each once: article by article, in the order of their numbers."""
    return {name: words_of(name, width) for name in sorted({*ids} & {*all_words()}, key=in_order)}


def cited(text: str) -> list[str]:
    """The ids that a text cites, each once, in their order."""
    return sorted({*_ID.findall(text)} & {*all_words()}, key=in_order)


def in_order(id_: str) -> tuple[str, int]:
    """The place of an id among others: its letters, then its number."""
    letters = id_.rstrip("0123456789")
    return letters, int(id_[len(letters) :] or 0)
