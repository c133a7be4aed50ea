"""The strategic triangle: four types, six roles.

Source
    Dittmer, L. (1981) "The Strategic Triangle: An Elementary Game-Theoretical Analysis", World Politics 33(4): 485-515,
    doi 10.2307/2010133, for three types; Dittmer (1987) "The Strategic Triangle: A Critical Review", in I. J. Kim
    (ed.), The Strategic Triangle, p. 34, for the fourth, the unit veto.

Our reading, by how many of the three ties are good::

    3  menage a trois     three friends
    2  romantic triangle  a pivot (both own ties good), two wings (one good, one bad)
    1  stable marriage    two partners (one good, one bad), an outcast (both own ties bad)
    0  unit veto          three foes

Assumptions
    Signs come from mutual ties with a neutral band (`ties.py`). Dittmer's ties are good or bad; ours may be neither,
    and a triangle with a neutral tie is indeterminate and gives nobody a role.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from typing import Final, NamedTuple

import numpy as np

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


class RoleRank(NamedTuple):
    """One row of Wu's table: a role, its own positive ties, its rank and its tier (1 is best)."""

    role: str
    own_positive_ties: int
    rank: int
    tier: int


WU_1996: Final = (
    RoleRank("pivot", 2, 1, 1),
    RoleRank("friend", 2, 2, 2),
    RoleRank("partner", 1, 3, 2),
    RoleRank("wing", 1, 4, 3),
    RoleRank("foe", 0, 5, 3),
    RoleRank("outcast", 0, 6, 4),
)
"""How desirable the roles are: Wu Yu-Shan (1996) "Exploring Dual Triangles", Issues & Studies 32(10): 26-52, p. 30.

Read from a later review that reprints the table. Our reading of the rule behind it: more own positive ties first, then
rather the other two at odds. Not undisputed: in a contest for hegemony, it has been argued, a partner may fare better.
"""


def triads(countries: Sequence[str]) -> tuple[Triad, ...]:
    """All threesomes, members alphabetical: ten for five countries. Raises ValueError on a country named twice."""
    return tuple(combinations(alphabetical(countries), 3))


def triad_ties(countries: Sequence[str]) -> tuple[Places, Places, Places]:
    """Where the triads (i, j, k) have their ties ij, ik and jk among `ties(countries)`: three arrays (triads,)."""
    place = {tie: at for at, tie in enumerate(ties(countries))}
    threes = triads(countries)
    return (
        np.array([place[i, j] for i, j, _ in threes], dtype=np.intp),
        np.array([place[i, k] for i, _, k in threes], dtype=np.intp),
        np.array([place[j, k] for _, j, k in threes], dtype=np.intp),
    )


def triad_signs(signs: Codes, countries: Sequence[str]) -> tuple[Codes, Codes, Codes]:
    """Signs of the ties ij, ik and jk of all triads: (time, ties, runs) -> three int8 (time, triads, runs)."""
    ij, ik, jk = (signs.take(places, axis=1) for places in triad_ties(countries))
    return ij, ik, jk


def types(signs_ij: Codes, signs_ik: Codes, signs_jk: Codes) -> Codes:
    """Type of triangle as a code in TYPES, from its three signs (-1, 0, 1); any shape, the same for all."""
    good = (signs_ij > 0).view(np.int8) + (signs_ik > 0) + (signs_jk > 0)
    complete = ((signs_ij != 0) & (signs_ik != 0) & (signs_jk != 0)).view(np.int8)
    kinds: Codes = _INDETERMINATE - complete * (1 + good)  # three good ties give the first type, none the fourth
    return kinds


def roles(signs_ij: Codes, signs_ik: Codes, signs_jk: Codes) -> Codes:
    """Roles of i, j and k as codes in ROLES: (3, ...) for signs (-1, 0, 1) of shape (...), the same for all."""
    pattern = np.int8(9) * signs_ij + np.int8(3) * signs_ik + signs_jk + np.int8(13)  # 0 for - - - to 26 for + + +
    parts: Codes = _ROLES_OF[:, pattern]
    return parts


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
    def types(self) -> Codes:
        """int8 (time, triads, runs), codes in TYPES."""
        return types(*triad_signs(self.signs, self.countries))

    @cached_property
    def roles(self) -> Codes:
        """int8 (time, triads, 3, runs), codes in ROLES, members in the triad's order."""
        return np.ascontiguousarray(np.moveaxis(roles(*triad_signs(self.signs, self.countries)), 0, 2))

    def _three(self, triad: int) -> tuple[Codes, Codes, Codes]:
        """Signs of the three ties of a triad: three (time, runs)."""
        ij, ik, jk = (self.signs[:, places[triad]] for places in triad_ties(self.countries))
        return ij, ik, jk

    def place(self, *members: str) -> int:
        """Where the triad of these three is on the triad axis; in any order. Raises ValueError on an unknown triad."""
        known = ["-".join(triad) for triad in self.triads]
        if (triad := "-".join(sorted(members))) not in known:
            raise ValueError(f"no triad {triad}; known: {', '.join(known)}")
        return known.index(triad)

    def types_of(self, *members: str) -> Codes:
        """Types of one triad, named by its members in any order: (time, runs)."""
        return types(*self._three(self.place(*members)))

    def roles_of(self, country: str, *others: str) -> Codes:
        """Roles of a country between two others: (time, runs). `roles_of("PRK", "CHN", "RUS")`."""
        at = self.place(country, *others)
        parts: Codes = roles(*self._three(at))[self.triads[at].index(country)]
        return parts


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


def _type(three: tuple[int, int, int]) -> str:
    return "indeterminate" if 0 in three else TYPES[3 - three.count(1)]


def _role(kind: str, own: tuple[int, int]) -> str:
    match kind:
        case "menage_a_trois":
            return "friend"
        case "romantic_triangle":
            return "pivot" if own == (1, 1) else "wing"
        case "stable_marriage":
            return "outcast" if own == (-1, -1) else "partner"
        case "unit_veto":
            return "foe"
    return "none"


_INDETERMINATE: Final = np.int8(TYPES.index("indeterminate"))
_ROLES_OF: Final[Codes] = np.array(
    [
        [ROLES.index(_role(_type((ij, ik, jk)), own)) for own in ((ij, ik), (ij, jk), (ik, jk))]
        for ij, ik, jk in product((-1, 0, 1), repeat=3)
    ],
    dtype=np.int8,
).T.copy()
