"""Structural balance: which signed ties pull against each other.

Source
    Heider, F. (1946) "Attitudes and Cognitive Organization", Journal of Psychology 21: 107-112: a triad is balanced if
    the product of its signs is positive. Cartwright, D. and Harary, F. (1956) "Structural Balance: A Generalization of
    Heider's Theory", Psychological Review 63: 277-293: a signed graph, complete or not, is balanced if and only if its
    members fall into two camps (one may be empty) with no bad tie inside and no good one across.

Our reading
    Menage and marriage are balanced, romantic triangle and unit veto are not: the best seat in Dittmer's triangle, the
    pivot's, stands in an unbalanced one. Balance and the wish for a good role pull against each other.

Signs are int8 (time, ties, runs) of -1, 0, 1 in the order of `ties(countries)`; a neutral tie is no tie. A triad with a
neutral tie is incomplete and is left out of the triads' counts. All results are elementwise over the last axis.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from triangle_sim.triangle.bits import Bits, pack, unpack
from triangle_sim.triangle.ties import Codes, Floats, SignBits, alphabetical, ties
from triangle_sim.triangle.typology import triad_ties

MOST_COUNTRIES: Final = 12
"""The camps are found by trying every split, 2**(n-1) of them; beyond this many countries that would take too long."""


def triad_products(signs: Codes, countries: Sequence[str]) -> Codes:
    """1 for a balanced triad, -1 for an unbalanced one, 0 for an incomplete one.

    (time, ties, runs) -> int8 (time, triads, runs), triads in the order of `triads(countries)`.
    Raises ValueError where the ties are not those of at least three countries.
    """
    _check(signs, countries)
    ij, ik, jk = triad_ties(countries)
    signed: Codes = signs[:, ij] * signs[:, ik] * signs[:, jk]
    return signed


def balance_counts(signs: Codes, countries: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """(unbalanced, complete) triads: two int64 arrays (time, runs), from signs (time, ties, runs)."""
    signed = triad_products(signs, countries)
    return (
        np.count_nonzero(signed < 0, axis=1).astype(np.int64),
        np.count_nonzero(signed, axis=1).astype(np.int64),
    )


def imbalance(signs: Codes, countries: Sequence[str]) -> npt.NDArray[np.float64]:
    """Share of complete triads out of balance: (time, ties, runs) -> (time, runs), NaN where none is complete."""
    unbalanced, complete = balance_counts(signs, countries)
    share: npt.NDArray[np.float64] = np.full(complete.shape, np.nan)
    return np.divide(unbalanced, complete, out=share, where=complete > 0)


def energy(ties_or_signs: Codes | Floats, countries: Sequence[str]) -> npt.NDArray[np.float64]:
    """Minus the mean over all triads of the product of their ties: (time, ties, runs) -> (time, runs), in [-1, 1].

    -1 is full balance, 1 full imbalance. Takes signs or mutual ties themselves; a weak tie then counts for little.
    """
    _check(ties_or_signs, countries)
    x = ties_or_signs.astype(np.float64, copy=False)
    places = list(zip(*triad_ties(countries), strict=True))
    total: npt.NDArray[np.float64] = np.zeros((x.shape[0], x.shape[2]))
    for ij, ik, jk in places:  # in this order always: np.sum over the axis adds differently when there is but one run
        total = total + x[:, ij] * x[:, ik] * x[:, jk]
    return 0.0 - total / len(places)


def frustration(signs: Codes, countries: Sequence[str]) -> npt.NDArray[np.int64]:
    """Fewest ties that would have to change for balance: (time, ties, runs) -> int64 (time, runs).

    The line index of balance of Harary, F. (1959) "On the Measurement of Structural Balance", Behavioral Science 4:
    316-323: of all splits into two camps, the one with the fewest bad ties inside and good ties across.
    """
    _check(signs, countries)
    fewest: Codes = np.zeros((signs.shape[0], signs.shape[2]), dtype=np.int8)  # all in one camp: nothing across
    for across in _splits(countries):
        # bad inside + good across = all bad + (good across - bad across) = all bad + sum of the signs across
        excess: Codes = np.zeros_like(fewest)
        for at in across:
            excess = excess + signs[:, at]
        fewest = np.minimum(fewest, excess)
    bad: npt.NDArray[np.int64] = np.count_nonzero(signs < 0, axis=1).astype(np.int64)
    return bad + fewest


def two_camps(signs: Codes, countries: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Whether the countries fall into two camps (one may be empty), so that the whole signed graph is balanced.

    (time, ties, runs) -> bool (time, runs). With neutral ties this asks more than balanced triads do: a ring of four
    may be unbalanced although no triad is complete.
    """
    _check(signs, countries)
    runs = signs.shape[-1]
    found = two_camps_bits(SignBits(pack(signs > 0), pack(signs < 0), runs), countries)
    return unpack(found, runs).view(np.bool_)


def two_camps_bits(signs: SignBits, countries: Sequence[str]) -> Bits:
    """The same for packed signs: (time, words). Fewer than three countries always fall into two camps."""
    quarters, n_ties, words = signs.good.shape
    found: Bits = np.zeros((quarters, words), dtype=np.uint64)
    worlds = pack(np.ones(signs.runs, dtype=np.bool_))
    for across in _splits(countries):
        against: Bits = np.zeros_like(found)
        for at in range(n_ties):
            against |= signs.good[:, at] if at in across else signs.bad[:, at]
        found |= worlds & ~against
    return found


def _splits(countries: Sequence[str]) -> Iterator[list[int]]:
    """For every split into two camps, which ties run across. The first country's camp is fixed, so each comes once."""
    names = alphabetical(countries)
    for rest in product((False, True), repeat=len(names) - 1):
        camp = dict(zip(names, (False, *rest), strict=True))
        yield [at for at, (i, j) in enumerate(ties(names)) if camp[i] != camp[j]]


def _check(signs: npt.NDArray[Any], countries: Sequence[str]) -> None:
    n = len(countries)
    if not 3 <= n <= MOST_COUNTRIES:
        raise ValueError(f"structural balance needs 3 to {MOST_COUNTRIES} countries; got {n}: {list(countries)}")
    if signs.ndim != 3 or signs.shape[1] != n * (n - 1) // 2:
        raise ValueError(f"ties among {n} countries must be (time, {n * (n - 1) // 2}, runs); got shape {signs.shape}")
