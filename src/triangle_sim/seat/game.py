"""A game: one history of a scenario in which people choose the moves of some countries, quarter by quarter."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from triangle_sim.countries import countries
from triangle_sim.errors import UsageError, quote
from triangle_sim.montecarlo.result import Result
from triangle_sim.names import country_code, country_name, did_you_mean
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import Scenario
from triangle_sim.seat import export, futures
from triangle_sim.seat.option import Option, options_of
from triangle_sim.seat.replay import Replay, ending_of, replay
from triangle_sim.seat.review import Reviewed, reviewed
from triangle_sim.seat.situation import Situation, situation_of
from triangle_sim.story.story import Chapter


@dataclass(frozen=True)
class Game:
    """A game after ``turn`` quarters; playing and taking back give another.

    Parameters
    ----------
    scenario
        what is played, without seats of its own (see :meth:`of`).
    seed, draw, replicate
        the history: the run of this address, as everywhere.
    moves
        what was played from the seats, by country: one a quarter, None where its own rule chose. A country that is not
        there, and a list that ends early, is left to its own rule.
    turn
        how many quarters have been played.

    Raises
    ------
    UsageError
        for a country, a move or a quarter that there is not, with what there is.
    """

    scenario: Scenario
    seed: int = 1
    draw: int = 0
    replicate: int = 0
    moves: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    turn: int = 0
    told: tuple[Chapter, ...] = field(default=(), repr=False, compare=False)
    """Chapters of the same game that are known already, so that they need not be told again."""

    def __post_init__(self) -> None:
        if not 0 <= self.turn <= self.scenario.quarters:
            help = f"{self.scenario.name} lasts {self.scenario.quarters}"
            raise UsageError(f"{self.turn} quarters cannot have been played", help)
        if self.scenario.seats:
            raise UsageError("this scenario has seats of its own", "Game.of(scenario) goes on from them")
        whole = {}
        for given, moves in self.moves.items():
            code = self.seat(given)
            for move in moves:
                self._check(code, move)
            if len(moves) > self.turn:
                raise UsageError(f"{len(moves)} moves of {code} in {self.turn} quarters", "give one a quarter")
            if any(move is not None for move in moves):
                whole[code] = (*moves, *[None] * (self.turn - len(moves)))
        object.__setattr__(self, "moves", dict(sorted(whole.items())))

    @classmethod
    def of(
        cls, scenario: Scenario | str, *, seed: int | None = None, draw: int | None = None, replicate: int | None = None
    ) -> Game:
        """A new game of a scenario; one that was exported goes on where it was left. By default it has the scenario's
        own seed, and is played in the history that the scenario shows."""
        loaded = load(scenario) if isinstance(scenario, str) else scenario
        seats = {code: tuple(moves) for code, moves in loaded.seats.items()}
        bare = loaded.with_(seats=dict.fromkeys(seats), run=None) if seats or loaded.run else loaded
        turn = max(map(len, seats.values()), default=0)
        run = loaded.shown if draw is None and replicate is None else (draw or 0, replicate or 0)
        return cls(bare, loaded.seed if seed is None else seed, *run, seats, turn)

    @property
    def over(self) -> bool:
        """Whether the horizon is reached."""
        return self.turn == self.scenario.quarters

    @property
    def codes(self) -> tuple[str, ...]:
        """The countries at the table, in alphabetical order."""
        return tuple(sorted(self.scenario.countries))

    @cached_property
    def replay(self) -> Replay:
        """The game played again from its start."""
        return replay(self.scenario_with_seats(), self.seed, self.draw, self.replicate, self.turn, self.told)

    @property
    def theory(self) -> str:
        """Under whose theory this history runs."""
        return str(self.replay.trajectory.theory[0])

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The story so far, a chapter a quarter."""
        return self.replay.chapters

    def options(self, country: str, quarter: int | None = None) -> list[Option]:
        """What a country can play in the coming quarter, as it sees it before anybody moves; or what it could play in
        an earlier ``quarter``, counted from 0."""
        if quarter is None or quarter == self.turn:
            self._not_over()
        elif not 0 <= quarter < self.turn:
            raise UsageError(f"quarter {quarter} has not come", f"give one from 0 to {self.turn}")
        return list(self._options(self.seat(country), self.turn if quarter is None else quarter))

    def own(self, country: str) -> str:
        """What a country's own rule will play in the coming quarter, if nobody plays for it."""
        self._not_over()
        return self._played(self.seat(country), self.turn)

    def situation(self) -> Situation:
        """How things stand before the coming quarter's moves."""
        return situation_of(self.replay, self.turn)

    def path(self, variable: str) -> list[float]:
        """A state variable of this history from the start to now: ``turn + 1`` levels."""
        t = self.replay.trajectory
        if variable not in t.prepared.variables:
            raise UsageError(
                f"no variable {quote(variable)}", did_you_mean(variable, t.prepared.variables, "variables")
            )
        return [float(level) for level in t[variable][: self.turn + 1, 0]]

    def play(self, moves: Mapping[str, str | None] | None = None) -> Game:
        """The game a quarter later: sealed moves by country; who is not named, or plays None, goes by its own rule."""
        self._not_over()
        chosen = {self.seat(country): move for country, move in (moves or {}).items()}
        for code, move in chosen.items():
            self._check(code, move)
        none = (None,) * self.turn
        lists = {code: (*self.moves.get(code, none), chosen.get(code)) for code in {*self.moves, *chosen}}
        return replace(self, moves=lists, turn=self.turn + 1, told=self._known)

    def undo(self) -> Game:
        """The game a quarter earlier. Raises UsageError at its start."""
        if not self.turn:
            raise UsageError("nothing has been played that could be taken back")
        moves = {code: moves[:-1] for code, moves in self.moves.items()}
        return replace(self, moves=moves, turn=self.turn - 1, told=self._known[: self.turn - 1])

    def scenario_with_seats(self) -> Scenario:
        """The scenario that plays this game again, in this history and in any other."""
        if not self.turn:
            return self.scenario
        # Where all went by their own rules, one empty seat still says how many quarters were played.
        seats = self.moves or {self.codes[0]: (None,) * self.turn}
        return self.scenario.with_(seats={code: list(moves) for code, moves in seats.items()})

    def export(self, path: str | os.PathLike[str]) -> Path:
        """Write it as a scenario file, which `run` and `story` play; returns its path."""
        file = Path(path)
        export.write(file, self.scenario, self.scenario_with_seats(), self.seed, self.draw, self.replicate, self.turn)
        return file

    def review(self, country: str) -> list[Reviewed]:
        """Each move of a country so far beside the best reply of its quarter."""
        code = self.seat(country)
        sealed = self.moves.get(code, (None,) * self.turn)
        return [
            reviewed(self.replay.prepared.quarters[q], self._options(code, q), self._played(code, q), move is not None)
            for q, move in enumerate(sealed)
        ]

    def fan(
        self,
        variable: str,
        with_you: bool = True,
        draws: int = futures.DRAWS,
        replicates: int = futures.REPLICATES,
    ) -> pd.DataFrame:
        """A variable over many futures, with the game's moves played in all of them or in none.

        Returns one row a theory (``all`` first) and quarter: ``theory``, ``quarter``, ``mean``, ``q05`` ... ``q95``.
        """
        return futures.fan_of(self._futures(with_you, draws, replicates), variable)

    def endings(self, draws: int = futures.DRAWS, replicates: int = futures.REPLICATES) -> futures.Endings:
        """How many futures end, with the game's moves and without, on the same worlds."""
        with_, without = (futures.shares(self._futures(each, draws, replicates)) for each in (True, False))
        return futures.Endings(with_, without, draws, replicates, self.seed)

    def ending(self) -> str:
        """How this very history ends if all go on by their own rules; empty in a world that endings are not about."""
        return ending_of(self.scenario_with_seats(), self.seed, self.draw, self.replicate)

    def seat(self, country: str) -> str:
        """The code of a country at the table, by code or another name. Raises UsageError for any other."""
        code = country_code(country) if isinstance(country, str) else ""
        if code not in self.codes:
            known = [f"{each} ({country_name(each)})" for each in self.codes]
            raise UsageError(f"no country {quote(country)} at the table", f"countries: {', '.join(known)}")
        return code

    @property
    def _known(self) -> tuple[Chapter, ...]:
        return self.chapters if "replay" in vars(self) else self.told

    def _futures(self, with_you: bool, draws: int, replicates: int) -> Result:
        scenario = self.scenario_with_seats() if with_you else self.scenario
        return futures.futures(scenario, draws, replicates, self.seed)

    def _options(self, code: str, quarter: int) -> tuple[Option, ...]:
        found = self.replay
        return options_of(found.prepared, found.payoffs, found.reasons[quarter], code)

    def _played(self, code: str, quarter: int) -> str:
        found = self.replay
        menu = found.payoffs.players[code].menu
        return menu[int(found.trajectory.moves[quarter, self.codes.index(code), 0])].name

    def _check(self, code: str, move: str | None) -> None:
        """Raises UsageError for a move that a country does not have, or cannot make here."""
        if move is None:
            return
        menu = [each.name for each in countries()[code].menu()]
        if move not in menu:
            raise UsageError(f"{code} has no move {quote(move)}", did_you_mean(str(move), menu, "moves"))
        if move in self.scenario.moves.disable.get(code, ()):
            left = [each for each in menu if each not in self.scenario.moves.disable[code]]
            raise UsageError(f"{code} cannot play {move}: the scenario disables it", f"moves: {', '.join(left)}")

    def _not_over(self) -> None:
        if self.over:
            last = self.scenario.end
            raise UsageError(f"the game is over: {last} was its last quarter", "undo() takes a quarter back")
