"""Names that must exist in the model, and values that must lie in a variable's range."""

from __future__ import annotations

from collections.abc import Iterator

from triangle_sim.errors import Problem, quote
from triangle_sim.scenario.check.catalogue import Quantity
from triangle_sim.scenario.check.lint import Look, check, span
from triangle_sim.scenario.schema import PriorSpec
from triangle_sim.scenario.read.strict_yaml import Path


@check
def countries(look: Look) -> Iterator[Problem]:
    """Countries that exist, wherever one is named."""
    known = look.catalogue.countries
    written = look.composition.data.get("countries", [])
    for code in look.scenario.countries:
        index = written.index(code) if code in written else 0
        yield from look.known(("countries", index), code, known, "country")
    for code in look.scenario.decision:
        if code != "default":
            yield from _takes_part(look, ("decision", code), code)
    for code in look.scenario.moves.disable:
        yield from _takes_part(look, ("moves", "disable", code), code)


def _takes_part(look: Look, path: Path, code: str) -> Iterator[Problem]:
    known = [*look.catalogue.countries, *(["default"] if path[0] == "decision" else [])]
    problems = list(look.known(path, code, known, "country", key=True))
    yield from problems
    if not problems and code not in look.scenario.countries:
        help = f"countries of this scenario: {', '.join(look.scenario.countries)}"
        yield look.warning(path, f"{quote(code)} is not in this scenario", help, key=True)


@check
def values(look: Look) -> Iterator[Problem]:
    """Everything in ``set`` and ``pin`` exists and is in range."""
    settable = look.catalogue.settable
    for name, value in look.scenario.set.items():
        yield from look.known(("set", name), name, settable, "key", key=True)
        if name in settable:
            yield from look.inside(("set", name), name, value, settable[name])
    for name, value in look.scenario.pin.items():
        yield from look.known(("pin", name), name, look.catalogue.environment, "environment variable", key=True)
        if name in look.catalogue.environment:
            yield from look.inside(("pin", name), name, value, look.catalogue.environment[name])
        fixed = look.scenario.set.get(name)
        if fixed is not None and fixed != value:
            message = f"{quote(name)} is {fixed:g} in 'set' and held at {value:g} in 'pin'"
            yield look.error(("set", name), message, "keep one of the two")


@check
def priors(look: Look) -> Iterator[Problem]:
    """Priors of parameters that exist, are not fixed elsewhere, and reach no impossible value."""
    for name, prior in look.scenario.priors.items():
        yield from look.known(("priors", name), name, look.catalogue.parameters, "parameter", key=True)
        fixed = next((key for key in _fixing(name) if key in look.scenario.set), None)
        if fixed is not None:
            message = f"{quote(name)} has a prior, but 'set' fixes it"
            help = f"remove it here, or remove {quote(fixed)} from 'set'"
            yield look.error(("priors", name), message, help, key=True)
        quantity = look.catalogue.parameters.get(name)
        if quantity is not None:
            yield from _reach(look, name, prior, quantity)
    for name in look.scenario.set:
        if name.startswith("start.") and name.removeprefix("start.") in look.scenario.set:
            other = name.removeprefix("start.")
            message = f"{quote(name)} and {quote(other)} in 'set' are the same starting value"
            yield look.error(("set", name), message, "keep one of the two", key=True)


def _fixing(parameter: str) -> tuple[str, ...]:
    start = parameter.startswith("start.")
    return (parameter, parameter.removeprefix("start.")) if start else (parameter,)


def _reach(look: Look, name: str, prior: PriorSpec, quantity: Quantity) -> Iterator[Problem]:
    if isinstance(prior, int | float):
        yield from look.inside(("priors", name), name, float(prior), quantity)
        return
    low, high = prior_ends(prior)
    below = low is not None and quantity.low is not None and low < quantity.low
    above = high is not None and quantity.high is not None and high > quantity.high
    if below or above:
        message = f"the prior of {quote(name)} reaches beyond its range {span(quantity)}"
        yield look.warning(("priors", name), message, quantity.meaning, key=True)


def prior_ends(prior: PriorSpec) -> tuple[float | None, float | None]:
    """Lowest and highest value of a bounded distribution; None on an open side."""
    if isinstance(prior, int | float):
        return float(prior), float(prior)
    data = prior.model_dump()
    match data["dist"]:
        case "truncnorm" | "triang":
            return data["low"], data["high"]
        case "uniform" | "beta":
            return data["loc"], data["loc"] + data["scale"]
        case "lognorm" | "gamma":
            return 0.0, None
    return None, None


@check
def theories_and_worlds(look: Look) -> Iterator[Problem]:
    """Theories, the starting world and its date."""
    scenario = look.scenario
    single = isinstance(look.composition.data.get("theory"), str)
    for name in scenario.theory:
        path: Path = ("theory",) if single else ("theory", name)
        yield from look.known(path, name, look.catalogue.theories, "theory", key=not single)
    yield from look.known(("world",), scenario.world, look.catalogue.worlds, "starting world")
    if scenario.world in look.catalogue.worlds and scenario.world != str(scenario.start):
        message = f"the run starts in {scenario.start} with the world of {scenario.world}"
        yield look.warning(("start",), message, "let 'start' and 'world' agree, unless the gap is meant")


@check
def claims(look: Look) -> Iterator[Problem]:
    """Claim ids."""
    for index, claim in enumerate(look.scenario.claims):
        yield from look.known(("claims", index), claim, look.catalogue.claims, "claim")
    for name, event in look.scenario.events.items():
        for index, claim in enumerate(event.claims):
            yield from look.known(("events", name, "claims", index), claim, look.catalogue.claims, "claim")
