"""A long list of operations cut into pieces, and the slots in which values wait from one piece to a later one.

A piece is a loop over the vectors of a group of runs: its instructions are fetched once for all of them, and what it
works with stays in registers and in the nearest cache.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from triangle_sim.backends.llvm.nodes import Node, ordered

PIECE = 28
"""Operations in a piece of a native program."""


@dataclass
class Piece:
    """``nodes`` are worked out in order, from what is known, from ``slots`` and from each other; then ``kept`` are put
    into slots. A product in ``absorbed`` is not worked out: the sum that needs it, its value there, does so in passing.
    A piece whose only node is a loop holds nothing else."""

    nodes: list[Node] = field(default_factory=list)
    slots: dict[Node, int] = field(default_factory=dict)
    kept: dict[Node, int] = field(default_factory=dict)


@dataclass
class Plan:
    """Pieces in order, how many slots they need, and the product that each sum takes up."""

    pieces: list[Piece]
    slots: int
    absorbed: dict[Node, Node]


def plan(outputs: Iterable[Node], known: Container[Node], size: int) -> Plan:
    """How to work the outputs out in pieces of ``size`` operations, ``known`` values being there already.

    A product that only one sum or difference needs becomes part of it, to be rounded once.
    """
    wanted = list(outputs)
    inside = [node for node in ordered(wanted, known) if not node.constant and node not in known]
    absorbed = _absorbed(inside, wanted, known)
    taken = set(absorbed.values())
    pieces, place = [Piece()], {}
    for node in inside:
        if node in taken:
            continue
        if len(pieces[-1].nodes) >= size or (pieces[-1].nodes and "loop" in (node.op, pieces[-1].nodes[-1].op)):
            pieces.append(Piece())
        pieces[-1].nodes.append(node)
        place[node] = len(pieces) - 1
    return Plan(pieces, _fill(pieces, place, absorbed), absorbed)


def arguments(node: Node, absorbed: Mapping[Node, Node]) -> tuple[Node, ...]:
    """What a node needs, the factors of a product that it takes up included."""
    product = absorbed.get(node)
    if product is None:
        return node.args
    return (*product.args, *(arg for arg in node.args if arg is not product))


def _absorbed(inside: Iterable[Node], wanted: list[Node], known: Container[Node]) -> dict[Node, Node]:
    uses = Counter(arg for node in inside for arg in node.args)
    out = {}
    for node in inside:
        if node.op in ("add", "subtract"):
            products = [
                arg
                for arg in node.args
                if arg.op == "multiply" and arg not in known and arg not in wanted and uses[arg] == 1
            ]
            if products:
                out[node] = products[-1]
    return out


def _fill(pieces: list[Piece], place: Mapping[Node, int], absorbed: Mapping[Node, Node]) -> int:
    """Give every value that a later piece needs a slot, and use slots again; how many there are."""
    last: dict[Node, int] = {}
    for number, piece in enumerate(pieces):
        for node in piece.nodes:
            for arg in arguments(node, absorbed):
                if arg in place and node.op != "of":
                    last[arg] = number
    slots: dict[Node, int] = {}
    ending: dict[int, list[int]] = {}
    free: list[int] = []
    count = 0
    for number, piece in enumerate(pieces):
        for node in piece.nodes:
            for arg in arguments(node, absorbed):
                if arg in slots:
                    piece.slots[arg] = slots[arg]
        for node in piece.nodes:
            if last.get(node, number) > number:
                slots[node] = free.pop() if free else count
                count = max(count, slots[node] + 1)
                piece.kept[node] = slots[node]
                ending.setdefault(last[node], []).append(slots[node])
        free += ending.pop(number, [])
    return count
