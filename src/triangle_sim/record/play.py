"""What an ensemble says of the years of a record: mutual ties by year, and which events happened in each.

A year's tie is the mean of the mutual tie after each of its quarters that are simulated. An event counts once a year,
however often it happens in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.backends.backend import choose, load
from triangle_sim.countries import JOINT_EFFECTS
from triangle_sim.model.prepared import Prepared, prepared_for
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.compute import BLOCK
from triangle_sim.quarters import Quarter
from triangle_sim.record.observations import pair
from triangle_sim.scenario.schema import Scenario
from triangle_sim.triangle.ties import ties as pairs_of
from triangle_sim.uncertainty import Table
from triangle_sim.world.variables import is_tie

Floats = NDArray[np.float64]

EVENTS: Mapping[str, str] = {
    "chn_prk_summit": "Kim meets China's leader",
    "rus_prk_summit": "Kim meets Russia's leader",
    "us_prk_summit": "Kim meets a US president",
    "inter_korean_summit": "the Koreas' leaders meet",
    "chn_prk_treaty": "Beijing's defence treaty",
    "rus_prk_treaty": "Moscow's defence treaty",
    "ship_arms_to_russia": "Pyongyang arms Moscow",
    "test_nuclear_weapon": "nuclear test",
    "test_missile": "missile tests",
}
"""What the record dates and the model can be asked about, with the words for it."""

_OF_ONE = dict.fromkeys(
    ("ship_arms_to_russia", "test_nuclear_weapon", "test_missile"), "PRK"
)  # all others are meetings


@dataclass(frozen=True, eq=False)
class Played:
    """An ensemble by year: ``ties (years, dyads, runs)`` in the order of ``dyads``; ``happened (years, events, runs)``
    in the order of ``events``; the ``theory (runs,)`` of each run."""

    years: tuple[int, ...]
    dyads: tuple[str, ...]
    events: tuple[str, ...]
    ties: Floats
    happened: NDArray[np.bool_]
    theory: NDArray[Any]


def possible(scenario: Scenario) -> tuple[str, ...]:
    """Those of :data:`EVENTS` that the scenario does not rule out by taking a move away, or a country."""
    needed: dict[str, tuple[tuple[str, str], ...]] = {
        joint.name: (joint.first, joint.second) for joint in JOINT_EFFECTS
    }
    needed |= {move: ((code, move),) for move, code in _OF_ONE.items()}
    gone = {(code, move) for code, moves in scenario.moves.disable.items() for move in moves}
    return tuple(
        name
        for name in EVENTS
        if not gone & set(needed[name]) and {code for code, _ in needed[name]} <= set(scenario.countries)
    )


def by_year(trajectory: Trajectory, dyads: Sequence[str]) -> Played:
    """A trajectory by year; ``dyads`` are written PRK-CHN, in any order."""
    scenario = trajectory.prepared.scenario
    in_year = np.asarray([(scenario.start + quarter).year for quarter in range(scenario.quarters)])
    years, begins = np.unique(in_year, return_index=True)
    order = list(pairs_of(scenario.countries))
    columns = [order.index(pair(dyad)) for dyad in dyads]
    after = trajectory.mutual[1:, columns]
    length = np.diff([*begins, in_year.size])[:, None, None]
    events = possible(scenario)
    happened = np.stack(
        [trajectory.played(_OF_ONE[name], name) if name in _OF_ONE else trajectory.met(name) for name in events], axis=1
    )
    return Played(
        tuple(int(year) for year in years),
        tuple(dyads),
        events,
        np.add.reduceat(after, begins, axis=0) / length,
        np.logical_or.reduceat(happened, begins, axis=0),
        trajectory.theory,
    )


def play(
    prepared: Prepared,
    dyads: Sequence[str],
    *,
    draws: int,
    replicates: int,
    seed: int,
    backend: str = "auto",
    table: Table | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Played:
    """The ensemble of a scenario by year, simulated piece by piece: only what is asked for is kept."""
    step, runs, pins = load(choose(backend)).trajectories, draws * replicates, [dict(prepared.scenario.pin)]
    pieces = []
    done = 0
    for draw, replicate in Cell((0, draws), (0, replicates)).pieces(BLOCK):
        (trajectory,) = step(prepared, seed, draw, replicate, pins, table=table)
        pieces.append(by_year(trajectory, dyads))
        done += draw.size
        if progress is not None:
            progress(done, runs)
    one = pieces[0]
    ties, happened = (np.concatenate([getattr(p, name) for p in pieces], axis=-1) for name in ("ties", "happened"))
    return Played(one.years, one.dyads, one.events, ties, happened, np.concatenate([p.theory for p in pieces]))


def levels_at(
    scenario: Scenario, origin: int, *, draws: int, seed: int, backend: str = "auto", table: Table | None = None
) -> tuple[dict[str, float], dict[str, float]]:
    """What the model expects of everything but ties at the end of a year, and of the environment in its last quarter:
    means over one run of each draw."""
    short = scenario.with_(quarters=Quarter(origin + 1, 1) - scenario.start)
    numbers = np.arange(min(draws, BLOCK))
    prepared = prepared_for(short)
    (trajectory,) = load(choose(backend)).trajectories(
        prepared, seed, numbers, 0 * numbers, [dict(short.pin)], table=table
    )
    ends = trajectory.state[-1].mean(axis=-1)
    named = dict(zip(prepared.variables, ends, strict=True))
    environment = dict(zip(prepared.conditions, trajectory.environment[-1].mean(axis=-1).tolist(), strict=True))
    return {name: float(level) for name, level in named.items() if not is_tie(name)}, environment


def restarted(
    scenario: Scenario, origin: int, coded: Mapping[str, float], error: float, levels: Mapping[str, float]
) -> Scenario:
    """The scenario begun anew in the first quarter after ``origin``, from that year's ``coded`` ties by dyad.

    Both directions of a tie start at the coded value, each as unsure as the coder (``error``); all else starts at
    ``levels``. Events with a date before the new start that still last are there from it, without the push they gave as
    they began; those that have ended are gone.
    """
    start = Quarter(origin + 1, 1)
    priors: dict[str, Any] = {}
    for dyad, value in coded.items():
        one, other = dyad.split("-")
        for who, whom in ((one, other), (other, one)):
            spread = {"dist": "truncnorm", "loc": float(value), "scale": error, "low": -1.0, "high": 1.0}
            priors[f"start.goodwill[{who},{whom}]"] = spread
    events: dict[str, Any] = {}
    for name, event in scenario.events.items():
        if event.when is None or event.when >= start:
            continue
        left = None if event.duration is None else event.duration - (start - event.when)
        over = left is not None and left < 1
        # An entry of None deletes its key: the event, its push or its duration.
        events[name] = None if over else {"when": start, "shock": dict.fromkeys(event.shock), "duration": left}
    ties = [name for name in scenario.state if is_tie(name)]
    return scenario.with_(
        start=start,
        quarters=scenario.quarters - (start - scenario.start),
        state={**dict.fromkeys(ties), **levels},
        priors=priors,
        events=events,
    )
