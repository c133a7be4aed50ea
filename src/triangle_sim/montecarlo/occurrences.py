"""Columns of a sample that are no outcomes: whether two moves ever met, and which ending the start looks like."""

from __future__ import annotations

from typing import Any

import numpy as np

from triangle_sim.countries import JOINT_EFFECTS
from triangle_sim.errors import UsageError, quote
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.names import did_you_mean
from triangle_sim.outcomes.end_state import ENDINGS, at_start

MEETINGS = tuple(sorted(joint.name for joint in JOINT_EFFECTS))
"""Pairs of moves that meet."""


def is_occurrence(name: str) -> bool:
    """Whether a column is one of these. Raises UsageError for a meeting or an ending that there is not."""
    kind, _, rest = name.partition(" ")
    if kind not in ("met", "start") or not rest:
        return False
    known, what = (MEETINGS, "meeting") if kind == "met" else (ENDINGS, "ending")
    for each in rest.split(" after ", 1) if kind == "met" else [rest]:
        if each not in known:
            raise UsageError(f"unknown {what} {quote(each)}", did_you_mean(each, known, f"known {what}s", 20))
    return True


def occurrence(t: Trajectory, name: str) -> Any:
    """Truth values ``(runs,)`` of ``met NAME``, ``met NAME after OTHER`` (it first met in a quarter after the other
    had), or ``start ENDING``."""
    kind, _, rest = name.partition(" ")
    if kind == "start":
        return np.equal(at_start(t), ENDINGS.index(rest))
    name, _, before = rest.partition(" after ")
    met = t.met(name)
    if not before:
        return met.any(axis=0)
    other = t.met(before)
    return met.any(axis=0) & other.any(axis=0) & (other.argmax(axis=0) < met.argmax(axis=0))
