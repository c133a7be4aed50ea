"""The strategic triangle as an instrument: signs of ties, types and roles, their counts, structural balance."""

from triangle_sim.triangle.balance import two_camps
from triangle_sim.triangle.counting import (
    TriangleCounts,
    count_triangles,
    departures,
    first_quarter,
    shares,
    type_counts,
)
from triangle_sim.triangle.ties import DEFAULT_BAND, Band, signs, symmetrised, ties
from triangle_sim.triangle.typology import (
    ROLES,
    TYPES,
    WU_1996,
    RoleRank,
    Triad,
    TriangleHistory,
    classify,
    history_of,
    roles,
    triad_ties,
    triads,
    types,
)

__all__ = [
    "DEFAULT_BAND",
    "ROLES",
    "TYPES",
    "WU_1996",
    "Band",
    "RoleRank",
    "Triad",
    "TriangleCounts",
    "TriangleHistory",
    "classify",
    "count_triangles",
    "departures",
    "first_quarter",
    "history_of",
    "roles",
    "shares",
    "signs",
    "symmetrised",
    "ties",
    "triad_ties",
    "triads",
    "two_camps",
    "type_counts",
    "types",
]
