"""Formulas of the documentation, computed from the MathML that a reader sees and from nothing else."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "equations.md").read_text(encoding="utf-8")
OPERATORS = {"\N{MINUS SIGN}": "-", "\N{MIDDLE DOT}": "*", "+": "+", "(": "(", ")": ")", ",": ",", "=": "="}
LETTERS = {"E": "environment", "g": "tie", "w": "warmth_of", "θ": "number"}


@cache
def site() -> Any:
    """The module by which the site sets mathematics."""
    spec = importlib.util.spec_from_file_location("mathematics_of_the_site", ROOT / "docs" / "site" / "mathematics.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def block(after: str) -> list[str]:
    """The lines of the first block of mathematics after some text of the page, as Python: ``name = expression``."""
    assert PAGE.count(after) == 1, after
    source = PAGE.split(after)[1].split("```math\n")[1].split("```")[0]
    return [python(ElementTree.fromstring(line)) for line in site().mathml(source)]


def python(node: ElementTree.Element) -> str:
    """A piece of MathML as Python."""
    kind, children = node.tag.rpartition("}")[2], list(node)
    text = (node.text or "").replace("\N{NO-BREAK SPACE}", "_")
    match kind:
        case "math" | "mrow":
            return " ".join(map(python, children))
        case "mo":
            return OPERATORS[text]
        case "mn":
            assert float(text) >= 0
            return text
        case "mtext" | "mi":
            return text
        case "mfrac":
            above, below = map(python, children)
            return f"(({above}) / ({below}))"
        case "msub":
            letter, below = children
            words = [(part.text or "").replace("\N{NO-BREAK SPACE}", "_") for part in below.iter()]
            names = ", ".join(repr(word) for word in words if word not in ("", "\N{RIGHTWARDS ARROW}"))
            return f"{LETTERS[letter.text]}({names})"
    raise AssertionError(kind)


@cache
def forms() -> dict[str, Callable[..., float]]:
    """The forms of interests as functions, from their formulas."""
    found: dict[str, Callable[..., float]] = {}
    for line in block("<!-- generated: forms of interests -->"):
        name, arguments, value = re.fullmatch(r"(\w+) \( (.*) \) = (.*)", line).groups()
        found[name] = eval(f"lambda {arguments}: {value}", found)
    return found


def value(
    interest: str, state: Mapping[str, float], environment: Mapping[str, float], numbers: Mapping[str, float]
) -> float:
    """An interest, as ``PRK.supply``, at a state: what its formula says."""
    lines = dict(line.split(" = ") for line in block(f"#### {interest}\n"))
    names = {
        "environment": environment.__getitem__,
        "number": numbers.__getitem__,
        "tie": lambda i, j: state[f"goodwill[{i},{j}]"],
        "warmth_of": lambda i, j: (1.0 + state[f"goodwill[{i},{j}]"]) / 2.0,
        **{name: level for name, level in state.items() if name.isidentifier()},
        **forms(),
    }
    whole = lines.pop("φ")
    for name, expression in lines.items():  # each is said in terms of those before it
        names[name] = eval(expression, {}, names)
    return float(eval(whole, {}, names))
