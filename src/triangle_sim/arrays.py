"""Small array helpers every layer shares.

Arrays carry the replicate axis last. All model code is plain NumPy: the LLVM backend traces it through NumPy's own
protocols (NEP 13 and NEP 18), so a function that is not traced is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

Array = Any
"""A NumPy array (or one that is being traced) whose last axis counts runs, or a number that broadcasts against one."""


def ordered_sum(terms: Iterable[Array]) -> Array:
    """Sum in the order given, one term after another.

    ``np.sum`` and BLAS change the order of additions with the number of columns, and so the last bit: a run replayed
    alone would differ from the same run in a block.
    """
    rest = iter(terms)
    total: Array = next(rest, 0.0)
    for term in rest:
        total = total + term
    return total


def squash(latent: Array, low: Array, high: Array) -> Array:
    """Latent scale to the variable's own range ``(low, high)``; slope one at mid-range."""
    half, middle = (high - low) / 2, (high + low) / 2
    return middle + half * np.tanh((latent - middle) / half)


def unsquash(value: Array, low: float, high: float) -> Array:
    """Inverse of :func:`squash`; values closer than 0.5% of the range to a bound are taken as 0.5% away from it."""
    half, middle = (high - low) / 2, (high + low) / 2
    return middle + half * np.arctanh(np.clip((value - middle) / half, -0.99, 0.99))


def lookup(table: Any, places: Array) -> Array:
    """What a table of numbers holds in each of the places."""
    traced = getattr(places, "lookup", None)
    return table.take(places) if traced is None else traced(table)


def repeat_while(going: Callable[[Any], Array], body: Callable[[Any], Any], state: Any, like: Array) -> Any:
    """``state = body(state)`` while ``going(state)`` is true of any run.

    ``body`` must leave runs unchanged for which ``going`` is false, since others may still go on. ``like`` is any array
    of the state; one that is being traced brings a loop of its own.
    """
    traced = getattr(like, "repeat_while", None)
    if traced is not None:
        return traced(going, body, state)
    while going(state).any():
        state = body(state)
    return state
