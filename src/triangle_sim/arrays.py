"""Small array helpers every layer shares.

Arrays carry the replicate axis last. The namespace comes from the inputs, so the same lines serve NumPy and any other
array library that follows the array API.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

Array = Any
"""A NumPy (or array API) array whose last axis counts runs, or a number that broadcasts against one."""


def namespace(*arrays: Array) -> Any:
    """The array library the first real array comes from; NumPy when all are plain numbers."""
    for array in arrays:
        get = getattr(array, "__array_namespace__", None)
        if get is not None:
            return get()
    return np


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


def squash(latent: Array, low: float, high: float) -> Array:
    """Latent scale to the variable's own range ``(low, high)``; slope one at mid-range."""
    half, middle = (high - low) / 2, (high + low) / 2
    if half == 1.0 and middle == 0.0:
        return namespace(latent).tanh(latent)
    return middle + half * namespace(latent).tanh((latent - middle) / half)


def unsquash(value: Array, low: float, high: float) -> Array:
    """Inverse of :func:`squash`; values closer than 0.5% of the range to a bound are taken as 0.5% away from it."""
    half, middle = (high - low) / 2, (high + low) / 2
    xp = namespace(value)
    scaled = xp.clip((xp.asarray(value) - middle) / half, -0.99, 0.99)
    return middle + half * xp.atanh(scaled) if hasattr(xp, "atanh") else middle + half * xp.arctanh(scaled)


def warmth(tie: Array) -> Array:
    """A tie in [-1, 1] on the scale 0 (hostile) .. 0.5 (neutral) .. 1 (allied)."""
    return 0.5 + 0.5 * tie


def repeat_while(going: Callable[[Any], Any], body: Callable[[Any], Any], state: Any, like: Array) -> Any:
    """``state = body(state)`` while ``going(state)``, in the library of the array ``like``."""
    if isinstance(like, np.ndarray):
        while going(state):
            state = body(state)
        return state
    return namespace(like).repeat_while(going, body, state)
