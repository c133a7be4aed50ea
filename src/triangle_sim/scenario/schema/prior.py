"""Priors as a scenario writes them: a number (fixed), or a distribution with its parameters named as in scipy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Union

import numpy as np
from pydantic import Discriminator, Tag
from pydantic.functional_validators import AfterValidator

from triangle_sim.fields import LARGEST, Value, wrong
from triangle_sim.uncertainty.priors import FAMILIES, Prior, Truncnorm

_EXTREMES = np.asarray([2.0**-54, 0.5, 1 - 2.0**-53])  # the lowest, middle and highest number that a draw can meet
_LARGEST_DRAW = 1e12


def extremes(prior: Prior) -> tuple[float, float, float]:
    """Its lowest, middle and highest draw."""
    with np.errstate(all="ignore"):
        low, middle, high = prior.ppf(_EXTREMES)
    return float(low), float(middle), float(high)


def _drawable(prior: float | Prior) -> float | Prior:
    """Draws must stay finite whatever they are multiplied with."""
    if not isinstance(prior, Prior):
        return prior
    for name, value in prior.arguments.items():
        if abs(value) > LARGEST:
            raise wrong(f"'{name}' must be {-LARGEST:,} to {LARGEST:,}, not {value:g}", at=name)
    draws = extremes(prior)
    if not all(abs(draw) <= _LARGEST_DRAW for draw in draws):  # NaN is not, either
        raise wrong(f"its draws would range from {draws[0]:g} to {draws[2]:g}", "give it a smaller scale")
    if isinstance(prior, Truncnorm) and draws[0] == draws[2] != prior.loc:
        raise wrong(f"all its draws would be cut to {draws[0]:g}", "let 'loc' lie between 'low' and 'high'")
    return prior


def _kind(value: Any) -> str | None:
    if not isinstance(value, Mapping | Prior):
        return "number"
    dist = value.get("dist") if isinstance(value, Mapping) else value.dist
    return None if dist is None else str(dist)


if TYPE_CHECKING:
    PriorSpec = float | Prior
else:
    _tagged = [Annotated[family, Tag(name)] for name, family in FAMILIES.items() if name != "fixed"]
    PriorSpec = Annotated[
        Union[(Annotated[Value, Tag("number")], *_tagged)], Discriminator(_kind), AfterValidator(_drawable)
    ]
"""A number or one of the distributions."""
