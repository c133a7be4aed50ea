"""Expressions of one run: nodes that are made once however often they are written, folded where a number will do.

Kinds: ``f`` a number (whole numbers too), ``b`` true or false, ``u`` an unsigned word of 64 bits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import RLock
from typing import Any, ClassVar

import numpy as np

COMPARE = ("lt", "le", "gt", "ge", "eq")
ARITHMETIC = ("add", "sub", "mul", "div")
LOGIC = ("and", "or")
ONCE = ("values", "pins", "possible", "due")
"""Inputs that do not change from quarter to quarter."""


class Node:
    """One value: an operation on others, a constant or an input. Equal nodes are the same object.

    ``once`` tells that its value is the same in every quarter of a run. Operations are those named above and ``pow``,
    ``max``, ``min``, ``select``, ``isnumber`` (is it a number at all?), functions of one number, ``real`` (a word as a
    number), ``xor``, ``shl`` and ``shr`` of words, ``loop`` (see `loops`) and ``of``, what a loop leaves in one of its
    places.
    """

    __slots__ = ("args", "kind", "number", "once", "op", "value")
    made: ClassVar[dict[Any, Node]] = {}
    args: tuple[Node, ...]
    kind: str
    number: int
    once: bool
    op: str
    value: Any

    def __new__(cls, op: str, args: tuple[Node, ...] = (), value: Any = None, kind: str = "f") -> Node:
        key = (op, tuple(arg.number for arg in args), repr(value) if isinstance(value, float) else value, kind)
        if key not in cls.made:
            node = object.__new__(cls)
            node.op, node.args, node.value, node.kind, node.number = op, args, value, kind, len(cls.made)
            node.once = value[0] in ONCE if op == "input" else op != "loop" and all(arg.once for arg in args)
            cls.made[key] = node
        return cls.made[key]

    @property
    def constant(self) -> bool:
        """Whether it is a number known now."""
        return self.op == "constant"


_ONE_AT_A_TIME = RLock()


@contextmanager
def tracing() -> Iterator[None]:
    """Within it nodes are made; whoever traces meanwhile in another thread waits."""
    with _ONE_AT_A_TIME:
        Node.made.clear()
        try:
            yield
        finally:
            Node.made.clear()


def ordered(outputs: Iterable[Node], known: Mapping[Node, Any]) -> list[Node]:
    """What the outputs need, each after what it needs itself; ``known`` values are there already."""
    done: set[Node] = set()
    order: list[Node] = []
    for output in outputs:
        pending = [output]
        while pending:
            node = pending[-1]
            missing = [arg for arg in node.args if arg not in done] if node not in known else []
            if node in done or not missing:
                pending.pop()
                if node not in done:
                    done.add(node)
                    order.append(node)
            else:
                pending += missing[::-1]
    return order


def constant(value: Any) -> Node:
    """A number, a truth value or a word."""
    if isinstance(value, bool | np.bool_):
        return Node("constant", value=bool(value), kind="b")
    if isinstance(value, np.uint64):
        return Node("constant", value=int(value), kind="u")
    return Node("constant", value=float(value))


def lift(value: Any) -> Node:
    """A node as it is, anything else as a constant."""
    return value if isinstance(value, Node) else constant(value)


def real(value: Any) -> Node:
    """As a number: true is 1, a word is the number it counts."""
    node = lift(value)
    if node.kind == "b":
        return constant(float(node.value)) if node.constant else select(node, constant(1.0), constant(0.0))
    if node.kind == "u":
        return constant(float(node.value)) if node.constant else Node("real", (node,))
    return node


def binary(op: str, first: Any, second: Any) -> Node:
    """An operation on two values."""
    a, b = lift(first), lift(second)
    if "u" in (a.kind, b.kind) and op not in ("div", *COMPARE):
        return Node(op, (_word(a), _word(b)), kind="u")
    if op in LOGIC:
        return _logic(op, a, b)
    if op == "eq" and a is b and not a.constant:
        return Node("isnumber", (real(a),), kind="b")
    if op == "mul" and "b" in (a.kind, b.kind):
        chosen, other = (a, b) if a.kind == "b" else (b, a)
        return select(chosen, real(other), constant(0.0))
    a, b = real(a), real(b)
    if a.constant and b.constant:
        return constant(_COMPUTE[op](a.value, b.value))
    if op in ARITHMETIC:
        return _folded(op, a, b)
    return Node(op, (a, b), kind="b" if op in COMPARE else "f")


def _folded(op: str, a: Node, b: Node) -> Node:
    zero, one = constant(0.0), constant(1.0)
    if op == "mul" and zero in (a, b):
        return zero
    if (op in ("mul", "div") and b is one) or (op in ("add", "sub") and b is zero):
        return a
    if (op == "mul" and a is one) or (op == "add" and a is zero):
        return b
    if op == "div":  # several quotients often have one divisor; where they have not, a rounding more is no harm
        return _folded("mul", a, constant(1.0 / b.value) if b.constant and b.value else Node("div", (one, b)))
    if op == "mul":
        return _scaled(*((a, b) if a.once else (b, a))) if a.once != b.once else _commuting(op, a, b)
    return _sum(a, b, minus=op == "sub") if not (a.once and b.once) else _commuting(op, a, b)


def _commuting(op: str, a: Node, b: Node) -> Node:
    """A node; of a sum or product the same one whatever the order of the two."""
    return Node(op, (b, a) if op != "sub" and a.number > b.number else (a, b))


def _scaled(factor: Node, node: Node) -> Node:
    """``factor * node`` with a factor that is the same in every quarter: such factors are multiplied once a run."""
    if node.op == "mul" and node.args[0].once:
        return _scaled(binary("mul", factor, node.args[0]), node.args[1])
    if node.op in ("add", "sub") and node.args[0].once:
        return binary(node.op, binary("mul", factor, node.args[0]), _scaled(factor, node.args[1]))
    return node if factor is constant(1.0) else Node("mul", (factor, node))


def _sum(a: Node, b: Node, minus: bool) -> Node:
    """``a + b`` or ``a - b``: what is the same in every quarter is added up once a run, and stands first."""
    (fixed, x, x_minus), (other, y, y_minus) = _parts(a), _parts(b)
    fixed, y_minus = binary("sub" if minus else "add", fixed, other), y_minus != minus
    if x is None or y is None:
        rest, negative = (y, y_minus) if x is None else (x, x_minus)
    elif x_minus == y_minus:
        rest, negative = _commuting("add", x, y), x_minus
    else:
        rest, negative = Node("sub", (y, x) if x_minus else (x, y)), False
    if negative:
        return Node("sub", (fixed, rest))
    return rest if fixed is constant(0.0) else Node("add", (fixed, rest))


def _parts(node: Node) -> tuple[Node, Any, bool]:
    """What is the same in every quarter, what is not, and whether the latter is taken away."""
    if node.once:
        return node, None, False
    if node.op in ("add", "sub") and node.args[0].once:
        return node.args[0], node.args[1], node.op == "sub"
    return constant(0.0), node, False


def _logic(op: str, a: Node, b: Node) -> Node:
    for first, second in ((a, b), (b, a)):
        if first.constant:
            return second if first.value == (op == "and") else first
    return a if a is b else Node(op, (a, b), kind="b")


def _word(node: Node) -> Node:
    return Node("constant", value=int(node.value), kind="u") if node.constant else node


def select(condition: Any, first: Any, second: Any) -> Node:
    """``first`` where the condition holds, else ``second``."""
    c, a, b = lift(condition), lift(first), lift(second)
    if c.constant:
        return a if c.value else b
    a, b = real(a), real(b)
    return a if a is b else Node("select", (c, a, b))


def unary(op: str, value: Any) -> Node:
    """A function of one value."""
    node = real(value)
    return constant(getattr(math, op, abs)(node.value)) if node.constant else Node(op, (node,))


_COMPUTE: dict[str, Callable[[float, float], Any]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: float(np.float64(a) / b),
    "pow": lambda a, b: a**b,
    "max": max,
    "min": min,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "eq": lambda a, b: a == b,
}
