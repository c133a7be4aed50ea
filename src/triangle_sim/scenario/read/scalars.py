"""Plain scalars by the YAML 1.2 core schema: ``on`` and ``no`` are words, ``1e-3`` is a number, ``12:30`` is text."""

from __future__ import annotations

import math
import re

_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def resolve(text: str) -> bool | int | float | str | None:
    """The value of a plain (unquoted) scalar; a ValueError for NaN, infinities and numbers too large to be meant."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        if len(text) > 30:
            raise ValueError("the number is too large")
        base = {"0o": 8, "0x": 16}.get(text[:2], 10)
        return int(text, base)
    if _NOT_FINITE.fullmatch(text):
        raise ValueError("not a finite number")
    if _FLOAT.fullmatch(text):
        value = float(text) + 0.0  # minus zero is zero
        if math.isinf(value):
            raise ValueError("the number is too large")
        return value
    return text
