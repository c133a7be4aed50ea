"""How countries choose: one rule a file in rules/, and the game their payoffs come from."""

import importlib
import pkgutil

from triangle_sim.decision import rules
from triangle_sim.decision.rule import RULES, Rule, Situation, rule

for _module in pkgutil.iter_modules(rules.__path__):
    importlib.import_module(f"{rules.__name__}.{_module.name}")

__all__ = ["RULES", "Rule", "Situation", "rule"]
