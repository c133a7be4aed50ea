"""The record as data (``seeds/record``): coded ties by year, dated events and counts of three eras.

Ties are in the model's units: one point of the coded -3..+3 scale is 0.3. A coded value is the level of a whole year,
to be compared with the mean of the model's mutual tie after each quarter of that year. The years 2001 to 2010 are kept
back: nothing here knows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.errors import UsageError, quote
from triangle_sim.names import did_you_mean
from triangle_sim.resources import read_seed


@dataclass(frozen=True)
class Happening:
    """One dated event.

    ``outcome``: what of the model's it is one of; ``exogenous``: none of the five chose it toward another.
    """

    id: str
    date: str
    what: str
    kind: str
    actors: tuple[str, ...]
    exogenous: bool
    outcome: str | None
    source: tuple[str, ...]
    confidence: str

    @property
    def year(self) -> int:
        """The year it happened in."""
        return int(self.date[:4])


@dataclass(frozen=True)
class Episode:
    """One era of the record.

    ``years (years,)``; ``dyads``: pairs of country codes ``(dyads,)``, each in alphabetical order, in the model's order
    of ties; ``ties (years, dyads)`` in model units; ``error``: one standard deviation of the coding, in model units;
    ``confidence``: high, medium or low, by dyad ``(dyads,)``; ``scenario``: the record scenario that plays it.
    """

    name: str
    title: str
    scenario: str
    years: NDArray[np.int64]
    dyads: tuple[tuple[str, str], ...]
    ties: NDArray[np.float64]
    error: float
    confidence: tuple[str, ...]
    events: tuple[Happening, ...]


def episodes() -> list[str]:
    """Names of the episodes, earliest first."""
    return sorted(read_record("ties")["episodes"])


def load_episode(name: str) -> Episode:
    """An episode by name, e.g. ``2012``.

    Raises
    ------
    UsageError
        for a name that is no episode.
    """
    data = read_record("ties")
    if name not in data["episodes"]:
        raise UsageError(f"no episode {quote(name)} in the record", did_you_mean(name, episodes()))
    entry = data["episodes"][name]
    first, last = entry["years"]
    names = sorted(entry["values"], key=pair)
    ties = np.array([entry["values"][each] for each in names], float).T * data["point"]
    ties.setflags(write=False)
    return Episode(
        name,
        entry["title"],
        entry["scenario"],
        np.arange(first, last + 1),
        tuple(pair(each) for each in names),
        ties,
        float(data["error"]),
        tuple(entry["confidence"][each] for each in names),
        tuple(event for event in happenings() if first <= event.year <= last),
    )


def happenings() -> tuple[Happening, ...]:
    """All dated events of the record, earliest first."""
    return tuple(
        Happening(
            entry["id"],
            entry["date"],
            entry["what"],
            entry["kind"],
            tuple(entry["actors"]),
            entry["exogenous"],
            entry.get("outcome"),
            tuple(entry["source"]),
            entry["confidence"],
        )
        for entry in read_record("events")["events"]
    )


COUNTED = {"test_missile": "missiles", "test_nuclear_weapon": "nuclear_tests"}
"""Outcomes that ``counts.yaml`` counts by year; the others are counted from the dated events."""


def outcomes() -> list[str]:
    """What the record can count by year, in alphabetical order."""
    return sorted({event.outcome for event in happenings() if event.outcome} | set(COUNTED))


def counts(outcome: str, years: Iterable[int]) -> NDArray[np.float64]:
    """How often something happened in each year ``(years,)``; NaN where the record does not say.

    Meetings, treaties and arms for Russia are counted from the dated events, in the years of the episodes; tests from
    ``counts.yaml``: nuclear tests, and missiles able to carry 500 kg at least 300 km.

    Raises
    ------
    UsageError
        for an outcome that the record does not count.
    """
    if outcome not in outcomes():
        raise UsageError(f"the record does not count {quote(outcome)}", did_you_mean(outcome, outcomes()))
    if outcome in COUNTED:
        entry = read_record("counts")[COUNTED[outcome]]
        known, number = entry["years"], {int(year): count for year, count in entry["values"].items()}
    else:
        known = [episode["years"] for episode in read_record("ties")["episodes"].values()]
        dated = [event.year for event in happenings() if event.outcome == outcome]
        number = {year: dated.count(year) for year in dated}
    return np.array([float(number.get(year, 0)) if within(year, known) else np.nan for year in years])


def pair(dyad: str) -> tuple[str, str]:
    """The two countries of a dyad written ``PRK-CHN``, in alphabetical order: ``("CHN", "PRK")``."""
    first, second = sorted(dyad.split("-"))
    return first, second


def within(year: int, spans: Iterable[Sequence[int]]) -> bool:
    """Whether a year lies in one of some spans, each given by its first and last year."""
    return any(first <= year <= last for first, last in spans)


@lru_cache(maxsize=8)
def read_record(name: str) -> Any:
    """A file of ``seeds/record``, by name without its ending; to be read and not to be changed."""
    return read_seed("record", f"{name}.yaml")
