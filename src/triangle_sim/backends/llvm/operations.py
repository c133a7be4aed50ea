"""What each operation on nodes is in LLVM's language."""

from __future__ import annotations

from collections.abc import Mapping

from triangle_sim.backends.llvm.code import Value
from triangle_sim.backends.llvm.nodes import Node
from triangle_sim.backends.llvm.vectors import Vectors

ORDER = {"lt": "olt", "le": "ole", "gt": "ogt", "ge": "oge", "eq": "oeq"}
ARITHMETIC = {"add": "fadd", "sub": "fsub", "mul": "fmul", "div": "fdiv"}
WORDS = {"add": "add", "xor": "xor", "or": "or", "shl": "shl", "shr": "lshr"}
FUNCTIONS = {"exp": "exp", "tanh": "tanh", "sqrt": "root", "abs": "magnitude", "max": "larger", "min": "smaller"}
LONG = {"log": "log", "atanh": "atanh", "pow": "power"}
"""Functions worked out in double precision whatever the precision: once a run."""
WAVES = {"sin": 0, "cos": 1}


def constant(node: Node, vectors: Vectors) -> Value:
    """A constant node, the same in all vectors."""
    if node.kind == "b":
        return f"splat (i1 {str(node.value).lower()})"
    return vectors.all_words(node.value) if node.kind == "u" else vectors.all(node.value)


def compute(node: Node, product: Node | None, names: Mapping[Node, Value], vectors: Vectors) -> Value:
    """Write a node's operation, its arguments having ``names``; ``product`` is one that a sum takes up.

    Raises
    ------
    ValueError
        for an operation that is not known here.
    """
    code = vectors.code
    if product is not None:
        return _with_product(node, product, names, vectors)
    args = [names[arg] for arg in node.args]
    if node.kind == "u":
        return code.value(f"{WORDS[node.op]} {vectors.words} {', '.join(args)}")
    if node.op in ARITHMETIC:
        return vectors.do(ARITHMETIC[node.op], args[0], args[1])
    if node.op in FUNCTIONS:
        value: Value = getattr(vectors, FUNCTIONS[node.op])(*args)
        return value
    if node.op in ORDER:
        return vectors.compare(ORDER[node.op], args[0], args[1])
    if node.op in ("and", "or"):
        return code.value(f"{node.op} {vectors.truth} {args[0]}, {args[1]}")
    if node.op == "isnumber":
        return vectors.compare("ord", args[0], args[0])
    if node.op == "select":
        return vectors.select(args[0], args[1], args[2])
    if node.op == "real":
        return code.value(f"sitofp {vectors.words} {args[0]} to {vectors.real}")  # below 2^63
    if node.op in WAVES:
        return vectors.wave(args[0], WAVES[node.op])
    if node.op in LONG:
        wide = vectors.double()
        return convert(getattr(wide, LONG[node.op])(*(convert(arg, vectors, wide) for arg in args)), wide, vectors)
    raise ValueError(f"{node.op} of {node.value} is not known here")


def _with_product(node: Node, product: Node, names: Mapping[Node, Value], vectors: Vectors) -> Value:
    a, b = (names[arg] for arg in product.args)
    first, second = node.args
    other = names[first if second is product else second]
    if node.op == "sub" and second is product:
        return vectors.fma(vectors.negative(a), b, other)
    return vectors.fma(a, b, vectors.negative(other) if node.op == "sub" else other)


def convert(value: Value, source: Vectors, target: Vectors) -> Value:
    """Numbers in another precision."""
    if source.bits == target.bits:
        return value
    how = "fpext" if target.bits > source.bits else "fptrunc"
    return source.code.value(f"{how} {source.real} {value} to {target.real}")
