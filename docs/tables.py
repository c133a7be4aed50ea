"""The tables of the documentation, taken from the code and the seeds. Nothing in them is written by hand."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable

from blocks import ROOT, table

from triangle_sim.blueprint import parameter_table
from triangle_sim.countries import JOINT_EFFECTS, Country, countries
from triangle_sim.countries.base import Effect
from triangle_sim.decision import RULES
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.scenario.event import Event
from triangle_sim.scenario.rule_spec import SETTINGS, RuleSpec
from triangle_sim.scenario.schema import Scenario
from triangle_sim.seeds import read_seed
from triangle_sim.uncertainty import ParameterTable, Prior
from triangle_sim.world import CONDITIONS, DRIVERS, STOCKS, tie, tie_variable, variables_of
from triangle_sim.world.start import Level, load_start, worlds
from triangle_sim.world.theories import load_theory, theory_names

TABLES: dict[str, Callable[[], str]] = {}


def made(name: str) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """Register a function as the maker of a block."""

    def register(function: Callable[[], str]) -> Callable[[], str]:
        TABLES[name] = function
        return function

    return register


def _code(text: object) -> str:
    return f"`{text}`"


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


def _level(level: Level) -> str:
    rest = "" if level.rest is None else f", rests at {level.rest:g}"
    return f"{level.value:g} ± {level.sd:g}{rest}"


def _prior(prior: Prior) -> str:
    arguments = dict(prior.arguments)
    if prior.dist == "fixed":
        return f"{arguments['value']:g}"
    return f"{prior.dist}({', '.join(f'{key} {value:g}' for key, value in arguments.items())})"


def _parameters() -> ParameterTable:
    known = countries()
    return parameter_table(list(known.values()), variables_of(tuple(known)), list(JOINT_EFFECTS), load_start("2024Q3"))


@made("stocks")
def stocks() -> str:
    """Stocks and flows, with their levels in each starting world."""
    starts = [load_start(name) for name in worlds()]
    rows = [
        (
            _code(v.name),
            v.meaning,
            f"{v.low:g} .. {v.high:g}",
            f"{v.rate:g}",
            f"{v.noise:g}",
            *(_level(start.level(v.name)) for start in starts),
            _list(v.sources),
        )
        for v in sorted(STOCKS.values(), key=lambda v: v.name)
    ]
    return table(("name", "meaning", "range", "rate", "noise", *(s.name for s in starts), "sources"), rows)


@made("ties")
def ties() -> str:
    """Starting ties of each world, who feels it down the side."""
    codes = list(countries())
    example = tie_variable("i", "j")
    parts = [f"Unit: {example.unit}. Rate {example.rate:g}, noise {example.noise:g} for all ties."]
    for name in worlds():
        start = load_start(name)
        rows = [(f"**{i}** to", *("" if i == j else _level(start.level(tie(i, j))) for j in codes)) for i in codes]
        parts += [f"\nStart of {name}:\n", table(("", *codes), rows)]
    return "\n".join(parts)


@made("environment")
def environment() -> str:
    """Environment variables, with their values in each starting world."""
    starts = [load_start(name) for name in worlds()]
    rows = [
        (
            _code(name),
            condition.meaning,
            f"{condition.low:g} .. {condition.high:g}",
            *(f"{start.environment[name]:g}" for start in starts),
            _list(condition.sources),
        )
        for name, condition in sorted(CONDITIONS.items())
    ]
    return table(("name", "meaning", "range", *(s.name for s in starts), "sources"), rows)


@made("drivers")
def drivers() -> str:
    """Which resting level each environment variable shifts."""
    rows = [(_code(d.condition), _code(d.variable), f"{d.effect:+.2f}", _list(d.sources)) for d in DRIVERS]
    return table(("environment variable", "shifts the resting level of", "by (0 to 1)", "sources"), rows)


def _effects(pushes: dict[str, Effect], own: tuple[str, ...]) -> str:
    parts = []
    for name, effect in pushes.items():
        because = "" if effect.claims == own else f" ({_list(effect.claims)})"
        parts.append(f"`{name}` {effect.size:+g}{because}")
    return "; ".join(parts) or "none"


@made("moves")
def moves() -> str:
    """Every country's menu."""
    parts = []
    for country in countries().values():
        rows = [
            (_code(m.name), m.says, f"{m.cost:g}", _effects(m.pushes(), m.claims), _list(m.claims))
            for m in country.menu()
        ]
        head = f"**{country.label} ({country.code})**\n\n"
        parts.append(head + table(("move", "what it does", "cost", "effects", "claims"), rows))
    return "\n\n".join(parts)


@made("interests")
def interests() -> str:
    """Every country's interests, with the median weight under the model's own priors and under each theory."""
    theories = [load_theory(name) for name in theory_names()]
    parts = []
    for country in countries().values():
        rows = []
        shares = {theory.name: _shares(country, dict(theory.priors)) for theory in theories}
        for name, each in country.interests().items():
            by_theory = [f"{shares[theory.name][name]:.0%}" for theory in theories]
            rows.append((_code(name), each.meaning, each.scale, *by_theory, _list(each.claims)))
        head = f"**{country.label} ({country.code})**\n\n"
        parts.append(head + table(("interest", "meaning", "scale", *shares, "claims"), rows))
    return "\n\n".join(parts)


