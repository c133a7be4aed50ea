"""A hindcast made without the model: known predictions beside a known record."""

from __future__ import annotations

from typing import Any

import numpy as np

from triangle_sim.record.comparison import Hindcast
from triangle_sim.record.play import EVENTS, Played
from triangle_sim.record.rivals import rivals_of
from triangle_sim.scenario.schema import Scenario

DYADS = ("PRK-CHN", "PRK-RUS", "PRK-USA", "PRK-KOR", "CHN-RUS", "CHN-USA", "CHN-KOR", "RUS-USA", "RUS-KOR", "USA-KOR")
THEORIES = ("chung-2024", "lowy-2023")
ERROR = 0.15


def made(
    years: range = range(2012, 2025),
    runs: int = 400,
    origin: int | None = None,
    seed: int = 1,
    tilt: float = 0.0,
    **changes: Any,
) -> Hindcast:
    """Ties wander from ten levels, each run its own way, and the record is one more such run with the coder's error.

    The first theory's runs lie ``tilt`` above the record's distribution, the second's below it.
    """
    random = np.random.default_rng(seed)
    walks = np.linspace(-0.4, 0.4, 10)[:, None] + 0.06 * random.normal(size=(len(years), 10, runs + 1)).cumsum(axis=0)
    theory = np.asarray(THEORIES)[np.arange(runs) % 2]
    ties = walks[..., 1:] + np.where(theory == THEORIES[0], tilt, -tilt)
    coded = walks[..., 0] + random.normal(0, ERROR, (len(years), 10))
    chances = random.uniform(0, 0.5, (len(years), len(EVENTS), 1))
    happened = random.random((len(years), len(EVENTS), runs + 1)) < chances
    played = Played(tuple(years), DYADS, tuple(EVENTS), ties, happened[..., 1:], theory)
    origin = years[0] if origin is None else origin
    before = np.linspace(-0.4, 0.4, 10) + 0.2 * random.normal(size=(6, 10)).cumsum(axis=0)
    record = {"before": (range(years[0] - 20, years[0] - 14), before), "now": (years, coded)}
    values: dict[str, Any] = {
        "episode": "now",
        "scenario": Scenario(name="record_now", title="A made record"),
        "origin": origin,
        "restart": False,
        "design": (runs // 4, 4, seed),
        "played": played,
        "coded": coded,
        "seen": happened[..., 0].astype(float),
        "rivals": rivals_of(record, "now", origin, [year for year in years if year > origin], ERROR),
        "rates": np.full(len(EVENTS), 0.25),
        "error": ERROR,
    }
    return Hindcast(**{**values, **changes})
