"""One draw of theory and parameters in plain numbers: quantiles of scipy.stats at addressed uniform numbers."""

from functools import lru_cache
from typing import Any

from scipy import stats

from reference.random_numbers import uniform


@lru_cache(maxsize=100_000)
def quantile(prior: Any, u: float) -> float:
    """The prior's quantile, by the family's name in scipy.stats."""
    a = dict(prior.arguments)
    match prior.dist:
        case "fixed":
            return a["value"]
        case "norm" | "uniform" if a["scale"] == 0.0:
            return a["loc"]
        case "norm":
            return float(stats.norm.ppf(u, a["loc"], a["scale"]))
        case "lognorm" if a["s"] == 0.0:
            return a["scale"]
        case "lognorm":
            return float(stats.lognorm.ppf(u, a["s"], scale=a["scale"]))
        case "uniform":
            return float(stats.uniform.ppf(u, a["loc"], a["scale"]))
        case "truncnorm" if a["scale"] == 0.0:
            return min(max(a["loc"], a["low"]), a["high"])
        case "truncnorm":
            ends = ((a[end] - a["loc"]) / a["scale"] for end in ("low", "high"))
            return float(stats.truncnorm.ppf(u, *ends, loc=a["loc"], scale=a["scale"]))
        case "triang" if a["high"] == a["low"]:
            return a["low"]
        case "triang":
            width = a["high"] - a["low"]
            return float(stats.triang.ppf(u, (a["mode"] - a["low"]) / width, loc=a["low"], scale=width))
        case "beta":
            return float(stats.beta.ppf(u, a["a"], a["b"], loc=a.get("loc", 0.0), scale=a.get("scale", 1.0)))
        case "gamma":
            return float(stats.gamma.ppf(u, a["a"], scale=a["scale"]))
    raise ValueError(prior.dist)


def pick_theory(odds: dict[str, float], seed: int, draw: int) -> str:
    """The first theory, in alphabetical order, whose cumulative odds exceed the uniform number."""
    u = uniform(seed, "theory", draw, 0, 0)
    total = sum(odds.values())
    reached = 0.0
    for name in sorted(odds):
        reached += odds[name] / total
        if reached > u:
            return name
    return max(name for name in odds if odds[name] > 0)


def draw_parameters(table: Any, seed: int, draw: int) -> dict[str, float]:
    """Every parameter of a table (name -> prior and bounds)."""
    values = {}
    for name, parameter in table.items():
        value = quantile(parameter.prior, uniform(seed, f"parameter:{name}", draw, 0, 0))
        values[name] = min(max(value, parameter.low), parameter.high)
    return values
