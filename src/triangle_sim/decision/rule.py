"""The registry of decision rules and what a rule is given.

A rule answers payoffs with a mix. A new rule is one file with one decorated function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from triangle_sim.arrays import Array


@dataclass(frozen=True)
class Situation:
    """What a rule knows besides payoffs.

    ``habit`` is the country's recent mix ``(moves, runs)``, ``script`` the index of the move a script orders this
    quarter (``None`` without a script, -1 where it orders none), ``settings`` the rule's own settings.
    """

    quarter: Any
    habit: Array
    rationality: Array
    available: tuple[bool, ...]
    script: Any
    settings: Mapping[str, Any]


Respond = Callable[[Array, Situation], Array]


@dataclass(frozen=True)
class Rule:
    """A decision rule. ``thinks`` tells whether it answers payoffs at all (habit and scripts do not)."""

    name: str
    respond: Respond
    thinks: bool
    meaning: str


RULES: dict[str, Rule] = {}


def rule(name: str, *, thinks: bool) -> Callable[[Respond], Respond]:
    """Register a function ``(payoffs (moves, runs), situation) -> mix (moves, runs)`` as a decision rule."""

    def register(function: Respond) -> Respond:
        RULES[name] = Rule(name, function, thinks, " ".join((function.__doc__ or "").split()))
        return function

    return register
