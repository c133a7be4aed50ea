"""How a design is cut into blocks, the rectangles of draws and replicates that are computed and stored one by one.

A run is addressed by its draw and its replicate, so a design is a grid and a block is a rectangle of it. That is why
draws or replicates can be added later, and why parts made on different machines can be joined: rectangles are added,
and none of those that are there changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

SMALLEST = 1000
"""Runs of a block, where the design has as many: those that are computed at once."""
ABOUT = 1000
"""About how many blocks a design is cut into at most: blocks of larger designs are larger."""
PARAMETER_DRAWS = 1000
"""Draws in a file of parameters. It has a column for each parameter, so a small file would be little but column heads
(measured: 25 draws take 265 kB and 19 ms, 500 draws 2 MB and 22 ms)."""

Span = tuple[int, int]
"""First and end, the end not included."""


@dataclass(frozen=True, order=True)
class Cell:
    """The address of a block; one without replicates stands for the parameters of its draws."""

    draws: Span
    replicates: Span = (0, 0)

    @property
    def runs(self) -> int:
        """Runs in all."""
        return (self.draws[1] - self.draws[0]) * (self.replicates[1] - self.replicates[0])

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
        width = self.replicates[1] - self.replicates[0]
        for first in range(0, self.runs, size):
            run = np.arange(first, min(first + size, self.runs))
            yield self.draws[0] + run // width, self.replicates[0] + run % width


def spanned(what: str, span: Span) -> str:
    """``draw 4``, ``draws 4 to 7``."""
    first, last = span[0], span[1] - 1
    return f"{what} {first}" if first == last else f"{what}s {first} to {last}"


@dataclass(frozen=True)
class Region:
    """A rectangle of the design, and the size of the blocks it is cut into."""

    draws: Span
    replicates: Span
    block: int

    @classmethod
    def of(cls, draws: Span, replicates: Span) -> Region:
        """With blocks of a size that suits it."""
        return cls(draws, replicates, block_size(Cell(draws, replicates).runs))

    @classmethod
    def read(cls, data: dict[str, Any]) -> Region:
        """From a valid manifest."""
        (d0, d1), (r0, r1) = data["draws"], data["replicates"]
        return cls((d0, d1), (r0, r1), data["block"])

    def data(self) -> dict[str, Any]:
        """As the manifest holds it."""
        return {"draws": list(self.draws), "replicates": list(self.replicates), "block": self.block}

    def _steps(self) -> tuple[range, range]:
        """First draws and first replicates of its blocks: whole draws where their replicates fit into a block, else one
        draw and some of its replicates."""
        width = self.replicates[1] - self.replicates[0]
        draws, replicates = (self.block // width, width) if width <= self.block else (1, self.block)
        return range(*self.draws, draws), range(*self.replicates, replicates)

    def _parameter_draws(self) -> range:
        """First draws of its files of parameters; it has those of the draws that it is the first region to hold."""
        return range(*self.draws, PARAMETER_DRAWS) if self.replicates[0] == 0 else range(0)

    def count(self) -> int:
        """How many blocks it is cut into, files of parameters included."""
        draws, replicates = self._steps()
        return len(draws) * len(replicates) + len(self._parameter_draws())

    def cells(self) -> Iterator[Cell]:
        """Its blocks of runs."""
        draws, replicates = map(_spans, self._steps())
        return (Cell(*spans) for spans in product(draws, replicates))

    def parameter_cells(self) -> Iterator[Cell]:
        """Its files of parameters."""
        return map(Cell, _spans(self._parameter_draws()))


def _spans(firsts: range) -> list[Span]:
    """The pieces that a range with a step cuts its numbers into."""
    return [(first, min(first + firsts.step, firsts.stop)) for first in firsts]


def block_size(runs: int) -> int:
    """Runs a block: ``SMALLEST``, more where that would make more than ``ABOUT`` blocks."""
    return SMALLEST * max(1, -(-runs // (SMALLEST * ABOUT)))


def cells_of(regions: list[Region], part: tuple[int, int] | None = None) -> list[Cell]:
    """All blocks of a design in the order of their runs, files of parameters first; or those of part k of n."""
    parameters = sorted(cell for region in regions for cell in region.parameter_cells())
    runs = sorted(cell for region in regions for cell in region.cells())
    k, n = part or (1, 1)
    return [cell for cells in (parameters, runs) for cell in cells[(k - 1) * len(cells) // n : k * len(cells) // n]]
