"""Plain scalars by the YAML 1.2 core schema: ``on`` and ``no`` are words, ``1e-3`` is a number, ``12:30`` is text."""

from __future__ import annotations

import math
import re

_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE, _FALSE = {"true", "True", "TRUE"}, {"false", "False", "FALSE"}
_INT = re.compile(r"^[-+]?[0-9]+$")
_OCTAL, _HEX = re.compile(r"^0o[0-7]+$"), re.compile(r"^0x[0-9a-fA-F]+$")
_FLOAT = re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")
_NOT_FINITE = re.compile(r"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$")

Scalar = None | bool | int | float | str


def resolve(text: str) -> Scalar:
    """The value of a plain (unquoted) scalar.

    Raises
    ------
    ValueError
        for NaN, infinities and numbers too large to be meant.
    """
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    for pattern, base in ((_INT, 10), (_OCTAL, 8), (_HEX, 16)):
        if pattern.match(text):
            if len(text) > 30:
                raise ValueError("the number is too large")
            return int(text if base == 10 else text[2:], base)
    if _NOT_FINITE.match(text):
        raise ValueError("not a finite number")
    if _FLOAT.match(text):
        if len(text) > 400:
            raise ValueError("the number is too long")
        value = float(text)
        if not math.isfinite(value):
            raise ValueError("the number is too large")
        return value
    return text
