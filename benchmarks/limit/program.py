"""The C++ text of a scenario: once a run, once a quarter, once a random number, and the loops around them."""

from __future__ import annotations

from pathlib import Path

from limit.emit import function
from triangle_sim.model.prepared import Prepared
from triangle_sim.backends.llvm.nodes import Node, ordered, tracing
from triangle_sim.backends.llvm.traced import listed
from triangle_sim.backends.llvm.trace import Trace, numbers, once, trace
from triangle_sim.uncertainty.streams import stream_key

READ = {
    "values": "load(in.values + {k} * in.stride + here)",
    "pins": "load(in.pins + {k} * in.stride + here)",
    "possible": "truth(in.possible + {k} * in.stride + here)",
    "due": "whole(in.due + {k} * in.stride + here)",
    "hazard": "load(in.hazard + (q * HAZARDS + {k}) * in.stride + here)",
    "slots": "w[{k}][j]",
    "noise": "noise[{k}][j]",
    "choice": "choice[{k}][j]",
    "q": "all((double)q)",
    "address": "words(in.address + here)",
    "counter": "words(counter)",
    "seed": "words(in.seed)",
    "key": "words(key)",
}
RECORDS = ("state", "environment", "moves", "met", "begins", "active")


def text(plan: Prepared, lanes: int, vectors: int, size: int) -> str:
    """The whole program."""
    with tracing():
        return _text(plan, lanes, vectors, size)


def _text(plan: Prepared, lanes: int, vectors: int, size: int) -> str:
    traced = trace(plan)
    kept = [node for part in traced.record for node in listed(part)]
    everything = ordered([*traced.start, *traced.after, *kept], {})
    fixed = once(everything)
    used = {arg for node in everything if not fixed[node] for arg in node.args} | {
        node for node in (*traced.after, *kept) if fixed[node]
    }
    facts = [node for node in everything if fixed[node] and not node.constant and node in used]
    known = {node: READ[node.value[0]].format(k=node.value[1]) for node in everything if node.op == "input"}
    parts = [
        f"#define LANES {lanes}\n#define VECTORS {vectors}",
        Path(__file__).with_name("vector.h").read_text(encoding="utf-8"),
        _sizes(plan, traced, facts),
        Path(__file__).with_name("inputs.h").read_text(encoding="utf-8"),
        _setup(traced, facts, known, size),
        _quarter(traced, facts, known, size),
        _numbers(size),
        Path(__file__).with_name("loops.h").read_text(encoding="utf-8"),
    ]
    return "\n".join(parts)


def _sizes(plan: Prepared, traced: Trace, facts: list[Node]) -> str:
    sizes = {"FACTS": len(facts), "SLOTS": len(traced.slots), "QUARTERS": plan.scenario.quarters}
    sizes |= {"VARIABLES": len(plan.variables), "COUNTRIES": len(plan.codes)}
    sizes |= {name.upper(): len(getattr(traced.record, name)) for name in RECORDS}
    sizes["HAZARDS"] = sum(each.hazard is not None for each in plan.plans)
    lines = [f"enum {{ {', '.join(f'{name} = {size}' for name, size in sizes.items())} }};"]
    for what, names in (("noise", plan.variables), ("choice", plan.codes)):
        keys = ", ".join(f"{stream_key(f'{what}:{name}')}UL" for name in names)
        lines.append(f"static const uint64_t {what}_keys[] = {{{keys}}};")
    return "\n".join(lines)


def _setup(traced: Trace, facts: list[Node], known: dict[Node, str], size: int) -> str:
    outputs = {f"fact[{k}][j] = {{}}": node for k, node in enumerate(facts)}
    outputs |= {f"w[{k}][j] = {{}}": node for k, node in enumerate(traced.start)}
    return function("once_a_run(const In &in, long at, Block *fact, Block *w)", _cast(outputs), known, size)


def _quarter(traced: Trace, facts: list[Node], known: dict[Node, str], size: int) -> str:
    here = known | {node: f"{'(M)' if node.kind == 'b' else ''}fact[{k}][j]" for k, node in enumerate(facts)}
    outputs = {f"next[{k}][j] = {{}}": node for k, node in enumerate(traced.after)}
    for name, part in zip(RECORDS, traced.record, strict=True):
        for k, node in enumerate(listed(part)):
            outputs[f"store(out.{name} + (q * {name.upper()} + {k}) * in.stride + here, {{}})"] = node
    head = "once_a_quarter(const In &in, const Out &out, long at, long q, const Block *fact, const Block *w, "
    head += "Block *next, const Block *noise, const Block *choice)"
    return function(head, outputs, here, size)


def _numbers(size: int) -> str:
    made, read = numbers(), {}
    for node in ordered([*made.normal, made.uniform], {}):
        if node.op == "input":
            read[node] = READ[node.value[0]]
    head = "(const In &in, long at, uint64_t counter, uint64_t key, Block &to, Block &then)"
    normal = {"to[j] = {}": made.normal[0], "then[j] = {}": made.normal[1]}
    uniform = {"to[j] = {}": made.uniform}
    return "\n".join(
        function(f"{name}{head}", outputs, read, size) for name, outputs in (("normal", normal), ("uniform", uniform))
    )


def _cast(outputs: dict[str, Node]) -> dict[str, Node]:
    return {(key.replace("{}", "(V){}") if node.kind == "b" else key): node for key, node in outputs.items()}
