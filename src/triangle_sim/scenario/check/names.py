"""Names that must exist in the model, and values that must lie in a variable's range."""

from __future__ import annotations

from triangle_sim.errors import UsageError, quote
from triangle_sim.names import Suggestion, country_code
from triangle_sim.scenario.check.look import Look
from triangle_sim.scenario.document import Path
from triangle_sim.scenario.schema.kinds import KINDS
from triangle_sim.scenario.schema.theory import RESERVED
from triangle_sim.uncertainty import fitted


def countries(look: Look) -> None:
    """Countries that exist, wherever one is named, and take part where they are told what to do."""
    known, taking_part = look.catalogue.countries, look.scenario.countries
    given = look.merged.root.data.get("countries")
    written = [country_code(str(item)) for item in given] if isinstance(given, list) else []
    for code in taking_part:
        look.known(("countries", written.index(code) if code in written else 0), code, known, "country")
    told: list[Path] = [("decision", code) for code in look.scenario.decision if code != "default"]
    told += [("moves", "disable", code) for code in look.scenario.moves.disable]
    told += [("seats", code) for code in look.scenario.seats]
    for path in told:
        code = str(path[-1])
        names = (*known, "default") if path[0] == "decision" else known
        if look.known(path, code, names, "country", key=True) and code not in taking_part:
            help = f"countries of this scenario: {', '.join(taking_part)}"
            look.warning(path, f"{quote(code)} is not in this scenario", help, key=True)


def numbers(look: Look) -> None:
    """What is set under each kind of number exists and is in range."""
    scenario, catalogue = look.scenario, look.catalogue
    for key, kind in KINDS.items():
        known = getattr(catalogue, key)
        for name, value in getattr(scenario, key).items():
            if name in known:
                look.inside((key, name), name, value, known[name])
                continue
            place = look.within((key, name), key=True)
            what = kind.split(maxsplit=1)[1] if place else "name"
            listed = known if place else catalogue.quantities
            help = Suggestion(name, listed, "known names", elsewhere=catalogue.quantities)
            look.error((key, name), f"unknown {what} {quote(name)}{place}", help, key=True)


def pins(look: Look) -> None:
    """What is pinned exists, is in range, and is not said twice."""
    scenario, known = look.scenario, look.catalogue.environment
    for name, value in scenario.pin.items():
        if look.known(("pin", name), name, known, "environment variable", key=True):
            look.inside(("pin", name), name, value, known[name])
        given = scenario.environment.get(name)
        if given is not None and given != value:
            message = f"{quote(name)} is {given:g} in 'environment' and held at {value:g} in 'pin'"
            look.error(("environment", name), message, "keep one of the two")


def theories_and_worlds(look: Look) -> None:
    """Theories, the starting world and its date."""
    scenario = look.scenario
    single = isinstance(look.merged.root.data.get("theory"), str)
    for name in scenario.theory:
        path: Path = ("theory",) if single else ("theory", name)
        if name not in look.theories:
            help = f"{Suggestion(name, look.theories, 'known theories')}; or give the path of a file, as ./mine.yaml"
            look.error(path, f"unknown theory {quote(name)}{look.within(path, not single)}", help, key=not single)
    known = look.known(("world",), scenario.world, look.catalogue.worlds, "starting world")
    if known and scenario.world != str(scenario.start):
        message = f"the run starts in {scenario.start} with the world of {scenario.world}"
        look.warning(("start",), message, "let 'start' and 'world' agree, unless the gap is meant")


def voices(look: Look) -> None:
    """Theories of the scenario's own: names that are theirs alone, parents and claims that exist, a share of draws."""
    for name, voice in look.scenario.theories.items():
        path: Path = ("theories", name)
        bundled = look.catalogue.theories
        if name in bundled:
            help = "give it a name of its own, with 'name:' in its file; 'extends:' takes over what it does not state"
            look.error(path, f"a bundled theory is called {quote(name)} already", help, key=True)
        elif name in RESERVED:
            look.error(path, f"{quote(name)} is what tables call all draws together", "choose another name", key=True)
        elif not look.scenario.theory.get(name):
            help = f"give it one, as in theory: {{{name}: 0.5, ...}}, or leave it out"
            look.warning(path, f"the theory {quote(name)} has no share of the draws", help, key=True)
        if voice.extends is not None:
            look.known((*path, "extends"), voice.extends, bundled, "theory")
        for parameter, stated in voice.priors.items():
            for index, claim in enumerate(stated.claims):
                if claim != "judgement":
                    look.known((*path, "priors", parameter, "claims", index), claim, look.catalogue.claims, "claim")


def sizes(look: Look) -> None:
    """Sizes that are there, under each theory."""
    try:
        found = fitted(look.scenario.sizes)
        for name, share in look.scenario.theory.items():
            voice = look.scenario.theories.get(name)
            like = name if voice is None else voice.extends
            if found is not None and share > 0 and like is not None and like in look.catalogue.theories:
                found.under(like)
    except UsageError as error:
        look.error(("sizes",), error.message, error.help)


def claims(look: Look) -> None:
    """Claim ids."""
    given: dict[Path, tuple[str, ...]] = {("claims",): look.scenario.claims}
    given |= {("events", name, "claims"): event.claims for name, event in look.scenario.events.items()}
    for path, ids in given.items():
        for index, claim in enumerate(ids):
            look.known((*path, index), claim, look.catalogue.claims, "claim")
