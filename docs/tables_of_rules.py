"""Tables of theories, rules, outcomes, streams, patterns and the keys of scenario files, written from the code."""

from __future__ import annotations

import ast
import re
from collections import Counter

from blocks import ROOT, table
from registry import code, listed, made, parameters, prior_text

from triangle_sim.decision import RULES
from triangle_sim.fields import Model
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.resources import read_seed
from triangle_sim.scenario.schema import Answer, Scenario
from triangle_sim.scenario.schema.rule import SETTINGS, RuleSpec
from triangle_sim.scenario.schema.theory import Stated, Voice
from triangle_sim.uncertainty import Prior
from triangle_sim.world.event import Event
from triangle_sim.world.theories import load_theory, theory_names

_SHOWN = (
    "rationality.PRK",
    "foresight.PRK",
    "memory.PRK",
    "weight.PRK.supply",
    "form.PRK.supply.lost",
    "effect.PRK.test_missile.peninsula_tension",
    "joint.us_prk_summit.us_prk_dialogue",
    "cost.PRK.test_missile",
    "rate.chinese_supply",
    "noise.chinese_supply",
    "start.chinese_supply",
    "rest.chinese_supply",
    "rest.goodwill[CHN,PRK]",
    "legacy",
    "fade",
    "driver.ukraine_war.goodwill[RUS,PRK]",
)


@made("common parameters")
def common_parameters() -> str:
    """One parameter of each kind with its prior: all of a kind have priors of the same form."""
    known = parameters()
    rows = []
    for name in _SHOWN:
        kind = name.split(".")[0]
        rows.append(
            (code(f"{kind}." if "." in name else kind), code(name), known[name].unit, prior_text(known[name].prior))
        )
    kinds = Counter(f"{name.split('.')[0]}." if "." in name else name for name in known)
    counted = listed(f"{count} `{kind}`" for kind, count in sorted(kinds.items()))
    return table(("kind", "for example", "unit", "its prior"), rows) + f"\n\nIn all {len(known)}: {counted}."


@made("theories")
def theories() -> str:
    """What each theory changes in the priors."""
    own, parts = parameters(), []
    for name in theory_names():
        theory = load_theory(name)
        rows = [
            (code(key), prior_text(Prior.of(spec)), prior_text(own[key].prior), listed(theory.claims[key]))
            for key, spec in theory.priors.items()
        ]
        head = f"**`{name}`** (article {theory.article}): {theory.title}.\n\n"
        parts.append(head + table(("parameter", "prior", "the model's own prior", "claims"), rows))
    return "\n\n".join(parts)


@made("decision rules")
def decision_rules() -> str:
    """Rules and the settings each uses."""
    defaults = {name: field.default for name, field in RuleSpec.model_fields.items()}
    rows = []
    for name, rule in sorted(RULES.items()):
        used = [key for key, users in SETTINGS.items() if name in users]
        rows.append((code(name), rule.meaning, listed(f"`{key}` ({defaults[key]!r})" for key in used)))
    return table(("rule", "meaning", "settings (defaults)"), rows)


@made("outcomes")
def outcomes() -> str:
    """Every column of the run table."""
    wanted = {"more": "more", "less": "less", "": "-"}
    rows = []
    for name, o in sorted(OUTCOMES.items()):
        how = " ".join((o.measure.__doc__ or "").split("\n\n")[0].split())
        if o.categories:
            how = listed(code(each) for each in o.categories)
        rows.append((code(name), o.question, how, o.unit, wanted[o.better], listed(o.claims)))
    return table(("outcome", "question", "how it is taken", "unit", "Pyongyang would like", "claims"), rows)


@made("endings")
def endings() -> str:
    """The rules of the end states, as their function states them."""
    text = (OUTCOMES["end_state"].measure.__doc__ or "").split("\n\n", 1)[1]
    return re.sub(r"\n +", "\n", text).replace("\n  ", "\n").strip()


