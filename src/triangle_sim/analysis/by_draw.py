"""One pass over the runs, whatever their number: what every table of the analysis needs, added up draw by draw.

Runs come from ``Result.scan`` a batch at a time, blocks in the order of their address; a few numbers a draw and column
are kept. The numbers therefore do not depend on how many processes computed the runs. A folder that was extended has
its blocks cut differently from one run at once, and sums over them may differ in the last digits (1e-12).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from triangle_sim.analysis.moments import Moments
from triangle_sim.montecarlo.result import Result
from triangle_sim.names import suggest
from triangle_sim.outcomes import OUTCOMES

HEADLINE = ("us_prk_summit", "nuclear_test", "rok_rus_normalised", "technology_gained", "support_from_both")
VARIANCE = ("us_prk_summit", "technology_gained", "dependence_on_china", "rok_rus_cooperation_gain")
SUMMARY = tuple(dict.fromkeys(("end_state", *HEADLINE, *VARIANCE)))
"""Outcomes of the summary. Whoever asks for one gets all of them in the same pass."""


@dataclass(frozen=True, eq=False)
class ByDraw:
    """Runs added up by draw, in the order of their numbers.

    ``theory`` and ``runs`` ``(draws,)`` say to which theory a draw belongs and how many runs it has. ``numbers`` are
    the moments of each column of numbers or truth values; ``counts`` the runs ``(draws,)`` in each category that
    occurs, of each column of names.
    """

    theory: NDArray[Any]
    runs: NDArray[np.int64]
    numbers: dict[str, Moments]
    counts: dict[str, dict[str, NDArray[np.int64]]]

    def __contains__(self, column: object) -> bool:
        return column in self.numbers or column in self.counts

    @cached_property
    def theories(self) -> list[str]:
        """Theories that were drawn, in alphabetical order."""
        return sorted(set(self.theory.tolist()))

    @property
    def views(self) -> list[str | None]:
        """What a table shows: all draws (None), then each theory's."""
        return [None, *self.theories]

    def of(self, theory: str | None = None) -> NDArray[np.bool_]:
        """The draws of a theory ``(draws,)``, or all."""
        return np.ones(len(self.runs), bool) if theory is None else np.asarray(self.theory == theory)

    def truth(self, column: str, category: str) -> Moments:
        """A category as a truth value: whether ``column`` is ``category``."""
        return Moments.of_counts(self.counts[column].get(category, np.zeros_like(self.runs)), self.runs)

    def commonest(self, column: str) -> str:
        """The category most runs are in; of several, the first in alphabetical order."""
        return min(self.counts[column], key=lambda name: (-int(self.counts[column][name].sum()), name))


def by_draw(result: Result, columns: Iterable[str]) -> ByDraw:
    """Columns of a result's runs added up by draw; what was added up before is not read again.

    Memory: 32 bytes a draw and column of numbers, 8 a draw and category. Raises ValueError for an unknown outcome.
    """
    known: ByDraw | None = vars(result).get("_by_draw")
    wanted = [name for name in dict.fromkeys(columns) if known is None or name not in known]
    if known is not None and not wanted:
        return known
    every = list(dict.fromkeys([*wanted, *SUMMARY])) if set(wanted) & set(SUMMARY) else wanted
    try:
        found = add_up(result.scan(["draw", "theory", *every]), every, result.draws)
    except (KeyError, ValueError):  # a result of an older version may lack one that nobody asked for
        found = add_up(scanned(result, ["draw", "theory"], wanted), wanted, result.draws)
    if known is not None:
        found = replace(found, numbers=known.numbers | found.numbers, counts=known.counts | found.counts)
    vars(result)["_by_draw"] = found
    return found


def add_up(batches: Iterable[pd.DataFrame], columns: Sequence[str], draws: int) -> ByDraw:
    """Columns of batches of runs added up by draw ``0 .. draws - 1``; a missing category is called ``nan``."""
    numbers: dict[str, Moments] = {}
    counts: dict[str, dict[str, NDArray[np.int64]]] = {}
    for batch in batches:
        at = batch["draw"].to_numpy(np.int64)
        for name in ("theory", *columns):
            column = batch[name]
            if column.dtype.kind in "biuf":
                numbers.setdefault(name, Moments(draws)).add(column.to_numpy(np.float64, na_value=np.nan), at)
                continue
            codes, labels = pd.factorize(column)
            for code, label in [(-1, "nan"), *enumerate(labels)]:
                if (here := codes == code).any():
                    count = counts.setdefault(name, {}).setdefault(str(label), np.zeros(draws, np.int64))
                    np.add.at(count, at[here], 1)
    theories = counts.pop("theory")
    by_theory = np.stack(list(theories.values()))
    return ByDraw(np.asarray(list(theories), object)[by_theory.argmax(axis=0)], by_theory.sum(axis=0), numbers, counts)


def scanned(result: Result, others: Sequence[str], outcomes: Sequence[str]) -> Iterator[pd.DataFrame]:
    """Some columns of the runs, a batch at a time; an outcome that does not exist is an error (ValueError) that says
    what does."""
    try:
        yield from result.scan([*others, *outcomes])
    except (KeyError, ValueError):
        unknown = [name for name in outcomes if name not in OUTCOMES]
        if not unknown:
            raise
        near = "".join(f"; did you mean {name!r}?" for name in suggest(unknown[0], OUTCOMES))
        raise ValueError(f"unknown outcome {unknown[0]!r}; known: {', '.join(sorted(OUTCOMES))}{near}") from None
