"""Priors: distributions named as in ``scipy.stats``, as data and as quantile functions.

A draw's parameter is ``prior.ppf(u)`` at an addressed uniform number, so one parameter's prior can change without
moving any other parameter. Quantiles come from ``scipy.special`` because importing ``scipy.stats`` costs more time
than a small run; tests hold every family against ``scipy.stats``. A new family is one class here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator
from scipy.special import betaincinv, gammaincinv, ndtr, ndtri

from triangle_sim.fields import Model, Number, wrong

Floats = NDArray[np.float64]
Width = Annotated[Number, Field(ge=0)]
Positive = Annotated[Number, Field(gt=0)]

LEAST = 2.0**-54
"""Quantiles are taken from here up: half the smallest step of a uniform number, so that none is infinite."""


class Prior(Model):
    """One distribution: a family and its parameters, e.g. ``Prior.of({"dist": "norm", "loc": 0, "scale": 0.1})``."""

    dist: str
    _quantile: ClassVar[Callable[..., Any]]
    """Quantiles at ``u`` in (0, 1) for the distribution's parameters, which are numbers or arrays that broadcast."""

    @staticmethod
    def of(spec: Any) -> Prior:
        """From a number (fixed), another prior, or a mapping with ``dist`` and its parameters.

        Raises
        ------
        ValueError
            for an unknown family or parameter; the message names what exists.
        """
        if isinstance(spec, Prior):
            return spec
        if isinstance(spec, int | float):
            return Fixed(dist="fixed", value=float(spec))
        if not isinstance(spec, Mapping):
            raise ValueError(f"a prior is a number or a mapping with 'dist', not {spec!r}")
        family = FAMILIES.get(str(spec.get("dist")))
        if family is None:
            raise ValueError(f"unknown distribution {spec.get('dist')!r}; known: {', '.join(FAMILIES)}")
        return family.model_validate(spec)

    @property
    def arguments(self) -> dict[str, float]:
        """Its parameters by name."""
        return {name: value for name, value in self if name != "dist"}

    def ppf(self, u: Any) -> Any:
        """Quantiles at ``u`` in [0, 1), same shape."""
        return self._quantile(np.maximum(u, LEAST), **self.arguments)

    def median(self) -> float:
        """The middle value, used as the parameter's default."""
        return float(self.ppf(np.asarray([0.5]))[0])

    def spread(self) -> float:
        """Half the width of the middle 68 per cent, which for a normal distribution is its standard deviation."""
        low, high = self.ppf(np.asarray([0.1587, 0.8413]))
        return float(high - low) / 2

    def __str__(self) -> str:
        inside = ", ".join(f"{key}={value:g}" for key, value in self.arguments.items())
        return inside.removeprefix("value=") if self.dist == "fixed" else f"{self.dist}({inside})"


class Fixed(Prior):
    """A number that is known, or taken as known."""

    dist: Literal["fixed"]
    value: Number

    @staticmethod
    def _quantile(u: Any, value: Any) -> Any:
        return np.full(np.shape(u), np.asarray(value, float))


class Norm(Prior):
    """Normal distribution."""

    dist: Literal["norm"]
    loc: Number = Field(description="mean")
    scale: Width = Field(description="standard deviation")

    @staticmethod
    def _quantile(u: Any, loc: Any, scale: Any) -> Any:
        return loc + scale * ndtri(u)


class Lognorm(Prior):
    """Lognormal distribution with median ``scale``."""

    dist: Literal["lognorm"]
    s: Width = Field(description="standard deviation of the logarithm")
    scale: Positive = Field(description="median")

    @staticmethod
    def _quantile(u: Any, s: Any, scale: Any) -> Any:
        return scale * np.exp(s * ndtri(u))


class Uniform(Prior):
    """Uniform on ``loc`` to ``loc + scale``."""

    dist: Literal["uniform"]
    loc: Number = Field(description="lower end")
    scale: Width = Field(description="length of the interval")

    @staticmethod
    def _quantile(u: Any, loc: Any, scale: Any) -> Any:
        return loc + scale * np.asarray(u)


class Truncnorm(Prior):
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

    @staticmethod
    def _quantile(u: Any, loc: Any, scale: Any, low: Any, high: Any) -> Any:
        # In the upper tail the cumulative probability runs out of digits; the lower tail, mirrored, does not.
        mirrored = np.less(loc, low)
        u, side = np.where(mirrored, 1.0 - np.asarray(u), u), np.where(mirrored, -1.0, 1.0)
        loc, low, high = side * loc, np.where(mirrored, -high, low), np.where(mirrored, -low, high)
        width = np.where(np.equal(scale, 0), 1.0, scale)
        a, b = ndtr((low - loc) / width), ndtr((high - loc) / width)
        inside = np.where(np.equal(scale, 0), loc, loc + width * ndtri(a + u * (b - a)))
        return side * np.clip(inside, low, high)


class Triang(Prior):
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

    @staticmethod
    def _quantile(u: Any, low: Any, mode: Any, high: Any) -> Any:
        u, width, rise = np.asarray(u), high - low, mode - low
        left, right = low + np.sqrt(u * width * rise), high - np.sqrt((1 - u) * width * (high - mode))
        return np.where(u * width < rise, left, right)


class Beta(Prior):
    """Beta distribution on ``loc`` to ``loc + scale``."""

    dist: Literal["beta"]
    a: Positive = Field(description="first shape parameter")
    b: Positive = Field(description="second shape parameter")
    loc: Number = Field(default=0.0, description="lower end")
    scale: Positive = Field(default=1.0, description="length of the interval")

    @staticmethod
    def _quantile(u: Any, a: Any, b: Any, loc: Any, scale: Any) -> Any:
        return loc + scale * betaincinv(a, b, u)


class Gamma(Prior):
    """Gamma distribution with mean ``a * scale``."""

    dist: Literal["gamma"]
    a: Positive = Field(description="shape parameter")
    scale: Positive = Field(description="scale")

    @staticmethod
    def _quantile(u: Any, a: Any, scale: Any) -> Any:
        return scale * gammaincinv(a, u)


FAMILIES: dict[str, type[Prior]] = {family.__name__.lower(): family for family in Prior.__subclasses__()}
"""The known families by name, as in ``scipy.stats`` (and ``fixed``)."""


class Stack:
    """Many priors at once, one row each: one call per family instead of one per prior, to the same bits."""

    def __init__(self, priors: Sequence[Prior]) -> None:
        rows: dict[type[Prior], list[int]] = {}
        for row, prior in enumerate(priors):
            rows.setdefault(type(prior), []).append(row)
        self._groups = [
            (np.asarray(some, np.intp), family, _columns([priors[row] for row in some]))
            for family, some in rows.items()
        ]

    def ppf(self, u: Any) -> Floats:
        """Quantiles at ``u`` in [0, 1): ``(priors, n)``, a row for each prior; same shape."""
        u = np.maximum(u, LEAST)
        out = np.empty(u.shape)
        for rows, family, arguments in self._groups:
            out[rows] = family._quantile(u[rows], **arguments)
        return out


def _columns(alike: Sequence[Prior]) -> dict[str, Floats]:
    """The arguments of priors of one family, ``(priors, 1)`` each."""
    return {name: np.asarray([[prior.arguments[name]] for prior in alike]) for name in alike[0].arguments}
