"""Events: what they move, when they can happen, how they exclude each other."""

from __future__ import annotations

from collections.abc import Iterator

from triangle_sim.errors import Problem, quote
from triangle_sim.quarters import Quarter
from triangle_sim.scenario.check.look import Look, span
from triangle_sim.scenario.document import Path
from triangle_sim.scenario.schema import Event


def effects(look: Look) -> Iterator[Problem]:
    """Events move variables that exist, by plausible amounts, and say why."""
    environment, state, variables = look.catalogue.environment, look.catalogue.state, look.catalogue.variables
    for name, event in look.scenario.events.items():
        path = ("events", name)
        for variable, shift in event.effects.items():
            here: Path = (*path, "effects", variable)
            yield from look.known(here, variable, variables, "variable", key=True)
            if variable in environment and abs(shift) > environment[variable].high - environment[variable].low:
                message = f"a shift of {shift:g} is more than the whole range of {quote(variable)}"
                yield look.warning(here, message, f"its range is {span(environment[variable])}")
            if variable in environment and variable in look.scenario.pin:
                message = f"{quote(variable)} is held by 'pin', so this event does not move it"
                yield look.warning(here, message, key=True)
            if variable not in environment and abs(shift) > 1:
                message = f"a shift of {shift:g} moves {quote(variable)} to the end of its range"
                yield look.warning(here, message, "0.1 to 0.5 are usual")
        for variable, shift in event.shock.items():
            here = (*path, "shock", variable)
            if variable in environment:
                message = f"a shock moves state variables; {quote(variable)} belongs to the environment"
                yield look.error(here, message, "move it with 'effects'", key=True)
                continue
            yield from look.known(here, variable, state, "state variable", key=True)
            if abs(shift) > 1:
                message = f"a shock of {shift:g} throws {quote(variable)} to the end of its range"
                yield look.warning(here, message, "0.1 to 0.5 are usual")
        if not event.effects and not event.shock:
            message = f"the event {quote(name)} changes nothing"
            yield look.warning(path, message, "give it 'effects' or a 'shock', unless it only marks a date", key=True)
        if not event.source:
            message = f"the event {quote(name)} does not say where its odds and effects come from"
            yield look.warning(path, message, "give it a 'source', if only `source: judgement`", key=True)


def conditions(look: Look) -> Iterator[Problem]:
    """Conditions on variables that exist, at levels they can reach."""
    variables = look.catalogue.variables
    for name, event in look.scenario.events.items():
        for index, item in enumerate(event.condition or ()):
            path: Path = ("events", name, "condition", index)
            yield from look.known((*path, "variable"), item.variable, variables, "variable")
            for key in ("above", "below"):
                level = getattr(item, key)
                if level is not None and item.variable in variables:
                    yield from look.inside((*path, key), item.variable, level, variables[item.variable])


def calendar(look: Look) -> Iterator[Problem]:
    """Events within the run."""
    start, end = look.scenario.start, look.scenario.end
    lasts = f"the run lasts from {start} to {end}"
    for name, event in look.scenario.events.items():
        key, first, last = _dates(event)
        path = ("events", name, key)
        if first is not None and first < start and key in ("when", "window"):
            message = f"the event {quote(name)} lies before the start of the run, {start}"
            if key == "window" and last is not None and last >= start:
                message = f"the window of {quote(name)} begins before the start of the run, {start}"
            yield look.error(path, message, lasts)
        elif last is not None and last < start:
            message = f"the event {quote(name)} can only happen before the start of the run, {start}"
            yield look.error(("events", name, "until"), message, lasts)
        elif first is not None and first > end:
            message = f"the event {quote(name)} lies after the last quarter of the run, {end}"
            # An event is merely left out if the run was made shorter by a later file, or beside the files.
            shortened = "quarters" in look.merged.data and look.age(path)[0] < look.age(("quarters",))[0]
            say = look.warning if shortened else look.error
            yield say(path, message, f"{lasts}; it never happens")
        elif key == "window" and last is not None and first is not None and last > end:
            inside, whole = end - first + 1, last - first + 1
            message = f"the window of {quote(name)} reaches beyond the last quarter of the run, {end}"
            yield look.warning(path, message, f"it happens in {inside} of {whole} cases within the run")


def _dates(event: Event) -> tuple[str, Quarter | None, Quarter | None]:
    """The key that dates an event, and its first and last quarter where given."""
    if event.when is not None:
        return "when", event.when, event.when
    if event.window is not None:
        return "window", *event.window
    return "from", event.from_, event.until


def odds(look: Look) -> Iterator[Problem]:
    """Chances that are legal but unusual."""
    for name, event in look.scenario.events.items():
        if event.hazard is not None and event.hazard > 0.5:
            message = f"a hazard of {event.hazard:g} a quarter is high: it nearly always happens within a year"
            yield look.warning(("events", name, "hazard"), message, "hazard is the chance in each quarter")


def groups(look: Look) -> Iterator[Problem]:
    """Groups that are declared, used, and leave room for all their members."""
    events, declared = look.scenario.events, look.scenario.groups
    members: dict[str, list[str]] = {}
    for name, event in events.items():
        if event.group is not None:
            members.setdefault(event.group, []).append(name)
    for group, names in members.items():
        if group not in declared and not declared:
            message, help = f"unknown group {quote(group)}", f"declare it: groups: {{{group}: a title}}"
            yield look.error(("events", names[0], "group"), message, help)
        for name in names if declared else ():
            yield from look.known(("events", name, "group"), group, declared, "group")
        total = sum(events[name].probability for name in names)
        if total > 1 + 1e-9:
            told = " + ".join(f"{events[name].probability:g} ({name})" for name in names[:20])
            message = f"the events of the group {quote(group)} are mutually exclusive, but their odds sum to {total:g}"
            latest = max((_odds_of(look, name) for name in names), key=look.age)
            yield look.error(latest, message, f"{told}{' + ...' * (len(names) > 20)} must not exceed 1")
    for group in (name for name in declared if name not in members):
        yield look.warning(("groups", group), f"no event belongs to the group {quote(group)}", key=True)


def _odds_of(look: Look, name: str) -> Path:
    given = "probability" in look.scenario.events[name].model_fields_set
    return ("events", name, "probability" if given else "group")
