"""Structural balance: whether the signed ties split the countries into two camps.

Source
    Heider, F. (1946) "Attitudes and Cognitive Organization", Journal of Psychology 21: 107-112: a triad is balanced if
    the product of its signs is positive. Cartwright, D. and Harary, F. (1956) "Structural Balance: A Generalization of
    Heider's Theory", Psychological Review 63: 277-293: a signed graph, complete or not, is balanced if and only if its
    members fall into two camps (one may be empty) with no bad tie inside and no good one across.

Our reading
    Menage and marriage are balanced, romantic triangle and unit veto are not: the best role in Dittmer's triangle, the
    pivot's, stands in an unbalanced one. Balance and the wish for a good role pull against each other.

A neutral tie is no tie. A triad with a neutral tie is incomplete, and neither balanced nor unbalanced.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import numpy.typing as npt

from triangle_sim.triangle.ties import Codes, alphabetical, ties


def two_camps(signs: Codes, countries: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Whether the countries fall into two camps (one may be empty), so that the whole signed graph is balanced.

    (time, ties, runs) -> bool (time, runs), for ties in the order of `ties(countries)`. With neutral ties this asks
    more than balanced triads do: a ring of four may be unbalanced although no triad is complete. All 2**(n-1) splits of
    n countries are tried.
    """
    good, bad = (np.ascontiguousarray(np.swapaxes(truth, 0, 1)) for truth in (signs > 0, signs < 0))
    found: npt.NDArray[np.bool_] = np.zeros((signs.shape[0], signs.shape[2]), dtype=np.bool_)
    first, *others = alphabetical(countries)
    for camps in product((False, True), repeat=len(others)):
        camp = dict(zip(others, camps, strict=True)) | {first: False}
        against = np.zeros_like(found)
        for at, (i, j) in enumerate(ties(countries)):
            against |= (good if camp[i] != camp[j] else bad)[at]
        found |= ~against
    return found
