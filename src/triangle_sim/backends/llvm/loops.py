"""Loops whose end depends on the runs: traced once, and gone round while any run of a vector needs it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from triangle_sim.backends.llvm.nodes import Node, ordered


class Loop:
    """What a node ``loop`` does.

    ``inputs`` are what one round reads, ``after`` what it leaves in the same places, ``going`` whether there is one
    more. The node's arguments are the first state and then ``captured``: what a round needs besides.
    """

    def __init__(self, inputs: Sequence[Node], going: Node, after: Sequence[Node]) -> None:
        self.inputs, self.going, self.after = tuple(inputs), going, tuple(after)
        order = ordered([going, *after], {})
        inside = set(self.inputs)
        for node in order:
            if any(arg in inside for arg in node.args):
                inside.add(node)
        needed = {arg for node in order if node in inside for arg in node.args} | {going, *after}
        self.captured = tuple(node for node in order if node in needed and node not in inside and not node.constant)


def loop(going: Callable[[Any], Node], body: Callable[[Any], Any], start: Any, places: Any) -> Any:
    """``state = body(state)`` while ``going(state)`` for any run.

    ``places`` lists the nodes of a state and puts others in their place: ``places(state) -> (nodes, rebuild)``. A run
    for which ``going`` is false must be left as it is by ``body``: others may go on beside it.
    """
    first, rebuild = places(start)
    number = len(Node.made)
    inputs = [Node("input", value=("loop", (number, k))) for k in range(len(first))]
    state = rebuild(inputs)
    after, _ = places(body(state))
    what = Loop(inputs, going(state), after)
    node = Node("loop", (*first, *what.captured), value=what)
    return rebuild([Node("of", (node,), value=k) for k in range(len(first))])
