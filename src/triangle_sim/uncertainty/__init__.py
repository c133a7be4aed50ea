"""What we do not know (priors, draws) and luck (addressable random streams)."""

from triangle_sim.uncertainty.parameters import Parameter, ParameterTable
from triangle_sim.uncertainty.priors import FAMILIES, Prior
from triangle_sim.uncertainty.sampling import Draws, Sampler
from triangle_sim.uncertainty.sizes import Fitted, fitted
from triangle_sim.uncertainty.streams import Streams
from triangle_sim.uncertainty.table import Table

__all__ = [
    "FAMILIES",
    "Draws",
    "Fitted",
    "Parameter",
    "ParameterTable",
    "Prior",
    "Sampler",
    "Streams",
    "Table",
    "fitted",
]
