"""triangle_sim: North Korea between China, Russia and the United States, as two policy articles argue it.

>>> import triangle_sim as ts
>>> baseline = ts.load("baseline")
>>> result = ts.run(baseline, draws=50, replicates=4)   # doctest: +SKIP

A model, not a forecast: it shows what follows from which argument, how sure, and why.
"""

from __future__ import annotations

import warnings
from importlib import import_module
from typing import Any

warnings.filterwarnings("ignore", message="IProgress not found")  # of a progress bar in Mesa, at its first import

_WHERE = {
    "load": "triangle_sim.scenario.load",
    "check": "triangle_sim.scenario.load",
    "describe": "triangle_sim.scenario.show.describe",
    "explain": "triangle_sim.analysis.vocabulary",
    "Scenario": "triangle_sim.scenario.schema.scenario",
    "TriangleModel": "triangle_sim.model.triangle_model",
    "run": "triangle_sim.montecarlo.run",
    "run_part": "triangle_sim.montecarlo.run",
    "resume": "triangle_sim.montecarlo.run",
    "extend": "triangle_sim.montecarlo.grow",
    "merge": "triangle_sim.montecarlo.grow",
    "Result": "triangle_sim.montecarlo.result",
    "read": "triangle_sim.montecarlo.result",
    "digest": "triangle_sim.analysis.digest",
    "sample": "triangle_sim.montecarlo.sample",
    "claim": "triangle_sim.analysis.claims.ledger",
    "check_claims": "triangle_sim.analysis.claims.ledger",
    "signs": "triangle_sim.analysis.signs.signs",
    "tell": "triangle_sim.story.tell",
    "contrast": "triangle_sim.analysis.compare.contrast",
    "compare": "triangle_sim.analysis.compare.compare",
    "Comparison": "triangle_sim.analysis.compare.compare",
    "drivers": "triangle_sim.analysis.drivers.drivers",
    "sweep": "triangle_sim.analysis.drivers.sweep",
    "takes": "triangle_sim.analysis.drivers.takes",
    "hindcast": "triangle_sim.record.hindcast",
    "calibrate": "triangle_sim.record.calibrate",
    "fitted_sizes": "triangle_sim.record.fitted_sizes",
    "quantiles": "triangle_sim.analysis.quantiles",
    "why": "triangle_sim.analysis.why.why",
    "plot": "triangle_sim.plots.gallery",
    "page": "triangle_sim.web.widget",
}
__all__ = sorted(_WHERE)


def __getattr__(name: str) -> Any:
    """Names are imported when first used, so that `import triangle_sim` costs nothing."""
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'triangle_sim' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
