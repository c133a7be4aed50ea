"""After the game: paths over the model's fan, moves beside the best reply, guesses beside results, all rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from triangle_sim.claims.words import linked
from triangle_sim.seat import Game
from triangle_sim.seat.futures import futures, played, shares
from triangle_sim.seat.option import Option
from triangle_sim.seat.review import Reviewed
from triangle_sim.web.classroom.playing import Moves, Playing, rounded
from triangle_sim.world import variables_of

Kept = TypeVar("Kept")

DRAWS, REPLICATES = 100, 10
"""Futures of a fan: draws of what nobody knows, times luck."""
QUANTILES = ("q05", "q25", "q50", "q75", "q95")
TOLD = 3
"""Interests that are named for a difference between two moves."""


class Debrief:
    """What is worked out once a game and kept: all of it in the model's thread."""

    def __init__(self, playing: Playing, draws: int = DRAWS, replicates: int = REPLICATES) -> None:
        self.playing, self.draws, self.replicates = playing, draws, replicates
        self._kept: dict[Any, Any] = {}

    def fan(self, variable: str) -> dict[str, Any]:
        """Quantiles of a variable by quarter over the model's futures, no seat taken."""
        return self._once(("fan", variable), self._fan, variable)

    def path(self, round_: int, moves: Moves, variable: str) -> list[float]:
        """A room's own history of a variable, from the start to the horizon."""
        return rounded(self._whole(round_, moves).path(variable))

    def ending(self, round_: int, moves: Moves) -> str:
        """How a room's own history ends."""
        return self.playing.ending(self._whole(round_, moves))

    def telling(self, round_: int, moves: Moves) -> str:
        """The variable in which a room's history ends farthest from the model's futures, as a share of its range."""

        def away(variable: str) -> float:
            ends = self.path(round_, moves, variable)[-1], self.fan(variable)["q50"][-1]
            return float(abs(ends[0] - ends[1]) / (variables[variable].high - variables[variable].low))

        variables = variables_of(self.playing.countries)
        return max(self.playing.variables, key=away)

    def game(self, round_: int, moves: Moves) -> dict[str, Any]:
        """How a room's moves end in other worlds, and what each move was worth."""
        return self._once(("game", round_, _frozen(moves)), self._game, round_, moves)

    def _once(self, key: Any, work: Callable[..., Kept], *arguments: Any) -> Kept:
        if key not in self._kept:
            if len(self._kept) > 200:
                self._kept.clear()
            self._kept[key] = work(*arguments)
        found: Kept = self._kept[key]
        return found

    def _whole(self, round_: int, moves: Moves) -> Game:
        return self._once(("whole", round_, _frozen(moves)), self.playing.to_the_end, round_, moves)

    def _fan(self, variable: str) -> dict[str, Any]:
        table = self.playing.game(0, ()).fan(variable, False, self.draws, self.replicates)
        rows = table[table["theory"] == "all"]
        return {"draws": self.draws, "replicates": self.replicates, **{name: rounded(rows[name]) for name in QUANTILES}}

    def _game(self, round_: int, moves: Moves) -> dict[str, Any]:
        whole, game = self._whole(round_, moves), self.playing.game(round_, moves)
        without = shares(futures(game.scenario, self.draws, self.replicates, game.seed))
        with_ = shares(played(game.scenario_with_seats(), self.draws, self.replicates, game.seed))
        review = {code: game.review(code) for code in self.playing.countries}
        told = {
            code: [
                _move(each, game.options(code, turn)) for turn, each in enumerate(reviewed)
            ] for code, reviewed in review.items()
        }  # fmt: skip
        ends = {
            ending: {"with": float(with_[ending]["all"].value), "without": float(by_view["all"].value)}
            for ending, by_view in without.items()
            if ending in with_
        }
        return {
            "theory": whole.theory,
            "futures": self.draws * self.replicates,
            "endings": ends,
            "moves": told,
            "claims": linked(_claims(told.values()), None),
        }


def _move(reviewed: Reviewed, options: list[Option]) -> dict[str, Any]:
    """A move, the best reply of its quarter, what made the difference, and what every move promised."""
    worth = [
        {
            "move": each.move,
            "payoff": round(each.payoff, 4),
            "chance": round(each.chance, 4),
            "claims": list(each.claims),
        }
        for each in options
    ]
    return {
        "quarter": reviewed.quarter,
        "move": reviewed.move,
        "team": reviewed.sealed,
        "best": reviewed.best,
        "lost": round(reviewed.lost, 4),
        "cost": round(reviewed.cost, 4),
        "reasons": [
            {"interest": each.interest, "gain": round(each.gain, 4), "claims": list(each.claims)}
            for each in reviewed.reasons[:TOLD]
        ],
        "options": sorted(worth, key=lambda each: -float(each["payoff"])),
    }


def _claims(countries: Iterable[list[dict[str, Any]]]) -> set[str]:
    moves = [move for moves in countries for move in moves]
    return {
        claim
        for move in moves
        for part in (*move["reasons"], *(o for o in move["options"] if o["move"] in (move["move"], move["best"])))
        for claim in part["claims"]
    }


def _frozen(moves: Moves) -> tuple[tuple[tuple[str, str | None], ...], ...]:
    return tuple(tuple(sorted(each.items())) for each in moves)


def guesses(seats: Mapping[str, Any], ending: str) -> list[dict[str, Any]]:
    """Each team's guess, and whether it came true in this history."""
    return [
        {"country": code, "guess": seat.guess, "right": seat.guess == ending}
        for code, seat in seats.items()
        if seat.guess is not None
    ]
