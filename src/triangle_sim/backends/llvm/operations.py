"""What each operation on nodes is in LLVM's language."""

from __future__ import annotations

from collections.abc import Mapping

from triangle_sim.backends.llvm.code import Value
from triangle_sim.backends.llvm.vectors import Lanes
from triangle_sim.backends.llvm.nodes import Node

ORDER = {"lt": "olt", "le": "ole", "gt": "ogt", "ge": "oge", "eq": "oeq"}
ARITHMETIC = {"add": "fadd", "sub": "fsub", "mul": "fmul", "div": "fdiv"}
WORDS = {"add": "add", "xor": "xor", "or": "or", "shl": "shl", "shr": "lshr"}
FUNCTIONS = {"exp": "exp", "tanh": "tanh", "sqrt": "root", "abs": "magnitude", "max": "larger", "min": "smaller"}
LONG = {"log": "log", "atanh": "atanh", "pow": "power"}
"""Functions worked out in double precision whatever the precision: once a run."""
WAVES = {"sin": 0, "cos": 1}


def constant(node: Node, lanes: Lanes) -> Value:
    """A constant node, the same in all lanes."""
    if node.kind == "b":
        return f"splat (i1 {str(node.value).lower()})"
    return lanes.all_words(node.value) if node.kind == "u" else lanes.all(node.value)


def compute(node: Node, product: Node | None, names: Mapping[Node, Value], lanes: Lanes) -> Value:
    """Write a node's operation, its arguments having ``names``; ``product`` is one that a sum takes up.

    Raises
    ------
    ValueError
        for an operation that is not known here.
    """
    code = lanes.code
    if product is not None:
        return _with_product(node, product, names, lanes)
    args = [names[arg] for arg in node.args]
    if node.kind == "u":
        return code.value(f"{WORDS[node.op]} {lanes.words} {', '.join(args)}")
    if node.op in ARITHMETIC:
        return lanes.do(ARITHMETIC[node.op], args[0], args[1])
    if node.op in FUNCTIONS:
        value: Value = getattr(lanes, FUNCTIONS[node.op])(*args)
        return value
    if node.op in ORDER:
        return lanes.compare(ORDER[node.op], args[0], args[1])
    if node.op in ("and", "or"):
        return code.value(f"{node.op} {lanes.truth} {args[0]}, {args[1]}")
    if node.op == "isnumber":
        return lanes.compare("ord", args[0], args[0])
    if node.op == "select":
        return lanes.select(args[0], args[1], args[2])
    if node.op == "real":
        return code.value(f"sitofp {lanes.words} {args[0]} to {lanes.real}")  # below 2^63
    if node.op in WAVES:
        return lanes.wave(args[0], WAVES[node.op])
    if node.op in LONG:
        wide = Lanes(code, lanes.count)
        return convert(getattr(wide, LONG[node.op])(*(convert(arg, lanes, wide) for arg in args)), wide, lanes)
    raise ValueError(f"{node.op} of {node.value} is not known here")


def _with_product(node: Node, product: Node, names: Mapping[Node, Value], lanes: Lanes) -> Value:
    a, b = (names[arg] for arg in product.args)
    first, second = node.args
    other = names[first if second is product else second]
    if node.op == "sub" and second is product:
        return lanes.fma(lanes.negative(a), b, other)
    return lanes.fma(a, b, lanes.negative(other) if node.op == "sub" else other)


def convert(value: Value, source: Lanes, target: Lanes) -> Value:
    """Numbers in another precision."""
    if source.bits == target.bits:
        return value
    how = "fpext" if target.bits > source.bits else "fptrunc"
    return source.code.value(f"{how} {source.real} {value} to {target.real}")
