"""Expressions of one run: nodes that are made once however often they are written, folded where a number will do.

Kinds: ``f`` a number (whole numbers too), ``b`` true or false, ``u`` an unsigned word of 64 bits.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any, ClassVar, NamedTuple

import numpy as np

COMPARE = ("less", "less_equal", "greater", "greater_equal", "equal")
ARITHMETIC = ("add", "subtract", "multiply", "divide")
LOGIC = ("bitwise_and", "bitwise_or")
ONCE = ("values", "pins", "events")
"""Inputs that do not change from quarter to quarter."""


class Node:
    """One value: an operation on others, a constant or an input. Equal nodes are the same object.

    ``once`` tells that its value is the same in every quarter of a run. Operations are NumPy's, by its names, and
    ``select``, ``isnumber`` (is it a number at all?), ``counted`` (a word as a number), ``loop`` (see :class:`Loop`)
    and ``of``, what a loop leaves in one of its places. While ``apart``, no two tangents share an exponential.
    """

    __slots__ = ("args", "kind", "number", "once", "op", "value")
    made: ClassVar[dict[Any, Node]] = {}
    apart: ClassVar[bool] = False
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
def tracing(apart: bool = False) -> Iterator[None]:
    """Within it nodes are made; whoever traces meanwhile in another thread waits."""
    with _ONE_AT_A_TIME:
        Node.made.clear()
        Node.apart = apart
        try:
            yield
        finally:
            Node.made.clear()
            Node.apart = False


def ordered(outputs: Iterable[Node], known: Container[Node] = ()) -> list[Node]:
    """What the outputs need, each after what it needs itself; ``known`` values are there already."""
    done: dict[Node, None] = {}
    for output in outputs:
        pending = [output]
        while pending:
            node = pending[-1]
            missing = [] if node in known else [arg for arg in node.args if arg not in done]
            if missing:
                pending += missing[::-1]
            else:
                done[pending.pop()] = None
    return list(done)


def lift(value: Any) -> Node:
    """A node as it is; a number, a truth value or a word as a constant."""
    if isinstance(value, Node):
        return value
    if isinstance(value, bool | np.bool_):
        return Node("constant", value=bool(value), kind="b")
    if isinstance(value, np.uint64):
        return Node("constant", value=int(value), kind="u")
    return Node("constant", value=float(value))


def real(value: Any) -> Node:
    """As a number: true is 1, a word is the number it counts."""
    node = lift(value)
    if node.kind == "f":
        return node
    if node.constant:
        return lift(float(node.value))
    return select(node, 1.0, 0.0) if node.kind == "b" else Node("counted", (node,))


class Loop(NamedTuple):
    """What a node ``loop`` does as long as any run of a group needs it; its end depends on the runs.

    ``inputs`` are what one round reads, ``after`` what it leaves in the same places, ``going`` whether there is one
    more. The node's arguments are the first state and then ``captured``: what a round needs besides.
    """

    inputs: Sequence[Node]
    going: Node
    after: Sequence[Node]
    captured: Sequence[Node]

    @classmethod
    def of(cls, inputs: Sequence[Node], going: Node, after: Sequence[Node]) -> Loop:
        """With what is captured, worked out from the rest."""
        order, inside = ordered([going, *after]), set(inputs)
        for node in order:
            if any(arg in inside for arg in node.args):
                inside.add(node)
        needed = {arg for node in order if node in inside for arg in node.args} | {going, *after}
        captured = [node for node in order if node in needed and node not in inside and not node.constant]
        return cls(tuple(inputs), going, tuple(after), tuple(captured))


def binary(op: str, first: Any, second: Any) -> Node:
    """An operation on two values."""
    a, b = lift(first), lift(second)
    if "u" in (a.kind, b.kind):
        return Node(op, (a, b), kind="u")
    if op in LOGIC:
        return _logic(op, a, b)
    if op == "equal" and a is b and not a.constant:
        return Node("isnumber", (real(a),), kind="b")
    if op == "multiply" and "b" in (a.kind, b.kind):
        chosen, other = (a, b) if a.kind == "b" else (b, a)
        return select(chosen, real(other), lift(0.0))
    a, b = real(a), real(b)
    if a.constant and b.constant:
        return lift(getattr(np, op)(a.value, b.value))
    if op in ARITHMETIC:
        return _folded(op, a, b)
    return Node(op, (a, b), kind="b" if op in COMPARE else "f")


def _folded(op: str, a: Node, b: Node) -> Node:
    zero, one = lift(0.0), lift(1.0)
    if op == "multiply" and zero in (a, b):
        return zero
    if (op in ("multiply", "divide") and b is one) or (op in ("add", "subtract") and b is zero):
        return a
    if (op == "multiply" and a is one) or (op == "add" and a is zero):
        return b
    if op == "divide":  # several quotients often have one divisor; where they have not, a rounding more is no harm
        return _folded("multiply", a, lift(1.0 / b.value) if b.constant and b.value else Node("divide", (one, b)))
    if op == "multiply":
        return _scaled(*((a, b) if a.once else (b, a))) if a.once != b.once else _commuting(op, a, b)
    return _sum(a, b, minus=op == "subtract") if not (a.once and b.once) else _commuting(op, a, b)


def _commuting(op: str, a: Node, b: Node) -> Node:
    """A node; of a sum or product the same one whatever the order of the two."""
    return Node(op, (b, a) if op != "subtract" and a.number > b.number else (a, b))


def _scaled(factor: Node, node: Node) -> Node:
    """``factor * node`` with a factor that is the same in every quarter: such factors are multiplied once a run."""
    if node.op == "multiply" and node.args[0].once:
        return _scaled(binary("multiply", factor, node.args[0]), node.args[1])
    if node.op in ("add", "subtract") and node.args[0].once:
        return binary(node.op, binary("multiply", factor, node.args[0]), _scaled(factor, node.args[1]))
    return node if factor is lift(1.0) else Node("multiply", (factor, node))


def _sum(a: Node, b: Node, minus: bool) -> Node:
    """``a + b`` or ``a - b``: what is the same in every quarter is added up once a run, and stands first."""
    (fixed, x, x_minus), (other, y, y_minus) = parts(a), parts(b)
    fixed, y_minus = binary("subtract" if minus else "add", fixed, other), y_minus != minus
    if x is None or y is None:
        rest, negative = (y, y_minus) if x is None else (x, x_minus)
    elif x_minus == y_minus:
        rest, negative = _commuting("add", x, y), x_minus
    else:
        rest, negative = Node("subtract", (y, x) if x_minus else (x, y)), False
    if negative:
        return Node("subtract", (fixed, rest))
    return rest if fixed is lift(0.0) else Node("add", (fixed, rest))


def parts(node: Node) -> tuple[Node, Any, bool]:
    """What is the same in every quarter, what is not, and whether the latter is taken away."""
    if node.once:
        return node, None, False
    if node.op in ("add", "subtract") and node.args[0].once:
        return node.args[0], node.args[1], node.op == "subtract"
    return lift(0.0), node, False


def _logic(op: str, a: Node, b: Node) -> Node:
    for first, second in ((a, b), (b, a)):
        if first.constant:
            return second if first.value == (op == "bitwise_and") else first
    return a if a is b else Node(op, (a, b), kind="b")


def select(condition: Any, first: Any, second: Any) -> Node:
    """``first`` where the condition holds, else ``second``."""
    c, a, b = lift(condition), lift(first), lift(second)
    if c.constant:
        return a if c.value else b
    a, b = real(a), real(b)
    return a if a is b else Node("select", (c, a, b))


def inverse(value: Any) -> Node:
    """True where it is false."""
    node = lift(value)
    return lift(not node.value) if node.constant else Node("bitwise_xor", (node, lift(True)), kind="b")


def unary(op: str, value: Any) -> Node:
    """A function of one value."""
    node = real(value)
    return lift(getattr(np, op)(node.value)) if node.constant else Node(op, (node,))
