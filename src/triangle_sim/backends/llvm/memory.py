"""Where a program finds its numbers and where it puts them: blocks of a group of runs, and arrays of all runs."""

from __future__ import annotations

from typing import NamedTuple

from triangle_sim.backends.llvm.code import Code, Value
from triangle_sim.backends.llvm.vectors import Vectors
from triangle_sim.model.quarter import Record

RUNS = ("stride", "values", "events", "strikes", "orders", "seats", "address", "seed", "worlds")
"""What a program is given of its runs, words of 64 bits: numbers, and addresses of arrays. Rows of arrays are
``stride`` runs long."""
WORLD = ("pins", *Record._fields, "outcomes", "told")
"""What it is given of each world: addresses, of what is held and of what is kept. Native programs keep no more than the
record."""
SIZES = {"i8": 1, "i64": 8, "double": 8}


class Spot(NamedTuple):
    """A vector of a group: its number, and its first run."""

    number: Value
    run: Value


def block(vectors: Vectors) -> str:
    """The type of a block: a number for each run of a group."""
    return f"[{vectors.group} x {vectors.scalar}]"


def within(vectors: Vectors, base: Value, slot: int, spot: Spot) -> Value:
    """Where a vector of a block is, of several blocks at ``base``."""
    return vectors.code.element(vectors.code.element(base, vectors.real, spot.number), block(vectors), slot)


def put(vectors: Vectors, base: Value, slot: int, value: Value, kind: str, spot: Spot) -> None:
    """Put a vector into a block: a number or a word as it is, a truth value as a byte a run."""
    place = within(vectors, base, slot, spot)
    if kind == "b":
        write(vectors, place, vectors.code.value(f"zext {vectors.truth} {value} to <{vectors.count} x i8>"), "i8")
    else:
        vectors.code.line(f"store {vectors.of[kind]} {value}, ptr {place}, align {vectors.count * vectors.bits // 8}")


def get(vectors: Vectors, base: Value, slot: int, kind: str, spot: Spot) -> Value:
    """A vector from a block."""
    place = within(vectors, base, slot, spot)
    if kind == "b":
        return vectors.code.value(f"icmp ne <{vectors.count} x i8> {read(vectors, place, 'i8')}, zeroinitializer")
    return vectors.code.value(f"load {vectors.of[kind]}, ptr {place}, align {vectors.count * vectors.bits // 8}")


def read(vectors: Vectors, place: Value, kind: str) -> Value:
    """A vector of an array."""
    return vectors.code.value(f"load <{vectors.count} x {kind}>, ptr {place}, align {SIZES[kind]}")


def write(vectors: Vectors, place: Value, value: Value, kind: str) -> None:
    """Put a vector into an array."""
    vectors.code.line(f"store <{vectors.count} x {kind}> {value}, ptr {place}, align {SIZES[kind]}")


def everywhere(vectors: Vectors, scalar: Value, kind: str) -> Value:
    """The same scalar in all vectors."""
    vector, value = f"<{vectors.count} x {kind}>", vectors.code.value
    first = value(f"insertelement {vector} poison, {kind} {scalar}, i32 0")
    return value(f"shufflevector {vector} {first}, {vector} poison, <{vectors.count} x i32> zeroinitializer")


class Given:
    """What a function has been given, under names: the runs, and where there is one a world."""

    def __init__(self, code: Code, runs: Value, world: Value | None = None) -> None:
        self.code, self._named = code, {}
        for base, names in ((runs, RUNS), *([(world, WORLD)] if world else [])):
            for place, name in enumerate(names):
                kind = "i64" if name in ("stride", "seed", "worlds") else "ptr"
                self._named[name] = code.value(f"load {kind}, ptr {code.element(base, 'i64', place)}")

    def __getitem__(self, name: str) -> Value:
        return self._named[name]

    def place(self, name: str, row: int, spot: Spot, kind: str, before: Value | None = None) -> Value:
        """Where a vector of an array's row is; ``before`` are rows to pass before that."""
        value, stride = self.code.value, self["stride"]
        number = str(row) if before is None else value(f"add i64 {before}, {row}")
        entry = value(f"add i64 {value(f'mul i64 {stride}, {number}')}, {spot.run}")
        return self.code.element(self[name], kind, entry)


def numbers(vectors: Vectors, place: Value) -> Value:
    """Doubles of an array, as numbers of the program."""
    wide = vectors.double()
    return wide.converted(read(wide, place, "double"), vectors)
