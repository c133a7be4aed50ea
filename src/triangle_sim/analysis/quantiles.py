"""Quantiles over any number of runs that are not loaded: exact, and in memory that does not grow with the runs.

Numbers are counted by their bits: by all of them as long as there are few different ones, else by the leading bits, as
in drawers. The drawer in which a quantile's order statistic lies is then opened in another pass over the runs, and so
on until it is found; two passes are the rule for a million runs. Counts do not depend on the order of runs or on how
they are cut into files, and the result is ``numpy.quantile``'s to the last bit. (A t-digest is right to a fraction of a
per cent of rank only, and its last digits hang on the cut.)
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from triangle_sim.analysis.by_draw import ROWS, Scannable, together

if TYPE_CHECKING:
    import pandas as pd

PROBABILITIES = (0.05, 0.25, 0.5, 0.75, 0.95)
WIDTH = 20
"""Leading bits that a drawer with many is counted by: sign, exponent and 8 bits of the fraction in the first."""
FEW = 2**16
"""A drawer with no more different numbers than this is counted by all their bits."""

Keys = NDArray[np.uint64]


def quantiles(
    source: Scannable | str | Path,
    outcomes: str | Sequence[str],
    probabilities: Sequence[float] = PROBABILITIES,
    by: Literal["theory"] | None = None,
) -> pd.DataFrame:
    """Quantiles of numeric outcomes over all runs of a result or a result folder, or over each theory's runs.

    Truth values count as 0 and 1; runs in which an outcome is missing (what never happened) are left out.

    Returns
    -------
    One row an outcome and theory (``all`` without ``by``): ``outcome``, ``theory``, ``runs`` with a value, ``missing``
    runs without, then a column a probability (``q05`` for 0.05), missing where no run has a value.

    Raises
    ------
    ValueError
        for a probability outside 0..1, an unknown outcome, or one that is a category.
    """
    import pandas as pd

    names = [outcomes] if isinstance(outcomes, str) else list(dict.fromkeys(outcomes))
    rows = [
        {"outcome": name, "theory": theory, "runs": found.known, "missing": found.missing}
        | {label(p): found.quantile(p) for p in probabilities}
        for (name, theory), found in search(source, names, probabilities, by).items()
    ]
    return pd.DataFrame(rows, columns=["outcome", "theory", "runs", "missing", *map(label, probabilities)])


def search(
    source: Scannable | str | Path, names: Sequence[str], probabilities: Sequence[float], by: str | None = None
) -> dict[tuple[str, str], Search]:
    """The work behind :func:`quantiles`: a finished search for each outcome and theory, in that order."""
    if by not in (None, "theory"):
        raise ValueError(f"by={by!r}: give 'theory', or nothing for all runs together")
    if wrong := [p for p in probabilities if not 0 <= p <= 1]:
        raise ValueError(f"a probability lies between 0 and 1, got {', '.join(map(str, wrong))}")
    if isinstance(source, str | Path):
        from triangle_sim.montecarlo.folder.reading import read

        source = read(source)
    found: dict[tuple[str, str], Search] = {}
    searching = True
    while searching:
        for batch in _scan(source, names, by):
            for theory, rows in _parts(batch, by):
                for name in names:
                    if (name, theory) not in found:
                        found[name, theory] = Search(probabilities)
                    found[name, theory].see(_numbers(rows[name], name))
        # A list: every search has to take its step, whether or not others are done.
        searching = any([each.narrow() for each in found.values()])
    return dict(sorted(found.items(), key=lambda item: (names.index(item[0][0]), item[0][1])))


def _parts(batch: pd.DataFrame, by: str | None) -> Iterable[tuple[str, pd.DataFrame]]:
    return [("all", batch)] if by is None else [(str(key), rows) for key, rows in batch.groupby(by, observed=True)]


def label(probability: float) -> str:
    """The column of a probability: ``q05`` for 0.05, ``q97.5`` for 0.975."""
    per_cent = f"{100 * probability:.10g}"
    return f"q{per_cent.zfill(2) if '.' not in per_cent else per_cent.zfill(3 + len(per_cent.split('.')[1]))}"


def _scan(source: Scannable, names: Sequence[str], by: str | None) -> Iterable[pd.DataFrame]:
    from triangle_sim.outcomes import OUTCOMES

    try:
        yield from together(source.scan([*([by] if by else []), *names]), ROWS)
    except (KeyError, ValueError):
        unknown = [name for name in names if name not in OUTCOMES]
        if not unknown:
            raise
        raise ValueError(f"unknown outcome {unknown[0]!r}; known: {', '.join(sorted(OUTCOMES))}") from None


def _numbers(column: pd.Series[Any], name: str) -> NDArray[np.float64]:
    if column.dtype.kind not in "biuf":
        raise ValueError(f"outcome {name!r} is a category and has no quantiles; see category_shares")
    return column.to_numpy(np.float64, na_value=np.nan)


class Search:
    """Looks for quantiles of one column: shown all its numbers again and again, in any order, until they are found."""

    def __init__(self, probabilities: Sequence[float], few: int = FEW) -> None:
        self.probabilities, self.few = list(probabilities), few
        self.known = self.missing = 0
        self.values: dict[int, float] = {}  # by rank, from 0
        self._drawers: list[Drawer] | None = None  # None in the first pass, which also counts
        self._first = Drawer(64, 0, few)

    def see(self, values: NDArray[np.float64]) -> None:
        """Some of the numbers ``(runs,)``, missing ones included."""
        known = values[~np.isnan(values)]
        if self._drawers is None:
            self.known += len(known)
            self.missing += len(values) - len(known)
        keys = to_keys(known)
        for drawer in [self._first] if self._drawers is None else self._drawers:
            drawer.see(keys)

    def narrow(self) -> bool:
        """After all were seen: whether they have to be seen again."""
        if self._drawers is None:
            places = [p * (self.known - 1) for p in self.probabilities] if self.known else []
            self._first.ranks = sorted({rank for at in places for rank in (math.floor(at), math.ceil(at))})
            self._drawers = [self._first]
        opened = []
        for drawer in self._drawers:
            for inner in drawer.open():
                if inner.shift:
                    opened.append(inner)
                else:
                    value = float(from_keys(np.asarray([inner.prefix], np.uint64))[0])
                    self.values.update((drawer_rank, value) for drawer_rank in inner.ranks)
        self._drawers = opened
        return bool(opened)

    def quantile(self, probability: float) -> float:
        """A quantile asked for, between the two numbers beside it as :func:`numpy.quantile` does it; NaN if none."""
        if not self.known:
            return math.nan
        at = probability * (self.known - 1)
        below = math.floor(at)
        low, high, share = self.values[below], self.values[math.ceil(at)], at - below
        if low == high:
            return low
        return high - (high - low) * (1 - share) if share >= 0.5 else low + (high - low) * share


class Drawer:
    """All numbers whose keys begin with ``prefix`` above the bit ``shift``, and the ranks looked for among them."""

    def __init__(self, shift: int, prefix: int, few: int, before: int = 0) -> None:
        self.shift, self.prefix, self.few, self.before = shift, prefix, few, before
        self._finer = 0
        self.ranks: list[int] = []
        self._seen: list[tuple[Keys, NDArray[np.int64], Keys, Keys]] = []  # prefix, count, least and largest key
        self._held, self._room = 0, few

    def see(self, keys: Keys) -> None:
        """Count those that belong here by their next bits."""
        import pandas as pd

        if self.shift < 64:
            keys = keys[keys >> np.uint64(self.shift) == np.uint64(self.prefix)]
        if len(keys):
            codes, prefixes = pd.factorize(keys >> np.uint64(self._finer))
            self._add(prefixes, codes, np.ones(len(keys), np.int64), keys, keys)

    def _add(self, prefixes: Keys, codes: NDArray[np.intp], counts: NDArray[np.int64], low: Keys, high: Keys) -> None:
        total = np.zeros(len(prefixes), np.int64)
        least, largest = np.full(len(prefixes), np.iinfo(np.uint64).max), np.zeros(len(prefixes), np.uint64)
        np.add.at(total, codes, counts)
        np.minimum.at(least, codes, low)
        np.maximum.at(largest, codes, high)
        self._seen.append((prefixes, total, least, largest))
        self._held += len(prefixes)
        if self._held > self._room:
            self._merge()
            if self._held > self.few and not self._finer:
                self._finer = max(0, self.shift - WIDTH)
                self._merge(self._finer)
            self._room = self._held + self.few

    def _merge(self, shift: int = 0) -> None:
        prefixes, *others = (np.concatenate(parts) for parts in zip(*self._seen, strict=True))
        self._seen, self._held, self._room = [], 0, sys.maxsize
        self._add(*np.unique(prefixes >> np.uint64(shift), return_inverse=True), *others)

    def open(self) -> list[Drawer]:
        """The drawers inside in which the ranks looked for lie; ``shift`` is 0 where a number is found."""
        if not self.ranks:
            return []
        self._merge()
        prefixes, counts, least, largest = self._seen[0]
        ends = self.before + np.cumsum(counts)
        inside: dict[int, Drawer] = {}
        for rank in self.ranks:
            place = int(np.searchsorted(ends, rank, side="right"))
            if place not in inside:
                size = int(counts[place])
                found = least[place] == largest[place]
                shift, prefix = (0, least[place]) if found else (self._finer, prefixes[place])
                inside[place] = Drawer(shift, int(prefix), self.few, int(ends[place]) - size)
            inside[place].ranks.append(rank)
        return list(inside.values())


def to_keys(values: NDArray[np.float64]) -> Keys:
    """Integers ``(runs,)`` in the order of the numbers, which are not missing; the two zeros are one."""
    bits = (values + 0.0).view(np.uint64)
    top = np.uint64(1) << np.uint64(63)
    return np.where(bits & top, ~bits, bits | top)


def from_keys(keys: Keys) -> NDArray[np.float64]:
    """The numbers behind :func:`to_keys`."""
    top = np.uint64(1) << np.uint64(63)
    return np.where(keys & top, keys ^ top, ~keys).view(np.float64)
