"""Priors of parameters that exist, are fixed nowhere else, and whose draws the model can use."""

from __future__ import annotations

from triangle_sim.errors import quote
from triangle_sim.names import country_name
from triangle_sim.scenario.check.look import Look, span
from triangle_sim.scenario.document import Path
from triangle_sim.scenario.schema.prior import extremes
from triangle_sim.uncertainty import Prior

_OPEN = {"norm": (True, True), "lognorm": (False, True), "gamma": (False, True)}
"""Distributions without an end below, above; their rare draws beyond a range are cut to it as a matter of course."""


def fixed_twice(look: Look) -> None:
    """One number, one saying: as a level of ``state``, as a value of ``parameters``, or as a prior."""
    scenario = look.scenario
    for name in scenario.priors:
        level = name.removeprefix("start.")
        key = "parameters" if name in scenario.parameters else "state"
        if name in scenario.parameters or (level != name and level in scenario.state):
            help = f"remove it here, or remove {quote(name if key == 'parameters' else level)} from '{key}'"
            look.error(("priors", name), f"{quote(name)} has a prior, but '{key}' fixes it", help, key=True)
    for name in scenario.state:
        if (other := f"start.{name}") in scenario.parameters:
            message = f"{quote(name)} in 'state' and {quote(other)} in 'parameters' are the same starting value"
            look.error(("parameters", other), message, "keep one of the two", key=True)


def reach(look: Look) -> None:
    """Priors of parameters the model has, with draws in the parameter's range; the scenario's and its theories'."""
    for name, prior in look.scenario.priors.items():
        _reaches(look, ("priors", name), name, prior)
    for theory, voice in look.scenario.theories.items():
        for name, stated in voice.priors.items():
            _reaches(look, ("theories", theory, "priors", name), name, stated.prior, at=("prior",))


def _reaches(look: Look, path: Path, name: str, prior: float | Prior, at: Path = ()) -> None:
    """One prior, written ``at`` a place below the name."""
    if not look.known(path, name, look.catalogue.parameters, "parameter", key=True):
        return
    quantity = look.catalogue.parameters[name]
    if not isinstance(prior, Prior):
        look.inside((*path, *at), name, prior, quantity)
        return
    low, _, high = extremes(prior)
    least, most = quantity.low, quantity.high
    open_below, open_above = _OPEN.get(prior.dist, (False, False))
    if high < least or low > most:
        message = f"all draws of the prior of {quote(name)} would be cut to {least if high < least else most:g}"
        look.error(path, message, f"its range is {span(quantity)}: {quantity.meaning}", key=True)
    elif (low < least and not open_below) or (high > most and not open_above):
        message = f"the prior of {quote(name)} reaches beyond its range {span(quantity)}"
        look.warning(path, message, quantity.meaning, key=True)


def weights(look: Look) -> None:
    """Some weight of each country is above zero, since each counts by its share of their sum."""
    scenario = look.scenario
    own = {**scenario.priors, **scenario.parameters}
    for code in scenario.countries:
        given = [name for name in own if name.startswith(f"weight.{code}.")]
        theories = [name for name, share in scenario.theory.items() if share > 0 and name in look.theories]
        for theory in theories:
            if not given and theory not in scenario.theories:
                continue
            table = look.theories[theory].with_priors(own)
            mine = [parameter for name, parameter in table.items() if name.startswith(f"weight.{code}.")]
            if mine and all(extremes(parameter.prior)[2] <= parameter.low for parameter in mine):
                key = "parameters" if given and given[-1] in scenario.parameters else "priors"
                where: Path = (key, given[-1]) if given else ("theories", theory, "priors")
                message = f"all weights of {country_name(code)} are zero under the theory {quote(theory)}"
                look.error(where, message, "let it want something: give one a weight", key=True)
                break
