"""What a move was worth beside another: in what, how much, and by which claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from triangle_sim.seat.option import Option
from triangle_sim.seat.review import Reviewed, reviewed

TOLD = 3
"""Interests that are named for a difference between two moves; the others are summed."""


def told(own: Reviewed, options: Sequence[Option]) -> dict[str, Any]:
    """A move, the best reply of its quarter, and what every move promised.

    What made the difference is told of the best reply beside the move that was played; where that was the best one,
    beside the next best, so that a good move is explained as well as a bad one.
    """
    ranked = sorted(options, key=lambda each: -each.payoff)
    beside = own
    if own.best == own.move and len(ranked) > 1:
        second = next(each.move for each in ranked if each.move != own.best)
        beside = reviewed(own.quarter, tuple(options), second, own.sealed)
    named, others = beside.reasons[:TOLD], beside.reasons[TOLD:]
    return {
        "quarter": own.quarter,
        "move": own.move,
        "team": own.sealed,
        "weighed": all(each.weighed for each in options),
        "best": own.best,
        "lost": round(own.lost, 4),
        "beside": beside.move,
        "ahead": round(beside.lost, 4),
        "cost": round(beside.cost, 4),
        "reasons": [
            {"interest": each.interest, "gain": round(each.gain, 4), "claims": list(each.claims)} for each in named
        ],
        "others": round(sum(each.gain for each in others), 4),
        "options": [
            {
                "move": each.move,
                "payoff": round(each.payoff, 4),
                "chance": round(each.chance, 4),
                "claims": list(each.claims),
            }
            for each in ranked
        ],
    }


def claims_of(countries: Iterable[Sequence[dict[str, Any]]]) -> set[str]:
    """The claims behind all reasons, and behind the moves that they compare."""
    moves = [move for moves in countries for move in moves]
    return {
        claim
        for move in moves
        for part in (*move["reasons"], *(o for o in move["options"] if o["move"] in (move["move"], move["best"])))
        for claim in part["claims"]
    }
