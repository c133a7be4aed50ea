"""Priors: distributions named as in ``scipy.stats``, evaluated by their quantile functions.

A draw's parameter is ``prior.ppf(u)`` at an addressed uniform number, so one parameter's prior can change without
moving any other parameter. Quantiles come from ``scipy.special`` because importing ``scipy.stats`` costs more time
than a small run; tests hold every family against ``scipy.stats``. A family's arguments may be numbers or arrays: many
priors of one family are one call (:class:`Stack`), to the same bits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Quantile = Callable[..., Any]
_FAMILIES: dict[str, tuple[tuple[str, ...], Quantile]] = {}


def family(*names: str) -> Callable[[Quantile], Quantile]:
    """Register a quantile function under its scipy name with the names of its parameters."""

    def register(function: Quantile) -> Quantile:
        _FAMILIES[function.__name__.strip("_")] = (names, function)
        return function

    return register


@family("value")
def _fixed(u: Any, value: Any) -> Any:
    return np.full(np.shape(u), np.asarray(value, float))


@family("loc", "scale")
def _norm(u: Any, loc: Any, scale: Any) -> Any:
    from scipy.special import ndtri

    return loc + scale * ndtri(u)


@family("s", "scale")
def _lognorm(u: Any, s: Any, scale: Any) -> Any:
    from scipy.special import ndtri

    return scale * np.exp(s * ndtri(u))


@family("loc", "scale")
def _uniform(u: Any, loc: Any, scale: Any) -> Any:
    return loc + scale * np.asarray(u)


@family("loc", "scale", "low", "high")
def _truncnorm(u: Any, loc: Any, scale: Any, low: Any, high: Any) -> Any:
    from scipy.special import ndtr, ndtri

    # In the upper tail the cumulative probability runs out of digits; the lower tail, mirrored, does not.
    mirrored = np.less(loc, low)
    u, side = np.where(mirrored, 1.0 - np.asarray(u), u), np.where(mirrored, -1.0, 1.0)
    loc, low, high = side * loc, np.where(mirrored, -high, low), np.where(mirrored, -low, high)
    spread = np.where(np.equal(scale, 0), 1.0, scale)
    a, b = ndtr((low - loc) / spread), ndtr((high - loc) / spread)
    inside = np.where(np.equal(scale, 0), loc, loc + spread * ndtri(a + u * (b - a)))
    return side * np.clip(inside, low, high)


@family("low", "mode", "high")
def _triang(u: Any, low: Any, mode: Any, high: Any) -> Any:
    u, width, rise = np.asarray(u), high - low, mode - low
    return np.where(u * width < rise, low + np.sqrt(u * width * rise), high - np.sqrt((1 - u) * width * (high - mode)))


@family("a", "b", "loc", "scale")
def _beta(u: Any, a: Any, b: Any, loc: Any = 0.0, scale: Any = 1.0) -> Any:
    from scipy.special import betaincinv

    return loc + scale * betaincinv(a, b, u)


@family("a", "scale")
def _gamma(u: Any, a: Any, scale: Any) -> Any:
    from scipy.special import gammaincinv

    return scale * gammaincinv(a, u)


FAMILIES = tuple(sorted(_FAMILIES))
"""Names of the known families, as in ``scipy.stats`` (and ``fixed``)."""

LEAST = 2.0**-54
"""Quantiles are taken from here up: half the smallest step of a uniform number, so that none is infinite."""


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
        return _FAMILIES[self.dist][1](np.maximum(u, LEAST), **dict(self.arguments))

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


class Stack:
    """Many priors at once, one row each: one call per family instead of one per prior."""

    def __init__(self, priors: Sequence[Prior]) -> None:
        alike: dict[tuple[str, ...], list[int]] = {}
        for row, prior in enumerate(priors):
            alike.setdefault((prior.dist, *(name for name, _ in prior.arguments)), []).append(row)
        self._groups = [
            (
                np.asarray(rows, np.intp),
                _FAMILIES[dist][1],
                {name: np.asarray([[dict(priors[row].arguments)[name]] for row in rows]) for name in names},
            )
            for (dist, *names), rows in alike.items()
        ]

    def ppf(self, u: Any) -> NDArray[np.float64]:
        """Quantiles at ``u`` in [0, 1): ``(priors, n)``, a row for each prior; same shape."""
        u = np.maximum(u, LEAST)
        out = np.empty(u.shape)
        for rows, quantile, arguments in self._groups:
            out[rows] = quantile(u[rows], **arguments)
        return out
