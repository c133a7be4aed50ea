"""Moves: what a country can do in a quarter, and what each pushes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from triangle_sim.uncertainty import Parameter, Prior
from triangle_sim.uncertainty.parameters import WIDTH, one_sided


@dataclass(frozen=True)
class Effect:
    """A push on one state variable, in latent units a quarter, with the claims that argue for it."""

    size: float
    claims: tuple[str, ...] = ()

    def parameter(self, name: str, variable: str) -> Parameter:
        """The push as an uncertain number: its size a judgement, give or take a half; its sign is the claim's."""
        return Parameter(
            f"{name}.{variable}",
            Prior.of({"dist": "norm", "loc": self.size, "scale": WIDTH * abs(self.size)}),
            "latent units per quarter",
            f"push on {variable}",
            self.claims,
            *one_sided(self.size),
        )


def because(size: float, *claims: str) -> Effect:
    """An effect that rests on claims of its own rather than on those of its move."""
    return Effect(size, claims)


def justified(effects: Mapping[str, float | Effect], claims: tuple[str, ...]) -> dict[str, Effect]:
    """Effects with their claims: each its own, or else those given."""
    return {name: each if isinstance(each, Effect) else Effect(each, claims) for name, each in effects.items()}


@dataclass(frozen=True)
class Move:
    """One concrete thing a country can do in a quarter.

    ``effects`` are pushes on state variables (latent units: the variable's own units at mid-range, less toward its
    ends), ``cost`` is in payoff units (the whole payoff runs from 0 to 1), ``says`` is the sentence a story tells.
    """

    name: str
    says: str
    cost: float
    claims: tuple[str, ...]
    effects: Mapping[str, float | Effect]

    def pushes(self) -> dict[str, Effect]:
        """The effects, each with its claims: its own, or else those of the move."""
        return justified(self.effects, self.claims)

    def parameters(self, code: str) -> list[Parameter]:
        """Its cost and effects as uncertain numbers of a country."""
        prior = {"dist": "lognorm", "s": 0.6, "scale": self.cost} if self.cost else 0.0
        cost = Parameter(
            f"cost.{code}.{self.name}",
            Prior.of(prior),
            "payoff units",
            f"what it costs to {self.says}",
            ("judgement",),
            0.0,
        )
        name = f"effect.{code}.{self.name}"
        return [cost, *(effect.parameter(name, variable) for variable, effect in self.pushes().items())]
