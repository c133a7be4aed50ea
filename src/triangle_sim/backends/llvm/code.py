"""LLVM's language as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

Value = str
"""The name of a value in LLVM's language, or a constant written out."""


class Code:
    """The lines of a module, and names for its values and blocks."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._named = 0
        self._entry = 0
        self._block = ""
        self._rooms: list[str] = []

    def value(self, expression: str) -> Value:
        """A new value."""
        self._named += 1
        self.lines.append(f"  %v{self._named} = {expression}")
        return f"%v{self._named}"

    def element(self, base: Value, kind: str, number: Value | int) -> Value:
        """Where an element is, of an array of a kind at ``base``."""
        return self.value(f"getelementptr inbounds nuw {kind}, ptr {base}, i64 {number}")

    def hidden(self, number: Value) -> Value:
        """The same whole number, of which LLVM knows nothing: for WebAssembly it would make each address of a loop from
        the one before, which takes more instructions and twice the time to compile."""
        return self.value(f'call i64 asm "", "=r,0"(i64 {number})')

    def line(self, text: str) -> None:
        """An instruction without a value."""
        self.lines.append(f"  {text}")

    def block(self) -> str:
        """The name of a block that is still to be begun."""
        self._named += 1
        return f"b{self._named}"

    def begin(self, block: str) -> None:
        """Begin a block."""
        self._block = block
        self.lines.append(f"{block}:")

    def room(self, count: int, kind: str) -> Value:
        """Room for so many values of a kind, for as long as the function runs."""
        name = f"%room{len(self._rooms)}"
        self._rooms.append(f"  {name} = alloca [{count} x {kind}], align 64")
        return name

    @contextmanager
    def function(self, head: str) -> Iterator[None]:
        """A function without a result, ``@name(type %argument, ...)``."""
        self.lines.append(f"define {head} {{")
        self.begin("entry")
        self._entry, self._rooms = len(self.lines), []
        yield
        self.line("ret void")
        self.lines.append("}")
        self.lines[self._entry : self._entry] = self._rooms

    @contextmanager
    def loop(self, first: Value, end: Value, step: int = 1) -> Iterator[Value]:
        """A loop over whole numbers ``first``, ``first + step`` ... below ``end``, at least once."""
        before, body, after = self._block, self.block(), self.block()
        number, following = f"%{body}.now", f"%{body}.next"
        self.line(f"br label %{body}")
        self.begin(body)
        self.line("")
        phi = len(self.lines) - 1
        yield number
        self.lines[phi] = f"  {number} = phi i64 [{first}, %{before}], [{following}, %{self._block}]"
        self.line(f"{following} = add i64 {number}, {step}")
        more = self.value(f"icmp slt i64 {following}, {end}")
        self.line(f"br i1 {more}, label %{body}, label %{after}")
        self.begin(after)
