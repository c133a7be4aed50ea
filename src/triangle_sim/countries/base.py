"""What every country has: a menu of moves, interests, and a place among the agents of a Mesa model.

A country's payoff is ``V = sum_k weight_k * phi_k(state, environment)``; each interest ``phi_k`` is one small pure
function with values in [0, 1], so weights compare and ``rationality`` means the same for all countries.
"""

from __future__ import annotations

from typing import ClassVar

import mesa

from triangle_sim.arrays import Array
from triangle_sim.countries.interest import Interest
from triangle_sim.countries.move import Move
from triangle_sim.uncertainty import Parameter, Prior


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
        """Remember this quarter's mix and move."""
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
        """Its interests by name, sorted."""
        found = [getattr(cls, name) for name in sorted(dir(cls))]
        return {each.interest.name: each.interest for each in found if hasattr(each, "interest")}

    @classmethod
    def menu(cls) -> tuple[Move, ...]:
        """Its moves sorted by name, so their order in the source does not matter."""
        return tuple(sorted(cls.moves, key=lambda move: move.name))

    @classmethod
    def parameters(cls) -> list[Parameter]:
        """Every uncertain number of this country, with prior, unit and source."""
        code = cls.code
        table = [
            Parameter(
                f"rationality.{code}",
                Prior.of({"dist": "lognorm", "s": 0.6, "scale": 150.0}),
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
        table += [p for each in cls.interests().values() for p in each.parameters(code)]
        return table + [p for move in cls.menu() for p in move.parameters(code)]
