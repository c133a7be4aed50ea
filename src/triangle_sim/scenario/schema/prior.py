"""Priors as a scenario writes them: a number (fixed), or a distribution with its parameters named as in scipy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from triangle_sim.fields import Model, Number, wrong

Width = Annotated[Number, Field(ge=0)]
Positive = Annotated[Number, Field(gt=0)]


class Norm(Model):
    """Normal distribution."""

    dist: Literal["norm"]
    loc: Number = Field(description="mean")
    scale: Width = Field(description="standard deviation")


class Lognorm(Model):
    """Lognormal distribution with median ``scale``."""

    dist: Literal["lognorm"]
    s: Width = Field(description="standard deviation of the logarithm")
    scale: Positive = Field(description="median")


class Uniform(Model):
    """Uniform on ``loc`` to ``loc + scale``."""

    dist: Literal["uniform"]
    loc: Number = Field(description="lower end")
    scale: Width = Field(description="length of the interval")


class Truncnorm(Model):
    """Normal distribution cut to ``low`` .. ``high``."""

    dist: Literal["truncnorm"]
    loc: Number = Field(description="mean before the cut")
    scale: Width = Field(description="standard deviation before the cut")
    low: Number = Field(description="lowest value")
    high: Number = Field(description="highest value")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low >= self.high:
            raise wrong(f"'low' ({self.low:g}) is not below 'high' ({self.high:g})", "swap the two values", at="low")
        return self


class Triang(Model):
    """Triangular distribution."""

    dist: Literal["triang"]
    low: Number = Field(description="lowest value")
    mode: Number = Field(description="most likely value")
    high: Number = Field(description="highest value")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.mode <= self.high:
            raise wrong("the values are not in the order low <= mode <= high", "sort them", at="mode")
        return self


class Beta(Model):
    """Beta distribution on ``loc`` to ``loc + scale``."""

    dist: Literal["beta"]
    a: Positive = Field(description="first shape parameter")
    b: Positive = Field(description="second shape parameter")
    loc: Number = Field(default=0.0, description="lower end")
    scale: Positive = Field(default=1.0, description="length of the interval")


class Gamma(Model):
    """Gamma distribution with mean ``a * scale``."""

    dist: Literal["gamma"]
    a: Positive = Field(description="shape parameter")
    scale: Positive = Field(description="scale")


FAMILIES: dict[str, type[Model]] = {
    "norm": Norm, "lognorm": Lognorm, "uniform": Uniform, "truncnorm": Truncnorm,
    "triang": Triang, "beta": Beta, "gamma": Gamma,
}  # fmt: skip


def _kind(value: Any) -> str | None:
    if isinstance(value, Mapping):
        dist = value.get("dist")
        return dist if isinstance(dist, str) else None
    if isinstance(value, Model):
        return str(getattr(value, "dist", ""))
    return "number"


Distribution = Norm | Lognorm | Uniform | Truncnorm | Triang | Beta | Gamma

PriorSpec = Annotated[
    Annotated[Number, Tag("number")]
    | Annotated[Norm, Tag("norm")]
    | Annotated[Lognorm, Tag("lognorm")]
    | Annotated[Uniform, Tag("uniform")]
    | Annotated[Truncnorm, Tag("truncnorm")]
    | Annotated[Triang, Tag("triang")]
    | Annotated[Beta, Tag("beta")]
    | Annotated[Gamma, Tag("gamma")],
    Discriminator(_kind),
]
"""A number or one of the distributions."""


def plain(prior: float | Model) -> float | dict[str, Any]:
    """A prior as data: a number, or a mapping with ``dist`` and its parameters."""
    return prior.model_dump() if isinstance(prior, Model) else prior
