"""A formula compiled and worked out: what the tests of LLVM's parts have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from triangle_sim.backends.llvm.code import Code
from triangle_sim.backends.llvm.emit import Work
from triangle_sim.backends.llvm.machine import Target, load, native
from triangle_sim.backends.llvm.memory import Spot, read, write
from triangle_sim.backends.llvm.nodes import Node, tracing
from triangle_sim.backends.llvm.traced import Traced, inputs, listed
from triangle_sim.backends.llvm.vectors import GROUP, Vectors


def arguments(count: int) -> list[Traced]:
    """Traced arrays: every other one is the same in every quarter, as parameters are, which lets the tracer reorder."""
    return [inputs("noise" if k % 2 else "values", k + 1)[k] for k in range(count)]


def evaluate(formula: Callable[..., Any], *arrays: Any, bits: int = 64, target: Target | None = None) -> Any:
    """``formula(*arrays)`` for arrays of doubles ``(runs,)``, as a compiled program has it."""
    target = target or native()
    code = Code()
    vectors = Vectors(code, target.vector // bits, bits, target.fma)
    wide = vectors.double()
    room = -(-len(arrays[0]) // GROUP) * GROUP
    given = np.array([np.resize(array, room) for array in arrays])
    with tracing():
        outputs = dict(enumerate(listed(formula(*arguments(len(arrays))))))
        taken = np.zeros((len(outputs), room))

        def place(base: str, row: int, spot: Spot) -> str:
            entry = code.value(f"add i64 {row * room}, {spot.run}")
            return code.value(f"getelementptr double, ptr {base}, i64 {entry}")

        def take(node: Node, spot: Spot) -> str:
            return wide.converted(read(wide, place("%runs", node.value[1], spot), "double"), vectors)

        def put(k: int, value: str, kind: str, spot: Spot) -> None:
            if kind == "b":
                value = code.value(f"uitofp {vectors.truth} {value} to {wide.real}")
            else:
                value = vectors.converted(value, wide)
            write(wide, place("%worlds", k, spot), value, "double")

        known = dict.fromkeys(node for node in Node.made.values() if node.op == "input" and node.value[0] != "loop")
        head = "void @simulate(ptr %runs, ptr %worlds, ptr %room, i64 %first, i64 %end)"
        with code.function(head), code.loop("%first", "%end", GROUP) as at:
            Work(vectors, at).do(outputs, known, take, put)
    text = "\n".join([*sorted({*vectors.declarations, *wide.declarations}), *code.lines, ""])
    load(text, target)(given.ctypes.data, taken.ctypes.data, 0, 0, room)
    return taken[:, : len(arrays[0])]
