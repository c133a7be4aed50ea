"""The payoffs that the documentation publishes are those that the model computes."""

from __future__ import annotations

import ast
import re
import sys

import numpy as np
import pytest

from architecture.mathematics import PAGE, ROOT, value
from triangle_sim.countries import countries
from triangle_sim.uncertainty import fitted
from triangle_sim.world import CONDITIONS, variables_of
from triangle_sim.world.views import View

INTERESTS = {f"{code}.{name}": each for code, c in countries().items() for name, each in c.interests().items()}


def test_every_interest_has_its_section() -> None:
    """One heading an interest, in the order of the code."""
    assert re.findall(r"^#### ([A-Z]{3}\.\w+)$", PAGE, re.M) == list(INTERESTS)


@pytest.mark.parametrize("name", INTERESTS)
def test_the_published_formula_gives_what_the_code_gives(name: str) -> None:
    """At random states, environments and numbers; the formula is read off the MathML that the page is set in."""
    interest, random = INTERESTS[name], np.random.default_rng(5)
    for _ in range(6):
        state = {v.name: random.uniform(v.low, v.high) for v in variables_of(tuple(countries())).values()}
        environment = {condition: random.uniform() for condition in CONDITIONS}
        numbers = {number: random.uniform() for number in interest.numbers}
        computed = interest(View(state), View(environment), **numbers)
        assert value(name, state, environment, numbers) == pytest.approx(computed, abs=1e-12)


def test_fitted_weights_are_those_of_the_file() -> None:
    """Median and middle nine tenths, computed once more."""
    members = fitted("record").under("lowy-2023")
    line = next(each for each in PAGE.splitlines() if each.startswith("- `weight.CHN.rivalry_with_moscow`:"))
    told = re.search(r"fitted .*, ([\d.]+) \(([\d.]+) to ([\d.]+)\) under lowy-2023", line)
    ranked = sorted(members.values[members.names.index("weight.CHN.rivalry_with_moscow")])
    places = [len(ranked) // 2, len(ranked) // 20, -1 - len(ranked) // 20]
    assert [float(each) for each in told.groups()] == pytest.approx([ranked[k] for k in places], rel=0.05)


@pytest.fixture
def formulas(monkeypatch: pytest.MonkeyPatch):
    """The module that makes formulas."""
    monkeypatch.setattr(sys, "path", [str(ROOT / "docs"), *sys.path])
    import formulas

    return formulas


@pytest.mark.parametrize(
    ("source", "latex"),
    [
        ("1 - (a - b)", r"1 - (\text{a} - \text{b})"),
        ("1 - a - b", r"1 - \text{a} - \text{b}"),
        ("(1 - a) * (b + 1)", r"(1 - \text{a}) \cdot (\text{b} + 1)"),
        ("a / (b + c) * d", r"\frac{\text{a}}{\text{b} + \text{c}} \cdot \text{d}"),
        ("either(share, env.ukraine_war)", r"\text{either}(\theta_{\text{share}}, E_{\text{ukraine war}})"),
        ("warmth(state.goodwill['PRK', 'CHN'])", r"w_{\text{PRK} \to \text{CHN}}"),
    ],
)
def test_brackets_stand_where_they_must(source: str, latex: str, formulas) -> None:
    assert formulas.term(ast.parse(source, mode="eval").body, {"share"})[0] == latex


@pytest.mark.parametrize("source", ["a ** b", "max(a, b)", "a if b else c", "state.goodwill[a]"])
def test_what_has_no_formula_is_refused(source: str, formulas) -> None:
    """Rather than published as something else."""
    with pytest.raises(SystemExit, match="no "):
        formulas.term(ast.parse(source, mode="eval").body, set())
