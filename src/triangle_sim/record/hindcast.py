"""An era played again: from the name of an episode to a :class:`.comparison.Hindcast`."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.errors import UsageError, quote
from triangle_sim.model.prepared import Prepared, prepared_for
from triangle_sim.names import did_you_mean, extent
from triangle_sim.record.comparison import Hindcast
from triangle_sim.record.observations import Episode, counts, episodes, load_episode, pair
from triangle_sim.record.play import levels_at, play, restarted
from triangle_sim.record.rivals import base_rates, rivals_of
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import Scenario
from triangle_sim.world.theories import theory_names

ALL = "all"
"""Stands for every episode, in order of time."""

MOST_RUNS = 100_000
"""Runs that a hindcast has at most: it keeps the ties of all of them, and scores want no more."""

DYADS = ("PRK-CHN", "PRK-RUS", "PRK-USA", "PRK-KOR", "CHN-RUS", "CHN-USA", "CHN-KOR", "RUS-USA", "RUS-KOR", "USA-KOR")
"""The dyads as a reader wants them: Pyongyang's first."""


def hindcast(
    episode: str,
    origin: int | None = None,
    *,
    restart: bool = False,
    scenario: Scenario | None = None,
    draws: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    backend: str = "auto",
    parameters: Any = None,
    progress: Callable[[int, int], None] | None = None,
) -> Hindcast:
    """Play an episode of the record and hold it against what was coded and dated.

    Parameters
    ----------
    episode
        ``"1955"``, ``"1984"`` or ``"2012"``.
    origin
        years after it are scored, and rivals know the record up to it; by default the first year of the episode.
    restart
        begin the world anew in the first quarter after the origin, from its coded ties (see :func:`.play.restarted`),
        instead of playing on from the episode's first quarter.
    scenario
        by default the episode's own; another one must begin in the same quarter.
    draws, replicates, seed
        by default those of the scenario.
    parameters
        draws given as a data frame, see :func:`triangle_sim.run`; as many as it has rows.

    Raises
    ------
    UsageError
        for an episode or origin that the record does not have, or a scenario that does not fit it.
    """
    found = load_episode(episode)
    played_out = load(found.scenario) if scenario is None else scenario
    _fits(played_out, found)
    years, last = [int(year) for year in found.years], played_out.end.year
    origin = years[0] if origin is None else origin
    if not years[0] <= origin < last:
        raise UsageError(
            f"after {origin} there is no year of the episode {episode} to score",
            f"give a year from {years[0]} to {last - 1}",
        )
    table = None if parameters is None else prepared_for(played_out).given(parameters)
    d = (table.rows if table else played_out.draws) if draws is None else draws
    r = played_out.replicates if replicates is None else replicates
    s = played_out.seed if seed is None else seed
    if d * r > MOST_RUNS:
        raise UsageError(
            f"{extent(d, r)} are {d * r:,} runs", f"a hindcast keeps all runs: ask for at most {MOST_RUNS:,}"
        )
    how: dict[str, Any] = {"draws": d, "seed": s, "backend": backend, "table": table}
    chosen, prepared = played_out, prepared_for(played_out)
    if restart:
        coded = dict(zip(DYADS, coded_ties(found)[years.index(origin)], strict=True))
        levels, began = levels_at(played_out, origin, **how)
        chosen = restarted(played_out, origin, coded, found.error, levels)
        prepared = Prepared(chosen, began=began)
    played = play(prepared, DYADS, replicates=r, progress=progress, **how)
    record = {name: (load_episode(name).years.tolist(), coded_ties(load_episode(name))) for name in episodes()}
    ahead = [year for year in played.years if year > origin]
    here = slice(years.index(played.years[0]), years.index(played.years[-1]) + 1)
    known = [seen_events(name, played.events) for name in episodes() if name != episode]
    return Hindcast(
        episode=episode,
        scenario=chosen,
        origin=origin,
        restart=restart,
        design=(d, r, s),
        played=played,
        coded=coded_ties(found)[here],
        seen=seen_events(episode, played.events)[here],
        rivals=rivals_of(record, episode, origin, ahead, found.error),
        rates=base_rates([*known, seen_events(episode, played.events)[: years.index(origin) + 1]]),
        error=found.error,
        given=table is not None,
    )


def coded_ties(episode: Episode) -> NDArray[np.float64]:
    """Coded ties ``(years, dyads)`` in the order of :data:`DYADS`."""
    return episode.ties[:, [episode.dyads.index(pair(dyad)) for dyad in DYADS]]


@lru_cache(maxsize=32)
def seen_events(episode: str, events: tuple[str, ...]) -> NDArray[np.float64]:
    """Whether each event was seen in each year ``(years, events)``: 1, 0, or NaN where the record does not say."""
    often = np.stack([counts(name, load_episode(episode).years) for name in events], axis=1)
    return np.where(np.isnan(often), np.nan, often > 0)


def scenarios_of(reference: str) -> list[str]:
    """Names of the scenarios that a name stands for: those of an episode or of :data:`ALL`; any other is its own.

    Raises
    ------
    UsageError
        for a year in which no episode begins.
    """
    known = episodes()
    if reference.isdecimal() and reference not in known:
        raise UsageError(f"no episode {quote(reference)} in the record", f"episodes: {', '.join([*known, ALL])}")
    wanted = known if reference == ALL else [reference]
    return [load_episode(name).scenario if name in known else name for name in wanted]


def episode_of(scenario: Scenario) -> str:
    """The episode that a scenario plays: the one that begins in the same quarter.

    Raises
    ------
    UsageError
        if there is none, or it plays longer than the record or without one of the five.
    """
    for name in episodes():
        if load_episode(name).years[0] == scenario.start.year:
            _fits(scenario, load_episode(name))
            return name
    raise UsageError(
        f"{scenario.name} starts in {scenario.start}, where no episode of the record does",
        f"let it extend one of {', '.join(scenarios_of(ALL))}",
    )


def under(scenario: Scenario, theory: str) -> Scenario:
    """The scenario with all draws under one theory. Raises UsageError for one that does not exist."""
    if theory not in (known := [*theory_names(), *scenario.theories]):
        help = did_you_mean(theory, known, "theories") + "; for a file: --set theory=FILE"
        raise UsageError(f"unknown theory {quote(theory)}", help)
    return scenario.with_(theory={**dict.fromkeys(scenario.theory), theory: 1.0})


def _fits(scenario: Scenario, episode: Episode) -> None:
    """Raises UsageError for a scenario that cannot be held against an episode."""
    first, last = int(episode.years[0]), int(episode.years[-1])
    if (scenario.start.year, scenario.start.number) != (first, 1):
        raise UsageError(
            f"{scenario.name} starts in {scenario.start}, the episode {episode.name} in {first}Q1",
            f"let it extend {episode.scenario}",
        )
    if scenario.end.year > last:
        raise UsageError(
            f"{scenario.name} plays to {scenario.end}, the record of {episode.name} ends in {last}",
            f"--set quarters={4 * (last - first + 1)} or fewer",
        )
    if missing := sorted({code for dyad in episode.dyads for code in dyad} - set(scenario.countries)):
        raise UsageError(
            f"{scenario.name} is without {', '.join(missing)}: the record has ties between all five",
            "leave `countries` out",
        )
