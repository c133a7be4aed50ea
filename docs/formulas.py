"""Formulas as the code has them: the source of an interest, or of a form that interests are made of, as mathematics.

The text of a function is read, not written down again, so a formula cannot drift from what is computed. Stocks are
words; ``E`` are conditions, ``theta`` numbers of the form, ``w`` and ``g`` ties on the scales of 0 to 1 and -1 to 1.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable
from typing import Any

from triangle_sim.countries import forms

SUM, PRODUCT, ATOM = 1, 2, 3
"""How tightly a term holds together: a sum within a product stands in brackets."""

SIGNS = {ast.Add: ("+", SUM), ast.Sub: ("-", SUM), ast.Mult: (r"\cdot", PRODUCT)}
FORMS = [name for name, each in vars(forms).items() if inspect.isfunction(each)]


def formula(function: Callable[..., Any], left: str) -> list[str]:
    """The lines of a function: what it returns, set after ``left``, then what the names in it stand for."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    numbers = {each.arg for each in tree.args.kwonlyargs}
    named, value = [], ""
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=expression):
                named.append(f"{word(name)} &= {term(expression, numbers)[0]}")
            case ast.Return(value=ast.expr() as expression):
                value = f"{left} &= {term(expression, numbers)[0]}"
            case ast.Expr(value=ast.Constant()):
                pass
            case _:
                raise SystemExit(f"{function.__qualname__}: no formula can be made of {ast.unparse(statement)!r}")
    return [value, *named]


def term(expression: ast.expr, numbers: Iterable[str]) -> tuple[str, int]:
    """An expression as LaTeX, and how tightly it holds together."""
    match expression:
        case ast.Constant(value=float() | int() as value):
            return f"{value:g}", ATOM
        case ast.Name(id=name):
            return (rf"\theta_{{{word(name)}}}" if name in numbers else word(name)), ATOM
        case ast.Attribute(value=ast.Name(id="state"), attr=name):
            return word(name), ATOM
        case ast.Attribute(value=ast.Name(id="env"), attr=name):
            return rf"E_{{{word(name)}}}", ATOM
        case ast.Subscript():
            return tie("g", expression), ATOM
        case ast.Call(func=ast.Name(id="warmth"), args=[ast.Subscript() as of]):
            return tie("w", of), ATOM
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FORMS:
            return rf"{word(name)}({', '.join(term(each, numbers)[0] for each in arguments)})", ATOM
        case ast.BinOp(left=above, op=ast.Div(), right=below):
            return rf"\frac{{{term(above, numbers)[0]}}}{{{term(below, numbers)[0]}}}", ATOM
        case ast.BinOp(left=first, op=sign, right=second) if type(sign) in SIGNS:
            mark, level = SIGNS[type(sign)]
            one, two = term(first, numbers), term(second, numbers)
            return f"{bracketed(one, level)} {mark} {bracketed(two, level + (mark == '-'))}", level
    raise SystemExit(f"no formula can be made of {ast.unparse(expression)!r}")


def bracketed(part: tuple[str, int], level: int) -> str:
    """A part of a term that holds together at least as tightly as ``level``."""
    text, own = part
    return text if own >= level else f"({text})"


def tie(letter: str, expression: ast.expr) -> str:
    """A tie: from whom, to whom."""
    match expression:
        case ast.Subscript(
            value=ast.Attribute(value=ast.Name(id="state"), attr="goodwill"),
            slice=ast.Tuple(elts=[ast.Constant(value=one), ast.Constant(value=other)]),
        ):
            return rf"{letter}_{{\text{{{one}}} \to \text{{{other}}}}}"
    raise SystemExit(f"no tie: {ast.unparse(expression)!r}")


def word(name: str) -> str:
    """A name as words."""
    return rf"\text{{{name.replace('_', ' ')}}}"


def fence(lines: list[str]) -> str:
    """Formulas as a block of mathematics, aligned where there are several."""
    inside = " \\\\\n".join(lines)
    return f"```math\n\\begin{{aligned}}\n{inside}\n\\end{{aligned}}\n```"
