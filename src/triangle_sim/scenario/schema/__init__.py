"""What a scenario file may say: shape, ranges and meaning of every field, and how two files merge."""

from triangle_sim.scenario.schema.answer import Answer
from triangle_sim.scenario.schema.content import DESCRIPTIVE, DESIGN
from triangle_sim.scenario.schema.prior import PriorSpec
from triangle_sim.scenario.schema.rule import RuleSpec
from triangle_sim.scenario.schema.scenario import Moves, Run, Scenario
from triangle_sim.world.event import Condition, Event

__all__ = ["DESCRIPTIVE", "DESIGN", "Answer", "Condition", "Event", "Moves", "PriorSpec", "RuleSpec", "Run", "Scenario"]
