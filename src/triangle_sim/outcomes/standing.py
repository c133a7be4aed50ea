"""How does Pyongyang stand: alone, safe, part of a bloc, pressed by sanctions?"""

from __future__ import annotations

from typing import Any

import numpy as np

from triangle_sim.arrays import ordered_sum
from triangle_sim.countries import countries
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.outcomes.registry import mean_over_quarters, outcome
from triangle_sim.world.views import View

COOL = 0.0
"""A tie below this is cool."""
LOW_SUPPORT = 0.35
"""Both supplies below this is low support: about what reached North Korea in the border closure of 2020-21."""


def isolated(t: Trajectory) -> Any:
    """Quarters after the start in which China, Russia and the United States are all cool to it and support is low."""
    cool = [t[f"goodwill[{patron},PRK]"][1:] < COOL for patron in ("CHN", "RUS", "USA")]
    supply = [t[name][1:] < LOW_SUPPORT for name in ("chinese_supply", "russian_supply")]
    return np.stack(cool + supply).all(axis=0)


@outcome(
    unit="share of quarters",
    label="time abandoned by all three",
    question="How often is North Korea abandoned by all three great powers?",
    claims=["A39", "A40", "B37"],
    better="less",
    needs=("CHN", "PRK", "RUS", "USA"),
)
def isolation_share(t: Trajectory) -> Any:
    """All three cool and support low."""
    return mean_over_quarters(isolated(t))


@outcome(
    unit="true or false",
    label="ever abandoned by all three",
    question="Is North Korea ever abandoned by all three great powers?",
    claims=["A39", "A40"],
    better="less",
    needs=("CHN", "PRK", "RUS", "USA"),
)
def ever_isolated(t: Trajectory) -> Any:
    """All three cool and support low in at least one quarter."""
    return isolated(t).any(axis=0)


@outcome(
    unit="0 .. 1",
    label="pressure of sanctions",
    question="How hard do sanctions press over the horizon?",
    claims=["A5", "A11", "B22"],
    better="less",
)
def mean_sanctions_pressure(t: Trajectory) -> Any:
    """Mean sanctions pressure."""
    return mean_over_quarters(t["sanctions_pressure"][1:])


@outcome(
    unit="change of the mean tie, -2 .. 2",
    label="growth into a bloc",
    question="Do China, North Korea and Russia grow together into a bloc?",
    claims=["B37", "B38", "A2"],
    needs=("CHN", "PRK", "RUS"),
)
def bloc_consolidation(t: Trajectory) -> Any:
    """Mean of the six ties among the three over the last year, less the same at the start."""
    members = ("CHN", "PRK", "RUS")
    ties = [t[f"goodwill[{i},{j}]"] for i in members for j in members if i != j]
    mean = ordered_sum(ties) / len(ties)
    return mean_over_quarters(mean[-4:]) - mean[0]


@outcome(
    unit="0 .. 1",
    label="security of the regime",
    question="How safe is the regime over the horizon, by its own lights?",
    claims=["A33", "A42", "B7"],
    better="more",
    needs=("CHN", "PRK", "RUS"),
)
def prk_regime_security(t: Trajectory) -> Any:
    """Mean of North Korea's own interest of that name."""
    interest = countries()["PRK"].interests()["regime_security"]
    levels = {name: t[name][1:] for name in t.prepared.variables}
    environment = {name: t[name] for name in t.prepared.conditions}
    return mean_over_quarters(interest(View(levels), View(environment)))
