"""What a scenario file may say: shape, ranges and meaning of every field."""

from triangle_sim.world.event import Condition, Event
from triangle_sim.scenario.schema.prior import PriorSpec
from triangle_sim.scenario.schema.rule import RuleSpec
from triangle_sim.scenario.schema.scenario import DESCRIPTIVE, DESIGN, Moves, Scenario

__all__ = ["DESCRIPTIVE", "DESIGN", "Condition", "Event", "Moves", "PriorSpec", "RuleSpec", "Scenario"]
