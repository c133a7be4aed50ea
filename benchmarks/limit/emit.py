"""Nodes as statements of a C++ function."""

from __future__ import annotations

from collections.abc import Mapping

from triangle_sim.backends.llvm.nodes import Node, ordered

TYPE = {"f": "V", "b": "M", "u": "U"}
CALLS = {"exp": "fast_exp", "tanh": "fast_tanh", "max": "larger", "min": "smaller", "abs": "magnitude", "real": "real"}
CALLS |= {name: f"fast_{name}" for name in ("log", "sin", "cos", "atanh", "pow")}
CALLS |= {"sqrt": "root", "isnumber": "number"}
INFIX = {"add": "+", "sub": "-", "mul": "*", "div": "/", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "=="}
INFIX |= {"and": "&", "or": "|", "xor": "^", "shl": "<<", "shr": ">>"}


def function(head: str, outputs: Mapping[str, Node], known: Mapping[Node, str], size: int) -> str:
    """A function that works the outputs out and hands each to its template, ``"x[3] = {}"``.

    It is cut into pieces of ``size`` statements, and each piece is a loop over a few vectors, so that its instructions
    are fetched once for all of them. What one piece hands to a later one waits in a slot; slots are used again.
    """
    order = [node for node in ordered(outputs.values(), known) if not node.constant]
    piece = {node: place // size for place, node in enumerate(order)}
    last = dict(piece)
    for node in order:
        if node not in known:
            last.update({arg: piece[node] for arg in node.args if not arg.constant})
    slots, free, count = {}, [], 0
    waiting: dict[Node, list[str]] = {}
    for template, node in outputs.items():
        waiting.setdefault(node, []).append(template)
    lines = [f"{template.format(_number(node))};" for node in waiting if node.constant for template in waiting[node]]
    lines = _loop(lines)
    for number in range(len(order) // size + 1):
        inside = [node for node in order[number * size : (number + 1) * size] if node not in known or node in waiting]
        names, body = {}, []
        for node in inside:
            for arg in (node,) if node in known else node.args:
                if arg not in names and (arg in known or arg.constant or piece[arg] != number):
                    names[arg] = _number(arg) if arg.constant else f"t{arg.number}"
                    if not arg.constant:
                        source = known.get(arg) or f"({TYPE[arg.kind]})slot[{slots[arg]}][j]"
                        body.append(f"const {TYPE[arg.kind]} t{arg.number} = {source};")
            if node not in known:
                names[node] = f"t{node.number}"
                body.append(f"const {TYPE[node.kind]} t{node.number} = {_expression(node, names)};")
            body += [template.format(names[node]) + ";" for template in waiting.get(node, ())]
        for node in inside:
            if node not in known and last[node] > number:
                slots[node] = free.pop() if free else count
                count = max(count, slots[node] + 1)
                body.append(f"slot[{slots[node]}][j] = (V)t{node.number};")
        free += [slots[node] for node in slots if last[node] == number]
        lines += _loop(body)
    return "\n".join(
        [f"static __attribute__((noinline)) void {head} {{", f"V slot[{count + 1}][VECTORS];", *lines, "}"]
    )


def _loop(body: list[str]) -> list[str]:
    return ["for (long j = 0; j < VECTORS; j++) {", "const long here = at + j * LANES; (void)here;", *body, "}"]


def _number(node: Node) -> str:
    if node.kind == "u":
        return f"words({node.value}UL)"
    if node.kind == "b":
        return f"(M{{}} - {int(node.value)}L)"
    return f"all({node.value!r})"


def _expression(node: Node, names: Mapping[Node, str]) -> str:
    args = [names[arg] for arg in node.args]
    if node.op in CALLS:
        return f"{CALLS[node.op]}({', '.join(args)})"
    if node.op == "select":
        return f"{args[0]} ? {args[1]} : {args[2]}"
    if node.op in INFIX:
        return f"{args[0]} {INFIX[node.op]} {args[1]}"
    raise ValueError(f"the limit has no {node.op!r}: a scenario whose countries look for an equilibrium has loops")
