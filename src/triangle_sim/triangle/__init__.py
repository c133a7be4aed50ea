"""The strategic triangle as an instrument: signs of ties, types and roles, their counts, structural balance."""

from triangle_sim.triangle.counting import departures, shares
from triangle_sim.triangle.typology import ROLES, TYPES, triads

__all__ = ["ROLES", "TYPES", "departures", "shares", "triads"]
