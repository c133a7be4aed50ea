"""Outcomes: what a run is summed up by. Each is one registered function; adding one changes nothing else."""

import importlib
import pkgutil

from triangle_sim.outcomes.registry import OUTCOMES, Outcome, label, outcome

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")

__all__ = ["OUTCOMES", "Outcome", "label", "outcome"]
