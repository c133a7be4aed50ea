"""Each move of a game beside the best reply of its quarter."""

from __future__ import annotations

from dataclasses import dataclass

from triangle_sim.seat.option import Option
from triangle_sim.story.story import Reason


@dataclass(frozen=True)
class Reviewed:
    """One quarter of a country: what it played, and what would have paid best as it could see then.

    ``sealed`` is False where its own rule chose the move. ``lost`` is the payoff of the best reply less that of the
    move played, 0 for the best reply itself; ``reasons`` are the interests that make the difference, the largest first
    (``gain``: of the best reply over the move played), ``cost`` what the best reply costs more.
    """

    quarter: str
    country: str
    move: str
    sealed: bool
    best: str
    lost: float
    reasons: tuple[Reason, ...]
    cost: float


def reviewed(quarter: str, options: tuple[Option, ...], move: str, sealed: bool) -> Reviewed:
    """Hold a move against the options of its quarter."""
    own = next(option for option in options if option.move == move)
    best = next(option for option in options if option.best)
    gains = [
        Reason(there.interest, there.value - here.value, there.claims)
        for there, here in zip(best.terms, own.terms, strict=True)
        if there.value != here.value
    ]
    gains.sort(key=lambda reason: -abs(reason.gain))
    lost, cost = best.payoff - own.payoff, best.cost - own.cost
    return Reviewed(quarter, own.country, move, sealed, best.move, lost, tuple(gains), cost)
