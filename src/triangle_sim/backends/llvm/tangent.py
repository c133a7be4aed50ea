"""Hyperbolic tangents of sums whose one part is the same in every quarter: its exponential is worked out once a run.

A country weighs all of its moves, and what a move would push is added to one and the same level. So the arguments of
most tangents differ in what is the same in every quarter, and share the exponential of the rest:

    tanh(f + x) = 2 F r / (s + F r) - 1   with   F = e^2f   and   r / s = e^2x

A part of more than 150 (12 in single precision) that the other one takes back would give another result. What is the
same in every quarter is a resting level, at most 2.7, and a country's own push kept up for its foresight, over half of
the variable's range: no prior of the model reaches 18. Where a scenario's or a table's own numbers may go too `far`,
each tangent is worked out by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log
from typing import Any

import numpy as np

from triangle_sim.backends.llvm.nodes import Node, binary, lift, parts, real, unary
from triangle_sim.uncertainty import ParameterTable

FAR = {64: 70.0, 32: 9.0}
"""Where tangents part, by bits: a move's push times its country's foresight, in latent units."""
_ENDS = np.asarray([2.0**-53, 1.0 - 2.0**-53])
"""The outermost uniform numbers."""


def far(values: Mapping[str, Any], bits: int) -> bool:
    """Whether parameters with such values may push a level too far for tangents to share exponentials."""
    reach = (
        np.max(np.abs(size) * values[f"foresight.{name.split('.')[1]}"])
        for name, size in values.items()
        if name.startswith("effect.")
    )
    return max(reach, default=0.0) > FAR[bits]


def farthest(table: ParameterTable) -> dict[str, Any]:
    """How large the pushes and foresights of a table can be drawn."""
    drawn = {name: each for name, each in table.items() if name.startswith(("effect.", "foresight."))}
    return {name: np.max(np.abs(each.draw(_ENDS))) for name, each in drawn.items()}


def tanh(value: Any) -> Node:
    """Hyperbolic tangent, off by at most 2.5 units in the last place of one."""
    node = real(value)
    fixed, rest, minus = parts(binary("multiply", node, 2.0 / log(2)))
    if rest is None or Node.apart:
        return unary("tanh", node)
    rise, fall = (Node(half, (rest,)) for half in (("fall", "rise") if minus else ("rise", "fall")))
    rise = binary("multiply", _power(fixed), rise)
    return binary("subtract", binary("multiply", Node("divide", (rise, binary("add", fall, rise))), 2.0), 1.0)


def _power(exponent: Node) -> Node:
    """Two to a power."""
    if exponent.constant:
        return lift(2.0**exponent.value)
    return Node("divide", (Node("rise", (exponent,)), Node("fall", (exponent,))))
