"""After the game: paths over the model's fan, moves beside the best reply, guesses beside results, all rooms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from triangle_sim.claims.words import linked
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.outcomes.end_state import ENDINGS, end_state
from triangle_sim.web.classroom.playing import Moves, Playing, frozen, rounded
from triangle_sim.web.classroom.worth import claims_of, told
from triangle_sim.world import variables_of

Kept = TypeVar("Kept")

DRAWS, REPLICATES = 100, 10
"""Futures of a fan: draws of what nobody knows, times luck."""
QUANTILES = ("q05", "q25", "q50", "q75", "q95")
MOST = 2000
"""Things that are kept: every turn of twenty rooms, and then some."""


@dataclass(frozen=True)
class Ended:
    """What is looked back on: a room's game that is over, as it was when somebody asked."""

    code: str
    round: int
    moves: Moves
    guesses: Mapping[str, str]


class Debrief:
    """What is worked out once a game and kept: all of it in the thread of debriefs."""

    def __init__(self, playing: Playing, draws: int = DRAWS, replicates: int = REPLICATES) -> None:
        self.playing, self.draws, self.replicates = playing, draws, replicates
        self._kept: dict[Any, Any] = {}

    def told(self, code: str, rooms: Sequence[Ended], variable: str | None) -> dict[str, Any]:
        """What the page of room ``code`` shows beside all others that are over; without a ``variable``, the one that
        tells most."""
        own = next(each for each in rooms if each.code == code)
        shown = variable or self.telling(own.round, own.moves)
        sides = [self._side(each, shown) for each in rooms]
        sides[rooms.index(own)]["game"] = self.game(own.round, own.moves)
        return {"code": code, "variable": shown, "fan": self.fan(shown), "rooms": sides}

    def fan(self, variable: str) -> dict[str, Any]:
        """Quantiles of a variable by quarter over the model's futures, no seat taken."""
        return self._once(("fan", variable), self._fan, variable)

    def telling(self, round_: int, moves: Moves) -> str:
        """The variable in which a room's history ends farthest from the model's futures, as a share of its range."""
        whole, variables = self._whole(round_, moves), variables_of(self.playing.countries)

        def away(variable: str) -> float:
            ends = whole[variable][-1, 0], self.fan(variable)["q50"][-1]
            return float(abs(ends[0] - ends[1]) / (variables[variable].high - variables[variable].low))

        return max(self.playing.variables, key=away)

    def game(self, round_: int, moves: Moves) -> dict[str, Any]:
        """How a room's moves end in other worlds, and what each move was worth."""
        return self._once(("game", round_, frozen(moves)), self._game, round_, moves)

    def turn(self, round_: int, moves: Moves) -> dict[str, dict[str, Any]]:
        """The last of these moves of each country, beside the best reply."""
        return self._once(("turn", round_, frozen(moves)), self._turn, round_, moves)

    def _turn(self, round_: int, moves: Moves) -> dict[str, dict[str, Any]]:
        game, turn = self.playing.game(round_, moves), len(moves) - 1
        return {code: told(game.review(code)[turn], game.options(code, turn)) for code in self.playing.countries}

    def _ends(self, round_: int, moves: Moves) -> dict[str, float]:
        futures = self.playing.endings_of, self.playing.game(round_, moves), self.draws, self.replicates
        return self._once(("ends", round_, frozen(moves)), *futures)

    def _side(self, room: Ended, variable: str) -> dict[str, Any]:
        """A room beside the others: its own history, how it stood at the last turn, its guesses and moves."""
        whole, now = self._whole(room.round, room.moves), self.playing.game(room.round, room.moves).situation()
        ending = ENDINGS[int(end_state(whole)[0])]
        return {
            "code": room.code,
            "turn": len(room.moves),
            "path": rounded(whole[variable][:, 0]),
            "ending": ending,
            "triangle": now.triangle,
            "roles": dict(now.roles),
            "guesses": [
                {"country": country, "guess": guess, "right": guess == ending}
                for country, guess in room.guesses.items()
            ],
            "played": {code: [turn.get(code) for turn in room.moves] for code in self.playing.countries},
        }

    def _once(self, key: Any, work: Callable[..., Kept], *arguments: Any) -> Kept:
        if key not in self._kept:
            if len(self._kept) > MOST:
                self._kept.clear()
            self._kept[key] = work(*arguments)
        found: Kept = self._kept[key]
        return found

    def _whole(self, round_: int, moves: Moves) -> Trajectory:
        return self._once(("whole", round_, frozen(moves)), self.playing.to_the_end, round_, moves)

    def _fan(self, variable: str) -> dict[str, Any]:
        table = self.playing.game(0, ()).fan(variable, False, self.draws, self.replicates)
        rows = table[table["theory"] == "all"]
        return {"draws": self.draws, "replicates": self.replicates, **{name: rounded(rows[name]) for name in QUANTILES}}

    def _game(self, round_: int, moves: Moves) -> dict[str, Any]:
        game = self.playing.game(round_, moves)
        turns = [self.turn(round_, moves[:turn]) for turn in range(1, len(moves) + 1)]
        moves_told = {code: [turn[code] for turn in turns] for code in self.playing.countries}
        with_, without = self._ends(round_, moves), self._ends(0, ())
        return {
            "theory": game.theory,
            "futures": self.draws * self.replicates,
            "endings": {ending: {"with": with_[ending], "without": without[ending]} for ending in with_},
            "moves": moves_told,
            "claims": linked(claims_of(moves_told.values()), None),
        }
