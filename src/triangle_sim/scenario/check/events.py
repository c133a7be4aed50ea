"""Events: what they move, when they can happen, how they exclude each other."""

from __future__ import annotations

from collections.abc import Iterator

from triangle_sim.errors import Problem, quote
from triangle_sim.quarters import Quarter
from triangle_sim.scenario.check.lint import Look, check
from triangle_sim.scenario.schema import Event
from triangle_sim.scenario.read.strict_yaml import Path


@check
def effects(look: Look) -> Iterator[Problem]:
    """Events move variables that exist, by plausible amounts."""
    catalogue = look.catalogue
    for name, event in look.scenario.events.items():
        path = ("events", name)
        for variable, shift in event.effects.items():
            here: Path = (*path, "effects", variable)
            yield from look.known(here, variable, catalogue.variables, "variable", key=True)
            if variable in catalogue.environment:
                low, high = catalogue.environment[variable].low, catalogue.environment[variable].high
                if low is not None and high is not None and abs(shift) > high - low:
                    message = f"a shift of {shift:g} is more than the whole range of {quote(variable)}"
                    yield look.warning(here, message, f"its range is {low:g} to {high:g}")
                if variable in look.scenario.pin:
                    message = f"{quote(variable)} is held by 'pin', so this event does not move it"
                    yield look.warning(here, message, key=True)
            elif abs(shift) > 1:
                message = f"a shift of {shift:g} moves {quote(variable)} to the end of its range"
                yield look.warning(here, message, "0.1 to 0.5 are usual")
        for variable, shift in event.shock.items():
            here = (*path, "shock", variable)
            if variable in catalogue.environment:
                message = f"a shock moves state variables; {quote(variable)} belongs to the environment"
                yield look.error(here, message, "move it with 'effects'", key=True)
                continue
            yield from look.known(here, variable, catalogue.state, "state variable", key=True)
            if abs(shift) > 1:
                message = f"a shock of {shift:g} throws {quote(variable)} to the end of its range"
                yield look.warning(here, message, "0.1 to 0.5 are usual")
        if not event.effects and not event.shock:
            message = f"the event {quote(name)} changes nothing"
            yield look.warning(path, message, "give it 'effects' or a 'shock', unless it only marks a date", key=True)


@check
def conditions(look: Look) -> Iterator[Problem]:
    """Conditions on variables that exist, at levels they can reach."""
    variables = look.catalogue.variables
    for name, event in look.scenario.events.items():
        for index, item in enumerate(event.condition or ()):
            path: Path = ("events", name, "condition", index)
            yield from look.known((*path, "variable"), item.variable, variables, "variable")
            if item.variable not in variables:
                continue
            for key in ("above", "below"):
                level = getattr(item, key)
                if level is not None:
                    yield from look.inside((*path, key), item.variable, level, variables[item.variable])


@check
def calendar(look: Look) -> Iterator[Problem]:
    """Events within the run."""
    start, end = look.scenario.start, look.scenario.end
    for name, event in look.scenario.events.items():
        path = ("events", name)
        key, first, last = _span(event)
        if first is not None and first < start and key in ("when", "window"):
            message = f"the event {quote(name)} lies before the start of the run, {start}"
            if key == "window" and last is not None and last >= start:
                message = f"the window of {quote(name)} begins before the start of the run, {start}"
            yield look.error((*path, key), message, f"the run lasts from {start} to {end}")
        elif last is not None and last < start:
            message = f"the event {quote(name)} can only happen before the start of the run, {start}"
            yield look.error((*path, "until"), message, f"the run lasts from {start} to {end}")
        elif first is not None and first > end:
            message = f"the event {quote(name)} lies after the last quarter of the run, {end}"
            say = look.warning if _cut_short(look, (*path, key)) else look.error
            yield say((*path, key), message, f"the run lasts from {start} to {end}; it never happens")
        elif key == "window" and last is not None and first is not None and last > end:
            inside, whole = end - first + 1, last - first + 1
            message = f"the window of {quote(name)} reaches beyond the last quarter of the run, {end}"
            yield look.warning((*path, key), message, f"it happens in {inside} of {whole} cases within the run")


def _cut_short(look: Look, timing: Path) -> bool:
    """Whether the horizon was set by a later file or ``--set`` than the event: then the event is merely left out."""
    event, horizon = look.composition.origin(timing), look.composition.origin(("quarters",))
    if event is None or horizon is None or horizon.path != ("quarters",):
        return False
    names = look.composition.files
    order = [names.index(o.document.name) if o.document.name in names else len(names) for o in (event, horizon)]
    return order[0] < order[1]


def _span(event: Event) -> tuple[str, Quarter | None, Quarter | None]:
    """The key that dates an event, and its first and last quarter where given."""
    if event.when is not None:
        return "when", event.when, event.when
    if event.window is not None:
        return "window", *event.window
    return "from", event.from_, event.until


@check
def odds(look: Look) -> Iterator[Problem]:
    """Chances that are legal but unusual."""
    for name, event in look.scenario.events.items():
        path = ("events", name)
        if event.hazard is not None and event.hazard > 0.5:
            message = f"a hazard of {event.hazard:g} a quarter is high: it nearly always happens within a year"
            yield look.warning((*path, "hazard"), message, "hazard is the chance in each quarter")


@check
def groups(look: Look) -> Iterator[Problem]:
    """Groups that are declared, used, and leave room for all their members."""
    events, declared = look.scenario.events, look.scenario.groups
    members: dict[str, list[str]] = {}
    for name, event in events.items():
        if event.group is None:
            continue
        members.setdefault(event.group, []).append(name)
        if event.group not in declared:
            problems = look.known(("events", name, "group"), event.group, declared, "group")
            for problem in problems:
                yield (
                    problem
                    if declared
                    else look.error(
                        ("events", name, "group"),
                        f"unknown group {quote(event.group)}",
                        f"declare it: groups: {{{event.group}: a title}}",
                    )
                )
    for group, names in members.items():
        total = sum(events[name].probability for name in names)
        if total > 1 + 1e-9:
            told = " + ".join(f"{events[name].probability:g} ({name})" for name in names)
            message = f"the events of the group {quote(group)} are mutually exclusive, but their odds sum to {total:g}"
            at = max((_odds_of(look, name) for name in names), key=lambda path: _newness(look, path))
            yield look.error(at, message, f"{told} must not exceed 1")
    for group in declared:
        if group not in members:
            yield look.warning(("groups", group), f"no event belongs to the group {quote(group)}", key=True)


def _odds_of(look: Look, name: str) -> Path:
    given = "probability" in look.scenario.events[name].model_fields_set
    return ("events", name, "probability" if given else "group")


def _newness(look: Look, path: Path) -> tuple[int, int]:
    """How late a value was written: the scenario itself comes after its parents, options come after all files."""
    origin = look.composition.origin(path)
    if origin is None:
        return (0, 0)
    files, name = look.composition.files, origin.document.name
    span = origin.document.span(origin.path)
    return (files.index(name) if name in files else len(files), span.line if span else 0)