_STREAMS = {
    "theory": ("a draw", "which theory the draw belongs to"),
    "parameter": ("a draw", "the quantile of one parameter's prior"),
    "whether": ("a run", "whether an event can happen at all"),
    "group": ("a run", "which member of a group of events can happen"),
    "when": ("a run", "the quarter of a dated or windowed event"),
    "hazard": ("a quarter of a run", "whether a hazard strikes"),
    "choice": ("a quarter of a run", "which move of its mix a country plays"),
    "noise": ("a quarter of a run", "the shock to a state variable (standard normal)"),
    "smoother": ("a member", "where a fit to the record begins with one parameter (standard normal)"),
}


@made("streams")
def streams() -> str:
    """Every random stream that the code asks for."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "src").rglob("*.py")))
    found = dict(re.findall(r"treams\.(?:uniform|normal)\(\s*\[f?\"(\w+)(:\{\w+(?:\.\w+)?\})?\"", source))
    if set(found) != set(_STREAMS):
        raise SystemExit(f"random streams in the code: {sorted(found)}; in docs/tables_of_rules.py: {sorted(_STREAMS)}")
    keys = {"parameter": "NAME", "choice": "COUNTRY", "noise": "VARIABLE", "group": "GROUP", "smoother": "NAME"}
    rows = [
        (code(name if not found[name] else f"{name}:{keys.get(name, 'EVENT')}"), once, what)
        for name, (once, what) in _STREAMS.items()
    ]
    return table(("stream", "one number for", "decides"), rows)


@made("patterns")
def patterns() -> str:
    """The patterns of the record."""
    found = read_seed("facts", "patterns.yaml")["patterns"]
    rows = [(p["id"], p["title"], " ".join(p["expected"].split()), p["sample"], listed(p["claims"])) for p in found]
    return table(("id", "pattern", "what a good model shows", "sample", "claims"), rows)


@made("lacking")
def lacking() -> str:
    """What the record shows and the model does not, as the tests of the patterns say."""
    rows = []
    for path in sorted((ROOT / "tests" / "patterns").glob("test_*.py")):
        for item in ast.parse(path.read_text(encoding="utf-8")).body:
            for mark in getattr(item, "decorator_list", []):
                if isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "lacking":
                    _, which, *words = item.name.split("_")  # type: ignore[attr-defined]
                    rows.append((which.upper(), " ".join(words), ast.literal_eval(mark.args[0])))
    return table(("pattern", "what the record shows", "what the model does"), sorted(rows))


def _fields(model: type[Model]) -> str:
    rows = []
    for name, field in model.model_fields.items():
        unit = (field.json_schema_extra or {}).get("unit", "") if isinstance(field.json_schema_extra, dict) else ""
        default = (
            "" if field.is_required() or field.default_factory or field.default in (None, "", ()) else field.default
        )
        shown = listed(default) if isinstance(default, tuple) else str(default)
        rows.append((code(field.alias or name), field.description, unit, "" if isinstance(default, dict) else shown))
    return table(("key", "meaning", "unit", "default"), rows)


@made("scenario keys")
def scenario_keys() -> str:
    """The keys of a scenario file."""
    extends = (code("extends"), "the scenarios this one changes: a bundled name, a path, or a list of them", "", "")
    head, rule, *rows = _fields(Scenario).splitlines()
    return "\n".join([head, rule, f"| {' | '.join(extends)} |", *rows])


@made("answer keys")
def answer_keys() -> str:
    """The keys of an answer."""
    return _fields(Answer)


@made("event keys")
def event_keys() -> str:
    """The keys of an event."""
    return _fields(Event)


@made("theory keys")
def theory_keys() -> str:
    """The keys of a theory's file."""
    head, rule, *rows = _fields(Voice).splitlines()
    name = (code("name"), "its name in tables and pictures; the file's name if absent", "", "")
    return "\n".join([head, rule, f"| {' | '.join(name)} |", *rows])


@made("stated keys")
def stated_keys() -> str:
    """What a theory says of one parameter."""
    return _fields(Stated)


@made("scenarios")
def scenarios() -> str:
    """The bundled scenarios."""
    from triangle_sim.resources import list_scenarios
    from triangle_sim.scenario.load import load

    loaded = [load(name) for name in list_scenarios()]
    return table(("scenario", "question", "claims"), [(code(s.name), s.question, listed(s.claims)) for s in loaded])
