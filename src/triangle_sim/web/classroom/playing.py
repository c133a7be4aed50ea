"""What is played: the scenario, one history of it for every room, and how moves become news.

All of it runs in the model's thread. A room's moves are the whole game: its history is played again from them, so that
nothing but moves has to be kept.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from triangle_sim.backends.backend import AUTO, choose
from triangle_sim.countries import countries
from triangle_sim.errors import UsageError
from triangle_sim.model.prepared import prepared_for
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.montecarlo import compute
from triangle_sim.montecarlo.versions import version
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.outcomes.end_state import ENDINGS, end_state
from triangle_sim.scenario.schema import Scenario
from triangle_sim.seat import Game
from triangle_sim.world import variables_of

Moves = tuple[Mapping[str, str | None], ...]
"""One mapping a turn that is over."""
Frozen = tuple[tuple[tuple[str, str | None], ...], ...]
"""The same as what can be looked up."""
KEPT = 128
"""Games whose replay is kept: the last few turns of every room."""

FIRST = ("goodwill[RUS,PRK]", "goodwill[CHN,PRK]", "us_prk_dialogue", "peninsula_tension")
"""Variables that the debrief offers before all others."""


@dataclass(frozen=True)
class Told:
    """A room's history so far, as plain data.

    ``turns`` are the news of each turn; ``now`` is how things stand before the open one.
    """

    turns: list[dict[str, Any]]
    now: dict[str, Any]


@dataclass(frozen=True)
class Playing:
    """A scenario and the run of it that all rooms play: the same luck for all, so that only moves differ.

    Another game in a room plays the next replicate: other luck under the same theory and parameters.
    """

    scenario: Scenario
    seed: int
    draw: int = 0
    replicate: int = 0

    def __post_init__(self) -> None:
        if self.scenario.seats:
            raise UsageError(
                f"{self.scenario.name} is a game that has been played: its seats are taken",
                "give the scenario that it was a game of; `story` and `run` play a game again",
            )

        if missing := sorted({*OUTCOMES["end_state"].needs} - {*self.scenario.countries}):
            raise UsageError(
                f"{self.scenario.name} lacks {', '.join(missing)}",
                "teams guess how it ends for North Korea between its three great powers: add them to 'countries'",
            )

    def head(self) -> dict[str, Any]:
        """What a journal says of it."""
        return {
            "scenario": self.scenario.model_dump(mode="json", by_alias=True),
            "sha256": self.scenario.content_hash(), "seed": self.seed, "run": [self.draw, self.replicate],
            "version": version(),
        }  # fmt: skip

    @property
    def countries(self) -> tuple[str, ...]:
        """Codes of those at the table, in alphabetical order."""
        return tuple(sorted(self.scenario.countries))

    @property
    def menus(self) -> dict[str, list[str]]:
        """What each can play."""
        known, off = countries(), self.scenario.moves.disable
        return {c: [move.name for move in known[c].menu() if move.name not in off.get(c, ())] for c in self.countries}

    @property
    def endings(self) -> tuple[str, ...]:
        """How it can end."""
        return ENDINGS

    @property
    def variables(self) -> list[str]:
        """What the debrief can show over time, the most telling first."""
        names = variables_of(self.countries)
        first = [name for name in FIRST if name in names]
        return [*first, *(name for name in names if name not in first)]

    @property
    def quarters(self) -> list[str]:
        """Labels of the quarters, the starting one first; one more than are played."""
        return [str(self.scenario.start + k) for k in range(self.scenario.quarters + 1)]

    @property
    def about(self) -> dict[str, Any]:
        """What pages must know of the scenario."""
        known, bounds = countries(), variables_of(self.countries)
        says = {code: {move.name: move.says for move in known[code].menu()} for code in self.countries}
        return {
            "name": self.scenario.name,
            "title": self.scenario.title or self.scenario.name,
            "question": self.scenario.question,
            "countries": [{"code": code, "label": known[code].label} for code in self.countries],
            "menus": {code: [{"move": m, "says": says[code][m]} for m in menu] for code, menu in self.menus.items()},
            "endings": list(self.endings),
            "variables": {n: {"low": bounds[n].low, "high": bounds[n].high, "says": bounds[n].meaning}
                          for n in self.variables},
            "quarters": self.quarters,
            "seed": self.seed,
            "run": self.address(0),
            "sha256": self.scenario.content_hash(),
            "version": version(),
        }  # fmt: skip

    def address(self, round_: int) -> str:
        """The run that a room's ``round_``-th game plays, as `story` takes it."""
        return f"{self.draw}.{self.replicate + round_}"

    def game(self, round_: int, moves: Moves) -> Game:
        """The game after these moves, in the history that the room's ``round_``-th game plays."""
        return self._games(round_, frozen(moves))

    @cached_property
    def _games(self) -> Callable[[int, Frozen], Game]:
        """Games by their moves: news, a look back and the file share a replay, and a turn is told once."""

        @lru_cache(maxsize=KEPT)
        def game(round_: int, moves: Frozen) -> Game:
            if not moves:
                return Game(self.scenario, self.seed, self.draw, self.replicate + round_)
            return game(round_, moves[:-1]).play(dict(moves[-1]))

        return game

    def to_the_end(self, round_: int, moves: Moves) -> Trajectory:
        """The same history once everybody has gone on by the own rule to the horizon."""
        game = self.game(round_, moves)
        return _simulated(game, [game.draw], [game.replicate])

    def endings_of(self, game: Game, draws: int, replicates: int) -> dict[str, float]:
        """Shares of futures by how they end, with the game's moves in all of them."""
        found = _simulated(game, np.repeat(range(draws), replicates), np.tile(range(replicates), draws))
        counts = np.bincount(end_state(found), minlength=len(ENDINGS))
        return {name: float(count / counts.sum()) for name, count in zip(ENDINGS, counts, strict=True)}

    def told(self, round_: int, moves: Moves) -> Told:
        """The news of all turns, and how things stand."""
        game = self.game(round_, moves)
        turns = [_news(game, turn, moves[turn]) for turn in range(len(moves))]
        return Told(turns, _now(game))

    def export(self, code: str, round_: int, moves: Moves) -> str:
        """The game as the text of a scenario file."""
        with tempfile.TemporaryDirectory() as folder:
            path = self.game(round_, moves).export(Path(folder) / f"game_{code}.yaml")
            return path.read_text(encoding="utf-8").replace(os.fspath(path), path.name)


