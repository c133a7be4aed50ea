"""The three kinds of numbers a scenario sets, each under a key of its own, and what to write for the former ``set``."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import yaml
from pydantic.functional_validators import AfterValidator

from triangle_sim.errors import quote
from triangle_sim.fields import QuantityName, wrong
from triangle_sim.names import canonical_name, did_you_mean
from triangle_sim.world import CONDITIONS, STOCKS
from triangle_sim.world.variables import LASTING

KINDS = {
    "environment": "an environment variable",
    "state": "a state variable",
    "parameters": "a parameter",
}
"""The keys of the three kinds, and what stands under each."""

_MOST = 20  # names of `set` that are written out


def kind_of(name: str) -> str | None:
    """The key under which a scenario sets the quantity ``name``; None if it can be no name of the model.

    Ties are state variables; names with a dot are parameters, whether the model has them or not, and so are the few
    that speak of all ties at once.
    """
    if name in CONDITIONS:
        return "environment"
    if "." in name or any(name == each.name for each in LASTING):
        return "parameters"
    return "state" if name in STOCKS or re.match(r"\w+\[", name) else None


def _only(kind: str) -> Callable[[str], str]:
    def check(name: str) -> str:
        other = kind_of(name)
        if other in (None, kind):
            return name
        raise wrong(f"{quote(name)} is {KINDS[other]}, not {KINDS[kind]}", f"write it under '{other}'")

    return check


EnvironmentName = Annotated[QuantityName, AfterValidator(_only("environment"))]
StateName = Annotated[QuantityName, AfterValidator(_only("state"))]
ParameterName = Annotated[QuantityName, AfterValidator(_only("parameters"))]


def instead_of_set(given: Any) -> str:
    """What to write in place of ``set: given``, for a message."""
    if not isinstance(given, Mapping) or not given:
        return f"write {', '.join(f'{key}: {{NAME: VALUE}}' for key in KINDS)}, each with its own names"
    kinds: dict[str | None, dict[str, Any]] = {}
    for name, value in itertools.islice(given.items(), _MOST):
        kinds.setdefault(kind_of(canonical_name(name)), {})[name] = value
    unknown = kinds.pop(None, {})
    lines = ["write", *(f"{key}: {_flow(kinds[key])}" for key in KINDS if key in kinds)]
    lines += [f"without {quote(n)}: {did_you_mean(n, [*CONDITIONS, *STOCKS], 'the model has', 3)}" for n in unknown]
    if len(given) > _MOST:
        lines.append(f"... and {len(given) - _MOST:,} more in the same way")
    return "\n".join(lines)


def _flow(mapping: Mapping[str, Any]) -> str:
    """A mapping as YAML in braces."""
    try:
        text = yaml.safe_dump(mapping, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10**6)
    except yaml.YAMLError:  # a Python object of some kind
        return f"{{{', '.join(mapping)}: ...}}"
    return text.strip()
