"""The strategic triangle: four types, six roles.

Source
    Dittmer, L. (1981) "The Strategic Triangle: An Elementary Game-Theoretical Analysis", World Politics 33(4): 485-515,
    doi 10.2307/2010133, for three types; Dittmer (1987) "The Strategic Triangle: A Critical Review", in I. J. Kim
    (ed.), The Strategic Triangle, p. 34, for the fourth, the unit veto.

Assumptions
    Signs come from mutual ties with a neutral band (`ties.py`). Dittmer's ties are good or bad; ours may be neither,
    and a triangle with a neutral tie is indeterminate and gives nobody a role.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from typing import Final

import numpy as np

from triangle_sim.arrays import lookup
from triangle_sim.triangle.ties import (
    DEFAULT_BAND,
    Band,
    Codes,
    Floats,
    Places,
    alphabetical,
    signs,
    symmetrised,
    ties,
)

Triad = tuple[str, str, str]

TYPES: Final = ("menage_a_trois", "romantic_triangle", "stable_marriage", "unit_veto", "indeterminate")
"""Names of the types; a type's code is its place here."""

ROLES: Final = ("friend", "pivot", "wing", "partner", "outcast", "foe", "none")
"""Names of the roles; a role's code is its place here."""

_READING: Final = {
    3: ("menage_a_trois", {2: "friend"}),
    2: ("romantic_triangle", {2: "pivot", 1: "wing"}),
    1: ("stable_marriage", {1: "partner", 0: "outcast"}),
    0: ("unit_veto", {0: "foe"}),
}
"""Our reading: the type by how many of the three ties are good, a member's role by how many of its own two are."""

PATTERNS: Final = tuple(product((-1, 0, 1), repeat=3))
"""Signs of the ties ij, ik and jk of a triangle, in every combination."""


def _type(signs: Sequence[int]) -> str:
    return "indeterminate" if 0 in signs else _READING[signs.count(1)][0]


def _role(signs: Sequence[int], *own: int) -> str:
    return "none" if 0 in signs else _READING[signs.count(1)][1][sum(signs[tie] > 0 for tie in own)]


TYPE_OF: Final[Codes] = np.array([TYPES.index(_type(signs)) for signs in PATTERNS], np.int8)
"""Type of each pattern (27,), as a code in TYPES."""

ROLES_OF: Final[Codes] = np.array(
    [[ROLES.index(_role(signs, *own)) for signs in PATTERNS] for own in ((0, 1), (0, 2), (1, 2))], np.int8
)
"""Roles of i, j and k in each pattern (3, 27), as codes in ROLES."""


def triads(countries: Sequence[str]) -> tuple[Triad, ...]:
    """All threesomes, members alphabetical: ten for five countries. Raises ValueError on a country named twice."""
    return tuple(combinations(alphabetical(countries), 3))


def triad_ties(countries: Sequence[str]) -> Places:
    """Where the triads (i, j, k) have their ties ij, ik and jk among `ties(countries)`: (3, triads)."""
    place = {tie: at for at, tie in enumerate(ties(countries))}
    by_triad = [[place[tie] for tie in combinations(triad, 2)] for triad in triads(countries)]
    return np.array(by_triad, np.intp).reshape(-1, 3).T


def patterns(signs_ij: Codes, signs_ik: Codes, signs_jk: Codes) -> Codes:
    """The three signs (-1, 0, 1) of a triangle as one code, its place in PATTERNS; any shape, the same for all."""
    return np.int8(9) * signs_ij + np.int8(3) * signs_ik + signs_jk + np.int8(13)


@dataclass(frozen=True, eq=False)
class TriangleHistory:
    """Every triangle in every quarter of every world.

    countries: alphabetical; triads: their threesomes; signs: int8 (time, ties, runs) of -1, 0, 1, in the order of
    `ties(countries)`.
    """

    countries: tuple[str, ...]
    triads: tuple[Triad, ...]
    signs: Codes

    @cached_property
    def patterns(self) -> Codes:
        """int8 (time, triads, runs), places in PATTERNS."""
        return patterns(*(self.signs.take(places, axis=1) for places in triad_ties(self.countries)))

    @cached_property
    def types(self) -> Codes:
        """int8 (time, triads, runs), codes in TYPES."""
        return TYPE_OF.take(self.patterns)

    @cached_property
    def roles(self) -> Codes:
        """int8 (time, triads, 3, runs), codes in ROLES, members in the triad's order."""
        return np.stack([role_of.take(self.patterns) for role_of in ROLES_OF], axis=2)

    def some(self, runs: Places) -> TriangleHistory:
        """The history of some of the worlds."""
        found = TriangleHistory(self.countries, self.triads, self.signs.take(runs, axis=-1))
        vars(found)["patterns"] = self.patterns.take(runs, axis=-1)
        return found

    def place(self, *members: str) -> int:
        """Where the triad of these three is on the triad axis; in any order. Raises ValueError on an unknown triad."""
        known = ["-".join(triad) for triad in self.triads]
        if (triad := "-".join(sorted(members))) not in known:
            raise ValueError(f"no triad {triad}; known: {', '.join(known)}")
        return known.index(triad)

    def types_of(self, *members: str) -> Codes:
        """Types of one triad, named by its members in any order: (time, runs)."""
        return TYPE_OF.take(self.patterns[:, self.place(*members)])

    def roles_of(self, country: str, *others: str) -> Codes:
        """Roles of a country between two others: (time, runs). `roles_of("PRK", "CHN", "RUS")`."""
        at = self.place(country, *others)
        roles: Codes = lookup(ROLES_OF[self.triads[at].index(country)], self.patterns[:, at])
        return roles


def classify(
    goodwill: Floats, pairs: Sequence[tuple[str, str]], countries: Sequence[str], band: Band = DEFAULT_BAND
) -> TriangleHistory:
    """Types and roles of all triangles among the countries, from directed goodwill over time.

    goodwill: (time, ordered pairs, runs) in [-1, 1]; pairs names its middle axis as (who, towards whom).
    Raises ValueError as `symmetrised` does.
    """
    return history_of(symmetrised(goodwill, pairs, countries), countries, band)


def history_of(mutual: Floats, countries: Sequence[str], band: Band = DEFAULT_BAND) -> TriangleHistory:
    """The same from mutual ties (time, ties, runs), in the order of `ties(countries)`."""
    return TriangleHistory(tuple(alphabetical(countries)), triads(countries), signs(mutual, band))
