"""Calendar quarters, written ``2024Q3``: the clock of the model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import overload

PATTERN = r"^[0-9]{4}Q[1-4]$"
"""Regular expression of a quarter as files write it."""

_LOOSE = (r"(?P<year>\d{4})[\s_-]*[qQ]\s*(?P<quarter>[1-4])", r"[qQ]\s*(?P<quarter>[1-4])[\s_/-]*(?P<year>\d{4})")
_DATE = r"(\d{4})-(0[1-9]|1[0-2])(-\d\d)?"


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """One calendar quarter. ``Quarter.parse("2024Q3") + 2`` is ``2025Q1``; a difference is a number of quarters."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise ValueError(f"a year has quarters 1 to 4, not {self.number}")
        if not 0 <= self.year <= 9999:
            raise ValueError(f"the year {self.year} is out of range 0 to 9999")

    @classmethod
    def parse(cls, text: object) -> Quarter:
        """From ``2024Q3``, or a quarter as it is.

        Raises
        ------
        ValueError
            for anything else; where another spelling is recognised the message gives the right one.
        """
        if isinstance(text, Quarter):
            return text
        if isinstance(text, str) and re.match(PATTERN, text) and not text.endswith("\n"):
            return cls(int(text[:4]), int(text[5]))
        raise ValueError(f"not a quarter; {_advice(text)}")

    @property
    def _index(self) -> int:
        return 4 * self.year + self.number - 1

    @classmethod
    def _of(cls, index: int) -> Quarter:
        return cls(index // 4, index % 4 + 1)

    def __add__(self, quarters: int) -> Quarter:
        return Quarter._of(self._index + int(quarters))

    @overload
    def __sub__(self, other: Quarter) -> int: ...
    @overload
    def __sub__(self, other: int) -> Quarter: ...
    def __sub__(self, other: Quarter | int) -> Quarter | int:
        return self._index - other._index if isinstance(other, Quarter) else Quarter._of(self._index - int(other))

    def __str__(self) -> str:
        return f"{self.year:04d}Q{self.number}"

    def __repr__(self) -> str:
        return f"Quarter('{self}')"


def _advice(text: object) -> str:
    """How to write what ``text`` seems to mean: ``write 2024Q3``."""
    given = str(text).strip() if isinstance(text, str | int) and not isinstance(text, bool) else ""
    given = given if given.isascii() and len(given) < 20 else ""
    for pattern in _LOOSE:
        if match := re.fullmatch(pattern, given):
            return f"write {match['year']}Q{match['quarter']}"
    if match := re.fullmatch(_DATE, given):
        return f"write {match[1]}Q{(int(match[2]) + 2) // 3}"
    if re.fullmatch(r"\d{4}", given):
        return f"write {given}Q1 for its first quarter"
    if re.fullmatch(r"\d{4}Q\d+", given):
        return "a year has quarters 1 to 4, as in 2024Q3"
    return "write a year and a quarter, as in 2024Q3"
