"""Functions of a program: pieces of it as loops over the vectors of a group of runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from triangle_sim.backends.llvm.code import Value
from triangle_sim.backends.llvm.memory import Spot, block, get, put
from triangle_sim.backends.llvm.nodes import Node
from triangle_sim.backends.llvm.pieces import PIECE, Piece, Plan, arguments, plan
from triangle_sim.backends.llvm.vectors import Vectors

INSTRUCTIONS = {
    "f": {
        "add": "fadd", "subtract": "fsub", "multiply": "fmul", "divide": "fdiv", "less": "fcmp olt",
        "less_equal": "fcmp ole", "greater": "fcmp ogt", "greater_equal": "fcmp oge", "equal": "fcmp oeq",
    },
    "u": {"add": "add", "bitwise_xor": "xor", "bitwise_or": "or", "left_shift": "shl", "right_shift": "lshr"},
    "b": {"bitwise_and": "and", "bitwise_or": "or", "bitwise_xor": "xor"},
}  # fmt: skip
"""What LLVM has an instruction for, by the kind of what it works on; all else is a method of :class:`Vectors`."""
LONG = ("log", "arctanh", "power")
"""Functions worked out in double precision whatever the precision: once a run."""

Read = Callable[[Node, Spot], Value]
Write = Callable[[Any, Value, str, Spot], None]


class Work:
    """The work of one function on a group of runs, as it is written, in pieces of so many operations; ``at`` is the
    group's first run."""

    def __init__(self, vectors: Vectors, at: Value = "%at", piece: int = PIECE) -> None:
        self.vectors, self.code, self._first, self._size = vectors, vectors.code, at, piece
        self._known: dict[Node, tuple[Value, int]] = {}

    @contextmanager
    def _group(self) -> Iterator[Spot]:
        """A loop over the vectors of the group."""
        width, value = self.vectors.count, self.code.value
        with self.code.loop("0", str(self.vectors.group // width)) as counted:
            number = counted if self.vectors.fused else self.code.hidden(counted)
            yield Spot(number, value(f"add i64 {self._first}, {value(f'mul i64 {number}, {width}')}"))

    def do(self, outputs: Mapping[Any, Node], known: Mapping[Node, Any], read: Read, write: Write) -> None:
        """Work all outputs out, and write each by its address; the values of ``known`` nodes are read."""
        wanted: dict[Node, list[Any]] = {}
        for address, node in outputs.items():
            wanted.setdefault(node, []).append(address)
        whole = plan(wanted, known, self._size)
        room = self.code.room(whole.slots, block(self.vectors))

        def hand_out(node: Node, value: Value, spot: Spot) -> None:
            for address in wanted.get(node, ()):
                write(address, value, node.kind, spot)

        def take(node: Node, piece: Piece, spot: Spot) -> Value:
            if node.constant:
                return constant(node, self.vectors)
            if node in piece.slots:
                return get(self.vectors, room, piece.slots[node], node.kind, spot)
            return get(self.vectors, *self._known[node], node.kind, spot) if node in self._known else read(node, spot)

        given = [node for node in wanted if node.constant or node in known]
        if given:
            with self._group() as spot:
                for node in given:
                    hand_out(node, take(node, Piece(), spot), spot)
        for piece in whole.pieces:
            if piece.nodes and piece.nodes[0].op == "loop":
                self._rounds(piece, take)
            elif piece.nodes:
                with self._group() as spot:
                    for node, value in self._piece(piece, whole, take, spot):
                        hand_out(node, value, spot)
                        if node in piece.kept:
                            put(self.vectors, room, piece.kept[node], value, node.kind, spot)

    def _piece(self, piece: Piece, whole: Plan, take: Any, spot: Spot) -> Iterator[tuple[Node, Value]]:
        """The nodes of a piece and their values, each as soon as it is there."""
        names: dict[Node, Value] = {}
        for node in piece.nodes:
            if node.op == "of":
                names[node] = take(node, piece, spot)
            else:
                for arg in arguments(node, whole.absorbed):
                    if arg not in names:
                        names[arg] = take(arg, piece, spot)
                names[node] = compute(node, whole.absorbed.get(node), names, self.vectors)
            yield node, names[node]

    def _rounds(self, piece: Piece, take: Any) -> None:
        """A loop, as long as any run of the group needs it; its state, and what it captured, wait in slots."""
        (node,), code, vectors = piece.nodes, self.code, self.vectors
        what, places = node.value, len(node.value.inputs)
        state, following = (code.room(count, block(vectors)) for count in (len(node.args), places))
        flag = code.room(1, "i64")
        with self._group() as spot:
            for k, arg in enumerate(node.args):
                put(vectors, state, k, take(arg, piece, spot), arg.kind, spot)
        inner = {each: (state, k) for k, each in enumerate((*what.inputs, *what.captured))}
        outer, self._known = self._known, inner
        ask, go, stop = code.block(), code.block(), code.block()
        code.line(f"br label %{ask}")
        code.begin(ask)
        code.line(f"store i64 0, ptr {flag}")
        self.do({flag: what.going}, inner, _nothing, self._note)
        some = code.value(f"icmp ne i64 {code.value(f'load i64, ptr {flag}')}, 0")
        code.line(f"br i1 {some}, label %{go}, label %{stop}")
        code.begin(go)
        after = dict(enumerate(what.after))
        self.do(after, inner, _nothing, lambda k, value, kind, spot: put(vectors, following, k, value, kind, spot))
        with self._group() as spot:
            for k in range(places):
                put(vectors, state, k, get(vectors, following, k, "f", spot), "f", spot)
        code.line(f"br label %{ask}")
        code.begin(stop)
        self._known = outer | {Node("of", (node,), value=k): (state, k) for k in range(places)}

    def _note(self, flag: Value, truth: Value, _: str, __: Spot) -> None:
        """Note in a flag whether it is true of any run."""
        value, width = self.code.value, self.vectors.count
        bits = value(f"bitcast {self.vectors.truth} {truth} to i{width}")
        some = value(f"zext i1 {value(f'icmp ne i{width} {bits}, 0')} to i64")
        before = value(f"load i64, ptr {flag}")
        self.code.line(f"store i64 {value(f'or i64 {before}, {some}')}, ptr {flag}")


def _nothing(node: Node, _: Spot) -> Value:
    raise AssertionError(f"a round needs {node.op} of {node.value}, which it was not given")


def constant(node: Node, vectors: Vectors) -> Value:
    """A constant node, the same in all vectors."""
    if node.kind == "b":
        return f"splat (i1 {str(node.value).lower()})"
    return vectors.all_words(node.value) if node.kind == "u" else vectors.all(node.value)


def compute(node: Node, product: Node | None, names: Mapping[Node, Value], vectors: Vectors) -> Value:
    """Write a node's operation, its arguments having ``names``; ``product`` is one that a sum takes up."""
    if product is not None:
        a, b = (names[arg] for arg in product.args)
        first, second = node.args
        other = names[first if second is product else second]
        if node.op == "subtract" and second is product:
            return vectors.fma(vectors.negative(a), b, other)
        return vectors.fma(a, b, vectors.negative(other) if node.op == "subtract" else other)
    args, kind = [names[arg] for arg in node.args], node.args[0].kind
    if node.op in INSTRUCTIONS[kind]:
        return vectors.do(INSTRUCTIONS[kind][node.op], args[0], args[1], kind)
    if node.op in LONG:
        wide = vectors.double()
        args = [vectors.converted(arg, wide) for arg in args]
        return wide.converted(getattr(wide, node.op)(*args), vectors)
    made: Value = getattr(vectors, node.op)(*args)
    return made
