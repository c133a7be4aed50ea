"""Runs side by side in a processor's vectors: LLVM's instructions for them, and functions that are made of these.

Every operation is a correctly rounded IEEE one (sums, products, quotients, square roots, fused multiply-adds); none is
left to a library or to the compiler. So the bits depend neither on the processor nor on the width of its vectors.
Results are off by at most 1.1 units in the last place (exp), 1.5 (sin, cos), 2 (log) and 2.5 (tanh).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from math import inf, log, pi

from triangle_sim.backends.llvm.code import Code, Value
from triangle_sim.backends.llvm.series import ATANH, COSINE, EXP, EXP_DOUBLE, HALF_PI_REST, HALF_RATIO, LN2_REST, SINE

GROUP = 64
"""Runs that go through a native program together: enough to fetch instructions seldom, few enough for the nearest
caches."""


def number(value: float, bits: int = 64) -> str:
    """A number as LLVM writes it: the bits of a double, also where it is a single one."""
    exact = value if bits == 64 else struct.unpack("f", struct.pack("f", value))[0]
    return f"0x{struct.pack('>d', exact).hex().upper()}"


class Vectors:
    """Vectors of ``count`` numbers of ``bits`` each, of ``group`` runs that go through the program together.

    ``fma``: whether the target has a fused multiply-add; where it has none, products are rounded before they are added.
    ``real``, ``words`` and ``truth`` are their types: numbers, words of as many bits, truth values; ``of`` has them by
    a node's kind.
    """

    def __init__(self, code: Code, count: int, bits: int = 64, fma: bool = True, group: int = GROUP) -> None:
        self.code, self.count, self.bits, self.fused, self.group = code, count, bits, fma, group
        self.scalar = {64: "double", 32: "float"}[bits]
        self.real, self.words, self.truth = (f"<{count} x {kind}>" for kind in (self.scalar, f"i{bits}", "i1"))
        self.of = {"f": self.real, "u": self.words, "b": self.truth}
        self._fma = f"@llvm.fma.v{count}f{bits}"
        self._digits, self._bias = {64: (52, 1023), 32: (23, 127)}[bits]

    @property
    def declarations(self) -> list[str]:
        """What a module must declare that uses them."""
        r, suffix = self.real, f"v{self.count}f{self.bits}"
        return [f"declare {r} {self._fma}({r}, {r}, {r})", f"declare {r} @llvm.sqrt.{suffix}({r})"]

    def double(self) -> Vectors:
        """As many numbers in double precision."""
        return Vectors(self.code, self.count, 64, self.fused, self.group)

    def converted(self, value: Value, target: Vectors) -> Value:
        """Numbers in the precision of other vectors."""
        if self.bits == target.bits:
            return value
        how = "fpext" if target.bits > self.bits else "fptrunc"
        return self.code.value(f"{how} {self.real} {value} to {target.real}")

    def all(self, value: float) -> Value:
        """The same number everywhere."""
        return f"splat ({self.scalar} {number(value, self.bits)})"

    def all_words(self, value: int) -> Value:
        """The same word everywhere."""
        return f"splat (i{self.bits} {value})"

    def do(self, instruction: str, a: Value, b: Value, kind: str = "f") -> Value:
        """One of LLVM's instructions on two values of a kind; comparisons are false where there is not-a-number."""
        return self.code.value(f"{instruction} {self.of[kind]} {a}, {b}")

    def select(self, truth: Value, a: Value, b: Value) -> Value:
        """``a`` where it is true, else ``b``."""
        return self.code.value(f"select {self.truth} {truth}, {self.real} {a}, {self.real} {b}")

    def isnumber(self, a: Value) -> Value:
        """Whether it is a number."""
        return self.do("fcmp ord", a, a)

    def counted(self, a: Value) -> Value:
        """Words below 2^63 as the numbers they count."""
        return self.code.value(f"sitofp {self.words} {a} to {self.real}")

    def maximum(self, a: Value, b: Value) -> Value:
        """The larger of two numbers; ``b`` where one is none."""
        return self.select(self.do("fcmp ogt", a, b), a, b)

    def minimum(self, a: Value, b: Value) -> Value:
        """The smaller of two numbers; ``b`` where one is none."""
        return self.select(self.do("fcmp olt", a, b), a, b)

    def fma(self, a: Value, b: Value, c: Value) -> Value:
        """``a b + c``, rounded once where the target can."""
        if not self.fused:
            return self.do("fadd", self.do("fmul", a, b), c)
        r = self.real
        return self.code.value(f"call {r} {self._fma}({r} {a}, {r} {b}, {r} {c})")

    def negative(self, a: Value) -> Value:
        """``-a``."""
        return self.code.value(f"fneg {self.real} {a}")

    def sqrt(self, a: Value) -> Value:
        """Square root."""
        return self.code.value(f"call {self.real} @llvm.sqrt.v{self.count}f{self.bits}({self.real} {a})")

    def polynomial(self, x: Value, coefficients: Sequence[float]) -> Value:
        """``c0 + c1 x + c2 x^2 + ...``."""
        *rest, total = map(self.all, coefficients)
        for coefficient in reversed(rest):
            total = self.fma(total, x, coefficient)
        return total

    def as_words(self, a: Value) -> Value:
        """Their bits."""
        return self.code.value(f"bitcast {self.real} {a} to {self.words}")

    def as_real(self, a: Value) -> Value:
        """Bits as numbers."""
        return self.code.value(f"bitcast {self.words} {a} to {self.real}")

    def absolute(self, a: Value) -> Value:
        """Without its sign."""
        return self.as_real(self.do("and", self.as_words(a), self.all_words(2 ** (self.bits - 1) - 1), "u"))

    def _round(self, x: Value, factor: float) -> tuple[Value, Value]:
        """The whole number next to ``factor x``, as a number and in the lowest bits of a word."""
        magic = self.all(1.5 * 2.0**self._digits)  # what is added to it is rounded to a whole number
        shifted = self.fma(x, self.all(factor), magic)
        return self.do("fsub", shifted, magic), self.as_words(shifted)

    def _power(self, whole: Value) -> Value:
        """Two to the power of a whole number of :meth:`_round`."""
        exponent = self.do("shl", whole, self.all_words(self._digits), "u")
        return self.as_real(self.do("add", exponent, self.all_words(self._bias << self._digits), "u"))

    def exp(self, x: Value) -> Value:
        """Exponential; what would be below the smallest normal number is nothing."""
        low, high = {64: (-708.0, 709.4), 32: (-87.0, 88.3)}[self.bits]
        n, whole = self._round(x, 1.0 / log(2))
        r = self.fma(n, self.all(-LN2_REST[self.bits]), self.fma(n, self.all(-log(2)), x))
        q = self.fma(self.do("fmul", r, r), self.polynomial(r, EXP[self.bits]), r)
        scale = self._power(whole)
        value = self.select(self.do("fcmp olt", x, self.all(low)), self.all(0.0), self.fma(scale, q, scale))
        return self.select(self.do("fcmp ogt", x, self.all(high)), self.all(inf), value)

    def rise(self, x: Value) -> Value:
        """``2^x`` is ``rise / fall``: the half of the quotient that has the power of two."""
        ratio, r, whole = self._halves(x)
        return self.do("fmul", self._power(whole), self.do("fadd", ratio, r))

    def fall(self, x: Value) -> Value:
        """The other half, about three; what both need is written twice, and LLVM does it once."""
        ratio, r, _ = self._halves(x)
        return self.do("fsub", ratio, r)

    def _halves(self, x: Value) -> tuple[Value, Value, Value]:
        """``R``, ``r`` and ``n`` of ``2^x = 2^n (R + r) / (R - r)``; an ``x`` far out is drawn in, so that what is made
        of two such powers is a number."""
        far = {64: 500.0, 32: 60.0}[self.bits]
        x = self.maximum(self.all(-far), self.minimum(self.all(far), x))
        n, whole = self._round(x, 1.0)
        r = self.do("fsub", x, n)
        return self.polynomial(self.do("fmul", r, r), HALF_RATIO[self.bits]), r, whole

    def tanh(self, x: Value) -> Value:
        """Hyperbolic tangent, ``(1 - e) / (1 + e)`` with ``e = exp(-2 |x|)``, and the sign of ``x``."""
        size = self.minimum(self.all({64: 22.0, 32: 10.0}[self.bits]), self.absolute(x))
        n, whole = self._round(size, -2.0 / log(2))
        s = self.fma(n, self.all(log(2) / 2), size)  # the logarithm's further digits are lost in the sum with one
        less, scale = self.do("fmul", s, self.polynomial(s, EXP_DOUBLE[self.bits])), self._power(whole)
        one_less = self.fma(self.negative(scale), less, self.do("fsub", self.all(1.0), scale))
        quotient = self.do("fdiv", one_less, self.do("fsub", self.all(2.0), one_less))
        sign = self.do("and", self.as_words(x), self.all_words(-(2 ** (self.bits - 1))), "u")
        return self.as_real(self.do("or", self.as_words(quotient), sign, "u"))

    def log(self, x: Value) -> Value:
        """Natural logarithm of a positive normal number; of nothing, -709."""
        bits = self.as_words(x)
        fraction = self.do("and", bits, self.all_words(2**self._digits - 1), "u")
        m = self.as_real(self.do("or", fraction, self.all_words(self._bias << self._digits), "u"))
        high = self.do("fcmp ogt", m, self.all(2**0.5))
        m = self.select(high, self.do("fmul", m, self.all(0.5)), m)
        e = self.do("sub", self.do("lshr", bits, self.all_words(self._digits), "u"), self.all_words(self._bias), "u")
        one = self.code.value(f"zext {self.truth} {high} to {self.words}")
        e = self.code.value(f"sitofp {self.words} {self.do('add', e, one, 'u')} to {self.real}")
        s = self.do("fdiv", self.do("fsub", m, self.all(1.0)), self.do("fadd", m, self.all(1.0)))
        s, s2 = self.do("fadd", s, s), self.do("fmul", s, s)
        inner = self.fma(self.do("fmul", s, s2), self.polynomial(s2, ATANH), self.do("fmul", e, self.all(LN2_REST[64])))
        return self.fma(e, self.all(log(2)), self.do("fadd", s, inner))

    def sin(self, x: Value) -> Value:
        """Sine of ``x`` from 0 to some turns."""
        return self._wave(x, 0)

    def cos(self, x: Value) -> Value:
        """Cosine of the same."""
        return self._wave(x, 1)

    def _wave(self, x: Value, quarters: int) -> Value:
        """Sine of ``x`` and so many quarters of a turn."""
        n, whole = self._round(x, 2.0 / pi)
        r = self.fma(n, self.all(-HALF_PI_REST), self.fma(n, self.all(-pi / 2), x))
        r2 = self.do("fmul", r, r)
        odd = self.fma(self.do("fmul", r, r2), self.polynomial(r2, SINE), r)
        one = self.fma(r2, self.all(-0.5), self.all(1.0))
        even = self.fma(self.do("fmul", r2, r2), self.polynomial(r2, COSINE), one)
        turn = self.do("add", whole, self.all_words(quarters), "u")
        is_odd = self.code.value(f"trunc {self.words} {turn} to {self.truth}")
        half = self.do("shl", self.do("and", turn, self.all_words(2), "u"), self.all_words(self.bits - 2), "u")
        return self.as_real(self.do("xor", self.as_words(self.select(is_odd, even, odd)), half, "u"))

    def arctanh(self, x: Value) -> Value:
        """Inverse hyperbolic tangent, to a unit in the last place of one."""
        one = self.all(1.0)
        ratio = self.do("fdiv", self.do("fadd", one, x), self.do("fsub", one, x))
        return self.do("fmul", self.log(ratio), self.all(0.5))

    def power(self, x: Value, y: Value) -> Value:
        """``x^y`` for ``x >= 0`` and ``y > 0``."""
        return self.exp(self.do("fmul", y, self.log(x)))