def _simulated(game: Game, draws: Any, replicates: Any) -> Trajectory:
    """Runs of a game's scenario to the horizon, by the quickest backend; without the tables that `run` makes."""
    scenario = game.scenario_with_seats()
    return compute.futures(prepared_for(scenario), game.seed, draws, replicates, choose(AUTO), "double", None, ())


def _news(game: Game, turn: int, sealed: Mapping[str, str | None]) -> dict[str, Any]:
    """What happened in a turn: events, moves and whose they were, meetings, changes, the triangle after it."""
    chapter, prepared, t = game.chapters[turn], game.replay.prepared, game.replay.trajectory
    begun = [name for k, name in enumerate(prepared.clock.names) if t.begins[turn, k, 0]]
    met = [joint for k, joint in enumerate(prepared.joint_effects) if t.meetings[turn, k, 0]]
    return {
        "quarter": chapter.quarter,
        "events": [{"name": name, "title": prepared.scenario.events[name].title or name} for name in begun],
        "acts": [
            {"country": act.country, "move": act.move, "says": act.says, "team": sealed.get(act.country) is not None}
            for act in chapter.acts
        ],
        "meetings": [{"name": joint.name, "says": joint.says} for joint in met],
        "changes": [{"variable": c.variable, "before": c.before, "after": c.after} for c in chapter.changes],
        "triangle": chapter.triangle,
        "role": chapter.role,
    }


def _now(game: Game) -> dict[str, Any]:
    """How things stand before the open turn, what begins in it told first."""
    situation, prepared, t = game.situation(), game.replay.prepared, game.replay.trajectory
    names = [] if game.over else prepared.clock.names
    begun = [name for k, name in enumerate(names) if t.begins[game.turn, k, 0]]
    return {
        "quarter": situation.quarter,
        "events": [{"name": name, "title": prepared.scenario.events[name].title or name} for name in begun],
        "ties": [{"a": tie.first, "b": tie.second, "value": tie.level, "sign": tie.sign} for tie in situation.ties],
        "triangle": situation.triangle,
        "roles": dict(situation.roles),
        "offers": [{"by": o.by, "move": o.move, "to": o.to, "answer": o.answer, "meeting": o.meeting}
                   for o in situation.offers if not o.barred],
    }  # fmt: skip


def frozen(moves: Moves) -> Frozen:
    """Moves as a key."""
    return tuple(tuple(sorted(each.items(), key=lambda item: item[0])) for each in moves)


def rounded(values: Any, digits: int = 4) -> list[float]:
    """Numbers short enough to send."""
    return [float(value) for value in np.round(np.asarray(values, float), digits)]
