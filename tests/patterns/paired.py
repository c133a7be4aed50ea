"""Paired batches for the patterns of the record: the same draws and luck in two worlds that differ in one thing.

Sizes are those fitted to the record. The fit uses coded ties and meetings of 1955-70, 1984-2000 and 2012-24, so that
patterns of those years (H02 to H04, H06 to H12) are in its sample: they show that the fitted model can do what it was
fitted to, not that it foresees. H01 (1950) is independent of the fit; H05 (2000) is its last year of an era.

What is not known (theory, parameters) varies over draws, so every statement is about means over draws: a difference
counts as shown if it exceeds its margin by 2.4 standard errors, a one-sided error rate of one per cent.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from triangle_sim.model.trajectory import Trajectory
from triangle_sim.montecarlo.compute import simulate
from triangle_sim.scenario.schema import Scenario
from triangle_sim.world import CONDITIONS
from triangle_sim.world.variables import is_tie

DRAWS, REPLICATES, SEED = 120, 6, 20240813
SURE = 2.4
"""Standard errors between an estimate and what it is said to exceed: one chance in a hundred to be wrong."""

STATUS_QUO = {"legacy": 1.0, "fade": 0.0}
"""Ties rest where they start, moved by what changes in the environment alone."""

Floats = NDArray[np.float64]

TREATIES = ("chn_prk_treaty", "rus_prk_treaty")
SUMMITS = ("chn_prk_summit", "rus_prk_summit")
TESTS = ("test_missile", "test_nuclear_weapon")
NO_EXCHANGE = {"arms_to_russia": 0.02, "russian_supply": 0.10, "technology_to_prk": 0.02}
"""A Pyongyang and a Moscow that trade neither arms nor help."""
ENVIRONMENT = tuple(CONDITIONS)


def lacking(reason: str) -> Any:
    """Mark what the record shows and the model does not: what was measured, and what seems to be missing."""
    return pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason)


def run(scenario: Scenario) -> Trajectory:
    """All futures of a batch, with sizes fitted to the record."""
    return simulate(
        scenario.with_(sizes="record"),
        SEED,
        np.repeat(np.arange(DRAWS), REPLICATES),
        np.tile(np.arange(REPLICATES), DRAWS),
    )


def world(quarters: int, *levels: dict[str, float], **more: Any) -> Scenario:
    """A scenario in the world of 2024Q3 with other levels: state variables start and stay there."""
    levels_of: dict[str, float] = {}
    for each in levels:
        levels_of |= each
    state = {name: value for name, value in levels_of.items() if name not in ENVIRONMENT}
    data = {
        "environment": {name: value for name, value in levels_of.items() if name in ENVIRONMENT},
        "state": state,
        "parameters": {f"rest.{name}": value for name, value in state.items() if not is_tie(name)} | STATUS_QUO,
    }
    return Scenario.from_data({"start": "2024Q3", "quarters": quarters, **data, **more})


def ties(**points: float) -> dict[str, float]:
    """Mutual ties by the pair's codes: ``ties(CHN_PRK=-0.2)``."""
    pairs = {tuple(name.split("_")): value for name, value in points.items()}
    return {f"goodwill[{i},{j}]": value for (a, b), value in pairs.items() for i, j in ((a, b), (b, a))}


def by_draw(values: Any) -> Floats:
    """Means over the replicates of each draw ``(draws,)`` of one value a run."""
    return np.asarray(values, float).reshape(DRAWS, REPLICATES).mean(axis=1)


def share(t: Trajectory, country: str, *moves: str, start: int = 0, end: int | None = None) -> Floats:
    """Share of the quarters ``start .. end`` in which a country plays one of some moves, by draw."""
    return sum((by_draw(t.played(country, move)[start:end].mean(axis=0)) for move in moves), np.zeros(DRAWS))


def chance(t: Trajectory, *meetings: str, start: int = 0, end: int | None = None) -> Floats:
    """Chance that every one of some meetings takes place in the quarters ``start .. end``, by draw."""
    return by_draw(np.all([t.met(name)[start:end].any(axis=0) for name in meetings], axis=0))


def chance_of_any(t: Trajectory, *meetings: str, start: int = 0, end: int | None = None) -> Floats:
    """Chance that at least one of some meetings takes place, by draw."""
    return by_draw(np.any([t.met(name)[start:end].any(axis=0) for name in meetings], axis=0))


def level(t: Trajectory, name: str, quarter: int = -1) -> Floats:
    """A variable at the end of a quarter (0 is the start), by draw."""
    return by_draw(t[name][quarter])


def exceeds(high: Any, low: Any = 0.0, by: float = 0.0, times: float = 1.0) -> None:
    """Assert that ``high > times * low + by`` on average over draws."""
    excess = np.asarray(high) - times * np.asarray(low) - by
    error = excess.std(ddof=1) / np.sqrt(excess.size)
    told = f"{np.mean(high):.3f} against {np.mean(low):.3f} (times {times:g}, by {by:g})"
    told += f": excess {excess.mean():+.3f}, standard error {error:.3f}"
    print(told)
    assert excess.mean() > SURE * error, told
