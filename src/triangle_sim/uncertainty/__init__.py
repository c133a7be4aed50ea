"""What we do not know (priors, draws) and luck (addressable random streams)."""

from triangle_sim.uncertainty.distributions import FAMILIES, Prior
from triangle_sim.uncertainty.parameters import Draws, Parameter, ParameterTable, sample
from triangle_sim.uncertainty.streams import Streams

__all__ = ["FAMILIES", "Draws", "Parameter", "ParameterTable", "Prior", "Streams", "sample"]
