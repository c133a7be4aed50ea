"""What every country has: a menu of moves, interests, and a seat as a Mesa agent.

A country's payoff is ``V = sum_k weight_k * phi_k(state, environment)``; each interest ``phi_k`` is one small pure
function with values in [0, 1], so weights compare and ``rationality`` means the same for all countries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

import mesa

from triangle_sim.arrays import Array
from triangle_sim.uncertainty import Parameter, Prior

Phi = Callable[..., Array]
F = TypeVar("F", bound=Phi)


@dataclass(frozen=True)
class Effect:
    """A push on one state variable, in latent units a quarter, with the claims that argue for it."""

    size: float
    claims: tuple[str, ...] = ()


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


@dataclass(frozen=True)
class Interest:
    """One term of a country's payoff. ``weight`` is its default before the weights are made to sum to one."""

    name: str
    weight: float
    claims: tuple[str, ...]
    scale: str
    phi: Phi
    meaning: str

    def __call__(self, state: Any, env: Any) -> Array:
        """Its value in [0, 1] at a state and environment."""
        return self.phi(None, state, env)


def interest(*, weight: float, claims: list[str], scale: str) -> Callable[[F], F]:
    """Mark a method ``(self, state, env)`` as an interest. A weight of 0 keeps it silent until a theory gives one."""

    def mark(function: F) -> F:
        meaning = " ".join((function.__doc__ or "").split())
        function.interest = Interest(  # type: ignore[attr-defined]
            function.__name__, weight, tuple(claims), scale, function, meaning
        )
        return function

    return mark


class Country(mesa.Agent):  # type: ignore[misc]
    """A country as a Mesa agent, for all runs of its model at once.

    Attributes
    ----------
    mix, move
        what it last mixed ``(moves, runs)`` and played ``(runs,)``, an index into :meth:`menu`; ``None`` at the start.
    """

    code: ClassVar[str]
    label: ClassVar[str]
    moves: ClassVar[tuple[Move, ...]]

    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
        self.mix: Array | None = None
        self.move: Array | None = None

    def play(self, mix: Array, move: Array) -> None:
        """Take note of this quarter's mix and move."""
        self.mix, self.move = mix, move

    @property
    def move_name(self) -> str | list[str] | None:
        """The move just played, by name: one word in a model of one run, else a list with one a run."""
        if self.move is None:
            return None
        names = [self.menu()[index].name for index in self.move]
        return names[0] if len(names) == 1 else names

    def goodwill(self, towards: str) -> Array:
        """How well it is disposed to another country now, ``(runs,)`` in [-1, 1]."""
        return self.model.level(f"goodwill[{self.code},{towards}]")

    @classmethod
    def interests(cls) -> dict[str, Interest]:
        """Its interests by name, in the order of their names."""
        found = [getattr(cls, name) for name in sorted(dir(cls))]
        return {each.interest.name: each.interest for each in found if hasattr(each, "interest")}

    @classmethod
    def menu(cls) -> tuple[Move, ...]:
        """Its moves in the order of their names, so that the order on the page is of no account."""
        return tuple(sorted(cls.moves, key=lambda move: move.name))

    @classmethod
    def parameters(cls) -> list[Parameter]:
        """Every uncertain number of this country, with prior, unit and source."""
        code = cls.code
        table = [
            Parameter(
                f"rationality.{code}",
                Prior.of({"dist": "lognorm", "s": 0.35, "scale": 100.0}),
                "per unit of payoff",
                "how sharply choices follow payoffs (logit precision)",
                ("judgement", "A24") if code == "PRK" else ("judgement",),
                0.0,
                1000.0,
            ),
            Parameter(
                f"foresight.{code}",
                Prior.of({"dist": "triang", "low": 1.0, "mode": 4.0, "high": 8.0}),
                "quarters",
                "how long the actor imagines the present pattern kept up",
                ("judgement", "A29") if code == "PRK" else ("judgement",),
                1.0,
                20.0,
            ),
            Parameter(
                f"memory.{code}",
                Prior.of({"dist": "uniform", "loc": 0.15, "scale": 0.3}),
                "share per quarter",
                "weight of the last quarter in what others take to be its habit",
                ("judgement",),
                0.01,
                1.0,
            ),
        ]
        for each in cls.interests().values():
            prior = {"dist": "lognorm", "s": 0.5, "scale": each.weight} if each.weight else 0.0
            table.append(
                Parameter(
                    f"weight.{code}.{each.name}",
                    Prior.of(prior),
                    "share of the payoff before normalising",
                    each.meaning,
                    each.claims,
                    0.0,
                )
            )
        for move in cls.moves:
            table.append(
                Parameter(
                    f"cost.{code}.{move.name}",
                    Prior.of({"dist": "lognorm", "s": 0.3, "scale": move.cost} if move.cost else 0.0),
                    "payoff units",
                    f"what it costs to {move.says}",
                    ("judgement",),
                    0.0,
                )
            )
            table += [
                effect_parameter(f"effect.{code}.{move.name}.{name}", effect) for name, effect in move.pushes().items()
            ]
        return table


def effect_parameter(name: str, effect: Effect) -> Parameter:
    """A push as an uncertain number: its size is a judgement, give or take 30 per cent; its sign is the claim's."""
    return Parameter(
        name,
        Prior.of({"dist": "norm", "loc": effect.size, "scale": 0.3 * abs(effect.size)}),
        "latent units per quarter",
        "push on " + name.split(".", 3)[-1] if name.startswith("effect.") else "push on " + name.split(".", 2)[-1],
        effect.claims,
    )
