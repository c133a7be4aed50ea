"""What all that is timed has in common: the scenario and its design, addresses of runs, worlds."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import numpy as np
from clock import SkippedError

SCENARIO, SEED, REPLICATES = "trump_win", 1, 20
"""The README's own scenario and the design it comes with, 500 draws x 20 replicates."""
WIDTH = 1024
"""Runs that a compiled program takes at once."""


def address(runs: int, first: int = 0) -> tuple[Any, Any]:
    """Draw and replicate numbers of some runs, 20 replicates a draw, as in a real run."""
    run = np.arange(first, first + runs)
    return run // REPLICATES, run % REPLICATES


def needs(backend: str) -> None:
    """Skip where what a backend computes with is not installed."""
    from triangle_sim.backends.backend import BACKENDS

    for library in BACKENDS[backend].libraries:
        if find_spec(library) is None:
            raise SkippedError(f"{library} is not installed")


def pins(worlds: int) -> list[dict[str, float]]:
    """The world itself, and the twins that outcomes compare it with."""
    from triangle_sim.outcomes import OUTCOMES

    twins = [dict(each.twin) for each in OUTCOMES.values() if each.twin]
    return [{}, *twins][:worlds]
