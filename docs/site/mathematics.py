"""Mathematics that needs no script: blocks of LaTeX become MathML, which browsers set, when the site is built."""

from __future__ import annotations

from typing import Any

from latex2mathml.converter import convert


def mathml(source: str) -> list[str]:
    """The lines of a block of mathematics, each as MathML."""
    inside = source.strip().removeprefix(r"\begin{aligned}").removesuffix(r"\end{aligned}")
    lines = [line.replace("&", "").strip() for line in inside.split(r"\\")]
    return [convert(line, display="block") for line in lines if line]


def fence(source: str, *_: Any, **__: Any) -> str:
    """A block of mathematics as HTML, a line each; a wide one scrolls by itself."""
    style = "overflow-x: auto; overflow-y: hidden; padding: 0.25em 0;"
    return "".join(f'<div style="{style}">{line}</div>' for line in mathml(source))
