"""Stored blocks: the rectangles of the design that are computed, written and checked one by one.

A run is addressed by its draw and its replicate, so a design is a grid and a block is a rectangle of it. That is why
draws or replicates can be added later, and why parts made on different machines can be joined: rectangles are added,
and none that is there has to change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

SMALLEST = 1000
"""Runs a stored block has at least, where there are as many: those that are computed at once."""
TWELVE = 12
"""A few blocks are made twelve where they can be: two, three, four and six workers share them evenly."""
FILES = 1000
"""About how many blocks a design is cut into at most: blocks grow with it."""
PARAMETER_DRAWS = 1000
"""Draws a file of parameters holds. It has a column for each, so that a file a block would be little but column heads
(measured: 25 draws take 265 kB and 19 ms, 500 draws 2 MB and 22 ms)."""

Span = tuple[int, int]
"""First and end, the end not included."""


@dataclass(frozen=True, order=True)
class Cell:
    """A rectangle of the design; one without replicates stands for the parameters of its draws."""

    draws: Span
    replicates: Span = (0, 0)

    @property
    def width(self) -> int:
        """Replicates of each draw."""
        return self.replicates[1] - self.replicates[0]

    @property
    def runs(self) -> int:
        """Runs in all."""
        return (self.draws[1] - self.draws[0]) * self.width

    @property
    def kinds(self) -> tuple[str, ...]:
        """The files it is stored as."""
        return ("counts", "runs") if self.runs else ("parameters",)

    @property
    def name(self) -> str:
        """The name of its files; names sort in the order of runs."""
        draws = f"d{self.draws[0]:08}-{self.draws[1] - 1:08}"
        return f"{draws}.r{self.replicates[0]:08}-{self.replicates[1] - 1:08}" if self.runs else draws

    def __str__(self) -> str:
        draws = spanned("draw", self.draws)
        return f"{draws}, {spanned('replicate', self.replicates)}" if self.runs else f"the parameters of {draws}"

    def pieces(self, size: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Draw and replicate numbers of its runs in order, at most ``size`` at a time."""
        for first in range(0, self.runs, size):
            run = np.arange(first, min(first + size, self.runs))
            yield self.draws[0] + run // self.width, self.replicates[0] + run % self.width


def spanned(what: str, span: Span) -> str:
    """``draw 4``, ``draws 4 to 7``."""
    first, last = span[0], span[1] - 1
    return f"{what} {first}" if first == last else f"{what}s {first} to {last}"


@dataclass(frozen=True)
class Region:
    """A rectangle of the design and the size of the blocks it is cut into."""

    draws: Span
    replicates: Span
    block: int

    @classmethod
    def of(cls, draws: Span, replicates: Span, block: int | None = None) -> Region:
        """With blocks of a size that suits it, where none is given."""
        runs = (draws[1] - draws[0]) * (replicates[1] - replicates[0])
        return cls(draws, replicates, block or block_size(runs))

    def cells(self) -> Iterator[Cell]:
        """Whole draws where their replicates fit into a block, else one draw and some of its replicates."""
        (d0, d1), (r0, r1) = self.draws, self.replicates
        if r1 - r0 <= self.block:
            step = self.block // (r1 - r0)
            if TWELVE // 2 < -(-(d1 - d0) // step) < TWELVE:
                step = -(-(d1 - d0) // TWELVE)
            for draw in range(d0, d1, step):
                yield Cell((draw, min(draw + step, d1)), self.replicates)
            return
        for draw in range(d0, d1):
            for first in range(r0, r1, self.block):
                yield Cell((draw, draw + 1), (first, min(first + self.block, r1)))

    def parameter_cells(self) -> Iterator[Cell]:
        """The draws that this region is the first to hold, in files of parameters."""
        if self.replicates[0] == 0:
            for draw in range(*self.draws, PARAMETER_DRAWS):
                yield Cell((draw, min(draw + PARAMETER_DRAWS, self.draws[1])))

    def data(self) -> dict[str, Any]:
        """As the manifest holds it."""
        return {"draws": list(self.draws), "replicates": list(self.replicates), "block": self.block}

    @classmethod
    def read(cls, data: dict[str, Any]) -> Region:
        """From the manifest.

        Raises
        ------
        ValueError, KeyError, TypeError
            if it is none.
        """
        (d0, d1), (r0, r1), block = data["draws"], data["replicates"], data["block"]
        if {type(number) for number in (d0, d1, r0, r1, block)} != {int}:
            raise ValueError(f"{data} is no part of a design")
        if not (0 <= d0 < d1 and 0 <= r0 < r1 and block >= 1):
            raise ValueError(f"{data} is no part of a design")
        return cls((d0, d1), (r0, r1), block)


def block_size(runs: int) -> int:
    """Runs a block: ``SMALLEST``, more where that would make more than about ``FILES`` of them."""
    return SMALLEST * max(1, -(-runs // (SMALLEST * FILES)))


def cells_of(regions: list[Region], part: tuple[int, int] | None = None) -> list[Cell]:
    """All stored blocks of a design in the order of their runs, files of parameters first; or those of part k of n."""
    parameters = sorted(cell for region in regions for cell in region.parameter_cells())
    runs = sorted(cell for region in regions for cell in region.cells())
    return [*_slice(parameters, part), *_slice(runs, part)]


def _slice(cells: list[Cell], part: tuple[int, int] | None) -> list[Cell]:
    if part is None:
        return cells
    k, n = part
    return cells[(k - 1) * len(cells) // n : k * len(cells) // n]
