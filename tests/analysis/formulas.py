"""The analysis written with pandas over a whole table of runs: what the sums by draw are held against."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from triangle_sim.analysis import intervals
from triangle_sim.analysis.intervals import Estimate, share_of

THEORIES = ("chung-2024", "lowy-2023")


def share(truths: Any, draws: Any) -> Estimate:
    """A share with its interval, from runs."""
    return share_of(intervals.draw_means(truths, draws), np.size(truths))


def draw_means(values: pd.Series, draws: pd.Series) -> pd.Series:
    return values.astype(float).groupby(draws).mean()


def variance(values: Any, draws: Any, theories: Any) -> tuple[float, float, float]:
    """Theory, parameters and luck: nested analysis of variance on a table."""
    table = pd.DataFrame({"y": np.asarray(values, float), "draw": draws, "theory": theories}).dropna()
    by_draw = table.groupby(["theory", "draw"], sort=True)["y"]
    mean, count, var = by_draw.mean(), by_draw.count(), by_draw.var(ddof=1)
    several = count > 1
    luck = float(np.average(var[several], weights=count[several] - 1)) if several.any() else 0.0
    replicates = float(1.0 / np.mean(1.0 / count))
    groups = mean.groupby(level="theory")
    size, within, centre = groups.count(), groups.var(ddof=1), groups.mean()
    enough = size > 1
    between = float(np.average(within[enough], weights=size[enough] - 1)) if enough.any() else 0.0
    weight = size / size.sum()
    gap = float((weight * (centre - (weight * centre).sum()) ** 2).sum())
    theory = max(0.0, gap - float((weight * (1 - weight) * between / size).sum())) if len(size) > 1 else 0.0
    return theory, max(0.0, between - luck / replicates), luck


def paired(a: pd.DataFrame, b: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """Means of the draws that both tables have, side by side."""
    means = [draw_means(runs[outcome], runs["draw"]) for runs in (a, b)]
    return pd.concat(means, axis=1, join="inner", keys=["a", "b"]).dropna()


def table(draws: int, replicates: int, seed: int = 1) -> pd.DataFrame:
    """Runs with every kind of outcome of the summary, of two theories that differ, in the order of runs."""
    rng = np.random.default_rng(seed)
    draw = np.repeat(np.arange(draws), replicates)
    theory = rng.integers(0, 2, draws)
    level = (rng.normal(0, 0.3, draws) + theory)[draw]
    runs = len(draw)
    endings = np.asarray(["bloc", "hedging", "abandonment"], object)
    return pd.DataFrame(
        {
            "draw": draw.astype(np.int32),
            "replicate": np.tile(np.arange(replicates), draws).astype(np.int32),
            "theory": np.asarray(THEORIES, object)[theory][draw],
            "end_state": endings[np.clip((level + rng.normal(0, 1, runs)).astype(int), 0, 2)],
            "technology_gained": 3 + level + rng.normal(0, 0.5, runs),
            "support_from_both": rng.beta(2, 5, runs) * 0.5 + level / 10,
            "dependence_on_china": rng.random(runs),
            "rok_rus_cooperation_gain": level * rng.normal(0, 1e-3, runs),
            "us_prk_summit": level + rng.normal(0, 1, runs) > 0.5,
            "nuclear_test": rng.random(runs) < 0.1,
            "rok_rus_normalised": rng.random(runs) < 0.4,
            "nuclear_test_when": np.where(rng.random(runs) < 0.3, rng.integers(1, 21, runs), np.nan),
        }
    )
