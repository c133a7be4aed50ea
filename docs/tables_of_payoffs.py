"""What each country wants, as mathematics: every interest's formula, weight, numbers and claims, from the code."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
from blocks import ROOT, table
from formulas import FORMS, fence, formula, word
from registry import code, listed, made, parameters, prior_text

from triangle_sim.countries import Country, countries, forms
from triangle_sim.countries.interest import Interest
from triangle_sim.uncertainty import Parameter, Prior, fitted
from triangle_sim.world.theories import load_theory, theory_names


@cache
def _headings() -> dict[str, str]:
    """Where the page of claims tells each, by its id."""
    page = ROOT / "docs" / "claims.md"
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    found = re.findall(r"^#+ ((?:[A-Z]\d+)\b[^\n]*)$", text, re.M)
    return {title.split()[0].strip(".:,"): re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in found}


def claims(ids: Sequence[str]) -> str:
    """Claims and patterns by id, each with a link to its sentence where there is one."""
    at = {each: f"claims.md#{anchor}" for each, anchor in _headings().items()}
    at |= {each: "odd.md#1-purpose-and-patterns" for each in ids if re.fullmatch(r"H\d+", each)}
    return listed(f"[{each}]({at[each]})" if each in at else each for each in ids)


@made("forms of interests")
def forms_of_interests() -> str:
    """The few forms that interests are made of."""
    lines = []
    for name in FORMS:
        function = getattr(forms, name)
        arguments = ", ".join(word(each) for each in inspect.signature(function).parameters)
        lines += formula(function, rf"{word(name)}({arguments})")
    meanings = [f"- {name.replace('_', ' ')}: {_first(getattr(forms, name))}" for name in FORMS]
    return f"{fence(lines)}\n\n" + "\n".join(meanings)


def _first(function: Callable[..., object]) -> str:
    return " ".join((function.__doc__ or "").split())


@made("payoffs")
def payoffs() -> str:
    """A section a country, a formula an interest."""
    parts = []
    for country in countries().values():
        parts.append(f"### {country.label} ({country.code})\n\n{_first(country)}")
        parts += [_interest(country, each) for each in country.interests().values()]
    return "\n\n".join(parts)


def _interest(country: type[Country], interest: Interest) -> str:
    return "\n\n".join(
        [
            f"#### {country.code}.{interest.name}",
            f"{interest.meaning} Scale: {interest.scale}. Claims: {claims(interest.claims)}.",
            fence(formula(interest.phi, r"\varphi")),
            "\n".join(_number(parameter) for parameter in interest.parameters(country.code)),
        ]
    )


def _number(parameter: Parameter) -> str:
    """A number with its prior, what each theory says of it, and what the record makes of that."""
    theories = [load_theory(name) for name in theory_names()]
    told = [prior_text(parameter.prior)]
    for each in theories:
        if parameter.name in each.priors:
            why = claims(each.claims[parameter.name])
            told.append(f"{each.name} {prior_text(Prior.of(each.priors[parameter.name]))}, {why}")
    fits = [(each.name, _fitted(each.name, parameter.name)) for each in theories]
    if any(fit for _, fit in fits):
        told.append("fitted " + listed(f"{fit} under {name}" for name, fit in fits if fit))
    meaning = f" ({parameter.meaning}: {claims(parameter.sources)})" if parameter.name.startswith("form.") else ""
    return f"- {code(parameter.name)}{meaning}: {'; '.join(told)}"


def _fitted(theory: str, parameter: str) -> str:
    """Median of the members of a fit and the middle nine tenths of them; empty where it was not fitted."""
    found = fitted("record")
    members = found.under(theory) if found else None
    if members is None or parameter not in members.names:
        return ""
    low, middle, high = np.quantile(members.values[members.names.index(parameter)], (0.05, 0.5, 0.95))
    return f"{middle:.2g} ({low:.2g} to {high:.2g})"


@made("priors")
def priors() -> str:
    """The prior of every kind of parameter, and its bounds: how the numbers of the tables become distributions."""
    kinds: dict[str, list[Parameter]] = {}
    for each in parameters().values():
        kinds.setdefault(each.name.split(".")[0], []).append(each)
    rows = [(code(kind + ("." if "." in some[0].name else "")), len(some), *_rule(kind, some)) for kind, some in
            sorted(kinds.items())]  # fmt: skip
    return table(("kind", "how many", "prior", "the number it is made from", "bounds"), rows)


_MADE_FROM = {
    "cost": "the move's cost",
    "driver": "the driver",
    "effect": "the effect",
    "form": "the number of the form",
    "joint": "the extra effect",
    "noise": "the variable's noise",
    "rate": "the variable's rate",
    "rest": "the resting level and its sd (a tie: its usual level; a stock: its own, sd at least 0.05)",
    "start": "the starting level and its sd",
    "weight": "the interest's weight",
}


def _rule(kind: str, some: list[Parameter]) -> tuple[str, str, str]:
    """The prior and the bounds in words. Raises SystemExit where parameters of a kind have no common form."""
    free = [each for each in some if each.prior.dist != "fixed" or kind == "form"]
    dist = _one(kind, {each.prior.dist for each in free})
    fixed = " (0 stays 0)" if len(free) < len(some) else ""
    match dist:
        case "norm":
            share = _one(kind, {round(each.prior.scale / abs(each.prior.loc), 9) for each in free})  # type: ignore[attr-defined]
            signs = {(each.prior.loc > 0, each.low == 0, each.high == 0) for each in free}  # type: ignore[attr-defined]
            if not signs <= {(True, True, False), (False, False, True)}:
                raise SystemExit(f"{kind}: bounds that are not one-sided")
            return f"norm(loc x, scale {share:g} abs(x))", _MADE_FROM[kind], "the sign of x, or 0"
        case "lognorm" if kind in _MADE_FROM:
            s = _one(kind, {each.prior.s for each in free})  # type: ignore[attr-defined]
            return f"lognorm(s {s:g}, scale x){fixed}", _MADE_FROM[kind], _bounds(kind, free)
        case "truncnorm":
            return "truncnorm(loc x, scale sd, low, high of the variable)", _MADE_FROM[kind], "the variable's range"
        case "fixed":
            return "x", _MADE_FROM[kind], _bounds(kind, free)
    return _one(kind, {prior_text(each.prior) for each in free}), "", _bounds(kind, free)


def _bounds(kind: str, some: list[Parameter]) -> str:
    low, high = _one(kind, {(each.low, each.high) for each in some})
    return f"at least {low:g}" if np.isinf(high) else f"{low:g} .. {high:g}"


def _one(kind: str, found: set[Any]) -> Any:
    if len(found) != 1:
        raise SystemExit(f"the priors of '{kind}' have no common form: {found}")
    return found.pop()
