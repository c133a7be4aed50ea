"""What a reader could see of a future: moves, meetings and events, and when; what it cannot be seen, like goodwill, is
not here."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.backends.backend import choose
from triangle_sim.model.prepared import Prepared, prepared_for
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.compute import futures
from triangle_sim.montecarlo.sample import PIECE
from triangle_sim.montecarlo.workers.running import cores
from triangle_sim.names import country_name
from triangle_sim.outcomes.end_state import at_start, end_state, ending_of
from triangle_sim.scenario.schema import Scenario
from triangle_sim.wording import in_words

YEAR = 4
"""Quarters that an ending is read off."""


@dataclass(frozen=True)
class Sight:
    """Something that can be seen to happen: a move, a meeting or an event, in words; ``claims`` are those behind it."""

    name: str
    words: str
    claims: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Sightings:
    """What happened in the first quarters of some futures, and how they ended.

    Attributes
    ----------
    draw, theory
        ``(runs,)`` of each future.
    counts, when
        ``(sights, quarters looked at, runs)`` how often each sight had been seen by the end of each quarter, at most
        once a quarter.
    ending, start
        ``(runs,)`` codes of the ending, and of what the start looks like.
    settled
        ``(runs,)`` the quarter from which on the last four quarters look like the ending, to the end.
    """

    sights: tuple[Sight, ...]
    draw: NDArray[np.int64]
    theory: NDArray[Any]
    counts: NDArray[np.int8]
    ending: NDArray[np.int64]
    start: NDArray[np.int64]
    settled: NDArray[np.int64]


def sights_of(prepared: Prepared) -> tuple[Sight, ...]:
    """Everything that can be seen in a scenario: each country's moves but waiting, meetings, events."""
    found = [
        Sight(f"{country.code} {move.name}", f"{country_name(country.code)}: {move.says}", move.claims)
        for country in prepared.cast
        for move in country.menu()
        if move.name != "hold" and move.name not in prepared.scenario.moves.disable.get(country.code, ())
    ]
    found += [Sight(joint.name, joint.says, joint.claims) for joint in prepared.joint_effects]
    events = prepared.scenario.events
    found += [Sight(name, events[name].title or in_words(name), events[name].claims)
              for name in prepared.clock.names]  # fmt: skip
    return tuple(found)


def seen(t: Trajectory, sights: tuple[Sight, ...], within: int) -> NDArray[np.int8]:
    """How often each sight had been seen by the end of each of the first quarters ``(sights, within, runs)``."""
    joint, begun = {each.name for each in t.prepared.joint_effects}, list(t.prepared.clock.names)
    rows = []
    for sight in sights:
        if sight.name in joint:
            happened = t.met(sight.name)
        elif sight.name in begun:
            happened = t.begins[:, begun.index(sight.name)]
        else:
            code, _, move = sight.name.partition(" ")
            happened = t.played(code, move)
        rows.append(np.cumsum(happened[:within], axis=0, dtype=np.int8))
    return np.stack(rows)


def settled(t: Trajectory, ending: NDArray[np.int64]) -> NDArray[np.int64]:
    """The first quarter ``(runs,)`` from which on the year behind looks like the ending, until the end; 0 is the
    start."""
    quarters = t.state.shape[0]
    first = np.zeros(t.runs, np.int64)
    rows = {name: k for k, name in enumerate(t.prepared.variables)}
    for quarter in range(quarters):
        year = t.state[max(0, quarter - YEAR + 1) : quarter + 1].mean(axis=0)
        now = ending_of(lambda name, year=year: year[rows[name]])  # type: ignore[misc]
        first[now != ending] = quarter + 1
    return np.asarray(np.minimum(first, quarters - 1))


def look(
    scenario: Scenario, within: int, *, draws: int, replicates: int, seed: int, backend: str = "auto"
) -> Sightings:
    """Play a scenario, and keep what could be seen in its first quarters, and how each future ended."""
    prepared, backend = prepared_for(scenario), choose(backend)
    sights = sights_of(prepared)

    def play(piece: tuple[NDArray[np.int64], NDArray[np.int64]]) -> Sightings:
        t = futures(prepared, seed, *piece, backend, "double", None, ())
        ending = np.asarray(end_state(t), np.int64)
        start = np.asarray(at_start(t), np.int64)
        return Sightings(sights, piece[0], t.theory, seen(t, sights, within), ending, start, settled(t, ending))

    pieces = list(Cell((0, draws), (0, replicates)).pieces(PIECE))
    parts = [play(pieces[0])]  # alone: a new program is compiled once
    with ThreadPoolExecutor(cores()) as threads:
        parts += threads.map(play, pieces[1:])
    joined = {name: np.concatenate([getattr(part, name) for part in parts], axis=-1)
              for name in ("draw", "theory", "counts", "ending", "start", "settled")}  # fmt: skip
    return Sightings(sights, **joined)
