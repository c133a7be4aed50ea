"""A resolved scenario in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from triangle_sim.names import Text, counted, country_name, extent
from triangle_sim.scenario.check.catalogue import Catalogue, model_catalogue
from triangle_sim.scenario.schema import Answer, Condition, Event, RuleSpec, Scenario
from triangle_sim.scenario.schema.rule import SETTINGS
from triangle_sim.uncertainty import Prior

_SIZES = {
    "judgement": "judgement, as the priors have them",
    "record": "fitted to the record, but for what this scenario sets or gives a prior",
}


def describe(scenario: Scenario, catalogue: Catalogue | None = None) -> Text:
    """Several short paragraphs; numbers come with their meanings. Names are those of the ``catalogue``, by default the
    model's."""
    return Text("\n".join(_lines(scenario, catalogue or model_catalogue())))


def event_in_words(event: Event) -> str:
    """When an event comes, how likely it can come at all, and what it does."""
    odds = "" if event.probability == 1 else f"; odds {event.probability:.3g} that it can"
    return f"{_when(event)}{odds}{_effects(event)}"


def sizes_of_voices(scenario: Scenario) -> list[str]:
    """Where theories of the scenario's own take sizes from, if others have theirs from the record: a sentence each."""
    notes = []
    for name, voice in scenario.theories.items():
        if scenario.sizes == "judgement" or not scenario.theory.get(name):
            continue
        if voice.extends is None:
            notes.append(
                f"nothing is fitted to the record under {name}: all its draws come from priors, as judgement; "
                "beside theories that are fitted, set sizes=judgement or let it extend one of them"
            )
        else:
            rest = f"what it does not state has the sizes fitted under {voice.extends}"
            notes.append(f"nothing is fitted to the record under {name}: what it states has its own priors, {rest}")
    return notes


def _lines(scenario: Scenario, catalogue: Catalogue) -> Iterator[str]:
    yield scenario.title or scenario.name
    if scenario.question:
        yield f"Question: {scenario.question}"
    for answer in scenario.answers:
        hope = f", {answer.expected} of it expected" if answer.expected else ""
        measured = f"{_spoken(answer)}{hope}"
        yield f"  {answer.asks} ({measured})" if answer.asks else f"  Answered by: {measured}"
    if scenario.reference:
        yield f"Compared with: {scenario.reference}."
    yield ""
    length = counted(scenario.quarters, "quarter")
    yield f"From the start of {scenario.start} to the end of {scenario.end} ({length}), world of {scenario.world}."
    yield f"Countries: {', '.join(f'{country_name(code)} ({code})' for code in scenario.countries)}."
    yield f"Theory: {_mix(scenario.theory)}."
    yield f"Sizes: {_SIZES[scenario.sizes]}."
    yield from (f"  {note}." for note in sizes_of_voices(scenario))
    meanings = {name: quantity.meaning for name, quantity in catalogue.quantities.items()}
    for heading, numbers in (
        ("Environment", scenario.environment),
        ("State at the start", scenario.state),
        ("Parameters, the same in every draw", scenario.parameters),
        ("Held whatever happens", scenario.pin),
    ):
        if numbers:
            yield from ("", f"{heading}:")
            yield from (f"  {name} = {value:g}{_note(meanings[name])}" for name, value in numbers.items())
    if scenario.priors:
        yield from ("", "Priors:")
        for name, prior in scenario.priors.items():
            told = prior if isinstance(prior, Prior) else f"{prior:g}, fixed"
            yield f"  {name}: {told}{_note(meanings[name])}"
    if scenario.events:
        yield from ("", "What may happen:")
        for name, event in sorted(scenario.events.items(), key=lambda item: (_first(item[1], scenario), item[0])):
            yield f"  {event.title or name}: {event_in_words(event)}"
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
    for code, seat in scenario.seats.items():
        if played := [move or "(its own choice)" for move in seat]:
            yield f"  {country_name(code)} plays from a seat: {', '.join(played)}; then it decides for itself."
    if scenario.run is not None:
        yield f"  The history that `story` and `play` show: {scenario.run}."
    runs = counted(scenario.draws * scenario.replicates, "run")
    yield ""
    yield f"Design: {extent(scenario.draws, scenario.replicates)} = {runs}, seed {scenario.seed}."
    if scenario.claims:
        yield f"Claims: {', '.join(scenario.claims)}."
    if scenario.note:
        yield f"Note: {scenario.note}"


def _spoken(answer: Answer) -> str:
    """What an answer measures, as its file says it."""
    if answer.meeting:
        return f"meeting {answer.meeting}" + (f" after {answer.after}" if answer.after else "")
    return f"ending {answer.ending}" if answer.ending else str(answer.outcome)


def _note(text: str) -> str:
    return f"  ({text})" if text else ""


def _mix(theory: dict[str, float]) -> str:
    parts = [(name, share) for name, share in theory.items() if share > 0]
    return parts[0][0] if len(parts) == 1 else ", ".join(f"{name} in {share:.0%} of the draws" for name, share in parts)


def _first(event: Event, scenario: Scenario) -> tuple[bool, int]:
    """Dated events by date, then the others."""
    return (not event.scheduled, event.span(scenario.start, scenario.quarters)[0])


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


def _effects(event: Event) -> str:
    lasting = f"then for {counted(event.duration, 'quarter')}" if event.duration else "then for good"
    out = ""
    for when, shifts in ((lasting, event.effects), ("at once", event.shock)):
        if shifts:
            out += f"; {when} {', '.join(f'{name} {shift:+g}' for name, shift in shifts.items())}"
    return out


def _rule(spec: RuleSpec) -> str:
    settings = []
    for name, rules in SETTINGS.items():
        value = getattr(spec, name)
        if spec.rule in rules:
            settings.append(f"{name.replace('_', ' ')} {', '.join(value) if isinstance(value, tuple) else value}")
    return f"{spec.rule} ({'; '.join(settings)})" if settings else spec.rule
