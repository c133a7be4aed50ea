"""How countries choose: one rule a file, and the game their payoffs come from."""

import importlib
import pkgutil

from triangle_sim.decision.rules import RULES, Rule, Situation, rule

for _module in pkgutil.iter_modules(__path__):
    if _module.name not in ("rules", "game", "seat", "layout", "laying", "decide", "exact"):
        importlib.import_module(f"{__name__}.{_module.name}")

__all__ = ["RULES", "Rule", "Situation", "rule"]
