"""Names that must exist in the model, and values that must lie in a variable's range."""

from __future__ import annotations

from collections.abc import Iterator

from triangle_sim.errors import Problem, quote
from triangle_sim.names import Suggestion, country_code
from triangle_sim.scenario.check.look import Look
from triangle_sim.scenario.document import Path
from triangle_sim.scenario.schema.kinds import KINDS


def countries(look: Look) -> Iterator[Problem]:
    """Countries that exist, wherever one is named."""
    given = look.merged.data.get("countries")
    written = [country_code(str(item)) for item in given] if isinstance(given, list) else []
    for code in look.scenario.countries:
        index = written.index(code) if code in written else 0
        yield from look.known(("countries", index), code, look.catalogue.countries, "country")
    for code in look.scenario.decision:
        if code != "default":
            yield from _takes_part(look, ("decision", code), code)
    for code in look.scenario.moves.disable:
        yield from _takes_part(look, ("moves", "disable", code), code)


def _takes_part(look: Look, path: Path, code: str) -> Iterator[Problem]:
    known = [*look.catalogue.countries, *(["default"] if path[0] == "decision" else [])]
    yield from look.known(path, code, known, "country", key=True)
    if code in known and code not in look.scenario.countries:
        help = f"countries of this scenario: {', '.join(look.scenario.countries)}"
        yield look.warning(path, f"{quote(code)} is not in this scenario", help, key=True)


def numbers(look: Look) -> Iterator[Problem]:
    """What is set under each kind of number, and what is pinned, exists and is in range."""
    scenario, catalogue = look.scenario, look.catalogue
    every = catalogue.quantities
    for key in KINDS:
        known = getattr(catalogue, key)
        for name, value in getattr(scenario, key).items():
            if name in known:
                yield from look.inside((key, name), name, value, known[name])
                continue
            place = look.within((key, name), key=True)
            kind = KINDS[key].split(maxsplit=1)[1] if place else "name"
            help = Suggestion(name, every, "known names")
            yield look.error((key, name), f"unknown {kind} {quote(name)}{place}", help, key=True)
    for name, value in scenario.pin.items():
        yield from look.known(("pin", name), name, catalogue.environment, "environment variable", key=True)
        if name in catalogue.environment:
            yield from look.inside(("pin", name), name, value, catalogue.environment[name])
        given = scenario.environment.get(name)
        if given is not None and given != value:
            message = f"{quote(name)} is {given:g} in 'environment' and held at {value:g} in 'pin'"
            yield look.error(("environment", name), message, "keep one of the two")


def theories_and_worlds(look: Look) -> Iterator[Problem]:
    """Theories, the starting world and its date."""
    scenario = look.scenario
    single = isinstance(look.merged.data.get("theory"), str)
    for name in scenario.theory:
        path: Path = ("theory",) if single else ("theory", name)
        yield from look.known(path, name, look.catalogue.theories, "theory", key=not single)
    yield from look.known(("world",), scenario.world, look.catalogue.worlds, "starting world")
    if scenario.world in look.catalogue.worlds and scenario.world != str(scenario.start):
        message = f"the run starts in {scenario.start} with the world of {scenario.world}"
        yield look.warning(("start",), message, "let 'start' and 'world' agree, unless the gap is meant")


def claims(look: Look) -> Iterator[Problem]:
    """Claim ids."""
    for index, claim in enumerate(look.scenario.claims):
        yield from look.known(("claims", index), claim, look.catalogue.claims, "claim")
    for name, event in look.scenario.events.items():
        for index, claim in enumerate(event.claims):
            yield from look.known(("events", name, "claims", index), claim, look.catalogue.claims, "claim")
