"""Priors: distributions named as in ``scipy.stats``, evaluated by their quantile functions.

A draw's parameter is ``prior.ppf(u)`` at an addressed uniform number, so one parameter's prior can change without
moving any other parameter. Quantiles come from ``scipy.special`` because importing ``scipy.stats`` costs more time
than a small run; tests hold every family against ``scipy.stats``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Quantile = Callable[..., Any]
_FAMILIES: dict[str, tuple[tuple[str, ...], Quantile]] = {}


def family(*names: str) -> Callable[[Quantile], Quantile]:
    """Register a quantile function under its scipy name with the names of its parameters."""

    def register(function: Quantile) -> Quantile:
        _FAMILIES[function.__name__.strip("_")] = (names, function)
        return function

    return register


@family("value")
def _fixed(u: Any, value: float) -> Any:
    return np.full(np.shape(u), float(value))


@family("loc", "scale")
def _norm(u: Any, loc: float, scale: float) -> Any:
    from scipy.special import ndtri

    return loc + scale * ndtri(u)


@family("s", "scale")
def _lognorm(u: Any, s: float, scale: float) -> Any:
    from scipy.special import ndtri

    return scale * np.exp(s * ndtri(u))


@family("loc", "scale")
def _uniform(u: Any, loc: float, scale: float) -> Any:
    return loc + scale * np.asarray(u)


@family("loc", "scale", "low", "high")
def _truncnorm(u: Any, loc: float, scale: float, low: float, high: float) -> Any:
    from scipy.special import ndtr, ndtri

    if scale == 0:
        return np.full(np.shape(u), float(np.clip(loc, low, high)))
    if loc < low:
        # In the upper tail the cumulative probability runs out of digits; the lower tail, mirrored, does not.
        return -_truncnorm(1.0 - np.asarray(u), -loc, scale, -high, -low)
    a, b = ndtr((low - loc) / scale), ndtr((high - loc) / scale)
    return np.clip(loc + scale * ndtri(a + np.asarray(u) * (b - a)), low, high)


@family("low", "mode", "high")
def _triang(u: Any, low: float, mode: float, high: float) -> Any:
    u = np.asarray(u)
    width, rise = high - low, mode - low
    if width == 0:
        return np.full(u.shape, float(low))
    return np.where(u * width < rise, low + np.sqrt(u * width * rise), high - np.sqrt((1 - u) * width * (high - mode)))


@family("a", "b", "loc", "scale")
def _beta(u: Any, a: float, b: float, loc: float = 0.0, scale: float = 1.0) -> Any:
    from scipy.special import betaincinv

    return loc + scale * betaincinv(a, b, u)


@family("a", "scale")
def _gamma(u: Any, a: float, scale: float) -> Any:
    from scipy.special import gammaincinv

    return scale * gammaincinv(a, u)


FAMILIES = tuple(sorted(_FAMILIES))
"""Names of the known families, as in ``scipy.stats`` (and ``fixed``)."""


@dataclass(frozen=True)
class Prior:
    """One distribution: a family and its parameters, e.g. ``Prior.of({"dist": "norm", "loc": 0, "scale": 0.1})``."""

    dist: str
    arguments: tuple[tuple[str, float], ...]

    @classmethod
    def of(cls, spec: Any) -> Prior:
        """From a number (fixed), another prior, or a mapping with ``dist`` and its parameters.

        Raises
        ------
        ValueError
            for an unknown family or parameter; the message names what exists.
        """
        if isinstance(spec, Prior):
            return spec
        if isinstance(spec, int | float):
            return cls("fixed", (("value", float(spec)),))
        if not isinstance(spec, Mapping):
            raise ValueError(f"a prior is a number or a mapping with 'dist', not {spec!r}")
        given = dict(spec)
        name = given.pop("dist", None)
        if name not in _FAMILIES:
            raise ValueError(f"unknown distribution {name!r}; known: {', '.join(FAMILIES)}")
        known, _ = _FAMILIES[name]
        given = {key: value for key, value in given.items() if value is not None}
        required = set(known) - ({"loc", "scale"} if name == "beta" else set())
        if not required <= set(given) <= set(known):
            raise ValueError(f"{name} takes {', '.join(known)}; got {', '.join(given) or 'nothing'}")
        return cls(str(name), tuple((key, float(given[key])) for key in known if key in given))

    def ppf(self, u: Any) -> Any:
        """Quantiles at ``u`` in [0, 1), same shape."""
        return _FAMILIES[self.dist][1](np.maximum(u, 2.0**-54), **dict(self.arguments))

    def median(self) -> float:
        """The middle value, used as the parameter's default."""
        return float(self.ppf(np.asarray([0.5]))[0])

    def to_scipy(self) -> Any:
        """The same distribution as a frozen ``scipy.stats`` object (``None`` for a fixed number)."""
        from scipy import stats

        given = dict(self.arguments)
        match self.dist:
            case "fixed":
                return None
            case "truncnorm":
                low, high = ((given[key] - given["loc"]) / given["scale"] for key in ("low", "high"))
                return stats.truncnorm(low, high, loc=given["loc"], scale=given["scale"])
            case "triang":
                width = given["high"] - given["low"]
                return stats.triang((given["mode"] - given["low"]) / width, loc=given["low"], scale=width)
            case name:
                return getattr(stats, name)(**given)

    def __str__(self) -> str:
        inside = ", ".join(f"{key}={value:g}" for key, value in self.arguments)
        return f"{inside.removeprefix('value=')}" if self.dist == "fixed" else f"{self.dist}({inside})"
