"""Hyperbolic tangents of sums whose one part is the same in every quarter: its exponential is worked out once a run.

A country weighs all of its moves, and what a move would push is added to one and the same level. So the arguments of
most tangents differ in what is the same in every quarter, and share the exponential of the rest:

    tanh(f + x) = 2 F r / (s + F r) - 1   with   F = e^2f   and   r / s = e^2x

A part of more than 150 (12 in single precision) that the other one takes back would give another result: no variable
is driven over so many widths of its own range.
"""

from __future__ import annotations

from math import log
from typing import Any

from triangle_sim.backends.llvm.nodes import Node, binary, lift, parts, real, unary


def tanh(value: Any) -> Node:
    """Hyperbolic tangent, off by at most 2.5 units in the last place of one."""
    node = real(value)
    fixed, rest, minus = parts(binary("multiply", node, 2.0 / log(2)))
    if rest is None:
        return unary("tanh", node)
    rise, fall = (Node(half, (rest,)) for half in (("fall", "rise") if minus else ("rise", "fall")))
    rise = binary("multiply", _power(fixed), rise)
    return binary("subtract", binary("multiply", Node("divide", (rise, binary("add", fall, rise))), 2.0), 1.0)


def _power(exponent: Node) -> Node:
    """Two to a power."""
    if exponent.constant:
        return lift(2.0**exponent.value)
    return Node("divide", (Node("rise", (exponent,)), Node("fall", (exponent,))))
