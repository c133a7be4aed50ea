"""Facts that take an outcome across a level: a condition held throughout, the odds of a dated event, or two of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from triangle_sim.analysis.drivers.keys import with_value
from triangle_sim.analysis.drivers.search import Floats
from triangle_sim.analysis.drivers.target import Target
from triangle_sim.analysis.intervals import Estimate, mean_of, share_of
from triangle_sim.montecarlo.sample import Sample, sample
from triangle_sim.scenario.schema import Scenario
from triangle_sim.world import CONDITIONS

Levels = Callable[[Mapping[str, float]], dict[str, float]]

STEPS = 5
"""Halvings of the way from a fact as it is to its end: it is found to a thirtieth of its range."""


@dataclass(frozen=True)
class Fact:
    """Keys at values, ``(key, value now, value)``, of which one is the least that does it; the level that fresh luck
    gives, and whether the search reached the goal."""

    settings: tuple[tuple[str, float, float], ...]
    level: Estimate
    crosses: bool


def estimate(target: Target, values: Floats) -> Estimate:
    """A level from ``(draws, replicates)``, with its interval over draws."""
    means = values.mean(axis=1)
    return share_of(means, values.size) if target.share else mean_of(means)


def facts_that_do(
    scenario: Scenario,
    target: Target,
    goal: float,
    sign: int,
    theories: Sequence[str],
    design: Mapping[str, int],
    fresh: int,
    backend: str,
) -> dict[str, list[Fact]]:
    """By theory: each fact that does it alone, the smallest part of its range first; else the best one and the best
    two together at the ends of their ranges."""
    draws = design["draws"] * len(scenario.theory)

    def play(settings: Mapping[str, float], again: bool = False) -> Sample:
        there = scenario
        for key, value in settings.items():
            there = with_value(there, key, value)
        replicates, seed = design["replicates"] * (1 + again), design["seed"] + again * fresh
        return sample(there, [target.column], draws=draws, replicates=replicates, seed=seed, backend=backend)

    def levels(settings: Mapping[str, float]) -> dict[str, float]:
        played = play(settings)
        return {name: float(played.values[target.column][played.theory == name].mean()) for name in theories}

    now = _now(scenario, draws, design["seed"], backend)
    ends = {
        (key, end): levels({key: end}) for key, value in now.items() for end in (0.0, 1.0) if abs(end - value) > 0.02
    }
    out = {}
    for name in theories:
        over = {place: sign * (level[name] - goal) for place, level in ends.items()}
        found: list[dict[str, float]] = []
        for key, end in sorted((place for place, gap in over.items() if gap > 0), key=lambda place: -over[place])[:3]:
            low, high = 0.0, 1.0
            for _ in range(STEPS):
                middle = (low + high) / 2
                reached = sign * (levels({key: now[key] + middle * (end - now[key])})[name] - goal) > 0
                low, high = (low, middle) if reached else (middle, high)
            found.append({key: now[key] + high * (end - now[key])})
        crosses = bool(found)
        if not found and over:
            best = _best_pair(over, levels, name, sign)
            (key, end) = max(over, key=lambda place: over[place])
            found = [{key: end}, *([best] if best else [])]
            crosses = False
        facts = []
        for settings in found:
            played = play(settings, True)
            level = estimate(target, played.values[target.column][played.theory == name])
            here = crosses or sign * (level.value - goal) > 0
            facts.append(Fact(tuple((key, now[key], value) for key, value in settings.items()), level, here))
        out[name] = facts
    return out


def _best_pair(
    over: Mapping[tuple[str, float], float], levels: Levels, name: str, sign: int
) -> dict[str, float] | None:
    """The two facts that, at the ends of their ranges and together, go furthest: among the three best alone."""
    best: tuple[float, dict[str, float]] | None = None
    ranked = sorted(over, key=lambda place: -over[place])[:3]
    for (one, a), (other, b) in combinations(ranked, 2):
        if one == other:
            continue
        settings = {one: a, other: b}
        reached = sign * levels(settings)[name]
        if best is None or reached > best[0]:
            best = (reached, settings)
    return best[1] if best else None


def _now(scenario: Scenario, draws: int, seed: int, backend: str) -> dict[str, float]:
    """Every fact that can be set, as it is: conditions as their mean over futures, dated events by their odds."""
    names = [f"mean {name}" for name in CONDITIONS]
    played = sample(scenario, names, draws=min(draws, 200), replicates=2, seed=seed, backend=backend)
    held = {f"pin.{name}": float(np.mean(played.values[f"mean {name}"])) for name in CONDITIONS}
    return held | {
        f"events.{name}.probability": event.probability
        for name, event in scenario.events.items()
        if event.hazard is None and not event.never(scenario.start, scenario.quarters)
    }