def _shares(country: type[Country], priors: dict[str, object]) -> dict[str, float]:
    """Median weights made to sum to one."""
    own = {p.name: p.default for p in country.parameters()}
    sizes = {}
    for name in country.interests():
        key = f"weight.{country.code}.{name}"
        sizes[name] = Prior.of(priors[key]).median() if key in priors else own[key]
    return {name: size / sum(sizes.values()) for name, size in sizes.items()}


@made("joint effects")
def joint_effects() -> str:
    """What two moves that meet add."""
    rows = [
        (
            _code(j.name),
            j.says,
            f"{j.first[0]} `{j.first[1]}`, {j.second[0]} `{j.second[1]}`",
            _effects(j.pushes(), j.claims),
            _list(j.claims),
        )
        for j in sorted(JOINT_EFFECTS, key=lambda j: j.name)
    ]
    return table(("name", "what happens", "moves that meet", "extra effects", "claims"), rows)


_SHOWN = (
    "rationality.PRK",
    "foresight.PRK",
    "memory.PRK",
    "weight.PRK.supply",
    "effect.PRK.test_missile.peninsula_tension",
    "joint.us_prk_summit.us_prk_dialogue",
    "cost.PRK.test_missile",
    "rate.chinese_supply",
    "noise.chinese_supply",
    "start.chinese_supply",
    "rest.chinese_supply",
    "driver.ukraine_war.goodwill[RUS,PRK]",
)


@made("common parameters")
def common_parameters() -> str:
    """One parameter of each kind with its prior: all of a kind have priors of the same form."""
    parameters = _parameters()
    rows = []
    for name in _SHOWN:
        kind = name.split(".")[0]
        rows.append((_code(f"{kind}."), _code(name), parameters[name].unit, _prior(parameters[name].prior)))
    kinds: dict[str, int] = {}
    for name in parameters:
        kinds[name.split(".")[0]] = kinds.get(name.split(".")[0], 0) + 1
    counted = _list(f"{count} `{kind}.`" for kind, count in sorted(kinds.items()))
    return table(("kind", "for example", "unit", "its prior"), rows) + f"\n\nIn all {len(parameters)}: {counted}."


@made("theories")
def theories() -> str:
    """What each theory changes in the priors."""
    own, parts = _parameters(), []
    for name in theory_names():
        theory = load_theory(name)
        rows = [
            (_code(key), _prior(Prior.of(spec)), _prior(own[key].prior), _list(theory.claims[key]))
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
        rows.append((_code(name), rule.meaning, _list(f"`{key}` ({defaults[key]!r})" for key in used)))
    return table(("rule", "meaning", "settings (defaults)"), rows)


@made("outcomes")
def outcomes() -> str:
    """Every column of the run table."""
    wanted = {"more": "more", "less": "less", "": "-"}
    rows = []
    for name, o in sorted(OUTCOMES.items()):
        how = " ".join((o.measure.__doc__ or "").split("\n\n")[0].split())
        if o.categories:
            how = _list(_code(each) for each in o.categories)
        rows.append((_code(name), o.question, how, o.unit, wanted[o.better], _list(o.claims)))
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
}


@made("streams")
def streams() -> str:
    """Every random stream that the code asks for."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "src").rglob("*.py")))
    found = dict(re.findall(r"treams\.(?:uniform|normal)\(\s*\[f?\"(\w+)(:\{\w+(?:\.\w+)?\})?\"", source))
    if set(found) != set(_STREAMS):
        raise SystemExit(f"random streams in the code: {sorted(found)}; in docs/tables.py: {sorted(_STREAMS)}")
    keys = {"parameter": "NAME", "choice": "COUNTRY", "noise": "VARIABLE", "group": "GROUP"}
    rows = [
        (_code(name if not found[name] else f"{name}:{keys.get(name, 'EVENT')}"), once, what)
        for name, (once, what) in _STREAMS.items()
    ]
    return table(("stream", "one number for", "decides"), rows)


@made("patterns")
def patterns() -> str:
    """The patterns of the record."""
    listed = read_seed("facts", "patterns.yaml")["patterns"]
    rows = [(p["id"], p["title"], " ".join(p["expected"].split()), p["sample"], _list(p["claims"])) for p in listed]
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


def _fields(model: type[Scenario] | type[Event]) -> str:
    rows = []
    for name, field in model.model_fields.items():
        unit = (field.json_schema_extra or {}).get("unit", "") if isinstance(field.json_schema_extra, dict) else ""
        default = "" if field.default_factory or field.default in (None, "", (), ...) else field.default
        shown = _list(default) if isinstance(default, tuple) else str(default)
        rows.append((_code(field.alias or name), field.description, unit, "" if isinstance(default, dict) else shown))
    return table(("key", "meaning", "unit", "default"), rows)


@made("scenario keys")
def scenario_keys() -> str:
    """The keys of a scenario file."""
    extends = (_code("extends"), "the scenarios this one changes: a bundled name, a path, or a list of them", "", "")
    head, rule, *rows = _fields(Scenario).splitlines()
    return "\n".join([head, rule, f"| {' | '.join(extends)} |", *rows])


@made("event keys")
def event_keys() -> str:
    """The keys of an event."""
    return _fields(Event)


@made("scenarios")
def scenarios() -> str:
    """The bundled scenarios."""
    from triangle_sim.api import load
    from triangle_sim.resources import list_scenarios

    loaded = [load(name) for name in list_scenarios()]
    return table(("scenario", "question", "claims"), [(_code(s.name), s.question, _list(s.claims)) for s in loaded])
