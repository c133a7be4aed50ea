"""Checks that need knowledge of the model: unknown names, values out of range, and what is legal but odd.

Each check is a function of :class:`Look` that yields problems; :func:`lint` runs them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from triangle_sim.errors import Problem, Severity, quote
from triangle_sim.names import did_you_mean
from triangle_sim.scenario.check.catalogue import Catalogue, Quantity
from triangle_sim.scenario.read.compose import Composition
from triangle_sim.scenario.schema import Scenario
from triangle_sim.scenario.read.strict_yaml import Path


@dataclass(frozen=True)
class Look:
    """What a check sees, and how it reports."""

    scenario: Scenario
    composition: Composition
    catalogue: Catalogue

    def error(self, path: Path, message: str, help: str = "", *, key: bool = False) -> Problem:
        """An error about the value (or the key) at ``path``."""
        return self.composition.problem(path, message, help=help, key=key)

    def warning(self, path: Path, message: str, help: str = "", *, key: bool = False) -> Problem:
        """Something legal but odd at ``path``."""
        return self.composition.problem(path, message, help=help, key=key, severity="warning")

    def known(
        self, path: Path, name: str, names: Iterable[str], kind: str, *, key: bool = False, severity: Severity = "error"
    ) -> Iterator[Problem]:
        """A problem if ``name`` is none of ``names``."""
        names = list(names)
        if name not in names:
            help = did_you_mean(name, names, f"known {_plural(kind)}")
            message = f"unknown {kind} {quote(name)}{within(path, key)}"
            yield self.composition.problem(path, message, help=help, key=key, severity=severity)

    def inside(self, path: Path, name: str, value: float, quantity: Quantity) -> Iterator[Problem]:
        """A problem if ``value`` is out of the quantity's range."""
        low, high = quantity.low, quantity.high
        if (low is not None and value < low) or (high is not None and value > high):
            help = ": ".join(part for part in (name, quantity.meaning) if part)
            help += f" ({quantity.unit})" if quantity.unit else ""
            yield self.error(path, f"{quote(name)} must be {span(quantity)}, not {value:g}", help)


Check = Callable[[Look], Iterable[Problem]]
CHECKS: list[Check] = []


def check(function: Check) -> Check:
    """Register a check."""
    CHECKS.append(function)
    return function


def lint(scenario: Scenario, composition: Composition, catalogue: Catalogue) -> list[Problem]:
    """All problems of meaning, errors and warnings, each at the place that wrote it."""
    # The files of checks register themselves as they are imported.
    from triangle_sim.scenario.check import design, events, names  # noqa: F401

    look = Look(scenario, composition, catalogue)
    return [problem for function in CHECKS for problem in function(look)]


def within(path: Path, key: bool) -> str:
    """`` in 'set'``: where a name stands, for a message."""
    around = [str(step) for step in (path[:-1] if key or (path and isinstance(path[-1], int)) else path)]
    return f" in {quote('.'.join(around), 100)}" if around else ""


def span(quantity: Quantity) -> str:
    """A range in words."""
    if quantity.low is not None and quantity.high is not None:
        return f"{quantity.low:g} to {quantity.high:g}"
    return f"at least {quantity.low:g}" if quantity.low is not None else f"at most {quantity.high:g}"


def _plural(kind: str) -> str:
    return f"{kind[:-1]}ies" if kind.endswith("ry") or kind.endswith("ty") else f"{kind}s"
