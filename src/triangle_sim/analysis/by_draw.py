"""One pass over the runs, whatever their number: what every table of the analysis needs, added up draw by draw.

Runs come from ``Result.scan`` a batch at a time. What is kept is a few integers a draw and column; sums are exact
(:mod:`.exact`), so neither the cut into batches nor their order can change a bit of what follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from triangle_sim.analysis.exact import Adder, Counter, Sums, grown

if TYPE_CHECKING:
    import pandas as pd

HEADLINE = ("us_prk_summit", "nuclear_test", "rok_rus_normalised", "technology_gained", "support_from_both")
SPREAD = ("us_prk_summit", "technology_gained", "dependence_on_china", "rok_rus_cooperation_gain")
SUMMARY = tuple(dict.fromkeys(("end_state", *HEADLINE, *SPREAD)))
"""Outcomes of the summary. Whoever asks for one gets all of them in the same pass."""

ROWS = 2**16
"""Rows put together before they are worked on: files may hold few."""


class Scannable(Protocol):
    """What can be read a batch at a time, as a :class:`triangle_sim.montecarlo.result.Result` can."""

    def scan(self, columns: Sequence[str]) -> Iterator[pd.DataFrame]: ...


@dataclass(frozen=True, eq=False)
class ByDraw:
    """Runs added up by draw, in the order of their numbers.

    Attributes
    ----------
    draws, theory, runs
        ``(draws,)``: number, name of the theory (empty where not known), and how many runs.
    numbers
        sums of each numeric column.
    truths
        names of those among them that hold truth values.
    counts
        runs ``(draws,)`` in each category that occurs, of each column of names.
    """

    draws: NDArray[np.int64]
    theory: NDArray[Any]
    runs: NDArray[np.int64]
    numbers: dict[str, Sums]
    truths: frozenset[str]
    counts: dict[str, dict[str, NDArray[np.int64]]]

    def __contains__(self, column: object) -> bool:
        return column in self.numbers or column in self.counts

    @cached_property
    def theories(self) -> list[str]:
        """Theories that were drawn, in alphabetical order."""
        return sorted(set(self.theory.tolist()))

    def of(self, theory: str | None = None) -> NDArray[np.bool_]:
        """The draws of a theory ``(draws,)``, or all."""
        return np.ones(len(self.draws), bool) if theory is None else np.asarray(self.theory == theory)

    def truth(self, column: str, category: str) -> Sums:
        """A category as a truth value: whether ``column`` is ``category``."""
        none = np.zeros(len(self.draws), np.int64)
        return Sums.of_counts(self.counts[column].get(category, none), self.runs)

    def commonest(self, column: str) -> str:
        """The category most runs are in; of several, the first in alphabetical order."""
        return min(self.counts[column], key=lambda name: (-int(self.counts[column][name].sum()), name))


def by_draw(result: Scannable, columns: Iterable[str]) -> ByDraw:
    """Columns of a result's runs added up by draw; what was added up before is not read again.

    Memory: 8 bytes a draw and column of whole numbers, 16 of others, 8 more where some are missing; 8 a draw and
    category.

    Raises
    ------
    KeyError or ValueError
        if there is no such column, or its numbers are too large to be added exactly.
    """
    known: ByDraw | None = vars(result).get("_by_draw")
    wanted = [name for name in dict.fromkeys(columns) if known is None or name not in known]
    if known is not None and not wanted:
        return known
    every = list(dict.fromkeys([*wanted, *SUMMARY])) if set(wanted) & set(SUMMARY) else wanted
    try:
        found = add_up(result.scan(["draw", "theory", *every]), every)
    except (KeyError, ValueError):  # a result of an older version may lack one that nobody asked for
        if every == wanted:
            raise
        found = add_up(result.scan(["draw", "theory", *wanted]), wanted)
    if known is not None:
        found = ByDraw(found.draws, found.theory, found.runs, known.numbers | found.numbers,
                       known.truths | found.truths, known.counts | found.counts)  # fmt: skip
    vars(result)["_by_draw"] = found
    return found


def add_up(batches: Iterable[pd.DataFrame], columns: Sequence[str]) -> ByDraw:
    """Columns of batches of runs, in any order, added up by draw. ``theory`` may be absent.

    Raises
    ------
    KeyError
        if a column is absent.
    ValueError
        if numbers are too large to be added exactly.
    """
    runs, theory, names = Counter(), np.zeros(0, np.int64), dict[str, int]()
    numbers: dict[str, Adder] = {}
    truths: dict[str, bool] = {}
    counts: dict[str, dict[str, Counter]] = {}
    for batch in together(batches, ROWS):
        draws = batch["draw"].to_numpy(np.int64)
        runs.add(draws)
        theory = grown(theory, len(runs.values), -1)
        if "theory" in batch:
            starts = np.flatnonzero(np.r_[True, draws[1:] != draws[:-1]])
            first = batch["theory"].iloc[starts]
            theory[draws[starts]] = [names.setdefault(str(name), len(names)) for name in first]
        for name in columns:
            column = batch[name]
            if column.dtype.kind in "biuf":
                numbers.setdefault(name, Adder(name, runs)).add(column.to_numpy(np.float64, na_value=np.nan), draws)
                truths[name] = truths.get(name, True) and column.dtype == bool
            else:
                _count(column, draws, counts.setdefault(name, {}))
    there = np.flatnonzero(runs.values)
    count = runs.at(there)
    return ByDraw(
        there,
        np.asarray([*names, ""], object)[theory[there]],
        count,
        {name: numbers.pop(name).at(there, count) for name in list(numbers)},  # a column at a time, not all twice
        frozenset(name for name, always in truths.items() if always),
        {name: {label: part.at(there) for label, part in parts.items()} for name, parts in counts.items()},
    )


def together(batches: Iterable[pd.DataFrame], rows: int) -> Iterator[pd.DataFrame]:
    """The same rows in batches of at least ``rows`` (the last may be shorter): small files cost one step, not many."""
    import pandas as pd

    held: list[pd.DataFrame] = []
    count = 0
    for batch in batches:
        if not len(batch):
            continue
        held.append(batch)
        count += len(batch)
        if count >= rows:
            yield held[0] if len(held) == 1 else pd.concat(held, ignore_index=True)
            held, count = [], 0
    if held:
        yield held[0] if len(held) == 1 else pd.concat(held, ignore_index=True)


def _count(column: pd.Series[Any], draws: NDArray[np.int64], counts: dict[str, Counter]) -> None:
    """Count how many runs of each draw are in each category; a missing one is called ``nan``."""
    import pandas as pd

    codes, labels = pd.factorize(column)
    for code, label in [(-1, "nan"), *enumerate(labels)]:
        if (here := codes == code).any():
            counts.setdefault(str(label), Counter()).add(draws[here])
