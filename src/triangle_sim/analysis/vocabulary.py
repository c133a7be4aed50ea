"""Everything that has a name, in words, from the registries themselves: outcomes, variables, moves, parameters, ..."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from triangle_sim.analysis.page import filled
from triangle_sim.claims import load_claims
from triangle_sim.countries import JOINT_EFFECTS, countries
from triangle_sim.decision import RULES
from triangle_sim.errors import UsageError, quote
from triangle_sim.names import Text, canonical_name, country_name, did_you_mean
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.resources import list_scenarios, read_yaml, scenario_path
from triangle_sim.scenario.check.catalogue import model_catalogue
from triangle_sim.scenario.schema.scenario import DEFAULT_SIZES
from triangle_sim.uncertainty import fitted
from triangle_sim.world import CONDITIONS, DRIVERS
from triangle_sim.world.theories import load_theory, theory_names


@dataclass(frozen=True)
class Entry:
    """What a name stands for; ``more`` holds what else there is to say, by its heading."""

    name: str
    kind: str
    what: str
    unit: str = ""
    sources: tuple[str, ...] = ()
    more: dict[str, str] = field(default_factory=dict)


def _outcomes() -> Iterator[Entry]:
    for name, outcome in sorted(OUTCOMES.items()):
        checks = [claim.id for claim in load_claims().values() if claim.check and claim.check.outcome == name]
        more = {
            "defined as": _line(outcome.measure.__doc__),
            "categories": ", ".join(outcome.categories),
            "Pyongyang wants": outcome.better,
            "countries it needs": ", ".join(outcome.needs),
            "claims checked by it": ", ".join(checks),
        }
        yield Entry(name, "outcome", outcome.question, outcome.unit, outcome.claims, _said(more))


def _endings() -> Iterator[Entry]:
    outcome = OUTCOMES["end_state"]
    text = _line(outcome.measure.__doc__)
    rules = dict(re.findall(r"- ([\w' ]+): (.*?)[;.](?= - |$)", text))
    by_name = {re.sub(r"\W+", "_", key.replace("'", "").lower()): rule for key, rule in rules.items()}
    for name in outcome.categories:
        rule = by_name.get(name, "")
        cited = tuple(re.findall(r"\b[A-Z]\d+\b", rule))
        yield Entry(name, "ending", rule, "a category of end_state", cited)


def _variables() -> Iterator[Entry]:
    found = model_catalogue()
    for name, each in found.variables.items():
        pushes = [p for p in found.parameters if p.startswith(("effect.", "joint.")) and p.endswith(f".{name}")]
        readers = [f"{c}.{i}" for c, country in countries().items() for i, k in country.interests().items()
                   if name in k.reads]  # fmt: skip
        drivers = [each_.name for each_ in DRIVERS if name in (each_.variable, each_.condition)]
        more = {
            "range": f"{each.low:g} .. {each.high:g}",
            "pushed by": ", ".join(p.removeprefix("effect.").removesuffix(f".{name}") for p in pushes),
            "read by the interests": ", ".join(readers),
            "drivers": ", ".join(drivers),
        }
        kind = "condition" if name in CONDITIONS else "variable"
        yield Entry(name, kind, _meaning(each), each.unit, tuple(each.sources), _said(more))


def _moves() -> Iterator[Entry]:
    for code, country in countries().items():
        for move in country.menu():
            name = f"{code}.{move.name}"
            meets = [joint.name for joint in JOINT_EFFECTS if (code, move.name) in (joint.first, joint.second)]
            pushes = ", ".join(f"{variable} {each.size:+g}" for variable, each in move.pushes().items())
            more = {"pushes (before the record)": pushes, "costs": f"{move.cost:g} payoff units",
                    "meets others' moves in": ", ".join(meets)}  # fmt: skip
            yield Entry(name, "move", f"{country_name(code)} can {move.says}", "", move.claims, _said(more))


def _parameters() -> Iterator[Entry]:
    found, fit = model_catalogue(), fitted(DEFAULT_SIZES)
    for name, each in found.parameters.items():
        low, high = getattr(each, "low", None), getattr(each, "high", None)
        more = {"range": f"{low:g} .. {high:g}"}
        for theory, table in found.theories.items():
            more[f"prior under {theory}"] = str(table[name].prior)
        for theory in found.theories if fit else ():
            members = fit.members.get(theory) if fit else None
            if members and name in members.names:
                values = members.values[members.names.index(name)]
                more[f"fitted to the record under {theory}"] = f"{values.mean():.3g} +/- {values.std():.2g}"
        yield Entry(name, "parameter", _meaning(each), each.unit, tuple(each.sources), more)


def _interests() -> Iterator[Entry]:
    for code, country in countries().items():
        for name, each in country.interests().items():
            more = {"reads": ", ".join(sorted(each.reads)), "is worth": _formula(each.phi), "scale": each.scale,
                    "weight": f"{each.weight:g} before weights sum to one; see weight.{code}.{name}"}  # fmt: skip
            yield Entry(f"{code}.{name}", "interest", each.meaning, "0 .. 1", each.claims, more)


def _meetings() -> Iterator[Entry]:
    for each in sorted(JOINT_EFFECTS, key=lambda joint: joint.name):
        pushes = ", ".join(f"{variable} {push.size:+g}" for variable, push in each.pushes().items())
        more = {"happens when": f"{'.'.join(each.first)} meets {'.'.join(each.second)}",
                "pushes (before the record)": pushes, "barred by": each.barred_by or ""}  # fmt: skip
        yield Entry(each.name, "event", each.says, "", each.claims, _said(more))


def _scenario_events() -> Iterator[Entry]:
    for scenario in list_scenarios():
        for name, event in (read_yaml(scenario_path(scenario)).get("events") or {}).items():
            if isinstance(event, dict):
                more = {"in the scenario": scenario, "when": str(event.get("when") or event.get("window") or "")}
                claims = tuple(map(str, event.get("claims") or ()))
                yield Entry(name, "event", str(event.get("title", name)), "", claims, _said(more))


def _claims() -> Iterator[Entry]:
    for claim in load_claims().values():
        more = {
            "kind": claim.kind,
            "if": claim.condition,
            "lives in": ", ".join(claim.names),
            "the other article": f"{claim.other_article.stance}. {claim.other_article.note}".strip(),
            "checked by": f"{' against '.join(claim.check.contrast)}, {claim.check.outcome or claim.check.variable}"
            if claim.check
            else "",
        }
        yield Entry(claim.id, "claim", claim.claim, "", (), _said(more))


def _theories() -> Iterator[Entry]:
    for name in theory_names():
        theory = load_theory(name)
        claims = tuple(dict.fromkeys(each for ids in theory.claims.values() for each in ids))
        yield Entry(name, "theory", theory.title, "", claims, {"priors of its own": str(len(theory.priors))})


def _rules() -> Iterator[Entry]:
    return (Entry(name, "rule", each.meaning) for name, each in sorted(RULES.items()))


def _scenarios() -> Iterator[Entry]:
    for name in list_scenarios():
        yield Entry(name, "scenario", str(read_yaml(scenario_path(name)).get("question", "")))


KINDS: dict[str, Callable[[], Iterator[Entry]]] = {
    "scenarios": _scenarios, "outcomes": _outcomes, "endings": _endings, "variables": _variables, "moves": _moves,
    "events": _meetings, "parameters": _parameters, "interests": _interests, "claims": _claims,
    "theories": _theories, "rules": _rules,
}  # fmt: skip
"""What can be listed, and where it comes from."""


@lru_cache(maxsize=16)
def entries(kind: str) -> tuple[Entry, ...]:
    """All names of a kind, in the order of their registry."""
    return tuple(KINDS[kind]())


def found(name: str) -> list[Entry]:
    """All that a name stands for; a move or an interest goes by its own name too, and events of bundled scenarios are
    looked through as well."""
    wanted = {name.strip(), canonical_name(name)}
    every = [*(each for kind in KINDS for each in entries(kind)), *_scenario_events()]
    return [each for each in every if each.name in wanted or _short(each) in wanted]


def names() -> list[str]:
    """All names there are, but for events of scenarios."""
    return list(dict.fromkeys(each.name for kind in KINDS for each in entries(kind)))


def explain(name: str) -> Text:
    """What a name stands for: its unit, range, prior and fitted size, where it is used, which claims it rests on.

    Raises
    ------
    UsageError
        for a name that there is not.
    """
    some = found(name)
    if not some:
        raise UsageError(f"nothing is called {quote(name)}", did_you_mean(name, names(), "known names", 8))
    claims, out = load_claims(), []
    for place, each in enumerate(some):
        rests = [("rests on", f"{id_}: {claims[id_].claim}" if id_ in claims else id_) for id_ in each.sources]
        said = [("", each.what), ("unit", each.unit), *each.more.items(), *rests]
        out += ["\n" * (place > 0) + f"{each.name} ({each.kind})"]
        out += [_filled(heading, text) for heading, text in said if text]
    return Text("\n".join(out))


def _filled(heading: str, text: str) -> str:
    start = f"  {heading}: " if heading else "  "
    return filled(" ".join(text.split()), start, "    ")


def _short(each: Entry) -> str:
    return each.name.partition(".")[2] if each.kind in ("move", "interest") else each.name


def _formula(function: Callable[..., Any]) -> str:
    """What a function computes, as the code has it."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    parts = [ast.unparse(each) for each in tree.body[1:]]
    told = parts[-1].removeprefix("return ") + (f", where {'; '.join(parts[:-1])}" if parts[:-1] else "")
    return re.sub(r"\b(state|env)\.", "", told).replace("'", "")


def _said(more: dict[str, str]) -> dict[str, str]:
    return {heading: text for heading, text in more.items() if text}


def _meaning(each: Any) -> str:
    return str(each.meaning)


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
