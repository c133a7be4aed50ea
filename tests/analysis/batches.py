"""Results whose runs come in batches, for tests of what is worked out from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from triangle_sim.montecarlo.result import Result


@dataclass
class Batches:
    """A table of runs handed out ``size`` rows at a time; ``passes`` tells how often, and for which columns."""

    frame: pd.DataFrame
    size: int = 1000
    passes: list[list[str]] = field(default_factory=list)

    def scan(self, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        self.passes.append(list(columns))
        for first in range(0, len(self.frame), self.size):
            yield self.frame.iloc[first : first + self.size][list(columns)]


@dataclass
class Tables:
    """A result's tables with the runs replaced; the whole of them cannot be asked for."""

    others: Any
    runs: Any

    def table(self, name: str) -> pd.DataFrame:
        assert name != "runs", "the runs must not be loaded"
        return self.others.table(name)

    def scan(self, name: str, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        assert name == "runs"
        return self.runs.scan(columns)


def with_runs(result: Result, frame: pd.DataFrame, size: int = 1000) -> tuple[Result, Batches]:
    """The result with other runs, in batches, and what hands them out."""
    runs = Batches(frame, size)
    design = {name + "s": int(frame[name].max()) + 1 for name in ("draw", "replicate")}
    return replace(result, manifest=result.manifest | design, tables=Tables(result.tables, runs)), runs
