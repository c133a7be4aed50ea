"""Mutual ties and their signs: when a relation between two countries counts as good, bad or neither.

Dittmer's and Heider's ties are mutual and signed; the model's goodwill is directed and continuous. A mutual tie is the
mean of its two directions. Its sign has hysteresis (see `Band`), so that a tie trembling about a threshold does not
make a new triangle every quarter.

Everything is elementwise over the last (replicate) axis: a world alone gets the same bits as in a block of many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int8]
Floats = npt.NDArray[np.floating[Any]]
Places = npt.NDArray[np.intp]

# A tie of half a point (0.15) that went through the latent scale and back may return as 0.15 - 3e-17 and is still half
# a point. Thresholds are therefore reached within this much, which is far below anything that means something.
ROUNDING: Final = 1e-9


@dataclass(frozen=True)
class Band:
    """The neutral band of a tie on the scale [-1, 1], with hysteresis.

    A tie becomes positive (negative) when it reaches +enter (-enter) and remains so until below leave (above -leave).

    enter: default 0.15, half a point of the -3..+3 coding of the starting ties (one point is 0.3). That is the coding's
        finest step and the least error its compiler grants it, so a smaller tie cannot be told from none.
    leave: default 0.05, a sixth of a point, by judgement: a tie once made is given up when next to nothing is left.

    Raises ValueError unless 0 <= leave <= enter < 1.
    """

    enter: float = 0.15
    leave: float = 0.05

    def __post_init__(self) -> None:
        if not 0 <= self.leave <= self.enter < 1:
            raise ValueError(f"a band needs 0 <= leave <= enter < 1; got enter={self.enter}, leave={self.leave}")


DEFAULT_BAND: Final = Band()


def alphabetical(countries: Sequence[str]) -> list[str]:
    """The countries in canonical order. Raises ValueError on one named twice."""
    if len(set(countries)) != len(countries):
        raise ValueError(f"a country is named twice in {list(countries)}")
    return sorted(countries)


def ties(countries: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """All unordered pairs, alphabetical: the names along the middle axis of mutual ties and of signs."""
    return tuple(combinations(alphabetical(countries), 2))


def symmetrised(goodwill: Floats, pairs: Sequence[tuple[str, str]], countries: Sequence[str]) -> Floats:
    """Mutual ties: the mean of the two directions.

    goodwill: (time, ordered pairs, runs) in [-1, 1]; pairs names its middle axis as (who, towards whom), and may hold
        more than is needed.
    Returns (time, ties, runs), the ties in the order of `ties(countries)`.
    Raises ValueError where the shape is wrong, a pair is named twice or one that is needed is missing.
    """
    if goodwill.ndim != 3 or goodwill.shape[1] != len(pairs):
        raise ValueError(f"goodwill must be (time, {len(pairs)} ordered pairs, runs); got shape {goodwill.shape}")
    place = {pair: at for at, pair in enumerate(pairs)}
    if len(place) != len(pairs):
        raise ValueError(f"an ordered pair is named twice in {list(pairs)}")
    wanted = ties(countries)
    missing = [pair for i, j in wanted for pair in ((i, j), (j, i)) if pair not in place]
    if missing:
        raise ValueError(f"goodwill has no pairs {missing}; it has {list(pairs)}")
    there = np.array([place[i, j] for i, j in wanted], dtype=np.intp)
    back = np.array([place[j, i] for i, j in wanted], dtype=np.intp)
    mutual: Floats = np.empty_like(goodwill, shape=(goodwill.shape[0], len(wanted), goodwill.shape[2]))
    for now, tie in zip(goodwill, mutual, strict=True):  # a quarter at a time, to stay in cache
        np.add(now[there], now[back], out=tie)
        np.divide(tie, 2, out=tie)
    return mutual


def signs(mutual: Floats, band: Band = DEFAULT_BAND) -> Codes:
    """Signs of mutual ties over time, with hysteresis: (time, ties, runs) -> int8 (time, ties, runs) of -1, 0, 1.

    Each quarter follows from the one before. A tie that crosses the whole band at once changes sign at once; one of
    zero never gains a sign, and one that is NaN (unknown) has none. The first quarter has no past: its ties count as
    neutral before it, so they need `enter` to have a sign. A tie that starts between leave and enter is thus neutral,
    which is the cautious reading.
    """
    enter, leave = band.enter - ROUNDING, band.leave - ROUNDING
    good = mutual >= enter if enter > 0 else mutual > 0
    bad = mutual <= -enter if enter > 0 else mutual < 0
    # Whatever is neither good nor bad anew keeps the sign it had, if its tie is still beyond `leave`.
    stays_good, stays_bad = (mutual >= leave) & ~bad, (mutual <= -leave) & ~good
    for quarter in range(1, mutual.shape[0]):
        good[quarter] |= good[quarter - 1] & stays_good[quarter]
        bad[quarter] |= bad[quarter - 1] & stays_bad[quarter]
    signed: Codes = good.view(np.int8) - bad.view(np.int8)
    return signed
