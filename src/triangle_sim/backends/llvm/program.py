"""The program of a scenario in LLVM's language: once a run, once a quarter, once a random number, and loops around."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from triangle_sim.backends.llvm import memory
from triangle_sim.backends.llvm.code import Code, Value
from triangle_sim.backends.llvm.emit import Work
from triangle_sim.backends.llvm.machine import Target
from triangle_sim.backends.llvm.memory import WORLD, Given, Spot, block, everywhere, get, put
from triangle_sim.backends.llvm.nodes import Node, ordered, real, tracing
from triangle_sim.backends.llvm.tangent import far, farthest
from triangle_sim.backends.llvm.trace import Trace, numbers, trace, trajectory
from triangle_sim.backends.llvm.traced import listed
from triangle_sim.backends.llvm.vectors import Vectors
from triangle_sim.model.prepared import Prepared
from triangle_sim.model.quarter import Record
from triangle_sim.model.told import Label
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.uncertainty.streams import stream_key


class Program(NamedTuple):
    """The text, the bytes of working memory it needs for itself and for each world, and the rows of what it tells and
    of the outcomes."""

    text: str
    shared: int
    each: int
    told: tuple[Label, ...] = ()
    outcomes: tuple[str, ...] = ()


Measured = Callable[[Trajectory], Mapping[str, Any]]


def program(
    prepared: Prepared, target: Target, bits: int, measured: Measured | None = None, apart: bool = False
) -> Program:
    """Write the program of a scenario for a target, with numbers of so many ``bits``.

    Given what is to be ``measured`` on the record of a whole run, the program keeps that too, takes seats as an input,
    and has a second function ``simulate_told``, which tells why each quarter went as it did. Tangents share
    exponentials unless they are to be kept ``apart``, or must be.
    """
    apart = apart or any(far(farthest(table), bits) for table in prepared.tables.values())
    with tracing(apart):
        return _Writer(prepared, target, bits, measured).written()


class _Writer:
    def __init__(self, prepared: Prepared, target: Target, bits: int, measured: Measured | None) -> None:
        self.prepared, self.code, self.more = prepared, Code(), measured is not None
        count = target.vector // bits
        self.vectors = Vectors(self.code, count, bits, target.fma, target.group)
        self.wide, self.piece = self.vectors.double(), target.piece
        self.traced: Trace = trace(prepared, self.more or prepared.seated, self.more)
        found = measured(trajectory(prepared)) if measured else {}
        self.outcomes = {name: real(listed(value)[0]) for name, value in found.items()}
        kept = [node for part in self.traced.record for node in listed(part)] + list(self.traced.told.values())
        everything = ordered([*self.traced.start, *self.traced.after, *kept])
        used = {arg for node in everything if not node.once for arg in node.args}
        used |= {node for node in (*self.traced.after, *kept) if node.once}
        self.facts = [node for node in everything if node.once and not node.constant and node in used]
        self.known = {node: None for node in everything if node.op == "input"}
        self.hazards = len(prepared.clock.hazards)
        self.conditions = len(prepared.conditions)

    def written(self) -> Program:
        size = self.vectors.group * self.vectors.bits // 8
        shared = 2 * len(self.prepared.variables) + len(self.prepared.codes)
        each = len(self.facts) + 2 * len(self.traced.start)
        self._numbers()
        self._once_a_run()
        self._once_a_quarter("once_a_quarter", {})
        if self.more:
            self._at_the_horizon()
            self._once_a_quarter("once_a_quarter_told", self.traced.told)
            self._simulate("simulate_told", "once_a_quarter_told", shared, each)
        self._simulate("simulate", "once_a_quarter", shared, each)
        declared = sorted({*self.vectors.declarations, *self.wide.declarations})
        text = "\n".join([*declared, *self._keys(), *self.code.lines, ""])
        return Program(text, shared * size, each * size, tuple(self.traced.told), tuple(self.outcomes))

    def _keys(self) -> list[str]:
        named = {"noise": self.prepared.variables, "choice": self.prepared.codes}
        lists = {what: [stream_key(f"{what}:{name}") for name in names] for what, names in named.items()}
        return [
            f"@{what}_keys = internal constant [{len(keys)} x i64] [{', '.join(f'i64 {key}' for key in keys)}]"
            for what, keys in lists.items()
        ]

    def _read(self, node: Node, spot: Spot, given: Given) -> Value:
        """The value of an input."""
        name, k = node.value
        vectors, value = self.vectors, self.code.value
        if name in ("values", "events", "strikes"):
            before = value(f"mul i64 %q, {self.hazards}") if name == "strikes" else None
            return memory.numbers(vectors, given.place(name, k, spot, "double", before))
        if name in ("pins", "orders", "seats"):  # the same for all runs; moves come quarter by quarter
            before = "0" if name == "pins" else value(f"mul i64 %q, {len(self.prepared.codes)}")
            at = self.code.element(given[name], "double", value(f"add i64 {before}, {k}"))
            number = everywhere(self.wide, value(f"load double, ptr {at}"), "double")
            return self.wide.converted(number, vectors)
        if name == "q":
            return everywhere(vectors, value(f"sitofp i64 %q to {vectors.scalar}"), vectors.scalar)
        if name in ("state", "environment"):
            return memory.numbers(vectors, given.place(name, k, spot, "double"))
        if name in Record._fields:
            small = memory.read(vectors, given.place(name, k, spot, "i8"), "i8")
            if node.kind == "b":
                return value(f"icmp ne <{vectors.count} x i8> {small}, zeroinitializer")
            return value(f"sitofp <{vectors.count} x i8> {small} to {vectors.real}")
        return get(vectors, f"%{name}", k, node.kind, spot)

    def _write(self, address: tuple[str, int], result: Value, kind: str, spot: Spot, given: Given) -> None:
        """Put an output where it belongs."""
        name, k = address
        vectors, value = self.vectors, self.code.value
        if name in ("facts", "next", "slots"):
            put(vectors, f"%{name}", k, result, kind, spot)
        elif name in ("start", "state", "environment", "told", "outcomes"):
            per = {"state": len(self.prepared.variables), "environment": self.conditions, "told": len(self.traced.told)}
            now = value(f"mul i64 %q, {per[name]}") if name in per else None
            row = k + per[name] if name == "state" else k  # of states, the start comes first
            place = given.place("state" if name == "start" else name, row, spot, "double", now)
            memory.write(self.wide, place, vectors.converted(result, self.wide), "double")
        else:
            rows = len(listed(getattr(self.traced.record, name)))
            place = given.place(name, k, spot, "i8", value(f"mul i64 %q, {rows}"))
            how = f"zext {vectors.truth}" if kind == "b" else f"fptosi {vectors.real}"
            memory.write(vectors, place, value(f"{how} {result} to <{vectors.count} x i8>"), "i8")

    def _work(self, outputs: Mapping[Any, Node], known: Mapping[Node, Any], facts: Mapping[Node, int]) -> None:
        given = Given(self.code, "%runs", "%world")

        def read(node: Node, spot: Spot) -> Value:
            if node in facts:
                return get(self.vectors, "%facts", facts[node], node.kind, spot)
            return self._read(node, spot, given)

        def write(address: Any, value: Value, kind: str, spot: Spot) -> None:
            self._write(address, value, kind, spot, given)

        Work(self.vectors, piece=self.piece).do(outputs, known, read, write)

    def _once_a_run(self) -> None:
        variables = len(self.prepared.variables)
        outputs = {("facts", k): node for k, node in enumerate(self.facts)}
        outputs |= {("slots", k): node for k, node in enumerate(self.traced.start)}
        outputs |= {("start", k): self.traced.start[variables + k] for k in range(variables)}
        with self.code.function("internal void @once_a_run(ptr %runs, ptr %world, i64 %at, ptr %facts, ptr %slots)"):
            self._work(outputs, self.known, {})

    def _once_a_quarter(self, named: str, told: Mapping[Label, Node]) -> None:
        outputs = {("next", k): node for k, node in enumerate(self.traced.after)}
        outputs |= {("told", k): node for k, node in enumerate(told.values())}
        for name, part in self.traced.record._asdict().items():
            outputs |= {(name, k): node for k, node in enumerate(listed(part))}
        facts = {node: k for k, node in enumerate(self.facts)}
        arguments = "ptr %runs, ptr %world, i64 %at, i64 %q, ptr %facts, ptr %slots, ptr %next, ptr %noise, ptr %choice"
        with self.code.function(f"internal void @{named}({arguments})"):
            self._work(outputs, self.known | dict.fromkeys(facts), facts)

    def _at_the_horizon(self) -> None:
        outputs = {("outcomes", k): node for k, node in enumerate(self.outcomes.values())}
        known = dict.fromkeys(node for node in ordered(outputs.values()) if node.op == "input")
        with self.code.function("internal void @at_the_horizon(ptr %runs, ptr %world, i64 %at)"):
            self._work(outputs, known, {})

    def _numbers(self) -> None:
        """Random numbers of a group: two normal ones, or a uniform one, in double precision whatever the precision."""
        for name, made in numbers().items():
            linkage = "" if self.more and name == "uniform" else "internal "
            arguments = "ptr %runs, i64 %at, i64 %counter, i64 %key, ptr %to0, ptr %to1"
            with self.code.function(f"{linkage}void @{name}({arguments})"):
                given = Given(self.code, "%runs")

                def read(node: Node, spot: Spot, given: Given = given) -> Value:
                    word = node.value[0]
                    if word == "address":
                        return memory.read(self.wide, given.place(word, 0, spot, "i64"), "i64")
                    return everywhere(self.wide, given["seed"] if word == "seed" else f"%{word}", "i64")

                def write(place: int, value: Value, kind: str, spot: Spot) -> None:
                    put(self.vectors, f"%to{place}", 0, self.wide.converted(value, self.vectors), kind, spot)

                inputs = dict.fromkeys(node for node in ordered(made) if node.op == "input")
                Work(self.wide, piece=self.piece).do(dict(enumerate(made)), inputs, read, write)

    def _simulate(self, named: str, quarter: str, shared: int, each: int) -> None:
        """A group of runs at a time, in all its worlds, from the start to the horizon: all of it stays in cache."""
        code, value, prepared = self.code, self.code.value, self.prepared
        with code.function(f"void @{named}(ptr %runs, ptr %worlds, ptr %room, i64 %first, i64 %end)"):
            given = Given(code, "%runs")
            worlds = given["worlds"]

            def world(k: Value) -> tuple[Value, Value]:
                own = code.element(self._block("%room", shared), f"[{each} x {block(self.vectors)}]", k)
                return code.element("%worlds", f"[{len(WORLD)} x i64]", k), own

            with code.loop("%first", "%end", self.vectors.group) as at:
                with code.loop("0", worlds) as k:
                    record, facts = world(k)
                    slots = self._block(facts, len(self.facts))
                    code.line(f"call void @once_a_run(ptr %runs, ptr {record}, i64 {at}, ptr {facts}, ptr {slots})")
                with code.loop("0", str(prepared.scenario.quarters)) as q:
                    self._luck(at, q)
                    odd = value(f"and i64 {q}, 1")
                    noise = self._block("%room", value(f"mul i64 {odd}, {len(prepared.variables)}"))
                    choice = self._block("%room", 2 * len(prepared.variables))
                    with code.loop("0", worlds) as k:
                        record, facts = world(k)
                        slots = self._block(facts, len(self.facts))
                        half = len(self.traced.start)
                        now = self._block(slots, value(f"mul i64 {odd}, {half}"))
                        then = self._block(slots, value(f"mul i64 {value(f'xor i64 {odd}, 1')}, {half}"))
                        code.line(
                            f"call void @{quarter}(ptr %runs, ptr {record}, i64 {at}, i64 {q}, ptr {facts}, "
                            f"ptr {now}, ptr {then}, ptr {noise}, ptr {choice})"
                        )
                if self.more:
                    with code.loop("0", worlds) as k:
                        code.line(f"call void @at_the_horizon(ptr %runs, ptr {world(k)[0]}, i64 {at})")

    def _luck(self, at: Value, q: Value) -> None:
        """The random numbers of a quarter; normal ones are made for two quarters at once."""
        code, value, prepared = self.code, self.code.value, self.prepared
        make, done = code.block(), code.block()
        even = value(f"icmp eq i64 {value(f'and i64 {q}, 1')}, 0")
        code.line(f"br i1 {even}, label %{make}, label %{done}")
        code.begin(make)
        variables, pair = len(prepared.variables), value(f"lshr i64 {q}, 1")
        self._draw("normal", "noise", variables, at, pair, (0, variables))
        code.line(f"br label %{done}")
        code.begin(done)
        self._draw("uniform", "choice", len(prepared.codes), at, q, (2 * variables, 2 * variables))

    def _draw(self, how: str, what: str, count: int, at: Value, counter: Value, to: Sequence[int]) -> None:
        value = self.code.value
        with self.code.loop("0", str(count)) as k:
            key = value(f"load i64, ptr {self.code.element(f'@{what}_keys', 'i64', k)}")
            places = [self._block("%room", value(f"add i64 {k}, {first}")) for first in to]
            self.code.line(
                f"call void @{how}(ptr %runs, i64 {at}, i64 {counter}, i64 {key}, ptr {places[0]}, ptr {places[1]})"
            )

    def _block(self, base: Value, number: Value | int) -> Value:
        """Where a block is, of several at ``base``."""
        return self.code.element(base, block(self.vectors), number)
