"""A resolved scenario in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from triangle_sim.names import counted, country_name, extent
from triangle_sim.quarters import Quarter
from triangle_sim.scenario.check.catalogue import Catalogue
from triangle_sim.scenario.schema import Condition, Event, RuleSpec, Scenario
from triangle_sim.scenario.schema.rule import SETTINGS
from triangle_sim.uncertainty import Prior


def describe(scenario: Scenario, catalogue: Catalogue | None = None) -> str:
    """Several short paragraphs; with a catalogue, variables come with their meanings."""
    return "\n".join(_lines(scenario, catalogue))


def _lines(scenario: Scenario, catalogue: Catalogue | None) -> Iterator[str]:
    yield scenario.title or scenario.name
    if scenario.question:
        yield f"Question: {scenario.question}"
    yield ""
    length = counted(scenario.quarters, "quarter")
    yield f"From the start of {scenario.start} to the end of {scenario.end} ({length}), world of {scenario.world}."
    yield f"Countries: {', '.join(f'{country_name(code)} ({code})' for code in scenario.countries)}."
    yield f"Theory: {_mix(scenario.theory)}."
    meanings = {name: q.meaning for name, q in catalogue.quantities.items()} if catalogue else {}
    for heading, numbers in (
        ("Environment", scenario.environment),
        ("State at the start", scenario.state),
        ("Parameters, the same in every draw", scenario.parameters),
        ("Held whatever happens", scenario.pin),
    ):
        if numbers:
            yield from ("", f"{heading}:")
            yield from (f"  {name} = {value:g}{_note(meanings.get(name))}" for name, value in numbers.items())
    if scenario.priors:
        yield from ("", "Priors:")
        for name, prior in scenario.priors.items():
            told = prior if isinstance(prior, Prior) else f"{prior:g}, fixed"
            yield f"  {name}: {told}{_note(meanings.get(name))}"
    if scenario.events:
        yield from ("", "What may happen:")
        for name, event in sorted(scenario.events.items(), key=lambda item: (_first(item[1], scenario), item[0])):
            yield f"  {event.title or name}: {_when(event)}{_odds(event)}{_effects(event)}"
        for group, title in scenario.groups.items():
            members = [name for name, event in scenario.events.items() if event.group == group]
            if members:
                yield f"  At most one of {', '.join(members)}{_note(title)}."
    yield from ("", "How they decide:")
    own = [code for code in scenario.countries if code in scenario.decision]
    if len(own) < len(scenario.countries):
        yield f"  {'all' if not own else 'the others'}: {_rule(scenario.rule_for('default'))}"
    yield from (f"  {country_name(code)}: {_rule(scenario.decision[code])}" for code in own)
    for code, moves in scenario.moves.disable.items():
        if moves:
            yield f"  {country_name(code)} cannot play {', '.join(moves)}."
    runs = scenario.draws * scenario.replicates
    yield ""
    sizes = f"{extent(scenario.draws, scenario.replicates)} = {counted(runs, 'run')}"
    yield f"Design: {sizes}, seed {scenario.seed}."
    if scenario.claims:
        yield f"Claims: {', '.join(scenario.claims)}."
    if scenario.note:
        yield f"Note: {scenario.note}"


def _note(text: str | None) -> str:
    return f"  ({text})" if text else ""


def _mix(theory: dict[str, float]) -> str:
    parts = [(name, share) for name, share in theory.items() if share > 0]
    return parts[0][0] if len(parts) == 1 else ", ".join(f"{name} in {share:.0%} of the draws" for name, share in parts)


def _first(event: Event, scenario: Scenario) -> tuple[int, int]:
    """Dated events by date, then the others."""
    dated: Quarter | None = event.when or (event.window[0] if event.window else None)
    return (0, dated - scenario.start) if dated else (1, (event.from_ or scenario.start) - scenario.start)


def _when(event: Event) -> str:
    if event.when:
        return f"in {event.when}"
    if event.window:
        return f"in one quarter from {event.window[0]} to {event.window[1]}, each as likely"
    parts = []
    if event.hazard is not None:
        parts.append(f"with a chance of {event.hazard:.3g} in each quarter")
    if event.condition:
        parts.append("once " + " and ".join(map(_condition, event.condition)))
    if event.from_:
        parts.append(f"from {event.from_}")
    if event.until:
        parts.append(f"until {event.until}")
    return " ".join(parts)


def _condition(item: Condition) -> str:
    bounds = [(item.above, "above"), (item.below, "below")]
    told = " and ".join(f"{word} {level:g}" for level, word in bounds if level is not None)
    lasting = f" for {counted(item.for_, 'quarter')}" if item.for_ > 1 else ""
    return f"{item.variable} is {told}{lasting}"


def _odds(event: Event) -> str:
    return "" if event.probability == 1 else f"; odds {event.probability:.3g} that it can"


def _effects(event: Event) -> str:
    out = ""
    if event.effects:
        lasting = f"for {counted(event.duration, 'quarter')}" if event.duration else "for good"
        out += f"; then {lasting} {', '.join(f'{name} {shift:+g}' for name, shift in event.effects.items())}"
    if event.shock:
        out += f"; at once {', '.join(f'{name} {shift:+g}' for name, shift in event.shock.items())}"
    return out


def _rule(spec: RuleSpec) -> str:
    settings = []
    for name, rules in SETTINGS.items():
        value = getattr(spec, name)
        if spec.rule in rules:
            settings.append(f"{name.replace('_', ' ')} {', '.join(value) if isinstance(value, tuple) else value}")
    told = "; ".join(settings)
    return f"{spec.rule} ({told})" if told else spec.rule
