"""The world: state variables, the environment that events set, and how a quarter moves them."""

from triangle_sim.world.environment import CONDITIONS, DRIVERS, Condition, Driver
from triangle_sim.world.event import Event
from triangle_sim.world.events import EventClock, EventLuck, Happened
from triangle_sim.world.variables import STOCKS, Variable, tie, tie_variable, variables_of

__all__ = [
    "CONDITIONS",
    "DRIVERS",
    "STOCKS",
    "Condition",
    "Driver",
    "Event",
    "EventClock",
    "EventLuck",
    "Happened",
    "Variable",
    "tie",
    "tie_variable",
    "variables_of",
]
