"""Interests: the terms of a country's payoff, each one small pure function that declares the numbers of its form."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from triangle_sim.arrays import Array
from triangle_sim.uncertainty import Parameter, Prior
from triangle_sim.world.views import Recorder, View

Phi = Callable[..., Array]
F = TypeVar("F", bound=Phi)


@dataclass(frozen=True)
class FormNumber:
    """A number in the form of an interest; it becomes the parameter ``form.COUNTRY.INTEREST.NAME``."""

    value: float
    meaning: str
    sources: tuple[str, ...]


def number(value: float, meaning: str, *sources: str) -> Any:
    """Declare a number between 0 and 1 in the form of an interest, as the default of a keyword argument.

    Its prior is the number itself until a theory, a scenario or the record gives it another. ``sources`` are ids of
    claims or facts; without any it is a judgement.
    """
    return FormNumber(value, meaning, sources or ("judgement",))


@dataclass(frozen=True)
class Interest:
    """One term of a country's payoff. ``weight`` is its default before the weights are made to sum to one."""

    name: str
    weight: float
    claims: tuple[str, ...]
    scale: str
    phi: Phi
    meaning: str

    @cached_property
    def numbers(self) -> dict[str, FormNumber]:
        """The numbers of its form, by name."""
        arguments = inspect.signature(self.phi).parameters.items()
        return {name: each.default for name, each in arguments if isinstance(each.default, FormNumber)}

    @cached_property
    def reads(self) -> frozenset[str]:
        """The state variables it reads."""
        state, env = Recorder(), Recorder()
        self(View(state), View(env))
        return frozenset(state)

    def __call__(self, state: Any, env: Any, **numbers: Array) -> Array:
        """Its value in [0, 1] at a state and environment; numbers of its form that are not given are as declared."""
        given = {name: numbers.get(name, each.value) for name, each in self.numbers.items()}
        return self.phi(None, state, env, **given)

    def parameters(self, code: str) -> list[Parameter]:
        """Its weight and the numbers of its form as uncertain numbers of a country."""
        weight = {"dist": "lognorm", "s": 0.7, "scale": self.weight} if self.weight else 0.0
        unit = "share of the payoff before normalising"
        table = [Parameter(f"weight.{code}.{self.name}", Prior.of(weight), unit, self.meaning, self.claims, 0.0)]
        for name, each in self.numbers.items():
            full = f"form.{code}.{self.name}.{name}"
            table.append(Parameter(full, Prior.of(each.value), "share", each.meaning, each.sources, 0.0, 1.0))
        return table


def interest(*, weight: float, claims: list[str], scale: str) -> Callable[[F], F]:
    """Mark a method ``(self, state, env, *, numbers)`` as an interest. A weight of 0 keeps it silent."""

    def mark(function: F) -> F:
        meaning = " ".join((function.__doc__ or "").split())
        function.interest = Interest(  # type: ignore[attr-defined]
            function.__name__, weight, tuple(claims), scale, function, meaning
        )
        return function

    return mark
