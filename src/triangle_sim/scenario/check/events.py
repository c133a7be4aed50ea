"""Events: what they move, when they can happen, how they exclude each other."""

from __future__ import annotations

from collections import defaultdict

from triangle_sim.errors import quote
from triangle_sim.scenario.check.look import Look, span
from triangle_sim.scenario.document import Path


def effects(look: Look) -> None:
    """Events move variables that exist, by plausible amounts, and say why."""
    environment = look.catalogue.environment
    for name, event in look.scenario.events.items():
        path = ("events", name)
        for variable, shift in event.effects.items():
            here: Path = (*path, "effects", variable)
            look.known(here, variable, look.catalogue.variables, "variable", key=True)
            quantity = environment.get(variable)
            if quantity is not None and abs(shift) > quantity.high - quantity.low:
                message = f"a shift of {shift:g} is more than the whole range of {quote(variable)}"
                look.warning(here, message, f"its range is {span(quantity)}")
            if quantity is not None and variable in look.scenario.pin:
                message = f"{quote(variable)} is held by 'pin', so this event does not move it"
                look.warning(here, message, key=True)
            if quantity is None and abs(shift) > 1:
                message = f"a shift of {shift:g} moves {quote(variable)} to the end of its range"
                look.warning(here, message, "0.1 to 0.5 are usual")
        for variable, shift in event.shock.items():
            here = (*path, "shock", variable)
            if variable in environment:
                message = f"a shock moves state variables; {quote(variable)} belongs to the environment"
                look.error(here, message, "move it with 'effects'", key=True)
                continue
            look.known(here, variable, look.catalogue.state, "state variable", key=True)
            if abs(shift) > 1:
                message = f"a shock of {shift:g} throws {quote(variable)} to the end of its range"
                look.warning(here, message, "0.1 to 0.5 are usual")
        if not event.effects and not event.shock:
            message = f"the event {quote(name)} changes nothing"
            look.warning(path, message, "give it 'effects' or a 'shock', unless it only marks a date", key=True)
        if not event.source:
            message = f"the event {quote(name)} does not say where its odds and effects come from"
            look.warning(path, message, "give it a 'source', if only `source: judgement`", key=True)


def conditions(look: Look) -> None:
    """Conditions on variables that exist, at levels they can reach; hazards that are no slip."""
    variables = look.catalogue.variables
    for name, event in look.scenario.events.items():
        for index, item in enumerate(event.condition or ()):
            path: Path = ("events", name, "condition", index)
            if look.known((*path, "variable"), item.variable, variables, "variable"):
                for key in ("above", "below"):
                    level = getattr(item, key)
                    if level is not None:
                        look.inside((*path, key), item.variable, level, variables[item.variable])
        if event.hazard is not None and event.hazard > 0.5:
            message = f"a hazard of {event.hazard:g} a quarter is high: it nearly always happens within a year"
            look.warning(("events", name, "hazard"), message, "hazard is the chance in each quarter")


def calendar(look: Look) -> None:
    """Events within the run."""
    start, end, quarters = look.scenario.start, look.scenario.end, look.scenario.quarters
    given = look.merged.root.data.get("quarters")
    lasts = f"the run lasts from {start} to {end}"
    for name, event in look.scenario.events.items():
        first, last = event.span(start, quarters)
        path = ("events", name, event.timing if event.scheduled else "from")
        if event.scheduled and first < 0 <= last:
            look.error(path, f"the window of {quote(name)} begins before the start of the run, {start}", lasts)
        elif event.scheduled and last < 0:
            look.error(path, f"the event {quote(name)} lies before the start of the run, {start}", lasts)
        elif last < 0:
            message = f"the event {quote(name)} can only happen before the start of the run, {start}"
            look.error(("events", name, "until"), message, lasts)
        elif first >= quarters:
            message = f"the event {quote(name)} lies after the last quarter of the run, {end}"
            # An event is merely left out if the run was made shorter by a later file, or beside the files.
            say = look.warning if given and look.age(path)[0] < look.age(("quarters",))[0] else look.error
            say(path, message, f"{lasts}; it never happens")
        elif event.scheduled and last >= quarters:
            message = f"the window of {quote(name)} reaches beyond the last quarter of the run, {end}"
            look.warning(path, message, f"it happens in {quarters - first} of {last - first + 1} cases within the run")


def groups(look: Look) -> None:
    """Groups that are declared, used, and leave room for all their members."""
    events, declared = look.scenario.events, look.scenario.groups
    members: defaultdict[str, list[str]] = defaultdict(list)
    for name, event in events.items():
        if event.group is not None:
            members[event.group].append(name)
    for group, names in members.items():
        if not declared:
            help = f"declare it: groups: {{{group}: a title}}"
            look.error(("events", names[0], "group"), f"unknown group {quote(group)}", help)
        for name in names if declared else ():
            look.known(("events", name, "group"), group, declared, "group")
        total = sum(events[name].probability for name in names)
        if total > 1 + 1e-9:
            told = " + ".join(f"{events[name].probability:g} ({name})" for name in names[:20])
            message = f"the events of the group {quote(group)} are mutually exclusive, but their odds sum to {total:g}"
            latest = max((_odds_of(look, name) for name in names), key=look.age)
            look.error(latest, message, f"{told}{' + ...' * (len(names) > 20)} must not exceed 1")
    for group in (name for name in declared if name not in members):
        look.warning(("groups", group), f"no event belongs to the group {quote(group)}", key=True)


def _odds_of(look: Look, name: str) -> Path:
    given = "probability" in look.scenario.events[name].model_fields_set
    return ("events", name, "probability" if given else "group")
